extension JSONValue {
  /// How a value is to be written.
  package struct Style: Sendable {
    /// On lines of their own, two spaces deeper for each level; else in one line without blanks.
    package var isPretty: Bool
    /// Keys that are names stand bare: the form of JSON5.
    package var hasBareKeys = false
    /// `<`, `>` and `&` as escapes, so that the text may stand inside a script of a page.
    package var isSafeInHTML = false
    /// Short objects stand in one line, too.
    package var hasShortObjects = false
    /// What fits in this many bytes is short: a list of bare values then stands in one line.
    package var shortest = 72

    package static let compact = Style(isPretty: false)
    package static let pretty = Style(isPretty: true)
    package static let json5 = Style(
      isPretty: true, hasBareKeys: true, hasShortObjects: true)
    package static let compactInHTML = Style(isPretty: false, isSafeInHTML: true)
  }

  /// The text in UTF-8, without a line feed at its end; equal values give equal bytes.
  package func written(_ style: Style = .compact) -> String {
    var writer = JSONWriter(style: style)
    writer.write(self, depth: 0)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

private struct JSONWriter {
  let style: JSONValue.Style
  var bytes: [UInt8] = []
  /// Inside of something that stands in one line.
  private var isInLine = false

  init(style: JSONValue.Style) { self.style = style }

  mutating func write(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: append("null")
    case .bool(let flag): append(flag ? "true" : "false")
    case .integer(let number): append(String(number))
    case .number(let number): append(JSONValue.text(of: number))
    case .string(let text): write(text)
    case .array(let elements): write(elements, depth: depth)
    case .object(let members): write(members, depth: depth)
    }
  }

  private mutating func write(_ elements: [JSONValue], depth: Int) {
    let mayBeShort = elements.allSatisfy(\.isScalar)
    enclose("[", "]", count: elements.count, mayBeShort: mayBeShort, depth: depth) {
      writer, index in
      writer.write(elements[index], depth: depth + 1)
    }
  }

  private mutating func write(_ members: [(String, JSONValue)], depth: Int) {
    let mayBeShort = style.hasShortObjects && depth > 0
    enclose("{", "}", count: members.count, mayBeShort: mayBeShort, depth: depth) { writer, index in
      let (key, value) = members[index]
      if writer.style.hasBareKeys, JSONValue.isBareKey(key) {
        writer.append(key)
      } else {
        writer.write(key)
      }
      writer.append(writer.style.isPretty ? ": " : ":")
      writer.write(value, depth: depth + 1)
    }
  }

  /// Writes brackets and what stands between them: in one line where that is wanted or short.
  private mutating func enclose(
    _ open: String, _ close: String, count: Int, mayBeShort: Bool, depth: Int,
    _ writeElement: (inout JSONWriter, Int) -> Void
  ) {
    if count == 0 { return append(open + close) }
    if style.isPretty, !isInLine {
      let before = bytes.count
      if mayBeShort, 2 * count < style.shortest {
        isInLine = true
        encloseInLine(open, close, count: count, until: before + style.shortest, writeElement)
        isInLine = false
        if bytes.count <= before + style.shortest { return }
        bytes.removeLast(bytes.count - before)
      }
      return encloseInLines(open, close, count: count, depth: depth, writeElement)
    }
    encloseInLine(open, close, count: count, until: .max, writeElement)
  }

  /// Gives up, with more bytes than asked for, once there are too many.
  private mutating func encloseInLine(
    _ open: String, _ close: String, count: Int, until limit: Int,
    _ writeElement: (inout JSONWriter, Int) -> Void
  ) {
    let isSpaced = style.isPretty
    append(open)
    if isSpaced, open == "{" { append(" ") }
    for index in 0..<count where bytes.count <= limit {
      if index > 0 { append(isSpaced ? ", " : ",") }
      writeElement(&self, index)
    }
    if isSpaced, open == "{" { append(" ") }
    append(close)
  }

  private mutating func encloseInLines(
    _ open: String, _ close: String, count: Int, depth: Int,
    _ writeElement: (inout JSONWriter, Int) -> Void
  ) {
    append(open)
    for index in 0..<count {
      if index > 0 { append(",") }
      startLine(depth + 1)
      writeElement(&self, index)
    }
    startLine(depth)
    append(close)
  }

  private mutating func startLine(_ depth: Int) {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      case 0..<0x20, 0x7F: escape(byte)
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
        if style.isSafeInHTML { escape(byte) } else { bytes.append(byte) }
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    append(byte < 0x10 ? "\\u000" : "\\u00")
    append(String(byte, radix: 16))
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}

extension JSONValue {
  var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  /// Whether JSON5 takes the key without quotes; only ASCII names are written so.
  package static func isBareKey(_ key: String) -> Bool {
    guard let first = key.utf8.first, isNameByte(first), !JSONNumber.isDigit(first) else {
      return false
    }
    return key.utf8.allSatisfy(isNameByte)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "$"): true
    default: false
    }
  }

  /// The shortest text that reads back as the same double: "1", "0.1", "1e21", "1e-7"; "null" for what
  /// JSON cannot say.
  package static func text(of number: Double) -> String {
    guard number.isFinite else { return "null" }
    // The standard library's description is the shortest; only its dress is changed here.
    var text = number.description
    if text.hasSuffix(".0") { text.removeLast(2) }
    guard let e = text.firstIndex(of: "e") else { return text }
    var exponent = text[text.index(after: e)...]
    let sign = exponent.first == "-" ? "-" : ""
    while let first = exponent.first, first == "-" || first == "+" || first == "0" {
      exponent.removeFirst()
    }
    var mantissa = text[..<e]
    if mantissa.hasSuffix(".0") { mantissa.removeLast(2) }
    return "\(mantissa)e\(sign)\(exponent)"
  }

  /// A value that was read, without its places.
  package init(_ node: JSONNode) {
    switch node.content {
    case .null: self = .null
    case .bool(let flag): self = .bool(flag)
    case .string(let text): self = .string(text)
    case .number(let number): self = node.integer.map(JSONValue.integer) ?? .number(number)
    case .numbers, .array: self = .array((node.elements ?? []).map { JSONValue($0) })
    case .object(let members): self = .object(members.map { ($0.key, JSONValue($0.value)) })
    }
  }
}

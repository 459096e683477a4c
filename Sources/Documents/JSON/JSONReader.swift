/// A recursive-descent reader of JSON5 that goes on after a mistake.
///
/// Strict JSON is read by the same grammar; what only JSON5 has is then a mistake with a name.
///
/// - Source: The JSON5 Data Interchange Format 1.0.0 (2018); ECMAScript 5.1, sections 7.2 to 7.8.
struct JSONReader {
  /// How many lists and objects may stand in one another.
  static let deepest = 256
  /// After this many mistakes the reader gives up.
  static let mostMistakes = 20

  let source: SourceText
  let bytes: [UInt8]
  let limit: Int
  let dialect: JSONDialect
  var at: Int
  var mistakes: [Diagnostic] = []
  /// Where the last mistake was told; one place gets one message.
  private var lastMistake = -1
  /// Whether the last element could not be read, so that its comma may be gone with it.
  private var isRecovering = false
  /// The opening brackets that are not closed yet.
  private var openers: [Int] = []

  init(_ source: SourceText, range: Range<Int>, dialect: JSONDialect) {
    self.source = source
    self.dialect = dialect
    bytes = source.bytes
    at = range.lowerBound
    limit = min(range.upperBound, source.bytes.count)
  }

  /// The one value of a text; nil when there is none that makes sense.
  mutating func document() -> JSONNode? {
    if at == 0, limit >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
    skipBlank()
    guard at < limit else {
      complain(at..<at, "the text is empty", help: "write a value, such as { }")
      return nil
    }
    let node = value()
    skipBlank()
    if at < limit {
      complain(
        at..<tokenEnd(), "\(found()) stands after the end of the value", help: "take it away")
    }
    return node
  }

  // MARK: Values

  private mutating func value() -> JSONNode? {
    guard at < limit else {
      complainAboutEnd()
      return nil
    }
    switch bytes[at] {
    case UInt8(ascii: "{"): return nested { $0.object() }
    case UInt8(ascii: "["): return nested { $0.array() }
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let start = at
      let text = string()
      return JSONNode(.string(text), in: start..<at, of: source)
    default:
      if startsNumber(bytes[at]) { return number().map(node) }
      return literal()
    }
  }

  private mutating func nested(_ read: (inout Self) -> JSONNode?) -> JSONNode? {
    guard openers.count < Self.deepest else {
      complain(
        at..<at + 1, "more than \(Self.deepest) lists and objects stand in one another",
        help: "no file of this kind needs that; look for a bracket too many")
      at = limit
      return nil
    }
    openers.append(at)
    defer { openers.removeLast() }
    return read(&self)
  }

  private mutating func literal() -> JSONNode? {
    let start = at
    let end = tokenEnd()
    let word = source.text(start..<end)
    let content: JSONNode.Content? =
      switch word {
      case "null": .null
      case "true": .bool(true)
      case "false": .bool(false)
      default: nil
      }
    guard let content else {
      complain(start..<end, "\(found()) stands where a value should", help: advice(for: word))
      skipToBoundary()
      return nil
    }
    at = end
    return JSONNode(content, in: start..<end, of: source)
  }

  private func advice(for word: String) -> String? {
    switch word {
    case "True", "TRUE": "write true"
    case "False", "FALSE": "write false"
    case "None", "nil", "undefined", "NULL", "Null": "write null"
    default:
      JSONReader.startsIdentifier(word.unicodeScalars.first)
        ? "a text stands in quotes: \"\(word)\"" : nil
    }
  }

  private func startsNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "I"), UInt8(ascii: "N"):
      true
    default: false
    }
  }

  /// A number with its start; nil, after saying why, when it is none.
  private mutating func number() -> (scan: JSONNumber.Scan, start: Int)? {
    let start = at
    let scan = JSONNumber.scan(bytes, from: start, limit: limit)
    if scan.flaw == nil, wordLength(at: scan.end) == 0 {
      if dialect.isStrict { complainAboutForeign(scan, start..<scan.end) }
      at = scan.end
      return (scan, start)
    }
    return misreadNumber(scan, start)
  }

  /// What is left when a number does not end at the end of its word.
  private mutating func misreadNumber(
    _ scan: JSONNumber.Scan, _ start: Int
  ) -> (scan: JSONNumber.Scan, start: Int)? {
    let end = max(scan.end, tokenEnd())
    let text = source.text(start..<end)
    switch scan.flaw {
    case .none where end > scan.end:
      return reject(
        start..<end, "\(text) is not a number", help: "a text stands in quotes: \"\(text)\"")
    case .none: break
    case .leadingZero:
      return reject(start..<end, "the number \(text) starts with a zero too many")
    case .noExponentDigits:
      return reject(start..<end, "the number \(text) has no digits in its exponent")
    case .noHexadecimalDigits:
      return reject(start..<end, "the number \(text) has no hexadecimal digits")
    case .tooLarge:
      return reject(
        start..<end, "the number \(text) is too large",
        help: "numbers go up to 1.7976931348623157e308")
    case .noDigits:
      let first = text.unicodeScalars.first
      guard !JSONReader.startsIdentifier(first) else {
        _ = literal()
        return nil
      }
      return reject(start..<end, "\(text) is not a number")
    }
    if dialect.isStrict { complainAboutForeign(scan, start..<scan.end) }
    at = scan.end
    return (scan, start)
  }

  private mutating func reject(
    _ range: Range<Int>, _ message: String, help: String? = nil
  ) -> (scan: JSONNumber.Scan, start: Int)? {
    complain(range, message, help: help)
    at = range.upperBound
    skipToBoundary()
    return nil
  }

  private mutating func complainAboutForeign(_ scan: JSONNumber.Scan, _ range: Range<Int>) {
    guard scan.foreign != nil else { return }
    let text = source.text(range)
    switch scan.foreign {
    case .none: break
    case .plus: complain(range, "\(text) has a plus sign, which JSON does not allow")
    case .point: complain(range, "\(text) has no digit beside its point, which JSON wants")
    case .hexadecimal: complain(range, "\(text) is hexadecimal, which JSON does not allow")
    case .nonFinite where dialect.allowsNonFinite: break
    case .nonFinite: complain(range, "\(text) is not a number of JSON")
    }
  }

  private func node(_ number: (scan: JSONNumber.Scan, start: Int)) -> JSONNode {
    JSONNode(.number(number.scan.value), in: number.start..<number.scan.end, of: source)
  }

  // MARK: Lists

  /// A list: flat as long as it holds numbers alone.
  private mutating func array() -> JSONNode? {
    let start = at
    at += 1
    var flat = JSONNode.FlatNumbers()
    var nodes: [JSONNode] = []
    var isFlat = true
    while let more = anotherElement(from: start, isFirst: flat.values.isEmpty && nodes.isEmpty) {
      guard more else { break }
      if isFlat, startsNumber(bytes[at]) {
        guard let number = number() else { continue }
        if !number.scan.needsText {
          flat.values.append(number.scan.value)
          flat.starts.append(UInt32(number.start))
          continue
        }
        at = number.start
      }
      if isFlat {
        isFlat = false
        nodes = flattened(flat, start)
      }
      if let element = value() { nodes.append(element) }
    }
    let content: JSONNode.Content =
      isFlat && !flat.values.isEmpty ? .numbers(flat) : .array(nodes)
    return JSONNode(content, in: start..<at, of: source)
  }

  private func flattened(_ flat: JSONNode.FlatNumbers, _ start: Int) -> [JSONNode] {
    JSONNode(.numbers(flat), in: start..<at, of: source).nodes(of: flat)
  }

  /// Moves to the next element; false at the end of the list, nil at the end of the text.
  private mutating func anotherElement(from opener: Int, isFirst: Bool) -> Bool? {
    another(opener, closer: UInt8(ascii: "]"), isFirst: isFirst)
  }

  /// Passes the comma before an element or member, and the closing bracket after the last.
  private mutating func another(_ opener: Int, closer: UInt8, isFirst: Bool) -> Bool? {
    let before = at
    skipBlank()
    var comma: Int?
    if at < limit, bytes[at] == UInt8(ascii: ",") {
      let here = at
      at += 1
      comma = here
      // After a mistake nothing may have been kept, and then the first comma is right.
      if isFirst, lastMistake < opener {
        complain(
          here..<here + 1, "`,` stands where \(wanted(closer)) should", help: "take it away")
      }
      skipBlank()
      while at < limit, bytes[at] == UInt8(ascii: ",") {
        complain(at..<at + 1, "`,` stands where \(wanted(closer)) should", help: "take it away")
        at += 1
        skipBlank()
      }
    }
    guard at < limit else {
      complainAboutEnd()
      return nil
    }
    let byte = bytes[at]
    if byte == closer {
      if let comma, dialect.isStrict {
        complain(comma..<comma + 1, "a comma stands after the last one, which JSON does not allow")
      }
      at += 1
      return false
    }
    if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
      if lastMistake == at, !closesOuter(byte) {
        // It stood where a value should, and was told of: a slip, which closes nothing.
        at += 1
        isRecovering = true
        return another(opener, closer: closer, isFirst: isFirst)
      }
      closeWrongly(opener, closer)
      return false
    }
    if comma == nil, !isFirst, !isRecovering {
      complain(before..<before + 1, "a comma is missing here", help: "write `,` between the two")
    }
    isRecovering = false
    return true
  }

  private func wanted(_ closer: UInt8) -> String {
    closer == UInt8(ascii: "]") ? "a value" : "a key"
  }

  /// A closing bracket of the other kind: it closes an outer one when there is one, or is a slip.
  private mutating func closeWrongly(_ opener: Int, _ closer: UInt8) {
    let byte = bytes[at]
    let name = Character(Unicode.Scalar(bytes[opener]))
    complain(
      at..<at + 1,
      "`\(Character(Unicode.Scalar(byte)))` stands where the `\(name)` of line "
        + "\(source.place(at: opener).line ?? 1) should be closed",
      help: "write `\(Character(Unicode.Scalar(closer)))`")
    if !closesOuter(byte) { at += 1 }
  }

  /// Whether a closing bracket fits one of the brackets around the innermost.
  private func closesOuter(_ byte: UInt8) -> Bool {
    let partner = byte == UInt8(ascii: "]") ? UInt8(ascii: "[") : UInt8(ascii: "{")
    return openers.dropLast().contains { bytes[$0] == partner }
  }

  // MARK: Objects

  private mutating func object() -> JSONNode? {
    let start = at
    at += 1
    var members: [JSONMember] = []
    var isFirst = true
    while let more = another(start, closer: UInt8(ascii: "}"), isFirst: isFirst) {
      guard more else { break }
      isFirst = false
      if let member = member() { members.append(member) }
    }
    return JSONNode(.object(members), in: start..<at, of: source)
  }

  private mutating func member() -> JSONMember? {
    let start = at
    guard let key = key() else {
      complain(
        start..<tokenEnd(), "\(found()) stands where a key should",
        help: "a key is a bare word or stands in quotes")
      at = max(at, tokenEnd())
      skipToBoundary()
      return nil
    }
    let keyRange = start..<at
    skipBlank()
    guard at < limit else {
      complainAboutEnd()
      return nil
    }
    guard bytes[at] == UInt8(ascii: ":") else {
      complain(
        at..<tokenEnd(), "\(found()) stands where the `:` after the key \(key) should",
        help: "write `\(source.text(keyRange)): ` and the value")
      skipToBoundary()
      return nil
    }
    at += 1
    skipBlank()
    guard let value = value() else { return nil }
    return JSONMember(key: key, keyRange: keyRange, source: source, value: value)
  }

  private mutating func key() -> String? {
    let byte = bytes[at]
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return string() }
    let start = at
    guard let name = identifier() else { return nil }
    if dialect.isStrict {
      complain(
        start..<at, "the key \(name) has no quotes, which JSON wants", help: "write \"\(name)\"")
    }
    return name
  }

  // MARK: Mistakes

  mutating func complain(_ range: Range<Int>, _ message: String, help: String? = nil) {
    guard range.lowerBound != lastMistake, mistakes.count < Self.mostMistakes else { return }
    lastMistake = range.lowerBound
    mistakes.append(Diagnostic(at: source.place(of: range), message, help: help))
    if mistakes.count == Self.mostMistakes { at = limit }
  }

  /// The text ends inside something: told once, at the innermost bracket that is still open.
  private mutating func complainAboutEnd() {
    guard mistakes.count < Self.mostMistakes, lastMistake != Int.max else { return }
    if let opener = openers.last {
      let name = Character(Unicode.Scalar(bytes[opener]))
      complain(
        opener..<opener + 1, "this `\(name)` is never closed: the text ends inside it",
        help: "write `\(name == "[" ? "]" : "}")` where it should end")
    } else {
      complain(limit..<limit, "the text ends where a value should stand")
    }
    lastMistake = Int.max
  }

  /// What stands here, in words.
  private func found() -> String {
    guard at < limit else { return "the end of the text" }
    return "`\(source.text(at..<tokenEnd()).prefix(40))`"
  }

  /// Where the word, number, string or sign that stands here ends.
  private func tokenEnd() -> Int {
    guard at < limit else { return at }
    if bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") { return stringEnd() }
    var end = at
    while case let length = wordLength(at: end), length > 0 { end += length }
    if end > at { return end }
    return min(limit, end + (scalar(at: end)?.length ?? 1))
  }

  private func stringEnd() -> Int {
    var end = at + 1
    while end < limit, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") {
      if bytes[end] == bytes[at] { return end + 1 }
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(end, limit)
  }

  /// How many bytes the part of a word that stands here takes; 0 where the word is at its end.
  private func wordLength(at index: Int) -> Int {
    guard index < limit else { return 0 }
    switch bytes[index] {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "$"),
      UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "\\"):
      return 1
    case 0x80...:
      guard let (scalar, length) = scalar(at: index), !Self.isWhiteSpace(scalar) else { return 0 }
      return length
    default: return 0
    }
  }

  /// Goes on to the comma or closing bracket after what could not be read.
  private mutating func skipToBoundary() {
    isRecovering = true
    var depth = 0
    while at < limit {
      switch bytes[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return }
        depth -= 1
      case UInt8(ascii: ","), UInt8(ascii: "\n"):
        if depth == 0 { return }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        at = stringEnd()
        continue
      case UInt8(ascii: "/"):
        let before = at
        skipBlank()
        if at > before { continue }
      default: break
      }
      at += 1
    }
  }
}

extension JSONReader {
  // MARK: White space and comments

  /// Passes white space and comments.
  mutating func skipBlank() {
    while at < limit {
      switch bytes[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      case 0x0B, 0x0C:
        if dialect.isStrict { complain(at..<at + 1, "JSON does not allow this white space") }
        at += 1
      case UInt8(ascii: "/"):
        guard skipComment() else { return }
      case 0x80...:
        guard let (scalar, length) = scalar(at: at), Self.isWhiteSpace(scalar) else { return }
        if dialect.isStrict { complain(at..<at + length, "JSON does not allow this white space") }
        at += length
      default: return
      }
    }
  }

  /// Passes the comment that starts here; false when none does.
  private mutating func skipComment() -> Bool {
    guard at + 1 < limit else { return false }
    let start = at
    switch bytes[at + 1] {
    case UInt8(ascii: "/"):
      while at < limit, !startsLineTerminator(at) { at += 1 }
    case UInt8(ascii: "*"):
      at += 2
      while at + 1 < limit, bytes[at] != UInt8(ascii: "*") || bytes[at + 1] != UInt8(ascii: "/") {
        at += 1
      }
      if at + 1 < limit {
        at += 2
      } else {
        complain(start..<start + 2, "this comment is never closed", help: "write `*/` at its end")
        at = limit
      }
    default: return false
    }
    if dialect.isStrict { complain(start..<at, "a comment stands here, which JSON does not allow") }
    return true
  }

  /// Whether LF, CR, U+2028 or U+2029 stands here.
  private func startsLineTerminator(_ index: Int) -> Bool {
    switch bytes[index] {
    case 0x0A, 0x0D: true
    case 0xE2: separatesLines(index)
    default: false
    }
  }

  private func separatesLines(_ index: Int) -> Bool {
    index + 2 < limit && bytes[index] == 0xE2 && bytes[index + 1] == 0x80
      && bytes[index + 2] & 0xFE == 0xA8
  }

  static func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xA0, 0x2028, 0x2029, 0xFEFF: true
    default: scalar.properties.generalCategory == .spaceSeparator
    }
  }

  /// The scalar whose UTF-8 starts here; the bytes were checked before.
  func scalar(at index: Int) -> (Unicode.Scalar, length: Int)? {
    let lead = bytes[index]
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard index + length <= limit else { return nil }
    var value = UInt32(length == 1 ? lead : lead & (0xFF >> UInt8(length + 1)))
    for next in index + 1..<max(index + 1, index + length) {
      value = value << 6 | UInt32(bytes[next] & 0x3F)
    }
    return Unicode.Scalar(value).map { ($0, length) }
  }

  // MARK: Identifiers

  /// A bare key: an IdentifierName of ECMAScript 5.1; nil, without a word, when none stands here.
  mutating func identifier() -> String? {
    var name = String.UnicodeScalarView()
    var end = at
    while end < limit {
      let isEscape = bytes[end] == UInt8(ascii: "\\")
      guard let (scalar, length) = isEscape ? escapedScalar(at: end) : scalar(at: end),
        name.isEmpty ? Self.startsIdentifier(scalar) : Self.continuesIdentifier(scalar)
      else { break }
      name.append(scalar)
      end += length
    }
    guard !name.isEmpty else { return nil }
    at = end
    return String(name)
  }

  private func escapedScalar(at index: Int) -> (Unicode.Scalar, length: Int)? {
    guard index + 1 < limit, bytes[index + 1] == UInt8(ascii: "u"),
      let unit = hexadecimal(from: index + 2, digits: 4), let scalar = Unicode.Scalar(unit)
    else { return nil }
    return (scalar, 6)
  }

  static func startsIdentifier(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    if scalar == "$" || scalar == "_" { return true }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber:
      return true
    default: return false
    }
  }

  static func continuesIdentifier(_ scalar: Unicode.Scalar) -> Bool {
    if startsIdentifier(scalar) || scalar.value == 0x200C || scalar.value == 0x200D { return true }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation: return true
    default: return false
    }
  }

  // MARK: Strings

  /// The string whose quotation mark stands here; its mistakes are told and it ends all the same.
  mutating func string() -> String {
    let quote = bytes[at]
    let start = at
    if dialect.isStrict, quote != UInt8(ascii: "\"") {
      complain(at..<at + 1, "a single quote stands here; JSON wants double quotes")
    }
    at += 1
    let textStart = at
    while at < limit {
      let byte = bytes[at]
      if byte == quote {
        let text = source.text(textStart..<at)
        at += 1
        return text
      }
      if byte == UInt8(ascii: "\\") || byte < 0x20 {
        return stringWithEscapes(quote, start: start, textStart: textStart)
      }
      at += 1
    }
    complainAboutOpenString(start, quote)
    return source.text(textStart..<at)
  }

  private mutating func stringWithEscapes(_ quote: UInt8, start: Int, textStart: Int) -> String {
    var text = Array(bytes[textStart..<at])
    while at < limit {
      let byte = bytes[at]
      switch byte {
      case quote:
        at += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): escape(into: &text)
      case 0x0A, 0x0D:
        complainAboutOpenString(start, quote)
        return String(decoding: text, as: UTF8.self)
      default:
        if byte < 0x20, dialect.isStrict {
          complain(at..<at + 1, "a control character stands in a text", help: "write it as \\u00…")
        }
        text.append(byte)
        at += 1
      }
    }
    complainAboutOpenString(start, quote)
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func complainAboutOpenString(_ start: Int, _ quote: UInt8) {
    let mark = Character(Unicode.Scalar(quote))
    complain(
      start..<at, "the text is not closed before its line ends",
      help: "write `\(mark)` at its end, or `\\` before the line end to go on")
  }

  /// Reads one escape, from its backslash on.
  private mutating func escape(into text: inout [UInt8]) {
    let start = at
    at += 1
    guard at < limit else { return }
    let letter = bytes[at]
    if dialect.isStrict, !"\"\\/bfnrtu".utf8.contains(letter) {
      let end = min(limit, at + (scalar(at: at)?.length ?? 1))
      complain(start..<end, "\(shown(start..<end)) is not an escape of JSON")
    }
    switch letter {
    case UInt8(ascii: "b"): append(0x08, to: &text)
    case UInt8(ascii: "f"): append(0x0C, to: &text)
    case UInt8(ascii: "n"): append(0x0A, to: &text)
    case UInt8(ascii: "r"): append(0x0D, to: &text)
    case UInt8(ascii: "t"): append(0x09, to: &text)
    case UInt8(ascii: "v"): append(0x0B, to: &text)
    case UInt8(ascii: "0") where at + 1 >= limit || !JSONNumber.isDigit(bytes[at + 1]):
      append(0x00, to: &text)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      complain(
        start..<at + 1, "\(shown(start..<at + 1)) is not an escape",
        help: "write it as \\x00 to \\xFF")
      at += 1
    case UInt8(ascii: "x"):
      guard let value = hexadecimal(from: at + 1, digits: 2), let scalar = Unicode.Scalar(value)
      else { return rejectEscape(from: start, "wants two hexadecimal digits") }
      text += Array(String(Character(scalar)).utf8)
      at += 3
    case UInt8(ascii: "u"): unicodeEscape(from: start, into: &text)
    case 0x0D where at + 1 < limit && bytes[at + 1] == 0x0A: at += 2
    case 0x0A, 0x0D: at += 1
    case 0xE2 where separatesLines(at): at += 3
    default: append(letter, to: &text)
    }
  }

  private mutating func append(_ byte: UInt8, to text: inout [UInt8]) {
    text.append(byte)
    at += 1
  }

  /// A `\u` with four digits, or two of them that make a surrogate pair.
  private mutating func unicodeEscape(from start: Int, into text: inout [UInt8]) {
    guard let unit = hexadecimal(from: at + 1, digits: 4) else {
      return rejectEscape(from: start, "wants four hexadecimal digits")
    }
    at += 5
    var value = unit
    if unit & 0xFC00 == 0xD800, at + 1 < limit, bytes[at] == UInt8(ascii: "\\"),
      bytes[at + 1] == UInt8(ascii: "u"), let low = hexadecimal(from: at + 2, digits: 4),
      low & 0xFC00 == 0xDC00
    {
      value = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
      at += 6
    }
    guard let scalar = Unicode.Scalar(value) else {
      complain(
        start..<at, "\(shown(start..<at)) is half of a surrogate pair",
        help: "write both halves, \\uD8… and \\uDC…, or the character itself")
      return
    }
    text += Array(String(Character(scalar)).utf8)
  }

  private mutating func rejectEscape(from start: Int, _ reason: String) {
    let end = at + 1
    complain(start..<end, "the escape \(shown(start..<end)) \(reason)")
    at = end
  }

  private func shown(_ range: Range<Int>) -> String { "`\(source.text(range))`" }

  private func hexadecimal(from start: Int, digits: Int) -> UInt32? {
    guard start + digits <= limit else { return nil }
    var value: UInt32 = 0
    for index in start..<start + digits {
      guard let digit = JSONNumber.hexadecimalDigit(bytes[index]) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}

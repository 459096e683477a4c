/// Number literals: where they end, and the double or integer that they mean.
enum JSONNumber {
  /// What a scan of a literal found.
  struct Scan {
    var end: Int
    var value: Double
    /// Why it is no number of JSON5; `end` is then where that shows.
    var flaw: Flaw?
    /// What JSON itself would not allow in it.
    var foreign: Foreign?
    /// An integer that a double cannot hold exactly: its text has to be kept.
    var needsText = false
  }

  enum Flaw {
    case noDigits
    case leadingZero
    case noExponentDigits
    case noHexadecimalDigits
    case tooLarge
  }

  enum Foreign { case plus, point, hexadecimal, nonFinite }

  /// Powers of ten that a double holds exactly.
  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// Reads the number whose first byte (a sign, a digit, a point, I or N) stands at `start`.
  ///
  /// - Source: Clinger (1990): up to 2⁵³ times or over a power of ten up to 10²² is one rounding; all
  ///   else goes to the standard library, which rounds correctly.
  static func scan(_ bytes: [UInt8], from start: Int, limit: Int) -> Scan {
    var at = start
    var isNegative = false
    var foreign: Foreign?
    if at < limit, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
      isNegative = bytes[at] == UInt8(ascii: "-")
      if !isNegative { foreign = .plus }
      at += 1
    }
    if at < limit, !isDigit(bytes[at]), bytes[at] != UInt8(ascii: ".") {
      return word(bytes, from: at, limit: limit, isNegative: isNegative)
    }
    if at + 1 < limit, bytes[at] == UInt8(ascii: "0"), bytes[at + 1] | 0x20 == UInt8(ascii: "x") {
      return hexadecimal(bytes, from: at + 2, limit: limit, isNegative: isNegative)
    }

    let wholeStart = at
    var mantissa: UInt64 = 0
    while at < limit, isDigit(bytes[at]) {
      mantissa = mantissa &* 10 &+ UInt64(bytes[at] &- 0x30)
      at += 1
    }
    let wholeDigits = at - wholeStart
    if wholeDigits > 1, bytes[wholeStart] == UInt8(ascii: "0") {
      return Scan(end: at, value: 0, flaw: .leadingZero)
    }
    var fractionDigits = 0
    var isInteger = true
    if at < limit, bytes[at] == UInt8(ascii: ".") {
      at += 1
      isInteger = false
      let fractionStart = at
      while at < limit, isDigit(bytes[at]) {
        mantissa = mantissa &* 10 &+ UInt64(bytes[at] &- 0x30)
        at += 1
      }
      fractionDigits = at - fractionStart
      if wholeDigits == 0 || fractionDigits == 0 { foreign = foreign ?? .point }
    }
    guard wholeDigits + fractionDigits > 0 else { return Scan(end: at, value: 0, flaw: .noDigits) }
    var exponent = 0
    if at < limit, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      isInteger = false
      guard let written = exponentValue(bytes, at: &at, limit: limit) else {
        return Scan(end: at, value: 0, flaw: .noExponentDigits)
      }
      exponent = written
    }

    var scan = Scan(end: at, value: 0, foreign: foreign)
    let power = exponent - fractionDigits
    // Nineteen digits never overflow 64 bits.
    if wholeDigits + fractionDigits <= 19, mantissa <= 1 << 53, (-22...22).contains(power) {
      let whole = Double(mantissa)
      scan.value = power < 0 ? whole / powersOfTen[-power] : whole * powersOfTen[power]
    } else {
      scan.value = slow(bytes[wholeStart..<at])
      scan.needsText = isInteger
      if scan.value.isInfinite { scan.flaw = .tooLarge }
    }
    if isNegative { scan.value = -scan.value }
    return scan
  }

  /// Where the literal that starts at `start`, which was read before, ends.
  static func end(of bytes: [UInt8], from start: Int) -> Int {
    scan(bytes, from: start, limit: bytes.count).end
  }

  /// The integer that a plain decimal or hexadecimal literal means.
  static func integer(of literal: String) -> Int64? {
    let isNegative = literal.hasPrefix("-")
    guard let magnitude = unsignedInteger(of: isNegative ? String(literal.dropFirst()) : literal)
    else { return nil }
    return isNegative
      ? (magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil)
      : Int64(exactly: magnitude)
  }

  static func unsignedInteger(of literal: String) -> UInt64? {
    let digits = literal.hasPrefix("+") ? literal.dropFirst() : literal[...]
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      return UInt64(digits.dropFirst(2), radix: 16)
    }
    return UInt64(digits)
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  /// The exponent after its `e`, held within what a double could ever need; nil without digits.
  private static func exponentValue(_ bytes: [UInt8], at: inout Int, limit: Int) -> Int? {
    var isNegative = false
    if at < limit, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
      isNegative = bytes[at] == UInt8(ascii: "-")
      at += 1
    }
    guard at < limit, isDigit(bytes[at]) else { return nil }
    var value = 0
    while at < limit, isDigit(bytes[at]) {
      value = min(1_000_000_000, value * 10 + Int(bytes[at] - 0x30))
      at += 1
    }
    return isNegative ? -value : value
  }

  /// The standard library's correctly rounded reading; it wants digits on both sides of a point.
  private static func slow(_ literal: ArraySlice<UInt8>) -> Double {
    var text = literal.first == UInt8(ascii: ".") ? "0" : ""
    text += String(decoding: literal, as: UTF8.self)
    if let point = text.firstIndex(of: ".") {
      let next = text.index(after: point)
      if next == text.endIndex || !text[next].isNumber { text.insert("0", at: next) }
    }
    return Double(text) ?? .infinity
  }

  private static func word(
    _ bytes: [UInt8], from start: Int, limit: Int, isNegative: Bool
  ) -> Scan {
    for (name, value) in [("Infinity", Double.infinity), ("NaN", Double.nan)] {
      let end = start + name.utf8.count
      guard end <= limit, bytes[start..<end].elementsEqual(name.utf8) else { continue }
      return Scan(end: end, value: isNegative ? -value : value, foreign: .nonFinite)
    }
    return Scan(end: start, value: 0, flaw: .noDigits)
  }

  private static func hexadecimal(
    _ bytes: [UInt8], from start: Int, limit: Int, isNegative: Bool
  ) -> Scan {
    var at = start
    var value: UInt64 = 0
    while at < limit, let digit = hexadecimalDigit(bytes[at]) {
      value = value << 4 | UInt64(digit)
      at += 1
    }
    guard at > start else { return Scan(end: at, value: 0, flaw: .noHexadecimalDigits) }
    var scan = Scan(end: at, value: 0, foreign: .hexadecimal)
    if at - start <= 16 {
      scan.value = Double(value)
    } else {
      scan.value = Double("0x" + String(decoding: bytes[start..<at], as: UTF8.self)) ?? .infinity
    }
    scan.needsText = scan.value >= 0x1p53
    if scan.value.isInfinite { scan.flaw = .tooLarge }
    if isNegative { scan.value = -scan.value }
    return scan
  }
}

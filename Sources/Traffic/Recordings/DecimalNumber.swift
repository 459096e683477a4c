/// Reads decimal text as the nearest double, ties to even.
///
/// Up to 19 digits with a power of ten between 10⁻²⁷ and 10²⁷ are exact integers here: the digits fit in
/// 64 bits, and so does 5²⁷, so that one 128-bit multiplication or division gives the answer's bits and
/// whether anything is left below them (Clinger 1990, "How to read floating point numbers accurately",
/// for the still faster road where both sides are exact doubles). The rest goes to the standard
/// library, which rounds correctly too.
///
/// A feature is this double rounded once more to Float32: the double rounding is meant, because models
/// were trained on columns that went through float64 (pandas, NumPy) in the same way.
enum DecimalNumber {
  /// Blanks around the number are passed over; "nan", "inf", hexadecimal and thousands' separators are no
  /// numbers.
  ///
  /// - Returns: nil when the text is no decimal number, or its size is above the largest double.
  static func parse(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Double? {
    var index = start
    while index < end, isBlank(bytes[index]) { index += 1 }
    let numberStart = index
    var isNegative = false
    if index < end, bytes[index] == minus || bytes[index] == plus {
      isNegative = bytes[index] == minus
      index += 1
    }
    var mantissa: UInt64 = 0
    let firstDigit = index
    while index < end {
      let digit = bytes[index] &- zero
      if digit > 9 { break }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      index += 1
    }
    var digitCount = index - firstDigit
    var power = 0
    if index < end, bytes[index] == point {
      index += 1
      let firstDecimal = index
      while index < end {
        let digit = bytes[index] &- zero
        if digit > 9 { break }
        mantissa = mantissa &* 10 &+ UInt64(digit)
        index += 1
      }
      power = firstDecimal - index
      digitCount -= power
    }
    if digitCount == 0 { return nil }
    if index < end {
      if bytes[index] | 0x20 == UInt8(ascii: "e") {
        guard let exponent = readExponent(bytes, &index, end) else { return nil }
        power += exponent
      }
      let numberEnd = index
      while index < end, isBlank(bytes[index]) { index += 1 }
      if index < end { return nil }
      if digitCount > 19 { return parseSlowly(bytes, numberStart, numberEnd) }
    } else if digitCount > 19 {
      return parseSlowly(bytes, numberStart, end)
    }
    if let size = nearest(mantissa, power) { return isNegative ? -size : size }
    return parseSlowly(bytes, numberStart, end)
  }

  /// The double nearest to mantissa · 10^power, where integers of 128 bits can tell.
  @inline(__always)
  private static func nearest(_ mantissa: UInt64, _ power: Int) -> Double? {
    if mantissa < 1 << 53, power >= -22, power <= 22 {
      let size = Double(mantissa)
      return power < 0 ? size / powersOfTen[-power] : size * powersOfTen[power]
    }
    if mantissa == 0 { return 0 }
    if power < -27 || power > 27 { return nil }
    return power < 0
      ? quotient(mantissa, dividedByTenTo: -power) : product(mantissa, timesTenTo: power)
  }

  /// mantissa / (5^power · 2^power): 63 bits or more of quotient, the remainder as a sticky bit.
  private static func quotient(_ mantissa: UInt64, dividedByTenTo power: Int) -> Double {
    let divisor = powersOfFive[power]
    let shift = mantissa.leadingZeroBitCount
    let divisorShift = divisor.leadingZeroBitCount
    let numerator = mantissa << shift
    let (quotient, remainder) = (divisor << divisorShift).dividingFullWidth(
      (numerator >> 1, numerator << 63))
    let size = Double(quotient | (remainder == 0 ? 0 : 1))
    return size * powerOfTwo(divisorShift - shift - 63 - power)
  }

  private static func product(_ mantissa: UInt64, timesTenTo power: Int) -> Double {
    let (high, low) = mantissa.multipliedFullWidth(by: powersOfFive[power])
    if high == 0 { return Double(low) * powerOfTwo(power) }
    let shift = high.leadingZeroBitCount
    let top = shift == 0 ? high : high << shift | low >> (64 - shift)
    let size = Double(top | (low << shift == 0 ? 0 : 1))
    return size * powerOfTwo(64 - shift + power)
  }

  private static func powerOfTwo(_ exponent: Int) -> Double {
    Double(bitPattern: UInt64(exponent + 1023) << 52)
  }

  private static func readExponent(
    _ bytes: Span<UInt8>, _ index: inout Int, _ end: Int
  ) -> Int? {
    index += 1
    var isNegative = false
    if index < end, bytes[index] == minus || bytes[index] == plus {
      isNegative = bytes[index] == minus
      index += 1
    }
    let firstDigit = index
    var exponent = 0
    while index < end {
      let digit = bytes[index] &- zero
      if digit > 9 { break }
      exponent = min(exponent * 10 + Int(digit), 100_000)
      index += 1
    }
    if index == firstDigit { return nil }
    return isNegative ? -exponent : exponent
  }

  /// Text whose grammar was checked, by way of the standard library.
  @inline(never)
  private static func parseSlowly(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Double? {
    let number = Double(text(bytes, start, end).filter { $0 != " " && $0 != "\t" })
    return number.flatMap { $0.isFinite ? $0 : nil }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static let zero = UInt8(ascii: "0")
  private static let minus = UInt8(ascii: "-")
  private static let plus = UInt8(ascii: "+")
  private static let point = UInt8(ascii: ".")

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
  private static let powersOfFive: [UInt64] = (0...27).map { power in
    (0..<power).reduce(1) { product, _ in product * 5 }
  }
}

/// A stretch of bytes as text; what is no UTF-8 is replaced.
func text(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> String {
  var copy: [UInt8] = []
  copy.reserveCapacity(end - start)
  for index in start..<end { copy.append(bytes[index]) }
  return String(decoding: copy, as: UTF8.self)
}

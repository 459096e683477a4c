import Simulation

/// How numbers are dressed for a medium.
struct NumberStyle: Sendable, Equatable {
  /// Between groups of three digits.
  var thousands: String
  var minus: String
  /// Between a number and its unit.
  var space: String

  static let terminal = Self(thousands: ",", minus: "\u{2212}", space: " ")
  /// Narrow no-break spaces, so that a number is never torn from its unit.
  static let page = Self(thousands: "\u{202F}", minus: "\u{2212}", space: "\u{00A0}")

  static let missing = "\u{2013}"
}

/// Decimal digits without a locale, a C library or rounding surprises: the same on every machine.
enum Digits {
  /// Plain ASCII: "-1234.50". Not finite gives "–" or "∞", so that neither "nan" nor "inf" is ever
  /// printed.
  static func fixed(_ x: Double, decimals: Int) -> String {
    guard x.isFinite else {
      return x.isNaN ? NumberStyle.missing : (x < 0 ? "-\u{221E}" : "\u{221E}")
    }
    let (whole, fraction) = parts(x.magnitude, decimals: decimals)
    let digits = fraction.isEmpty ? whole : whole + "." + fraction
    let isZero = digits.allSatisfy { $0 == "0" || $0 == "." }
    return (x < 0 && !isZero) ? "-" + digits : digits
  }

  /// Without trailing zeros after the point: coordinates and ticks.
  static func trimmed(_ x: Double, decimals: Int) -> String {
    var text = fixed(x, decimals: decimals)
    guard text.contains(".") else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// The digits before and after the point of a number that is not negative.
  private static func parts(_ x: Double, decimals: Int) -> (whole: String, fraction: String) {
    if decimals < 0 {
      let unit = powerOfTen(-decimals)
      return (wholeText((x / unit).rounded(.toNearestOrEven) * unit), "")
    }
    let scaled = (x * powerOfTen(decimals)).rounded(.toNearestOrEven)
    guard scaled < 9e15 else { return (wholeText(x), String(repeating: "0", count: decimals)) }
    let text = String(UInt64(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - text.count)) + text
    return (String(padded.dropLast(decimals)), String(padded.suffix(decimals)))
  }

  private static func wholeText(_ x: Double) -> String {
    if x < 1.8e19 { return String(UInt64(x.rounded(.toNearestOrEven))) }
    return "\(x)"
  }

  static func powerOfTen(_ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<exponent.magnitude { power *= 10 }
    return exponent < 0 ? 1 / power : power
  }

  /// floor(log10(x)) by comparison; 0 for what has no logarithm.
  static func exponent(of x: Double) -> Int {
    guard x > 0, x.isFinite else { return 0 }
    var exponent = 0
    var rest = x
    while rest >= 10 {
      rest /= 10
      exponent += 1
    }
    while rest < 1 {
      rest *= 10
      exponent -= 1
    }
    return exponent
  }

  /// How many decimals a number deserves whose interval reaches `halfWidth` to each side: the last
  /// digit shown is one that the interval moves.
  ///
  /// - Source: the rounding rule of the Particle Data Group (Review of Particle Physics, 2022, section
  ///   5.3): two digits of the half width when its leading three lie in 100...354, else one.
  static func decimals(halfWidth: Double) -> Int {
    guard halfWidth > 0, halfWidth.isFinite else { return 3 }
    let exponent = exponent(of: halfWidth)
    let leading = (halfWidth * powerOfTen(2 - exponent)).rounded()
    return min(12, max(-12, leading <= 354 ? 1 - exponent : -exponent))
  }

  /// Decimals for `count` significant digits where no interval says better.
  static func decimals(significant count: Int, of x: Double) -> Int {
    guard x != 0, x.isFinite else { return 0 }
    return min(12, max(0, count - 1 - exponent(of: x.magnitude)))
  }
}

extension NumberStyle {
  func number(_ x: Double, decimals: Int, signed: Bool = false) -> String {
    dress(Digits.fixed(x, decimals: decimals), plus: signed && x > 0)
  }

  func count(_ n: some BinaryInteger) -> String { dress(String(n), plus: false) }

  /// About `n`: three significant digits at most, for numbers that are themselves estimates.
  func about(_ n: Double) -> String {
    guard n.isFinite, n > 0 else { return NumberStyle.missing }
    return number(n, decimals: n < 10 ? 1 : min(0, 1 - Digits.exponent(of: n)))
  }

  func percent(_ share: Double, decimals: Int) -> String {
    number(share * 100, decimals: decimals) + space + "%"
  }

  /// A share with as many decimals as it needs to not read as 0 or 100.
  func percent(_ share: Double) -> String {
    let rest = min(share.magnitude, (1 - share).magnitude) * 100
    let decimals = rest == 0 ? 0 : min(6, max(rest < 10 ? 1 : 0, -Digits.exponent(of: rest)))
    return percent(share, decimals: decimals)
  }

  func unit(_ number: String, _ unit: String) -> String {
    unit.isEmpty ? number : number + space + unit
  }

  /// "0.031", "< 0.001".
  func p(_ p: Double) -> String {
    guard p.isFinite else { return NumberStyle.missing }
    if p < 0.001 { return "< 0.001" }
    return Digits.fixed(p, decimals: p < 0.1 ? 3 : 2)
  }

  private func dress(_ plain: String, plus: Bool) -> String {
    var body = Substring(plain)
    let isNegative = body.hasPrefix("-")
    if isNegative { body.removeFirst() }
    let halves = body.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    var text = grouped(halves.first ?? body)
    if halves.count == 2 { text += "." + halves[1] }
    if isNegative { return minus + text }
    let isZero = body.allSatisfy { $0 == "0" || $0 == "." }
    return plus && !isZero ? "+" + text : text
  }

  private func grouped(_ digits: Substring) -> String {
    guard digits.count > 3, digits.allSatisfy(\.isNumber) else { return String(digits) }
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += thousands }
      text.append(digit)
    }
    return text
  }
}

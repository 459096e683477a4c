/// An unevaluated sum of two doubles, about 106 bits: what a function needs on the way to one right double.
///
/// - Source: Dekker (1971), "A floating-point technique for extending the available precision"; Knuth, TAOCP
///   volume 2, section 4.2.2, Theorem B.
struct Pair {
  var high: Double
  var low: Double

  @inline(__always)
  init(_ high: Double, _ low: Double = 0) {
    self.high = high
    self.low = low
  }

  /// a + b exactly.
  @inline(__always)
  init(adding a: Double, _ b: Double) {
    high = a + b
    let part = high - a
    low = (a - (high - part)) + (b - part)
  }

  /// a + b exactly, where |a| >= |b| or a = 0.
  @inline(__always)
  init(larger a: Double, smaller b: Double) {
    high = a + b
    low = (a - high) + b
  }

  /// a · b exactly, while nothing overflows (|a|, |b| < 2⁹⁹⁵) or falls below 2⁻¹⁰²².
  @inline(__always)
  init(multiplying a: Double, _ b: Double) {
    high = a * b
    let (aHigh, aLow) = Self.halves(a)
    let (bHigh, bLow) = Self.halves(b)
    low = ((aHigh * bHigh - high) + aHigh * bLow + aLow * bHigh) + aLow * bLow
  }

  /// Veltkamp's splitting into 26 and 27 bits.
  @inline(__always)
  private static func halves(_ a: Double) -> (Double, Double) {
    let spread = 0x1.0000002p27 * a
    let high = spread - (spread - a)
    return (high, a - high)
  }

  @inline(__always)
  static func * (a: Pair, b: Pair) -> Pair {
    let product = Pair(multiplying: a.high, b.high)
    return Pair(larger: product.high, smaller: product.low + (a.high * b.low + a.low * b.high))
  }

  @inline(__always)
  static func * (a: Pair, b: Double) -> Pair {
    let product = Pair(multiplying: a.high, b)
    return Pair(larger: product.high, smaller: product.low + a.low * b)
  }

  @inline(__always)
  static func + (a: Pair, b: Pair) -> Pair {
    let sum = Pair(adding: a.high, b.high)
    return Pair(larger: sum.high, smaller: sum.low + (a.low + b.low))
  }

  @inline(__always)
  static prefix func - (a: Pair) -> Pair { Pair(-a.high, -a.low) }

  @inline(__always)
  var value: Double { high + low }
}

/// Kolmogorov's limiting law of √n sup |F_n − F|: what the distance between an empirical and a true distribution
/// function comes to for many values.
///
/// - Source: Kolmogorov (1933), Smirnov (1948): the two forms of one theta function; each is used where at most four
///   terms of it count. Relative error below 10⁻¹³ in both tails.
package enum Kolmogorov {
  /// P(K <= x).
  package static func cdf(_ x: Double) -> Double { tail(x).lower }
  /// P(K > x), without cancellation in the tail.
  package static func survival(_ x: Double) -> Double { tail(x).upper }
  /// log P(K <= x).
  package static func logCdf(_ x: Double) -> Double { tail(x).logLower }
  /// log P(K > x).
  package static func logSurvival(_ x: Double) -> Double { tail(x).logUpper }

  /// The x with P(K <= x) = p.
  package static func quantile(_ p: Double) -> Double { place(lower: p, upper: 1 - p) }
  /// The x with P(K > x) = q; small q keep their digits.
  package static func upperQuantile(_ q: Double) -> Double { place(lower: 1 - q, upper: q) }

  private static let boundary = 0.83

  static func tail(_ x: Double) -> Tail {
    if x.isNaN { return .none }
    // Beyond these even the logarithm of the smaller tail is infinite.
    if x < 1e-140 || x > 1e140 { return x < 1 ? .below : .above }
    let isLower = x < boundary
    return Tail(isLower: isLower, probability: isLower ? lower(x) : upper(x))
  }

  /// √(2π)/x Σ exp(−(2k − 1)² π² / (8 x²)).
  private static func lower(_ x: Double) -> ScaledProbability {
    // π²/8 to twice the digits: the exponent may be hundreds.
    let ratio = Pair(0x1.3bd3cc9be45dep0, 0x1.692b71366cc04p-54)
    let square = Pair(multiplying: x, x)
    let high = ratio.high / square.high
    let product = Pair(multiplying: high, square.high)
    let low =
      (((ratio.high - product.high) - product.low) + (ratio.low - high * square.low))
      / square.high
    let power = Elementary.exp(-8 * high)
    let series = 1 + power * (1 + power * power * (1 + power * power * power))
    return ScaledProbability(exponent: -high, factor: 0x1.40d931ff62706p1 / x * series * (1 - low))
  }

  /// 2 Σ (−1)^(k−1) exp(−2 k² x²).
  private static func upper(_ x: Double) -> ScaledProbability {
    let square = Pair(multiplying: x, x)
    let t = Elementary.exp(-2 * square.high)
    let cube = t * t * t
    // Σ (−1)^(k−1) t^(k² − 1) = 1 − t³ (1 − t⁵ (1 − t⁷ (1 − …))).
    let fifth = cube * (t * t)
    let seventh = fifth * (t * t)
    let series = 1 - cube * (1 - fifth * (1 - seventh))
    return ScaledProbability(exponent: -2 * square.high, factor: 2 * series * (1 - 2 * square.low))
  }

  private static func place(lower p: Double, upper q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    if p == 0 || q == 0 { return p == 0 ? 0 : .infinity }
    let isLower = p < q
    let target = Elementary.log(isLower ? p : q)
    let start =
      isLower
      ? (0x1.3bd3cc9be45dep0 / (1 - target)).squareRoot() : (0.5 * (1 - target)).squareRoot()
    return increasingRoot(from: start, step: 0.125 * start) { x in
      isLower ? logCdf(x) - target : target - logSurvival(x)
    }
  }
}

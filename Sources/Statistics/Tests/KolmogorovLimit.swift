import Probability

/// The limiting law of √n times the largest distance between an empirical and a true distribution function.
///
/// - Source: Kolmogorov (1933); Smirnov (1948).
package enum KolmogorovLimit {
  /// P(K >= x).
  package static func survival(_ x: Double) -> PValue {
    guard x > 0 else { return .one }
    guard x >= 1 else { return PValue(1 - lower(x)) }
    // 2 Σ (−1)^(k−1) exp(−2 k² x²).
    let t = Elementary.exp(-2 * x * x)
    let bend = 1 - t * t * t * (1 - t * t * t * t * t)
    return PValue(
      value: 2 * t * bend,
      ln: 0.693_147_180_559_945_3 - 2 * x * x + Elementary.log(bend))
  }

  /// √(2π)/x Σ exp(−(2k − 1)² π² / (8 x²)), for x < 1.
  private static func lower(_ x: Double) -> Double {
    let t = Elementary.exp(-.pi * .pi / (8 * x * x))
    let eighth = (t * t * t * t) * (t * t * t * t)
    let series = t * (1 + eighth * (1 + eighth * eighth * (1 + eighth * eighth * eighth)))
    return 2.506_628_274_631_000_5 / x * series
  }
}

/// Fisher's F distribution: (χ² of `numerator` / numerator) / (χ² of `denominator` / denominator).
package struct FDistribution: Sendable, Hashable {
  package let numerator: Double
  package let denominator: Double

  package init(numerator: Double, denominator: Double) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// P(F <= f); 0 below 0.
  package func cdf(_ f: Double) -> Double { tail(f).lower }
  /// P(F > f), without cancellation in the tail.
  package func survival(_ f: Double) -> Double { tail(f).upper }
  /// log P(F <= f).
  package func logCdf(_ f: Double) -> Double { tail(f).logLower }
  /// log P(F > f).
  package func logSurvival(_ f: Double) -> Double { tail(f).logUpper }
  /// The f with P(F <= f) = p.
  package func quantile(_ p: Double) -> Double { place(lower: p, upper: 1 - p) }
  /// The f with P(F > f) = q; small q keep their digits.
  package func upperQuantile(_ q: Double) -> Double { place(lower: 1 - q, upper: q) }

  /// On the scale of Beta(numerator/2, denominator/2): x = n f / (n f + m).
  func tail(_ f: Double) -> Tail {
    let (n, m) = (numerator, denominator)
    let ratio = n / m * max(f, 0)
    let (x, y) = ratio < .infinity ? (ratio / (1 + ratio), 1 / (1 + ratio)) : (1, 0)
    return IncompleteBeta.tail(
      at: IncompleteBeta.Point(x: x, y: y, excess: 0.5 * n * y * (max(f, 0) - 1)), n / 2, m / 2)
  }

  private func place(lower p: Double, upper q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    if p == 0 || q == 0 { return p == 0 ? 0 : .infinity }
    let v = IncompleteBeta.logit(lower: p, upper: q, numerator / 2, denominator / 2)
    return Elementary.exp(v) * (denominator / numerator)
  }
}

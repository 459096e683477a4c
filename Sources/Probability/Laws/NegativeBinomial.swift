/// The number of failures before the `successes`-th success, with `probability` of success in (0, 1];
/// `successes` > 0 need not be whole (the gamma-Poisson mixture).
package struct NegativeBinomial: Sendable, Hashable {
  package let successes: Double
  package let probability: Double

  package init(successes: Double, probability: Double) {
    precondition(
      successes > 0 && probability > 0 && probability <= 1,
      "not a negative binomial: \(successes), \(probability)")
    self.successes = successes
    self.probability = probability
  }

  package var mean: Double { successes * (1 - probability) / probability }
  package var variance: Double { mean / probability }

  /// P(X = k).
  package func pmf(_ k: Int) -> Double {
    if k < 0 { return 0 }
    if k == 0 { return Elementary.pow(probability, successes) }
    if probability == 1 { return 0 }
    return IncompleteBeta.term(at: point(Double(k)), successes, Double(k)).value / Double(k)
  }

  /// P(X <= k).
  package func cdf(_ k: Int) -> Double { tail(k).lower }
  /// P(X > k), without cancellation in the tail.
  package func survival(_ k: Int) -> Double { tail(k).upper }
  /// log P(X <= k).
  package func logCdf(_ k: Int) -> Double { tail(k).logLower }
  /// log P(X > k).
  package func logSurvival(_ k: Int) -> Double { tail(k).logUpper }

  /// P(X <= k) = I(p; r, k + 1).
  private func tail(_ k: Int) -> Tail {
    if k < 0 { return .below }
    if probability == 1 { return .above }
    return IncompleteBeta.tail(at: point(Double(k) + 1), successes, Double(k) + 1)
  }

  /// p on the scale of Beta(r, b).
  private func point(_ b: Double) -> IncompleteBeta.Point {
    let product = Pair(multiplying: successes + b, probability)
    return IncompleteBeta.Point(
      x: probability, y: 1 - probability, excess: (product.high - successes) + product.low)
  }
}

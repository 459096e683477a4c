/// The number of events where `mean` >= 0 are expected.
package struct Poisson: Sendable, Hashable {
  package let mean: Double

  package init(mean: Double) {
    precondition(mean >= 0 && mean < .infinity, "a mean count is finite and not negative: \(mean)")
    self.mean = mean
  }

  /// P(X = k).
  package func pmf(_ k: Int) -> Double { k < 0 ? 0 : term(k).value }
  /// log P(X = k).
  package func logPmf(_ k: Int) -> Double { k < 0 ? -.infinity : term(k).logarithm }
  /// P(X <= k).
  package func cdf(_ k: Int) -> Double { tail(k).lower }
  /// P(X > k), without cancellation in the tail.
  package func survival(_ k: Int) -> Double { tail(k).upper }
  /// log P(X <= k).
  package func logCdf(_ k: Int) -> Double { tail(k).logLower }
  /// log P(X > k).
  package func logSurvival(_ k: Int) -> Double { tail(k).logUpper }

  /// The smallest k with P(X <= k) >= p, for p in 0..<1.
  package func quantile(_ p: Double) -> Int {
    precondition(p >= 0 && p < 1, "no finite count has this probability below it: \(p)")
    if p == 0 { return 0 }
    return smallest(near: Normal.quantile(p)) { cdf($0) >= p }
  }

  /// The smallest k with P(X > k) <= q, for q in (0, 1]; small q keep their digits.
  package func upperQuantile(_ q: Double) -> Int {
    precondition(q > 0 && q <= 1, "no finite count has this probability above it: \(q)")
    if q == 1 { return 0 }
    return smallest(near: Normal.upperQuantile(q)) { survival($0) <= q }
  }

  private func smallest(near z: Double, where holds: (Int) -> Bool) -> Int {
    let spread = mean.squareRoot()
    return smallestCount(
      in: 0...(1 << 60), near: mean + z * (spread + z / 6), spread: 0.25 * spread, where: holds)
  }

  /// - Source: Loader (2000), the saddle-point form.
  private func term(_ k: Int) -> ScaledProbability {
    if mean == 0 { return ScaledProbability(exponent: 0, factor: k == 0 ? 1 : 0) }
    return k == 0
      ? ScaledProbability(exponent: -mean, factor: 1) : IncompleteGamma.term(Double(k), mean)
  }

  /// P(X <= k) = Q(k + 1, mean).
  private func tail(_ k: Int) -> Tail {
    if k < 0 { return .below }
    if mean == 0 { return .above }
    return IncompleteGamma.tail(Double(k) + 1, mean).mirrored
  }
}

/// The number of successes in `trials` independent trials.
package struct Binomial: Sendable, Hashable {
  package let trials: Int
  package let probability: Double

  package init(trials: Int, probability: Double) {
    precondition(trials >= 0, "a number of trials is not negative: \(trials)")
    precondition(probability >= 0 && probability <= 1, "not a probability: \(probability)")
    self.trials = trials
    self.probability = probability
  }

  package var mean: Double { Double(trials) * probability }
  package var variance: Double { mean * (1 - probability) }

  /// P(X = k).
  ///
  /// - Source: Loader (2000), the saddle-point form.
  package func pmf(_ k: Int) -> Double {
    guard k >= 0, k <= trials else { return 0 }
    let (n, x, p) = (Double(trials), Double(k), probability)
    if p == 0 || p == 1 { return (p == 0) == (k == 0) && (k == 0 || k == trials) ? 1 : 0 }
    if k == 0 { return Elementary.exp(n * Elementary.log1p(-p)) }
    if k == trials { return Elementary.pow(p, n) }
    let product = Pair(multiplying: n, p)
    let excess = (product.high - x) + product.low
    let deviance =
      LogDeviation.deviance(count: x, mean: product.high, excess: excess)
      + LogDeviation.deviance(count: n - x, mean: n * (1 - p), excess: -excess)
    let remainder =
      GammaFunction.stirlingRemainder(n)
      - (GammaFunction.stirlingRemainder(x) + GammaFunction.stirlingRemainder(n - x))
    return 0x1.9884533d43651p-2 * (n / x / (n - x)).squareRoot()
      * Elementary.exp(remainder - deviance)
  }

  /// P(X <= k).
  package func cdf(_ k: Int) -> Double {
    if k < 0 || k >= trials { return k < 0 ? 0 : 1 }
    return tail(k).lower
  }

  /// P(X > k), without cancellation in the tail.
  package func survival(_ k: Int) -> Double {
    if k < 0 || k >= trials { return k < 0 ? 1 : 0 }
    return tail(k).upper
  }

  /// The smallest k with P(X <= k) >= p, for p in 0...1.
  package func quantile(_ p: Double) -> Int {
    smallest { cdf($0) >= p }
  }

  /// The smallest k with P(X > k) <= q; small q keep their digits.
  package func upperQuantile(_ q: Double) -> Int {
    smallest { survival($0) <= q }
  }

  private func smallest(where holds: (Int) -> Bool) -> Int {
    var (low, high) = (-1, trials)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }

  /// P(X <= k) = I(1 − p; n − k, k + 1), for 0 <= k < n.
  private func tail(_ k: Int) -> Tail {
    let (n, p) = (Double(trials), probability)
    let (a, b) = (Double(trials - k), Double(k + 1))
    let product = Pair(multiplying: n + 1, p)
    let point = IncompleteBeta.Point(
      x: 1 - p, y: p, excess: (b - product.high) - product.low)
    return IncompleteBeta.tail(at: point, a, b)
  }
}

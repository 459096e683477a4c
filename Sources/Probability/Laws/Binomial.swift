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
  package func pmf(_ k: Int) -> Double { k >= 0 && k <= trials ? term(k).value : 0 }
  /// log P(X = k).
  package func logPmf(_ k: Int) -> Double {
    k >= 0 && k <= trials ? term(k).logarithm : -.infinity
  }
  /// P(X <= k).
  package func cdf(_ k: Int) -> Double { tail(k).lower }
  /// P(X > k), without cancellation in the tail.
  package func survival(_ k: Int) -> Double { tail(k).upper }
  /// log P(X <= k).
  package func logCdf(_ k: Int) -> Double { tail(k).logLower }
  /// log P(X > k).
  package func logSurvival(_ k: Int) -> Double { tail(k).logUpper }

  /// The smallest k with P(X <= k) >= p, for p in 0...1.
  package func quantile(_ p: Double) -> Int {
    if p == 0 { return 0 }
    let guess = mean + Normal.quantile(p) * variance.squareRoot()
    return smallestCount(in: 0...trials, near: guess, spread: spread) { cdf($0) >= p }
  }

  /// The smallest k with P(X > k) <= q; small q keep their digits.
  package func upperQuantile(_ q: Double) -> Int {
    if q >= 1 { return 0 }
    let guess = mean + Normal.upperQuantile(q) * variance.squareRoot()
    return smallestCount(in: 0...trials, near: guess, spread: spread) { survival($0) <= q }
  }

  private var spread: Double { 0.25 * variance.squareRoot() }

  /// P(X = k) for 0 <= k <= n.
  ///
  /// - Source: Loader (2000), the saddle-point form.
  private func term(_ k: Int) -> ScaledProbability {
    let (n, x, p) = (Double(trials), Double(k), probability)
    if p == 0 || p == 1 {
      return ScaledProbability(exponent: 0, factor: k == (p == 0 ? 0 : trials) ? 1 : 0)
    }
    if k == 0 { return ScaledProbability(exponent: n * Elementary.log1p(-p), factor: 1) }
    if k == trials {
      let exponent = Elementary.logPair(p) * n
      return ScaledProbability(exponent: exponent.high, factor: 1 + exponent.low)
    }
    let product = Pair(multiplying: n, p)
    let excess = (product.high - x) + product.low
    let deviance =
      LogDeviation.deviance(count: x, mean: product.high, excess: excess)
      + LogDeviation.deviance(count: n - x, mean: n * (1 - p), excess: -excess)
    let remainder =
      GammaFunction.stirlingRemainder(n)
      - (GammaFunction.stirlingRemainder(x) + GammaFunction.stirlingRemainder(n - x))
    return ScaledProbability(
      exponent: remainder - deviance,
      factor: 0x1.9884533d43651p-2 * (n / x / (n - x)).squareRoot())
  }

  /// P(X <= k) = I(1 − p; n − k, k + 1), for 0 <= k < n.
  private func tail(_ k: Int) -> Tail {
    if k < 0 || k >= trials { return k < 0 ? .below : .above }
    let (n, p) = (Double(trials), probability)
    let (a, b) = (Double(trials - k), Double(k + 1))
    let product = Pair(multiplying: n + 1, p)
    let point = IncompleteBeta.Point(
      x: 1 - p, y: p, excess: (b - product.high) - product.low)
    return IncompleteBeta.tail(at: point, a, b)
  }
}

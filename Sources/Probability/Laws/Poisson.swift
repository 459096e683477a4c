/// The number of events where `mean` >= 0 are expected.
package struct Poisson: Sendable, Hashable {
  package let mean: Double

  package init(mean: Double) {
    precondition(mean >= 0 && mean < .infinity, "a mean count is finite and not negative: \(mean)")
    self.mean = mean
  }

  /// P(X = k).
  ///
  /// - Source: Loader (2000), the saddle-point form.
  package func pmf(_ k: Int) -> Double {
    if k < 0 { return 0 }
    if k == 0 || mean == 0 { return k == 0 ? Elementary.exp(-mean) : 0 }
    return IncompleteGamma.term(Double(k), mean).value
  }

  /// P(X <= k).
  package func cdf(_ k: Int) -> Double {
    k < 0 ? 0 : mean == 0 ? 1 : IncompleteGamma.upper(Double(k) + 1, mean)
  }

  /// P(X > k), without cancellation in the tail.
  package func survival(_ k: Int) -> Double {
    k < 0 ? 1 : mean == 0 ? 0 : IncompleteGamma.lower(Double(k) + 1, mean)
  }

  /// The smallest k with P(X <= k) >= p, for p in 0..<1.
  package func quantile(_ p: Double) -> Int {
    precondition(p >= 0 && p < 1, "no finite count has this probability below it: \(p)")
    var (low, high) = (-1, Int(mean) + 1)
    while cdf(high) < p { (low, high) = (high, 2 * high) }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if cdf(middle) >= p { high = middle } else { low = middle }
    }
    return high
  }
}

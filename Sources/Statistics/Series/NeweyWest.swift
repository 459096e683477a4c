import Probability

/// The variance of a sum of serially dependent terms from their first autocovariances, with Bartlett's weights.
///
/// Weak in short or strongly dependent series: it leaves out every covariance beyond its last lag and uses the normal
/// distribution, so that intervals come out too narrow. `CosineVariance` is what the project uses itself.
///
/// - Source: Newey and West (1987); (1994) for the number of lags.
package enum NeweyWest {
  /// - Parameters:
  ///   - terms: in order; what is summed is Σ terms, each about 0.
  ///   - lags: the last lag that counts, in 0..<terms.count.
  /// - Returns: >= 0.
  /// - Complexity: O(n · lags).
  package static func varianceOfSum(_ terms: [Double], lags: Int) -> Double {
    precondition(lags >= 0 && lags < max(1, terms.count), "\(lags) lags of \(terms.count) terms")
    var sum = ExactSum()
    for lag in 0...lags {
      let weight = (lag == 0 ? 1 : 2) * (1 - Double(lag) / Double(lags + 1))
      for index in lag..<terms.count { sum.add(weight * (terms[index] * terms[index - lag])) }
    }
    return max(0, sum.value)
  }

  /// ⌊4 (n / 100)^(2/9)⌋, the rule that most software takes.
  package static func lags(for count: Int) -> Int {
    let rule = Int(4 * Elementary.pow(Double(count) / 100, 2.0 / 9))
    return max(0, min(count - 1, rule))
  }
}

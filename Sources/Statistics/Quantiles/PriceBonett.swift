import Probability

/// A median with the standard error that two order statistics around it give.
///
/// - Source: Price and Bonett (2001), and (2002) for the difference of two.
package enum PriceBonett {
  /// - Parameter values: at least two, in any order.
  /// - Complexity: O(n) time.
  package static func median(of values: [Double]) throws(Unavailable) -> TEstimate {
    guard values.count > 1 else { throw .tooFew(has: values.count, needs: 2) }
    guard values.allSatisfy(\.isFinite) else { throw .notFinite }
    let n = Double(values.count)
    let rank = max(1, Int(((n + 1) / 2 - n.squareRoot()).rounded()))
    let tail = Binomial(trials: values.count, probability: 0.5).cdf(rank - 1)
    let middle = values.count / 2
    let found = Selection.orderStatistics(
      values, ranks: [rank - 1, values.count - rank, (values.count - 1) / 2, middle])
    let spread = found[1] - found[0]
    return TEstimate(
      value: SampleQuantile.between(found[2], found[3], 0.5),
      standardError: spread / (2 * Normal.upperQuantile(tail)), degreesOfFreedom: .infinity)
  }
}

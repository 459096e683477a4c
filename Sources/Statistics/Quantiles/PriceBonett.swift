import Probability

/// A median with the standard error that two order statistics around it give.
///
/// - Source: Price and Bonett (2001), and (2002) for the difference of two.
package enum PriceBonett {
  /// - Parameter values: ascending, at least two.
  package static func median(sorted values: [Double]) throws(Unavailable) -> TEstimate {
    guard values.count > 1 else { throw .tooFew(has: values.count, needs: 2) }
    let n = Double(values.count)
    let rank = max(1, Int(((n + 1) / 2 - n.squareRoot()).rounded()))
    let tail = Binomial(trials: values.count, probability: 0.5).cdf(rank - 1)
    let spread = values[values.count - rank] - values[rank - 1]
    return TEstimate(
      value: SampleQuantile.linear(0.5, ofSorted: values),
      standardError: spread / (2 * Normal.upperQuantile(tail)), degreesOfFreedom: .infinity)
  }
}

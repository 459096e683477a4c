/// How large a share of either arm lies above a quantile of both together: the tails compared, without a
/// model of them.
package struct TailShare: Sendable, Equatable {
  /// The smallest pooled value with at least the asked share of the pooled values at or below it.
  package let threshold: Double
  /// Values above the threshold.
  package let shares: TwoProportions

  /// - Parameter probability: of the pooled quantile, in (0, 1).
  package init(
    candidate: [Double], production: [Double], probability: Double
  ) throws(Unavailable) {
    precondition(probability > 0 && probability < 1, "a quantile at \(probability)")
    for side in [candidate, production] where side.isEmpty { throw .tooFew(has: 0, needs: 1) }
    let pooled = RadixSort.sorted(candidate + production)
    let rank = Int((probability * Double(pooled.count)).rounded(.up))
    let threshold = pooled[min(pooled.count, max(1, rank)) - 1]
    // Nobody above it: the tail that was asked for holds no value.
    guard pooled[pooled.count - 1] > threshold else { throw .beyondTheValues }
    func above(_ values: [Double]) -> TwoProportions.Share {
      .init(
        successes: values.reduce(0) { $0 + ($1 > threshold ? 1 : 0) }, trials: values.count)
    }
    self.threshold = threshold
    shares = TwoProportions(candidate: above(candidate), production: above(production))
  }
}

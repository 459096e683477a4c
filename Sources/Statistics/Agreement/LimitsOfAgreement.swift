import Probability

/// Between which two numbers the difference of the two answers to a request lies in most cases.
///
/// - Source: Bland and Altman (1986, 1999); Carkeet (2015) for the exact intervals.
package struct LimitsOfAgreement: Sendable, Equatable {
  package enum Interval: Sendable, Equatable, CaseIterable {
    /// Each limit by itself, from the noncentral t distribution: exact for normal differences.
    case exact
    /// By the delta method with Student's t.
    case approximate
  }

  /// Of candidate − production.
  package let bias: TEstimate
  package let standardDeviation: Double
  package let count: Int
  /// Which share of the differences the limits are to hold.
  package let coverage: Double
  package let limits: Bounds

  package static let mostExactPairs = 100_000

  package init(_ pairs: PairSample, coverage: Double = 0.95) throws(Unavailable) {
    precondition(coverage > 0 && coverage < 1, "a coverage of \(coverage)")
    let moments = try Moments(
      of: pairs.candidate.indices.map { pairs.candidate[$0] - pairs.production[$0] })
    guard moments.standardDeviation > 0 else { throw .noVariation }
    bias = TEstimate(
      value: moments.mean, standardError: moments.standardError,
      degreesOfFreedom: Double(moments.count - 1))
    standardDeviation = moments.standardDeviation
    count = moments.count
    self.coverage = coverage
    let half = Normal.upperQuantile((1 - coverage) / 2) * moments.standardDeviation
    limits = Bounds(lower: moments.mean - half, upper: moments.mean + half)
  }

  /// Where the true limits lie, each at `level`.
  ///
  /// - Throws: `tooLarge` for the exact interval of more than `mostExactPairs`.
  package func intervals(
    level: Double, _ interval: Interval = .exact
  ) throws(Unavailable) -> (lower: Bounds, upper: Bounds) {
    let z = Normal.upperQuantile((1 - coverage) / 2)
    let tail = (1 - level) / 2
    let n = Double(count)
    let (near, far): (Double, Double)
    switch interval {
    case .exact:
      guard count <= Self.mostExactPairs else {
        throw .tooLarge(has: count, most: Self.mostExactPairs)
      }
      let law = NoncentralT(degreesOfFreedom: n - 1, noncentrality: z * n.squareRoot())
      near = law.quantile(tail) * bias.standardError
      far = law.upperQuantile(tail) * bias.standardError
    case .approximate:
      let error = standardDeviation * (1 / n + z * z / (2 * (n - 1))).squareRoot()
      let reach =
        TEstimate(value: 0, standardError: 1, degreesOfFreedom: n - 1)
        .criticalValue(upperTail: tail) * error
      near = z * standardDeviation - reach
      far = z * standardDeviation + reach
    }
    return (
      Bounds(lower: bias.value - far, upper: bias.value - near),
      Bounds(lower: bias.value + near, upper: bias.value + far)
    )
  }
}

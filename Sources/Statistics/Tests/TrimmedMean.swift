import Probability

/// Means without the smallest and largest values, and Yuen's test of their difference.
///
/// - Source: Yuen (1974); Tukey and McLaughlin (1963) for one sample; Wilcox (2012), section 5.3.
package struct TrimmedMean: Sendable, Equatable {
  package let mean: Moments
  /// h = n − 2 ⌊trim · n⌋ values are left.
  package let kept: Int
  package let standardError: Double

  /// - Parameter trim: the share that is left out at either end, in 0..<0.5.
  /// - Complexity: O(n log n).
  package init(of values: [Double], trim: Double) throws(Unavailable) {
    precondition(trim >= 0 && trim < 0.5, "a trim of \(trim)")
    let n = values.count
    let cut = Int((trim * Double(n)).rounded(.down))
    kept = n - 2 * cut
    guard kept > 1 else { throw .tooFew(has: kept, needs: 2) }
    let sorted = values.sorted()
    mean = try Moments(of: Array(sorted[cut..<(n - cut)]))
    let winsorized = try Moments(
      of: sorted.map { min(sorted[n - 1 - cut], max(sorted[cut], $0)) })
    let h = Double(kept)
    standardError =
      winsorized.standardDeviation * (Double(n - 1) / (h * (h - 1))).squareRoot()
  }

  package var estimate: TEstimate {
    TEstimate(
      value: mean.mean, standardError: standardError, degreesOfFreedom: Double(kept - 1))
  }

  /// Candidate − production of the trimmed means of independent values.
  package static func difference(
    candidate: TrimmedMean, production: TrimmedMean
  ) throws(Unavailable) -> TEstimate {
    try TTests.difference(
      estimate: candidate.mean.minus(production.mean),
      errors: (candidate.standardError, production.standardError),
      degreesOfFreedom: (Double(candidate.kept - 1), Double(production.kept - 1)))
  }
}

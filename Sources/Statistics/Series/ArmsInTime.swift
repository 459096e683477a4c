import Probability

/// Two arms on one clock as one series: each row's share in the error of the difference of the means, in the order of
/// time.
///
/// A candidate's row counts (value − mean) / rows, a production's the same with the opposite sign. The variance of the
/// difference is the variance of the sum of these terms, whatever depends on what across the arms.
package struct ArmsInTime: Sendable, Equatable {
  package let candidate: Moments
  package let production: Moments
  /// One a row, in order; they add up to 0.
  package let terms: [Double]

  /// - Parameters:
  ///   - values: in the order of time; two rows of either arm at least.
  ///   - isCandidate: the arm of each row.
  package init(values: [Double], isCandidate: [Bool]) throws(Unavailable) {
    precondition(values.count == isCandidate.count, "\(values.count) and \(isCandidate.count) rows")
    var (first, second): ([Double], [Double]) = ([], [])
    for row in values.indices {
      if isCandidate[row] { first.append(values[row]) } else { second.append(values[row]) }
    }
    let (candidate, production) = (try Moments(of: first), try Moments(of: second))
    (self.candidate, self.production) = (candidate, production)
    terms = values.indices.map { row in
      let arm = isCandidate[row] ? candidate : production
      let residual = (values[row] - arm.mean) - arm.meanRest
      return (isCandidate[row] ? residual : -residual) / Double(arm.count)
    }
  }

  /// Rows of two arms by their places on the common clock.
  ///
  /// - Parameter arms: both with places, which differ from row to row.
  package init(_ arms: TwoArms) throws(Unavailable) {
    guard let first = arms.candidate.places, let second = arms.production.places else {
      preconditionFailure("arms without places")
    }
    let rows =
      first.indices.map { (place: first[$0], isCandidate: true, row: $0) }
      + second.indices.map { (place: second[$0], isCandidate: false, row: $0) }
    let ordered = rows.sorted {
      ($0.place, $0.isCandidate ? 0 : 1, $0.row) < ($1.place, $1.isCandidate ? 0 : 1, $1.row)
    }
    try self.init(
      values: ordered.map {
        $0.isCandidate ? arms.candidate.values[$0.row] : arms.production.values[$0.row]
      },
      isCandidate: ordered.map(\.isCandidate))
  }

  package var value: Double { candidate.minus(production) }

  /// With Newey and West's variance.
  ///
  /// - Parameter corrected: times N / (N − 2), for the two means.
  package func neweyWest(lags: Int, corrected: Bool) throws(Unavailable) -> TEstimate {
    let variance = NeweyWest.varianceOfSum(scaledTerms.values, lags: lags)
    guard variance > 0 else { throw .noVariation }
    let n = Double(terms.count)
    let factor = corrected ? n / (n - 2) : 1
    return TEstimate(
      value: value, standardError: scaledTerms.scale * (factor * variance).squareRoot(),
      degreesOfFreedom: .infinity)
  }

  /// With the cosine variance, at least 16 rows.
  package func cosine() throws(Unavailable) -> TEstimate {
    guard terms.count >= CosineVariance.fewestBlocks else {
      throw .tooFew(has: terms.count, needs: CosineVariance.fewestBlocks)
    }
    let scaled = scaledTerms
    let variance = CosineVariance(
      deviations: scaled.values, counts: Array(repeating: 1, count: terms.count))
    let cosines = variance.cosines
    let ofSum = variance.varianceOfSum(cosines: cosines)
    guard ofSum > 0 else { throw .noVariation }
    return TEstimate(
      value: value, standardError: scaled.scale * ofSum.squareRoot(),
      degreesOfFreedom: Double(cosines))
  }

  /// The terms over a power of two that keeps their squares from vanishing.
  private var scaledTerms: (values: [Double], scale: Double) {
    let largest = terms.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return (terms, 1) }
    let scale = Double(sign: .plus, exponent: max(-1000, largest.exponent), significand: 1)
    return (terms.map { $0 / scale }, scale)
  }
}

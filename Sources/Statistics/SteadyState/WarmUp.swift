/// How much of a run's beginning is to be left out, by MSER.
///
/// Of all truncations d, the one that makes the squared standard error of what is left smallest, as if batches were
/// independent: the minimum of Σ (Yᵢ − Ȳ)² / (b − d)² over i > d. Batches of five values are White's MSER-5;
/// with longer ones, the same rule on the batches as they are. At most half of the batches may go. A minimum at
/// that very end means that the run has not settled, or not shown that it has: the rule then has no answer to
/// be trusted, and a longer run is wanted. Of equal minima the first counts. What the rule cannot see is a level that
/// comes only past the half: to the batches before it, that is the disturbance.
///
/// - Source: White (1997); White, Cobb and Spratt (2000); Hoad, Robinson and Davies (2010) for the half.
package struct WarmUp: Sendable, Equatable {
  /// How many batches go, in 0...half.
  package let batches: Int
  /// How many values, or nanoseconds, that is.
  package let length: Int64
  /// The optimum lies inside the first half.
  package let isSettled: Bool
  /// The minimum of the rule, in the values' unit squared.
  package let statistic: Double

  /// How few batches the rule is asked for.
  package static let fewest = 10

  package init(_ column: BatchSums) throws(Unavailable) {
    let count = column.sums.count
    guard count >= Self.fewest else { throw .tooFew(has: count, needs: Self.fewest) }
    let best = Self.minimum(column.deviations, most: count / 2)
    batches = best.truncation
    length = Int64(best.truncation) * column.length
    isSettled = best.truncation < count / 2
    statistic = best.statistic
  }

  package init(_ series: OutputSeries) throws(Unavailable) { try self.init(series.batches) }
  package init(_ level: LevelOverTime) throws(Unavailable) { try self.init(level.slices) }

  /// From the last batch backwards. Mean and squares are updated by Welford's step, since a difference of large sums
  /// would make noise of the ties of a series that stays equal.
  private static func minimum(
    _ values: [Double], most: Int
  ) -> (truncation: Int, statistic: Double) {
    var (mean, squares, kept) = (0.0, 0.0, 0.0)
    var best = (truncation: most, statistic: Double.infinity)
    for index in values.indices.reversed() {
      kept += 1
      let distance = values[index] - mean
      mean += distance / kept
      squares += distance * (values[index] - mean)
      let statistic = squares / (kept * kept)
      if index <= most, statistic <= best.statistic { best = (index, statistic) }
    }
    return best
  }
}

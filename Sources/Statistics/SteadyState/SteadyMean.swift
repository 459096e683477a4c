/// The steady-state mean of a run's output, with an interval that holds under its dependence.
///
/// For input that does not change over time. Whether the run is long enough, `RunLength` says from the declared
/// load: the run itself cannot, since a run that looks calm is the one that missed the crowds.
package struct SteadyMean: Sendable, Equatable {
  /// In the unit of the values (or of the level), of all that was not left out.
  package let value: Double
  /// Values, or nanoseconds, that the mean is of.
  package let length: Int128
  package let warmUp: WarmUp
  package let batches: FittedBatches

  /// Leaves out what MSER says, and takes the rest.
  package init(_ column: BatchSums) throws(Unavailable) {
    try self.init(column, after: try WarmUp(column))
  }

  /// Leaves out a warm-up that was found before, perhaps in another output of the same run.
  package init(_ column: BatchSums, after warmUp: WarmUp) throws(Unavailable) {
    let kept = column.dropping(warmUp.batches)
    guard let mean = kept.mean else { throw .tooFew(has: 0, needs: FittedBatches.fewest) }
    value = mean
    length = kept.totalLength
    self.warmUp = warmUp
    batches = try FittedBatches(kept.deviations)
  }

  package init(_ series: OutputSeries) throws(Unavailable) { try self.init(series.batches) }
  /// The average over time.
  package init(_ level: LevelOverTime) throws(Unavailable) { try self.init(level.slices) }

  package var standardError: Double { batches.standardError }

  /// The interval at `level` in (0, 1); not symmetric where the batches are skewed.
  package func interval(level: Double) -> ClosedRange<Double> {
    let (lower, upper) = batches.quantiles(level: level)
    return (value - upper * standardError)...(value - lower * standardError)
  }
}

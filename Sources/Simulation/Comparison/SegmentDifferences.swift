import Statistics

/// A shadow's paired differences of one mean metric by segment; their errors are widened by the run's own factor.
struct SegmentDifferences {
  private let ledger: Ledger
  /// Which mean metric; nil where there is none to show.
  private let index: Int?
  /// By pair.
  private let widenings: [Double]

  init(ledger: Ledger, metric: Metric?) {
    self.ledger = ledger
    let index = ledger.plan.meanMetrics.firstIndex { $0.metric == metric }
    self.index = index
    widenings = ledger.pairs.map { pair in
      index.flatMap { try? pair.differences[$0].inference() }?.widening ?? 1
    }
  }

  /// nil for production, for a split, and where the metric is no mean.
  func finding(arm: Int, column: Int, value: Int) -> Finding? {
    guard arm > 0, let index, ledger.pairs.indices.contains(arm - 1) else { return nil }
    let pairs = ledger.pairs[arm - 1]
    guard ledger.plan.meanMetrics[index].metric != .rootMeanSquaredError,
      pairs.segments[column].indices.contains(value),
      let mean = pairs.segments[column][value][index].mean
    else { return .absent(.noOutcomes) }
    let cell = pairs.segments[column][value][index]
    var interval: Interval?
    if let variance = cell.variance, variance > 0 {
      let estimate = TEstimate(
        value: mean,
        standardError: (variance / Double(cell.count)).squareRoot() * widenings[arm - 1],
        degreesOfFreedom: Double(cell.count - 1))
      interval = Interval(
        estimate.interval(level: ArmEstimates.level), level: ArmEstimates.level)
    }
    return .estimate(Estimate(value: mean, interval: interval, n: cell.count))
  }
}

import Probability

/// How often a detector may announce a change where there is none, and the threshold that keeps to it, found by simulation.
package enum AlarmBudget: Sendable, Equatable {
  /// The mean number of values from the start to a false alarm.
  case meanRunLength(Double)
  /// The chance of a false alarm within so many values.
  case probability(Double, within: Int)

  /// A threshold and what it keeps, as simulated.
  package struct Threshold: Sendable, Equatable {
    package var value: Double
    /// The mean run length, or the probability, at this threshold over the calibrating runs.
    package var reached: Double
    /// 95 %, of the simulation.
    package var interval: ClosedRange<Double>
  }

  /// The threshold in `bracket` whose simulated alarms come nearest to the budget.
  ///
  /// The same values meet every threshold, so that the search is on a step function that only luck of the runs moves; where the
  /// statistic is discrete, the nearest budget that can be kept is reached and told.
  ///
  /// - Parameters:
  ///   - bracket: thresholds with too many and with too few alarms.
  ///   - detector: with a threshold; more alarms for a smaller one.
  /// - Complexity: about 20 times the runs.
  package func threshold(
    in bracket: ClosedRange<Double>, on values: DriftValues, runs: Int, seed: UInt64,
    _ detector: (Double) -> any DriftDetector
  ) throws(Unavailable) -> Threshold {
    var (low, high) = (bracket.lowerBound, bracket.upperBound)
    var best = try keeps(detector(low), on: values, runs: runs, seed: seed, threshold: low)
    guard excess(best) <= 0 else { throw .unreachable(best: best.reached) }
    var last = try keeps(detector(high), on: values, runs: runs, seed: seed, threshold: high)
    guard excess(last) >= 0 else { throw .unreachable(best: last.reached) }
    if abs(excess(last)) < abs(excess(best)) { best = last }
    for _ in 0..<40 where high - low > 1e-6 * (abs(low) + abs(high)) {
      let middle = low + (high - low) / 2
      last = try keeps(detector(middle), on: values, runs: runs, seed: seed, threshold: middle)
      if abs(excess(last)) < abs(excess(best)) { best = last }
      if abs(excess(last)) < 5e-4 { break }
      if excess(last) < 0 { low = middle } else { high = middle }
    }
    return best
  }

  /// What a detector keeps of the budget.
  package func keeps(
    _ detector: some DriftDetector, on values: DriftValues, runs: Int, seed: UInt64,
    threshold: Double = .nan
  ) throws(Unavailable) -> Threshold {
    switch self {
    case .meanRunLength(let target):
      // A run beyond 20 times the target is one in 10⁹ where run lengths are near geometric.
      let mean = try SimulatedRunLengths(
        of: detector, on: values, runs: runs, most: Int(20 * target), seed: seed
      ).mean()
      return Threshold(value: threshold, reached: mean.value, interval: mean.interval(level: 0.95))
    case .probability(_, let count):
      let share = SimulatedRunLengths(
        of: detector, on: values, runs: runs, most: count + 1, seed: seed
      ).probability(within: count)
      return Threshold(value: threshold, reached: share.value, interval: share.interval)
    }
  }

  /// Above 0 where alarms are rarer than the budget allows.
  private func excess(_ threshold: Threshold) -> Double {
    switch self {
    case .meanRunLength(let target): threshold.reached / target - 1
    case .probability(let target, _): 1 - threshold.reached / target
    }
  }
}

import Probability
import Scenarios
import Simulation
import Statistics

/// The distribution over replications: what a procedure does in the long run.
struct ReplicationSummary {
  let outcomes: [ReplicationOutcome]
  /// The true differences with their errors, where the scenario asks for them.
  let truth: [ReplicationOutcome.Row]
  let scenario: Scenario
  private static let level = 0.95

  var findings: ReplicationFindings {
    let first = outcomes.first?.rows ?? []
    return ReplicationFindings(
      count: outcomes.count,
      comparisons: first.indices.map { row(first[$0], $0) })
  }

  private func row(
    _ first: ReplicationOutcome.Row, _ index: Int
  ) -> ReplicationFindings.Row {
    let rows = outcomes.compactMap { $0.rows.indices.contains(index) ? $0.rows[index] : nil }
    let alpha = 1 - (scenario.comparisons.first { $0.metric == first.metric }?.level ?? Self.level)
    let estimates = rows.map(\.estimate).filter { !$0.isNaN }
    let moments = try? Moments(of: estimates)
    var row = ReplicationFindings.Row(
      metric: first.metric, arm: first.arm, mean: mean(estimates, moments),
      standardDeviation: moments?.standardDeviation ?? 0,
      meanIntervalWidth: meanWidth(rows), rejections: share(rows.map { $0.p.map { $0 <= alpha } }))
    if rows.contains(where: { $0.independentP != nil }) {
      row.independentRejections = share(rows.map { $0.independentP.map { $0 <= alpha } })
    }
    if let known = truth.first(where: { $0.metric == first.metric && $0.arm == first.arm }) {
      row.truthEstimate = Estimate(
        value: known.estimate, interval: known.interval, n: scenario.truthRequests ?? 0)
      row.coverage = share(
        rows.map { $0.interval.map { $0.low <= known.estimate && known.estimate <= $0.high } })
    }
    row.verdicts = verdicts(rows)
    return row
  }

  private func mean(_ estimates: [Double], _ moments: Moments?) -> Estimate {
    guard let moments, let t = try? TTests.oneMean(moments) else {
      return Estimate(value: estimates.first ?? .nan, interval: nil, n: estimates.count)
    }
    let range = t.interval(level: Self.level)
    return Estimate(
      value: moments.mean,
      interval: Interval(low: range.lowerBound, high: range.upperBound, level: Self.level),
      n: estimates.count)
  }

  private func meanWidth(_ rows: [ReplicationOutcome.Row]) -> Double {
    var sum = ExactSum()
    var count = 0
    for case let interval? in rows.map(\.interval) where (interval.high - interval.low).isFinite {
      sum.add(interval.high - interval.low)
      count += 1
    }
    return count > 0 ? sum.value / Double(count) : .nan
  }

  /// The share of yes among the answers that exist, with Wilson's interval.
  private func share(_ answers: [Bool?]) -> Estimate {
    let known = answers.compactMap { $0 }
    let yes = known.reduce(0) { $0 + ($1 ? 1 : 0) }
    guard !known.isEmpty else { return Estimate(value: .nan, interval: nil, n: 0) }
    let range = Wilson.interval(successes: yes, trials: known.count, level: Self.level)
    return Estimate(
      value: Double(yes) / Double(known.count),
      interval: Interval(low: range.lowerBound, high: range.upperBound, level: Self.level),
      n: known.count)
  }

  /// Counts by word, in the order in which words first came.
  private func verdicts(_ rows: [ReplicationOutcome.Row]) -> [ReplicationFindings.VerdictCount] {
    var counts: [ReplicationFindings.VerdictCount] = []
    for row in rows {
      if let index = counts.firstIndex(where: { $0.word == row.verdict.word }) {
        counts[index].count += 1
      } else {
        counts.append(ReplicationFindings.VerdictCount(word: row.verdict.word, count: 1))
      }
    }
    return counts.sorted { ($1.count, $0.word) < ($0.count, $1.word) }
  }
}

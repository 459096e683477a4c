/// At each time at which a row of either arm had the event: how many were at risk, and how many had it.
///
/// What log-rank tests and a Cox model of one yes-or-no covariate need of the data, a stratum each.
package struct RiskTable: Sendable, Equatable {
  package struct Row: Sendable, Equatable {
    package var candidateAtRisk: Int
    package var candidateEvents: Int
    package var productionAtRisk: Int
    package var productionEvents: Int

    var atRisk: Int { candidateAtRisk + productionAtRisk }
    var events: Int { candidateEvents + productionEvents }
  }

  /// Strata by time ascending.
  package let strata: [[Row]]
  package let count: Int

  /// - Throws: `tooFew` where an arm has no row.
  /// - Complexity: O(n log n).
  package init(_ arms: TwoArms, byStrata: Bool = false) throws(Unavailable) {
    for arm in [arms.candidate, arms.production] where arm.values.isEmpty {
      throw .tooFew(has: 0, needs: 1)
    }
    count = arms.candidate.values.count + arms.production.values.count
    guard byStrata, let first = arms.candidate.strata, let second = arms.production.strata else {
      strata = [
        Self.rows(
          try EventTimes(times: arms.candidate.values, censored: arms.candidate.censored),
          try EventTimes(times: arms.production.values, censored: arms.production.censored))
      ]
      return
    }
    let strataCount = max(first.max() ?? -1, second.max() ?? -1) + 1
    let one = Self.grouped(arms.candidate, first, count: strataCount)
    let other = Self.grouped(arms.production, second, count: strataCount)
    var strata: [[Row]] = []
    // A stratum with rows of one arm alone compares nothing.
    for stratum in 0..<strataCount
    where !one[stratum].values.isEmpty && !other[stratum].values.isEmpty {
      strata.append(
        Self.rows(
          try EventTimes(times: one[stratum].values, censored: one[stratum].censored),
          try EventTimes(times: other[stratum].values, censored: other[stratum].censored)))
    }
    self.strata = strata
  }

  private static func grouped(_ arm: ArmSample, _ strata: [Int], count: Int) -> [ArmSample] {
    precondition(arm.values.count == strata.count, "\(strata.count) strata")
    var groups = Array(repeating: ArmSample(values: [], censored: []), count: count)
    for row in arm.values.indices {
      groups[strata[row]].values.append(arm.values[row])
      groups[strata[row]].censored?.append(arm.censored?[row] ?? false)
    }
    return groups
  }

  private static func rows(_ candidate: EventTimes, _ production: EventTimes) -> [Row] {
    var rows: [Row] = []
    var (first, second) = (Side(candidate), Side(production))
    while let time = [first.next, second.next].compactMap({ $0 }).min() {
      let (oneAtRisk, oneEvents) = first.take(time)
      let (otherAtRisk, otherEvents) = second.take(time)
      rows.append(
        Row(
          candidateAtRisk: oneAtRisk, candidateEvents: oneEvents, productionAtRisk: otherAtRisk,
          productionEvents: otherEvents))
    }
    return rows
  }

  /// A place in one arm's sorted times.
  private struct Side {
    let times: EventTimes
    var (event, gone) = (0, 0)

    init(_ times: EventTimes) { self.times = times }

    var next: Double? { event < times.events.count ? times.events[event] : nil }

    mutating func take(_ time: Double) -> (atRisk: Int, events: Int) {
      while gone < times.all.count, times.all[gone] < time { gone += 1 }
      let first = event
      while event < times.events.count, times.events[event] == time { event += 1 }
      return (times.all.count - gone, event - first)
    }
  }
}

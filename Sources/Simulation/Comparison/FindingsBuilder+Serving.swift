import Statistics
import Traffic

extension FindingsBuilder {
  /// nil without a service.
  func serving(_ arm: Int) -> ServingFindings? {
    guard let service = plan.arms[arm].service else { return nil }
    let facts = run.serving[arm]
    var findings = ServingFindings()
    findings.levels = run.levels[arm]?.means ?? []
    findings.causes = (run.causes[arm] ?? ledger.arms[arm].causes).findings
    findings.droppedCopies = facts.droppedCopies
    findings.littleLaw = run.littleLaws[arm]
    findings.steadyState = steadyState(arm)
    if service.client.retry != nil || service.client.hedge != nil {
      findings.attempts = ServingFindings.AttemptCounts(facts.attempts)
    }
    return findings
  }

  /// nil where the scenario's traffic is not known.
  private func steadyState(_ arm: Int) -> SteadyStateFindings? {
    switch plan.steadyGround(ofArm: arm) {
    case nil: return nil
    case .unknown(let obstacle): return .unavailable(obstacle)
    case .known(let load, let perRequest):
      guard let output = ledger.arms[arm].steady else { return nil }
      let owner = plan.arms[arm].service?.sharedWith ?? plan.arms[arm].name
      let customers = plan.shownArms.filter {
        plan.arms[$0].name == owner || plan.arms[$0].service?.sharedWith == owner
      }.reduce(0) { $0 + run.serving[$1].sent }
      return .found(
        .init(
          output,
          length: .init(RunLength(Int64(customers), of: load), customersPerRequest: perRequest),
          level: ArmEstimates.level))
    }
  }
}

extension LatencyCauses {
  /// The parts that there are; waiting and service always.
  fileprivate var findings: [ServingFindings.LatencyCause] {
    guard total.count > 0 else { return [] }
    return ServingFindings.LatencyCause.Kind.allCases.compactMap { kind in
      let part = kind.part
      guard kind == .queue || kind == .service || part(total) != 0 else { return nil }
      return ServingFindings.LatencyCause(
        kind: kind, mean: mean(part) ?? 0, meanOfSlowest: meanOfSlowest(part))
    }
  }
}

extension ServingFindings.LatencyCause.Kind {
  fileprivate var part: (LatencyCauses.Sums) -> Int128 {
    switch self {
    case .retry: { $0.retry }
    case .queue: { $0.queue }
    case .batch: { $0.batch }
    case .service: { $0.service }
    case .stations: { $0.stations }
    }
  }
}

extension ServingLevels {
  /// Areas over widths.
  fileprivate var means: [ServingFindings.ServiceLevel] {
    stretches.enumerated().map { index, stretch in
      let start = begin.nanoseconds + Int64(index) * width.nanoseconds
      let end = min(self.end.nanoseconds, start + width.nanoseconds)
      let time = Double(end - start)
      return ServingFindings.ServiceLevel(
        start: SimulatedTime(nanoseconds: start), end: SimulatedTime(nanoseconds: end),
        waiting: Double(stretch.waitingArea) / time, busyReplicas: Double(stretch.busyArea) / time,
        readyReplicas: Double(stretch.readyArea) / time,
        orderedReplicas: Double(stretch.orderedArea) / time)
    }
  }
}

extension ServingFindings.AttemptCounts {
  /// Attempts that nobody waited for any more are late where they were answered all the same, and count
  /// with those that timed out where they were not.
  init(_ facts: AttemptFacts) {
    self.init()
    first = facts.first
    retries = facts.retries
    hedges = facts.hedges
    answered = facts.answered
    late = facts.late
    timedOut = facts.timedOut + facts.unneeded - facts.late
    failed = facts.failed
    shed = facts.shed
    abandoned = facts.abandoned
    cancelled = facts.cancelled
    inFlight = facts.inFlight
    retriesRefused = facts.unaffordable
  }
}

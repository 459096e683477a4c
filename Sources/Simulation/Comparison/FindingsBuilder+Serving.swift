import Traffic

extension FindingsBuilder {
  /// nil without a service.
  func serving(
    _ facts: ServingFacts, _ levels: ServingLevels?, of service: ServicePlan?
  ) -> ServingFindings? {
    guard let service else { return nil }
    var findings = ServingFindings()
    findings.levels = levels?.means ?? []
    findings.droppedCopies = facts.droppedCopies
    if service.client.retry != nil || service.client.hedge != nil {
      findings.attempts = ServingFindings.AttemptCounts(facts.attempts)
    }
    return findings
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

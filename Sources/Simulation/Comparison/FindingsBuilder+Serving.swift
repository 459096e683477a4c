extension FindingsBuilder {
  /// nil without a service.
  func serving(_ facts: ServingFacts, of service: ServicePlan?) -> ServingFindings? {
    guard let service else { return nil }
    var findings = ServingFindings()
    findings.droppedCopies = facts.droppedCopies
    if service.client.retry != nil || service.client.hedge != nil {
      findings.attempts = ServingFindings.AttemptCounts(facts.attempts)
    }
    return findings
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

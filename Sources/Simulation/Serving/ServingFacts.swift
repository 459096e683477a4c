import Traffic

/// What an arm's service went through, in exact integers.
///
/// The two areas are integrals over virtual time. By Little's law in its finite form they equal the
/// sums over requests: `waitingArea` of the waits, `busyArea` of the services (once drained).
///
/// - Source: Stidham (1974), "A last word on L = lambda W"; the identity of areas holds for every path.
package struct ServingFacts: Sendable, Equatable {
  package var sent = 0
  package var answered = 0
  package var timedOut = 0
  package var failed = 0
  package var shed = 0
  /// Requests that failed because their logged latency, or a column that their service time follows, is
  /// missing; also counted in `failed`.
  package var missingLatency = 0
  /// Requests whose client ran out of patience in a queue.
  package var abandoned = 0
  /// Requests that were still under way when the run was ended.
  package var inFlight = 0
  /// Copies that a mirror did not send because it spared production; not among `sent`.
  package var droppedCopies = 0
  /// What became of the attempts.
  package var attempts = AttemptFacts()
  /// Drawn or scaled service times below zero, taken as zero.
  package var negativeTimes = 0
  /// Service times that were cut to 2⁶⁰ ns (36.5 years; what is not a number among them) or to the end
  /// of time (2262).
  package var cutTimes = 0
  /// Integral of the number of busy replicas: replica-nanoseconds. A replica is busy for the arm whose
  /// request made it so.
  package var busyArea: Int128 = 0
  /// Integral of the number of requests in service: request-nanoseconds; `busyArea` where each replica
  /// serves one at a time.
  package var servingArea: Int128 = 0
  /// Integral of the number of waiting requests: request-nanoseconds.
  package var waitingArea: Int128 = 0
  /// The times waited and served, summed over visits as they ended: by Little's law `waitingArea` and
  /// `servingArea`.
  package var waitingSum: Int128 = 0
  package var servingSum: Int128 = 0
  /// Integrals of the number of replicas that were ordered, and that were there: replica-nanoseconds.
  package var orderedArea: Int128 = 0
  package var readyArea: Int128 = 0
  package var maximumWaiting = 0
  /// The replicas that this arm uses, shared ones included; 0 for answers in zero time.
  package var replicas = 0
  /// From the first arrival to the last arrival or end of service, of all that share the replicas.
  package var begin: SimulatedTime?
  package var end: SimulatedTime?
  /// Of a language model's engines. Requests share a replica there, so that `busyArea` is no sum of
  /// services: that is `LanguageFacts.serviceArea`.
  package var language: LanguageFacts?

  package init() {}

  /// The share of its replicas' time that the arm kept them busy; nil where no time passed. A replica
  /// that ends its work after it was sent away is busy and no longer there.
  package var utilisation: Double? {
    guard let busy = perTime(busyArea), let mean = meanReplicas, mean > 0 else { return nil }
    return busy / mean
  }

  /// The number of replicas that were there, averaged over time; nil where no time passed.
  package var meanReplicas: Double? {
    guard let begin, let end, end > begin else { return nil }
    let passed = Int128(end.nanoseconds) - Int128(begin.nanoseconds)
    if readyArea == passed * Int128(replicas) { return Double(replicas) }
    return Double(readyArea) / Double(passed)
  }

  /// The number of requests that waited, averaged over time; nil where no time passed.
  package var meanWaiting: Double? { perTime(waitingArea) }

  /// Every request that could be served was one attempt.
  mutating func countAttemptsOnce() {
    attempts.first = sent - missingLatency
    attempts.answered = answered
    attempts.failed = failed - missingLatency
    attempts.timedOut = timedOut
    attempts.shed = shed
  }

  private func perTime(_ area: Int128) -> Double? {
    guard let begin, let end, replicas > 0, end > begin else { return nil }
    return Double(area) / Double(Int128(end.nanoseconds) - Int128(begin.nanoseconds))
  }
}

/// What became of an arm's attempts. Every attempt has one end:
///
/// `made` = `answered` + `failed` + `shed` + `timedOut` + `abandoned` + `cancelled` + `unneeded` +
/// `inFlight`.
package struct AttemptFacts: Sendable, Equatable, BitwiseCopyable {
  package var first = 0
  package var retries = 0
  package var hedges = 0
  /// Their request was answered by them.
  package var answered = 0
  package var failed = 0
  /// By a full queue or a gate; `refused` are those by a gate: a rate limit or an open breaker.
  package var shed = 0
  package var refused = 0
  package var timedOut = 0
  package var abandoned = 0
  /// Taken back because another attempt was answered; or, `unneeded`, left to run.
  package var cancelled = 0
  package var unneeded = 0
  package var inFlight = 0
  /// Attempts that were answered when nobody waited for them any more: among `timedOut`, `unneeded`.
  package var late = 0
  /// Branches of a fan-out that were answered after it was decided.
  package var lateBranches = 0
  /// Retries that a budget forbade; they were not made.
  package var unaffordable = 0

  package init() {}

  package var made: Int { first + retries + hedges }
  package var ended: Int {
    answered + failed + shed + timedOut + abandoned + cancelled + unneeded + inFlight
  }
}

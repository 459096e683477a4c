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
  /// Requests that failed because their logged latency is missing; also counted in `failed`.
  package var missingLatency = 0
  /// Drawn or scaled service times below zero, taken as zero.
  package var negativeTimes = 0
  /// Service times that were cut to 2⁶⁰ ns (36.5 years; what is not a number among them) or to the end
  /// of time (2262).
  package var cutTimes = 0
  /// Integral of the number of busy replicas: replica-nanoseconds.
  package var busyArea: Int128 = 0
  /// Integral of the number of waiting requests: request-nanoseconds.
  package var waitingArea: Int128 = 0
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

  /// The share of its replicas' time that the arm kept them busy; nil where no time passed.
  package var utilisation: Double? { perTime(busyArea).map { $0 / Double(replicas) } }

  /// The number of requests that waited, averaged over time; nil where no time passed.
  package var meanWaiting: Double? { perTime(waitingArea) }

  private func perTime(_ area: Int128) -> Double? {
    guard let begin, let end, replicas > 0, end > begin else { return nil }
    return Double(area) / Double(Int128(end.nanoseconds) - Int128(begin.nanoseconds))
  }
}

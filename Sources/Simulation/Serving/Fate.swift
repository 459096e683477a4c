/// How a request ended at an arm.
package enum Fate: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  /// The arm never saw it.
  case notSent
  case answered
  /// The client gave up before the answer.
  case timedOut
  /// Served, but the answer was an error; or its service time was missing.
  case failed
  /// Refused at once: by a full queue, a rate limit or an open circuit breaker.
  case shed
  /// The client ran out of patience while it waited in a queue.
  case abandoned
  /// Still under way when the run was ended.
  case inFlight
}

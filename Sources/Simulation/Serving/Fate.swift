/// How a request ended at an arm.
package enum Fate: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  /// The arm never saw it.
  case notSent
  case answered
  /// The client gave up before the answer.
  case timedOut
  /// Served, but the answer was an error; or its service time was missing.
  case failed
  /// Refused at once, because the queue was full.
  case shed
}

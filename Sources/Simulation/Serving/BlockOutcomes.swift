/// What became of a block of requests at every arm: columns, arm-major.
///
/// The value of arm a and row r stands at `[a * capacity + r]`. Times are nanoseconds:
///
/// | fate | wait | service | latency |
/// |---|---|---|---|
/// | answered, failed | from arrival to the start of service | on the replica | wait + service |
/// | timed out, cancelling | until service or the time-out | on the replica until the time-out | the time-out |
/// | timed out, not cancelling | as if the client had stayed | the same | the time-out |
/// | shed at arrival, not sent | 0 | 0 | 0 |
/// | abandoned, shed later | until it left | 0 | until then |
/// | in flight | the rest | 0 | from arrival to the end of the run |
///
/// With several attempts or stations, the latency is from the request's arrival to what its client got.
/// The service is that of the attempt which decided (the one that was answered, else the last one): its
/// visits in sequence, of a fan-out the branch that completed it, without time on places that are held.
/// The wait is the rest of the time from arrival to that attempt's end: queues, earlier attempts, delays.
///
/// At a language model the service begins with the first prefill, and ends with the last token or, when a
/// client who gave up is let go, at the end of a step. A request that cannot fit, or whose tokens are
/// missing, fails at its arrival, with 0 in all three.
///
/// A request whose logged latency is missing fails at its arrival, with 0 in all three.
package struct BlockOutcomes: Sendable, Equatable {
  package let armCount: Int
  package let capacity: Int
  package var count = 0
  /// The ordinal of row 0.
  package var firstOrdinal: UInt64 = 0
  package var fates: [Fate]
  package var waits: [Int64]
  package var services: [Int64]
  package var latencies: [Int64]
  /// Of language models, and empty where no arm has one; -1 where there is none. From arrival to the
  /// first token; the mean gap between tokens (to the nearest nanosecond) and the longest one.
  package let hasTokens: Bool
  package var firstTokens: [Int64]
  package var tokenGaps: [Int64]
  package var longestGaps: [Int64]

  package init(armCount: Int, capacity: Int, hasTokens: Bool = false) {
    precondition(armCount > 0 && capacity > 0, "\(armCount) arms, capacity \(capacity)")
    self.armCount = armCount
    self.capacity = capacity
    fates = Array(repeating: .notSent, count: armCount * capacity)
    waits = Array(repeating: 0, count: armCount * capacity)
    services = Array(repeating: 0, count: armCount * capacity)
    latencies = Array(repeating: 0, count: armCount * capacity)
    self.hasTokens = hasTokens
    let tokenCount = hasTokens ? armCount * capacity : 0
    firstTokens = Array(repeating: -1, count: tokenCount)
    tokenGaps = Array(repeating: -1, count: tokenCount)
    longestGaps = Array(repeating: -1, count: tokenCount)
  }
}

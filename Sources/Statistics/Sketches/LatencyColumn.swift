/// The latencies of consecutive requests with the buckets that they fall in, found once for all sketches that
/// take them.
package struct LatencyColumn: Sendable {
  package private(set) var count = 0
  /// Whether every request has a latency.
  package private(set) var isComplete = true
  /// In nanoseconds; negative where the request has none.
  private(set) var latencies: [Int64]
  /// Of a `LogHistogram` with `fineBits`; −1 where the request has none.
  private(set) var fine: [Int32]
  /// The same with `coarseBits`.
  private(set) var coarse: [Int32]

  static let fineBits = 7
  static let coarseBits = 4

  package init(capacity: Int) {
    latencies = Array(repeating: -1, count: capacity)
    fine = Array(repeating: -1, count: capacity)
    coarse = Array(repeating: -1, count: capacity)
  }

  /// Takes the latencies of requests 0..<`values.count`; a negative one says that the request has none.
  package mutating func fill(_ values: Span<Int64>) {
    count = values.count
    let present = Self.fill(&latencies, &fine, &coarse, values)
    isComplete = present == count
  }

  /// - Returns: how many latencies there are.
  private static func fill(
    _ latencies: inout [Int64], _ fine: inout [Int32], _ coarse: inout [Int32],
    _ values: Span<Int64>
  ) -> Int {
    var latencies = latencies.mutableSpan
    var fine = fine.mutableSpan
    var coarse = coarse.mutableSpan
    var present = 0
    for row in values.indices {
      let value = values[row]
      let isPresent = value >= 0
      let bucket = isPresent ? LogHistogram.bucket(of: value, bits: fineBits) : -1
      latencies[row] = value
      fine[row] = Int32(truncatingIfNeeded: bucket)
      coarse[row] = Int32(truncatingIfNeeded: coarser(bucket))
      present += isPresent ? 1 : 0
    }
    return present
  }

  /// Takes what `other` has for the requests that have a latency in `companion`, too.
  package mutating func fill(_ other: LatencyColumn, where companion: LatencyColumn) {
    precondition(other.count == companion.count, "\(other.count) and \(companion.count) rows")
    count = other.count
    isComplete = other.isComplete && companion.isComplete
    for row in 0..<count {
      let isPresent = companion.fine[row] >= 0
      latencies[row] = isPresent ? other.latencies[row] : -1
      fine[row] = isPresent ? other.fine[row] : -1
      coarse[row] = isPresent ? other.coarse[row] : -1
    }
  }

  /// The coarse bucket that holds a fine one.
  ///
  /// From the last exact bucket on, `fineBits − coarseBits` bits fewer of the lead are kept, and the shift is that
  /// much larger.
  private static func coarser(_ bucket: Int) -> Int {
    let bits = fineBits - coarseBits
    if bucket >= 1 << fineBits { return (bucket >> bits) + (bits << coarseBits) }
    return bucket < 0 ? -1 : LogHistogram.bucket(of: Int64(bucket), bits: coarseBits)
  }
}

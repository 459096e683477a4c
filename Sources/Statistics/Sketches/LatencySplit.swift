/// Exact sums of how long was waited and served, by the bucket of the latency, so that the slowest answers
/// can be told apart at the end.
///
/// Buckets are those of a `LogHistogram` that takes the same column. Sums do not depend on the order.
package struct LatencySplit: Sendable {
  private struct Sums: Sendable {
    var waits: Int128 = 0
    var services: Int128 = 0
  }

  /// The bucket of `sums[0]`; a multiple of 2ᵇ.
  private var firstBucket = 0
  private var sums: [Sums] = []

  package init() {}

  /// Adds the requests that have a latency; nanoseconds.
  package mutating func add(_ column: LatencyColumn, waits: Span<Int64>, services: Span<Int64>) {
    precondition(
      waits.count == column.count && services.count == column.count, "columns of other lengths")
    let buckets = column.fine.span.extracting(0..<column.count)
    guard let range = buckets.rangeOfNonNegatives else { return }
    makeRoom(for: range)
    let first = firstBucket
    var sums = sums.mutableSpan
    for row in buckets.indices where buckets[row] >= 0 {
      let index = Int(buckets[row]) &- first
      sums[index].waits &+= Int128(waits[row])
      sums[index].services &+= Int128(services[row])
    }
  }

  package var totalWaits: Int128 { sums.reduce(0) { $0 + $1.waits } }
  package var totalServices: Int128 { sums.reduce(0) { $0 + $1.services } }

  /// The sums of one bucket.
  package func sums(ofBucket bucket: Int) -> (waits: Int128, services: Int128) {
    guard sums.indices.contains(bucket - firstBucket) else { return (0, 0) }
    return (sums[bucket - firstBucket].waits, sums[bucket - firstBucket].services)
  }

  private mutating func makeRoom(for buckets: ClosedRange<Int>) {
    let octave = 1 << LatencyColumn.fineBits
    if sums.isEmpty { firstBucket = buckets.lowerBound & ~(octave - 1) }
    if buckets.lowerBound < firstBucket {
      let wanted = buckets.lowerBound & ~(octave - 1)
      sums.insert(contentsOf: repeatElement(Sums(), count: firstBucket - wanted), at: 0)
      firstBucket = wanted
    }
    let missing = (buckets.upperBound | (octave - 1)) + 1 - firstBucket - sums.count
    if missing > 0 { sums.append(contentsOf: repeatElement(Sums(), count: missing)) }
  }
}

import Statistics

/// Where an answered request's time went, in nanoseconds; what is left of its latency passed at other
/// stations of its route.
package struct LatencyParts: Sendable, Equatable, BitwiseCopyable {
  /// Until the attempt was sent that was answered.
  package var retry: Int64 = 0
  /// Waiting for the arm's own replicas; what one that failed had begun counts as waiting.
  package var queue: Int64 = 0
  /// Of the waiting, while a replica was idle and the batch not yet full.
  package var batch: Int64 = 0
  /// On the arm's own replicas.
  package var service: Int64 = 0

  package init(retry: Int64 = 0, queue: Int64 = 0, batch: Int64 = 0, service: Int64 = 0) {
    self.retry = retry
    self.queue = queue
    self.batch = batch
    self.service = service
  }
}

/// What the latencies of an arm's answered requests are made of: exact sums, by how long they took.
///
/// Requests whose latencies fall into the same bucket of a `LogHistogram` are added up, so that the slowest
/// of them can be told apart at the end, in memory that does not grow. Sums do not depend on the order.
package struct LatencyCauses: Sendable, Equatable {
  package struct Sums: Sendable, Equatable, BitwiseCopyable {
    package var count = 0
    package var latency: Int128 = 0
    package var retry: Int128 = 0
    package var queue: Int128 = 0
    package var batch: Int128 = 0
    package var service: Int128 = 0

    /// What the other parts leave.
    package var stations: Int128 { latency - retry - queue - batch - service }

    static func + (left: Self, right: Self) -> Self {
      Sums(
        count: left.count + right.count, latency: left.latency + right.latency,
        retry: left.retry + right.retry, queue: left.queue + right.queue,
        batch: left.batch + right.batch, service: left.service + right.service)
    }
  }

  /// Buckets are at most 1/128 of their latencies wide.
  static let bucketBits = 7
  /// How few answers say something of the slowest hundredth.
  package static let fewestOfSlowest = 20
  /// By bucket from the first one on.
  private var buckets: [Sums] = []

  package init() {}

  /// Adds a request that took `latency` nanoseconds.
  @inline(never) package mutating func add(_ parts: LatencyParts, latency: Int64) {
    let bucket = LogHistogram.bucket(of: latency, bits: Self.bucketBits)
    while buckets.count <= bucket { buckets.append(Sums()) }
    buckets[bucket].count &+= 1
    buckets[bucket].latency &+= Int128(latency)
    buckets[bucket].retry &+= Int128(parts.retry)
    buckets[bucket].queue &+= Int128(parts.queue)
    buckets[bucket].batch &+= Int128(parts.batch)
    buckets[bucket].service &+= Int128(parts.service)
  }

  /// Adds requests that waited once and were served, all in one bucket.
  mutating func add(count: Int, waits: Int128, services: Int128, bucket: Int) {
    while buckets.count <= bucket { buckets.append(Sums()) }
    buckets[bucket].count += count
    buckets[bucket].latency += waits + services
    buckets[bucket].queue += waits
    buckets[bucket].service += services
  }

  /// Over all requests.
  package var total: Sums { buckets.reduce(Sums(), +) }

  /// A part's mean over all requests, in nanoseconds; nil without any.
  package func mean(_ part: (Sums) -> Int128) -> Double? {
    let total = total
    return total.count == 0 ? nil : Double(part(total)) / Double(total.count)
  }

  /// A part's mean over the slowest hundredth, in nanoseconds; nil where those are too few. Of the bucket
  /// that the border falls into, each request counts in proportion.
  package func meanOfSlowest(_ part: (Sums) -> Int128) -> Double? {
    let wanted = total.count / 100
    guard wanted >= Self.fewestOfSlowest else { return nil }
    var whole: Int128 = 0
    var left = wanted
    for sums in buckets.reversed() where sums.count > 0 {
      if sums.count > left {
        let rest = Double(part(sums)) * (Double(left) / Double(sums.count))
        return (Double(whole) + rest) / Double(wanted)
      }
      whole += part(sums)
      left -= sums.count
    }
    return Double(whole) / Double(wanted)
  }
}

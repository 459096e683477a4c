/// Coarse log histograms of up to 1,024 blocks of requests, so that the variance of a quantile under
/// dependence can be had without keeping values.
///
/// A value is addressed by its ordinal. In a series, a block is a run of adjacent ordinals that doubles when
/// the blocks are full. For independent groups, give a hash of the unit below the block limit as the ordinal:
/// blocks then never merge. What is held depends on the (ordinal, value) pairs alone, and parts merge
/// to the same bits.
package struct BlockedHistogram: Sendable {
  package let subBucketBits: Int
  private var table: BlockedCounts

  /// - Parameter maximumBlocks: a power of two; memory is at most this many rows of 4 bytes a bucket.
  package init(subBucketBits: Int = 4, maximumBlocks: Int = 1024) {
    precondition((0...8).contains(subBucketBits), "sub-bucket bits \(subBucketBits)")
    self.subBucketBits = subBucketBits
    table = BlockedCounts(maximumBlocks: maximumBlocks, granule: 1 << subBucketBits)
  }

  package var count: Int { table.count }
  package var maximumBlocks: Int { table.maximumBlocks }
  /// Ordinals per block: a power of two.
  package var blockLength: UInt64 { table.blockLength }

  /// Adds a value >= 0 of the request (or hashed unit) `ordinal`.
  package mutating func add(_ value: Int64, at ordinal: UInt64) {
    table.add(column: LogHistogram.bucket(of: value, bits: subBucketBits), at: ordinal)
  }

  /// Adds the latencies that there are; row i has the ordinal `first` + i.
  package mutating func add(_ column: LatencyColumn, from first: UInt64) {
    precondition(subBucketBits == LatencyColumn.coarseBits, "a column of other precision")
    table.add(columns: column.coarse.span.extracting(0..<column.count), from: first)
  }

  package mutating func merge(_ other: BlockedHistogram) {
    precondition(other.subBucketBits == subBucketBits, "merge of histograms of other precision")
    table.merge(other.table)
  }

  /// How many values each block holds, in order.
  package var blockCounts: [Int] {
    (0..<table.blocks).map { table.row($0).reduce(0) { $0 + Int($1) } }
  }

  /// How many values of each block lie below `edge`, the low end of a bucket.
  func countsBelow(edge bucket: Int) -> [Int] {
    let columns = min(max(0, bucket - table.firstColumn), table.width)
    return (0..<table.blocks).map { table.row($0).prefix(columns).reduce(0) { $0 + Int($1) } }
  }

  /// The bucket edge at which the share of values below comes nearest to p among the edges where some
  /// values lie below and some above, with that count; nil where all values share a bucket.
  func edge(nearest p: Double) -> (bucket: Int, below: Int)? {
    var below = 0
    var best: (bucket: Int, below: Int)?
    var nearest = Double.infinity
    for (index, here) in table.totals.enumerated() {
      if below > 0, below < count {
        let distance = abs(Double(below) - p * Double(count))
        if distance < nearest { (best, nearest) = ((table.firstColumn + index, below), distance) }
      }
      below += here
    }
    return best
  }
}

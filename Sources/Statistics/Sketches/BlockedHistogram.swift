/// Coarse log histograms of up to 1,024 blocks of requests, so that the variance of a quantile under
/// dependence can be had without keeping values.
///
/// A value is addressed by its ordinal. In a series, a block is a run of adjacent ordinals: its length is
/// 1 at first and doubles, adjacent blocks merged, when an ordinal lies past the last block. For independent
/// groups, give a hash of the unit below the block limit as the ordinal: blocks then never merge. What the
/// blocks hold depends on the (ordinal, value) pairs alone, not on their order, and parts merge to the
/// same bits.
package struct BlockedHistogram: Sendable {
  package let subBucketBits: Int
  package let maximumBlocks: Int
  /// Ordinals per block: a power of two.
  package var blockLength: UInt64 { 1 << UInt64(shift) }
  package private(set) var count = 0
  private var shift = 0
  private var blocks = 0
  /// All blocks share one window of buckets, so that a row is a plain run of counts.
  private var firstBucket = 0
  private var width = 0
  /// Block-major: blocks × width.
  private var counts: [UInt32] = []

  /// - Parameter maximumBlocks: a power of two; memory is at most this many rows of 4 bytes a bucket.
  package init(subBucketBits: Int = 4, maximumBlocks: Int = 1024) {
    precondition((0...8).contains(subBucketBits), "sub-bucket bits \(subBucketBits)")
    precondition(
      maximumBlocks >= 2 && maximumBlocks & (maximumBlocks - 1) == 0, "blocks \(maximumBlocks)")
    self.subBucketBits = subBucketBits
    self.maximumBlocks = maximumBlocks
  }

  /// Adds a value >= 0 of the request (or hashed unit) `ordinal`.
  package mutating func add(_ value: Int64, at ordinal: UInt64) {
    let bucket = LogHistogram.bucket(of: value, bits: subBucketBits)
    while ordinal >> UInt64(shift) >= UInt64(maximumBlocks) { double() }
    let block = Int(ordinal >> UInt64(shift))
    if block >= blocks { makeBlocks(block + 1) }
    if bucket < firstBucket || bucket >= firstBucket + width { makeRoom(for: bucket...bucket) }
    counts[block * width + bucket - firstBucket] += 1
    count += 1
  }

  package mutating func merge(_ other: BlockedHistogram) {
    precondition(
      other.subBucketBits == subBucketBits && other.maximumBlocks == maximumBlocks,
      "merge of blocked histograms of another shape")
    guard other.count > 0 else { return }
    var other = other
    while shift < other.shift { double() }
    while other.shift < shift { other.double() }
    makeBlocks(other.blocks)
    makeRoom(for: other.firstBucket...(other.firstBucket + other.width - 1))
    let offset = other.firstBucket - firstBucket
    for block in 0..<other.blocks {
      for bucket in 0..<other.width {
        counts[block * width + offset + bucket] += other.counts[block * other.width + bucket]
      }
    }
    count += other.count
  }

  /// How many values each block holds, in order.
  package var blockCounts: [Int] {
    (0..<blocks).map { block in
      counts[(block * width)..<((block + 1) * width)].reduce(0) { $0 + Int($1) }
    }
  }

  /// How many values of each block lie below `edge`, the low end of a bucket.
  func countsBelow(edge bucket: Int) -> [Int] {
    let columns = min(max(0, bucket - firstBucket), width)
    return (0..<blocks).map { block in
      counts[(block * width)..<(block * width + columns)].reduce(0) { $0 + Int($1) }
    }
  }

  /// The bucket edge at which the share of values below comes nearest to p among the edges where some
  /// values lie below and some above, with that count; nil where all values share a bucket.
  func edge(nearest p: Double) -> (bucket: Int, below: Int)? {
    var columns = [Int](repeating: 0, count: width)
    for block in 0..<blocks {
      for bucket in 0..<width { columns[bucket] += Int(counts[block * width + bucket]) }
    }
    var below = 0
    var best: (bucket: Int, below: Int)?
    var distance = Double.infinity
    for (index, here) in columns.enumerated() {
      if below > 0, below < count {
        let here = abs(Double(below) - p * Double(count))
        if here < distance { (best, distance) = ((firstBucket + index, below), here) }
      }
      below += here
    }
    return best
  }

  // MARK: Growing

  /// Merges neighbours two by two.
  private mutating func double() {
    shift += 1
    let halved = (blocks + 1) / 2
    for block in 0..<blocks where block > 0 {
      let target = block / 2 * width
      for bucket in 0..<width {
        if block & 1 == 0 {
          counts[target + bucket] = counts[block * width + bucket]
        } else {
          counts[target + bucket] += counts[block * width + bucket]
        }
      }
    }
    counts.removeLast((blocks - halved) * width)
    blocks = halved
  }

  private mutating func makeBlocks(_ wanted: Int) {
    guard wanted > blocks else { return }
    counts.append(contentsOf: repeatElement(0, count: (wanted - blocks) * width))
    blocks = wanted
  }

  private mutating func makeRoom(for buckets: ClosedRange<Int>) {
    let octave = 1 << subBucketBits
    var first = buckets.lowerBound & ~(octave - 1)
    var end = (buckets.upperBound | (octave - 1)) + 1
    if width > 0 {
      first = min(first, firstBucket)
      end = max(end, firstBucket + width)
    }
    guard width == 0 || first < firstBucket || end > firstBucket + width else { return }
    var moved = [UInt32](repeating: 0, count: blocks * (end - first))
    for block in 0..<blocks {
      for bucket in 0..<width {
        moved[block * (end - first) + firstBucket - first + bucket] =
          counts[block * width + bucket]
      }
    }
    counts = moved
    firstBucket = first
    width = end - first
  }
}

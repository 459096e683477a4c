/// What quantiles of one arm's latencies and their variance need, in bounded memory.
package struct LatencySketch: Sendable {
  package private(set) var histogram: LogHistogram
  package private(set) var blocks: BlockedHistogram

  package init(subBucketBits: Int = 7, blockSubBucketBits: Int = 4, maximumBlocks: Int = 1024) {
    histogram = LogHistogram(subBucketBits: subBucketBits)
    blocks = BlockedHistogram(subBucketBits: blockSubBucketBits, maximumBlocks: maximumBlocks)
  }

  /// Adds a latency >= 0 in nanoseconds, of the request `ordinal` (or of the group that its unit is hashed to).
  package mutating func add(_ latency: Int64, at ordinal: UInt64) {
    histogram.add(latency)
    blocks.add(latency, at: ordinal)
  }

  /// Adds the latencies that there are; row i has the ordinal `first` + i.
  package mutating func add(_ column: LatencyColumn, from first: UInt64) {
    histogram.add(column, rows: 0..<column.count)
    blocks.add(column, from: first)
  }

  package mutating func merge(_ other: LatencySketch) {
    histogram.merge(other.histogram)
    blocks.merge(other.blocks)
  }
}

/// The latencies of two arms for the same requests.
package struct LatencyPairs: Sendable {
  package private(set) var candidate: LatencySketch
  package private(set) var production: LatencySketch

  package init(maximumBlocks: Int = 1024) {
    candidate = LatencySketch(maximumBlocks: maximumBlocks)
    production = LatencySketch(maximumBlocks: maximumBlocks)
  }

  package mutating func add(candidate: Int64, production: Int64, at ordinal: UInt64) {
    self.candidate.add(candidate, at: ordinal)
    self.production.add(production, at: ordinal)
  }

  /// Adds the latencies of the requests that have both; row i has the ordinal `first` + i.
  package mutating func add(
    candidate: LatencyColumn, production: LatencyColumn, from first: UInt64
  ) {
    if candidate.isComplete && production.isComplete {
      self.candidate.add(candidate, from: first)
      self.production.add(production, from: first)
    } else {
      var paired = candidate
      paired.fill(candidate, where: production)
      self.candidate.add(paired, from: first)
      paired.fill(production, where: candidate)
      self.production.add(paired, from: first)
    }
  }

  package mutating func merge(_ other: LatencyPairs) {
    candidate.merge(other.candidate)
    production.merge(other.production)
  }
}

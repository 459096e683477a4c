/// What steady-state quantiles of one output need, in memory that does not grow: log histograms of up to 256 batches.
///
/// Batches double as those of `OutputSeries` do, from one value on. Buckets are at most 1/64 of their value wide.
package struct SteadyQuantiles: Sendable {
  package static let subBucketBits = 6
  private var table: BlockedCounts
  private var next: UInt64 = 0

  /// - Parameter maximumBatches: a power of two, 32 at least; memory is at most so many rows of 4 bytes a bucket, 256 bytes
  ///   for each power of two that the values span.
  package init(maximumBatches: Int = 256) {
    precondition(maximumBatches >= 32, "\(maximumBatches) batches")
    table = BlockedCounts(maximumBlocks: maximumBatches, granule: 1 << Self.subBucketBits)
  }

  package var count: Int { table.count }

  /// Adds the value >= 0 that comes after the last one.
  package mutating func append(_ value: Int64) {
    table.add(column: LogHistogram.bucket(of: value, bits: Self.subBucketBits), at: next)
    next += 1
  }

  /// The quantile of what comes after `warmUp` values; a batch that the warm-up touches goes whole.
  ///
  /// - Parameter p: in (0, 1).
  package func quantile(_ p: Double, after warmUp: Int64 = 0) throws(Unavailable) -> SteadyQuantile
  {
    precondition(p > 0 && p < 1 && warmUp >= 0, "a quantile at \(p) after \(warmUp)")
    let length = Int64(table.blockLength)
    let first = min(Int64(table.blocks), (warmUp + length - 1) / length)
    return try SteadyQuantile(table, p: p, blocks: Int(first)..<table.blocks)
  }
}

/// A steady-state quantile with an interval that holds under dependence.
///
/// The share of values below a threshold is a mean of zeros and ones, whose error `FittedBatches` gives. The interval runs
/// between the quantiles at p less and plus that error, so that no density is estimated. The error is taken at the
/// bucket's edge nearest p and carried to p by √(p (1 − p)).
///
/// - Source: Woodruff (1952); Heidelberger and Lewis (1984) for simulation output.
package struct SteadyQuantile: Sendable, Equatable {
  /// In (0, 1).
  package let p: Double
  /// In the unit of the values, those of a bucket spread evenly over it.
  package let value: Double
  /// Values after the warm-up.
  package let count: Int
  /// The standard error of the share of values below the quantile.
  package let rankError: Double
  package let batches: FittedBatches
  private let histogram: LogHistogram

  init(_ table: BlockedCounts, p: Double, blocks: Range<Int>) throws(Unavailable) {
    let totals = Self.totals(table, blocks)
    let n = totals.reduce(0, +)
    guard n > 1 else { throw .tooFew(has: n, needs: FittedBatches.fewest) }
    guard let edge = Self.edge(totals, n: n, nearest: p) else { throw .noVariation }
    // A block that is still open at the end has fewer values: it counts for the quantile and not for the error.
    let length = Double(table.blockLength)
    let shares = blocks.compactMap { block -> Double? in
      let row = table.row(block)
      guard row.reduce(0, { $0 + Int($1) }) == Int(table.blockLength) else { return nil }
      return Double(row.prefix(edge.columns).reduce(0) { $0 + Int($1) }) / length
    }
    let batches = try FittedBatches(shares)
    let share = Double(edge.below) / Double(n)
    self.p = p
    self.batches = batches
    count = n
    rankError = batches.standardError * (p * (1 - p) / (share * (1 - share))).squareRoot()
    histogram = Self.histogram(totals, first: table.firstColumn)
    value = histogram.spreadQuantile(p) ?? 0
  }

  /// From 0 where too few values lie below, to infinity where too few lie above.
  package func interval(level: Double) -> ClosedRange<Double> {
    let (lower, upper) = batches.quantiles(level: level)
    return value(atRank: p - upper * rankError)...value(atRank: p - lower * rankError)
  }

  private func value(atRank rank: Double) -> Double {
    if rank <= 0 { return 0 }
    return rank >= 1 ? .infinity : histogram.spreadQuantile(rank) ?? 0
  }

  private static func totals(_ table: BlockedCounts, _ blocks: Range<Int>) -> [Int] {
    var totals = Array(repeating: 0, count: table.width)
    for block in blocks {
      for (column, here) in table.row(block).enumerated() { totals[column] += Int(here) }
    }
    return totals
  }

  /// The edge with values on both sides at which the share below comes nearest to p: how many columns lie below it.
  private static func edge(
    _ totals: [Int], n: Int, nearest p: Double
  ) -> (columns: Int, below: Int)? {
    var below = 0
    var best: (columns: Int, below: Int)?
    var nearest = Double.infinity
    for (column, here) in totals.enumerated() {
      let distance = (Double(below) - p * Double(n)).magnitude
      if below > 0, below < n, distance < nearest { (best, nearest) = ((column, below), distance) }
      below += here
    }
    return best
  }

  private static func histogram(_ totals: [Int], first: Int) -> LogHistogram {
    let bits = SteadyQuantiles.subBucketBits
    var histogram = LogHistogram(subBucketBits: bits)
    for (column, here) in totals.enumerated() where here > 0 {
      let low = LogHistogram.ends(of: first + column, bits: bits).low
      histogram.add(Int64(low), times: here)
    }
    return histogram
  }
}

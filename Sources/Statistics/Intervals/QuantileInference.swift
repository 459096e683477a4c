import Probability

/// A quantile with the error of its rank, from which its interval is read off the histogram.
///
/// The rank's error is that of the share of values below a threshold: a mean of zeros and ones, so that
/// dependence is handled as for any mean. The interval runs from the quantile at p − t·error to that at p +
/// t·error; no density has to be estimated, and it is as skewed as the tail is. The blocks know the share
/// below a bucket's edge only, so the error is taken at the edge nearest p and scaled to p by √(p(1 − p)).
///
/// - Source: Woodruff (1952); Francisco and Fuller (1991) for dependent observations.
package struct QuantileInference: ReachingQuantile, Sendable {
  /// In (0, 1).
  package let p: Double
  /// In the unit of the values, values of a bucket spread evenly over it.
  package let value: Double
  package let n: Int
  /// The standard error of the share of values below the quantile.
  package let rankError: Double
  package let degreesOfFreedom: Double
  private let histogram: LogHistogram

  /// Which values may depend on each other.
  package enum Dependence: Sendable { case serial, withinGroups, none }

  package init(
    _ sketch: LatencySketch, p: Double, dependence: Dependence
  ) throws(Unavailable) {
    let shares = try BlockShares(sketch.blocks, p: p)
    switch dependence {
    case .serial:
      let variance = try shares.series()
      let cosines = variance.cosines
      let sum = variance.varianceOfSum(cosines: cosines)
      self.init(
        sketch, p: p, rankError: shares.scale * sum.squareRoot() / shares.n,
        degreesOfFreedom: Double(cosines))
    case .withinGroups:
      let groups = Double(shares.deviations.count)
      guard groups > 1 else { throw .tooFew(has: shares.deviations.count, needs: 2) }
      let sum = shares.deviations.reduce(0) { $0 + $1 * $1 } * groups / (groups - 1)
      self.init(
        sketch, p: p, rankError: shares.scale * sum.squareRoot() / shares.n,
        degreesOfFreedom: groups - 1)
    case .none:
      self.init(
        sketch, p: p, rankError: (p * (1 - p) / shares.n).squareRoot(),
        degreesOfFreedom: .infinity)
    }
  }

  init(_ sketch: LatencySketch, p: Double, rankError: Double, degreesOfFreedom: Double) {
    self.p = p
    value = sketch.histogram.spreadQuantile(p) ?? 0
    n = sketch.histogram.count
    self.rankError = rankError
    self.degreesOfFreedom = degreesOfFreedom
    histogram = sketch.histogram
  }

  /// How many independent values would give this rank error.
  package var effectiveSampleSize: Double { p * (1 - p) / (rankError * rankError) }

  /// From 0 where too few values lie below, to infinity where too few lie above.
  package func interval(level: Double) -> ClosedRange<Double> {
    let t = TEstimate(value: 0, standardError: 1, degreesOfFreedom: degreesOfFreedom)
      .criticalValue(upperTail: (1 - level) / 2)
    return value(shifted: -t)...value(shifted: t)
  }

  /// The quantile at the rank p + t · rankError.
  package func value(shifted t: Double) -> Double {
    let rank = p + t * rankError
    if rank <= 0 { return 0 }
    return rank >= 1 ? .infinity : histogram.spreadQuantile(rank) ?? 0
  }
}

/// How many values of each block lie below a threshold near a quantile, as deviations from the share.
struct BlockShares {
  let deviations: [Double]
  let counts: [Double]
  let n: Double
  /// √(p(1 − p)) over the same at the threshold.
  let scale: Double

  init(_ blocks: BlockedHistogram, p: Double) throws(Unavailable) {
    precondition(p > 0 && p < 1, "a quantile at \(p)")
    guard blocks.count > 1 else { throw .tooFew(has: blocks.count, needs: 2) }
    guard let edge = blocks.edge(nearest: p) else { throw .noVariation }
    n = Double(blocks.count)
    let share = Double(edge.below) / n
    let inBlocks = blocks.blockCounts
    let below = blocks.countsBelow(edge: edge.bucket)
    let occupied = inBlocks.indices.filter { inBlocks[$0] > 0 }
    counts = occupied.map { Double(inBlocks[$0]) }
    deviations = occupied.map { Double(below[$0]) - share * Double(inBlocks[$0]) }
    scale = (p * (1 - p) / (share * (1 - share))).squareRoot()
  }

  func series() throws(Unavailable) -> CosineVariance {
    guard counts.count >= CosineVariance.fewestBlocks else {
      throw .tooFew(has: counts.count, needs: CosineVariance.fewestBlocks)
    }
    return CosineVariance(deviations: deviations, counts: counts)
  }
}

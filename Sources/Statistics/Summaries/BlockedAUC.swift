import Probability

/// What the standard error of a binned AUC, or of the difference of two, needs under serial dependence:
/// both classes' scores in coarse bins for up to 1,024 runs of adjacent requests.
///
/// Each block's sum of DeLong's components comes from its counts, with the components of the bins. Bins are
/// 1/128 wide, and an eighth of an octave below 1/64 and above 63/64. Parts merge to the same bits.
package struct BlockedAUC: Sendable {
  private var table: BlockedCounts
  private var fine = BinnedAUC()

  /// - Parameter maximumBlocks: a power of two.
  package init(maximumBlocks: Int = 1024) {
    table = BlockedCounts(maximumBlocks: maximumBlocks, granule: 64)
  }

  /// Adds the score, in [0, 1], of the request `ordinal`.
  package mutating func add(_ score: Double, isPositive: Bool, at ordinal: UInt64) {
    fine.add(score, isPositive: isPositive)
    table.add(column: 2 * Self.bin(of: score) + (isPositive ? 1 : 0), at: ordinal)
  }

  package mutating func merge(_ other: BlockedAUC) {
    table.merge(other.table)
    fine.merge(other.fine)
  }

  /// The area in fine bins: its value, bound and curve.
  package var binned: BinnedAUC { fine }

  package func estimate() throws(Unavailable) -> TEstimate {
    let blocks = try influence()
    return try Self.estimate(value: fine.value(), sums: blocks.sums, counts: blocks.counts)
  }

  /// Candidate − production over the same requests.
  package static func difference(
    candidate: BlockedAUC, production: BlockedAUC
  ) throws(Unavailable) -> TEstimate {
    let first = try candidate.influence()
    let second = try production.influence()
    precondition(first.counts == second.counts, "areas over different requests")
    return try estimate(
      value: candidate.fine.value() - production.fine.value(),
      sums: first.sums.indices.map { first.sums[$0] - second.sums[$0] }, counts: first.counts)
  }

  private static func estimate(
    value: Double, sums: [Double], counts: [Double]
  ) throws(Unavailable) -> TEstimate {
    guard counts.count >= CosineVariance.fewestBlocks else {
      throw .tooFew(has: counts.count, needs: CosineVariance.fewestBlocks)
    }
    let variance = CosineVariance(deviations: sums, counts: counts)
    let cosines = variance.cosines
    let ofSum = variance.varianceOfSum(cosines: cosines)
    guard ofSum > 0 else { throw .noVariation }
    return TEstimate(
      value: value, standardError: ofSum.squareRoot() / counts.reduce(0, +),
      degreesOfFreedom: Double(cosines))
  }

  /// Of each block that holds requests: the sum of their influence values, and their count.
  private func influence() throws(Unavailable) -> (sums: [Double], counts: [Double]) {
    let totals = table.totals
    let bins = totals.count / 2
    let negatives = (0..<bins).reduce(0) { $0 + totals[2 * $1] }
    let positives = (0..<bins).reduce(0) { $0 + totals[2 * $1 + 1] }
    guard negatives + positives > 0 else { throw .tooFew(has: 0, needs: 2) }
    guard negatives > 0, positives > 0 else { throw .oneClassOnly }
    var components = [Double](repeating: 0, count: 2 * bins)
    var below = (negative: 0.0, positive: 0.0)
    var area = 0.0
    for bin in 0..<bins {
      let here = (negative: Double(totals[2 * bin]), positive: Double(totals[2 * bin + 1]))
      let ofPositive = (below.negative + here.negative / 2) / Double(negatives)
      components[2 * bin] = 1 - (below.positive + here.positive / 2) / Double(positives)
      components[2 * bin + 1] = ofPositive
      area += here.positive * ofPositive / Double(positives)
      below = (below.negative + here.negative, below.positive + here.positive)
    }
    let n = Double(negatives + positives)
    let weights = (negative: n / Double(negatives), positive: n / Double(positives))
    for column in components.indices {
      components[column] -= area
      components[column] *= column & 1 == 0 ? weights.negative : weights.positive
    }
    var sums: [Double] = []
    var counts: [Double] = []
    for block in 0..<table.blocks {
      var sum = 0.0
      var count = 0.0
      for (column, here) in table.row(block).enumerated() where here > 0 {
        sum += Double(here) * components[column]
        count += Double(here)
      }
      guard count > 0 else { continue }
      sums.append(sum)
      counts.append(count)
    }
    return (sums, counts)
  }

  /// Ascending with the score.
  static func bin(of score: Double) -> Int {
    precondition(score >= 0 && score <= 1, "a probability outside [0, 1]: \(score)")
    return score <= 0.5 ? lowBin(score) : 2 * lowBin(0.5) + 1 - lowBin(1 - score)
  }

  /// Of a score in [0, 0.5]: eighths of the octaves from 2⁻³⁰ to 2⁻⁶, then steps of 1/128.
  private static func lowBin(_ score: Double) -> Int {
    let tail = 24 * 8
    guard score < 0x1p-6 else { return tail + Int(score * 128) - 1 }
    guard score > 0x1p-30 else { return 0 }
    let eighth = Int(Float(score).bitPattern >> 20) - Int(Float(0x1p-30).bitPattern >> 20)
    return min(tail, eighth + 1)
  }
}

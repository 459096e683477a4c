import Probability

/// Do the ranks of two or more samples have one mean?
///
/// - Source: Kruskal and Wallis (1952).
package struct KruskalWallis: Sendable, Equatable {
  /// H, corrected for ties.
  package let statistic: Double
  package let degreesOfFreedom: Int

  package init(_ ranks: TieBlocks) throws(Unavailable) {
    guard ranks.groups > 1 else { throw .tooFew(has: ranks.groups, needs: 2) }
    guard ranks.blocks > 1 else { throw .noVariation }
    let all = Double(ranks.total)
    var spread = 0.0
    for (size, twiceSum) in zip(ranks.sizes, ranks.twiceRankSums) {
      // Twice the rank sum less its mean, exact.
      let excess = Double(twiceSum - Int128(size) * Int128(ranks.total + 1)) / 2
      spread += excess * excess / Double(size)
    }
    let correction = 1 - ranks.tieCubes / (all * (all - 1) * (all + 1))
    statistic = 12 / (all * (all + 1)) * spread / correction
    degreesOfFreedom = ranks.groups - 1
  }

  package var p: PValue {
    PValue(chiSquare: statistic, degreesOfFreedom: degreesOfFreedom)
  }
}

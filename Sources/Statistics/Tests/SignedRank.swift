import Probability

/// Wilcoxon's signed ranks of paired differences: do the positive ones outweigh the negative ones?
///
/// - Source: Wilcoxon (1945); Pratt (1959) for zeros that keep their rank.
package struct SignedRank: Sendable, Equatable {
  package enum Zeros: Sendable, CaseIterable {
    /// Dropped before ranking, as Wilcoxon did.
    case dropped
    /// Ranked with the rest, then dropped: Pratt's way, which stays consistent when most answers agree.
    case ranked
    /// Ranked, and half of their ranks on either side.
    case split
  }

  package let count: Int
  package let zeros: Zeros
  private let zeroCount: Int
  private let twicePlus: Int128
  private let twiceMinus: Int128
  /// 48 times the variance of the sum.
  private let variance48: Int128
  /// Of each distinct size of a difference that is not 0: twice its rank, how many have it.
  private let blocks: [Block]

  private struct Block: Sendable, Equatable {
    var twiceRank: Int
    var count: Int
  }

  /// Differences whose blocks are kept for the exact law.
  private static let mostForExact = 1_000

  /// - Parameter differences: one a pair, no NaN.
  package init(_ differences: [Double], zeros: Zeros = .ranked) throws(Unavailable) {
    guard !differences.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    // The size in the upper 63 bits, whose order is that of the sizes, and the sign below.
    var keys = differences.map { value in
      precondition(!value.isNaN, "a difference is not a number")
      return value.bitPattern << 1 | (value > 0 ? 1 : 0)
    }
    RadixSort.sort(&keys)
    var place = 0
    while place < keys.count, keys[place] >> 1 == 0 { place += 1 }
    zeroCount = place
    let offset = zeros == .dropped ? 0 : zeroCount
    var (plus, minus) = (Int128(0), Int128(0))
    var cubes = Int128(0)
    var blocks: [Block] = []
    while place < keys.count {
      let size = keys[place] >> 1
      let start = place
      var positive = 0
      while place < keys.count, keys[place] >> 1 == size {
        positive += Int(keys[place] & 1)
        place += 1
      }
      let t = place - start
      let twiceRank = 2 * (start - zeroCount + offset) + t + 1
      plus += Int128(twiceRank * positive)
      minus += Int128(twiceRank * (t - positive))
      if t > 1 { cubes += Int128(t) * Int128(t) * Int128(t) - Int128(t) }
      if keys.count <= Self.mostForExact { blocks.append(Block(twiceRank: twiceRank, count: t)) }
    }
    count = differences.count
    self.zeros = zeros
    self.blocks = blocks
    let (n, z) = (Int128(keys.count - zeroCount + offset), Int128(offset))
    func cube(_ n: Int128) -> Int128 { n * (n + 1) * (2 * n + 1) }
    switch zeros {
    case .dropped, .ranked: variance48 = 2 * (cube(n) - cube(z)) - cubes
    case .split:
      variance48 = 2 * cube(n) - cubes - (z * z * z - z)
      plus += z * (z + 1) / 2
      minus += z * (z + 1) / 2
    }
    (twicePlus, twiceMinus) = (plus, minus)
  }

  /// The rank sum of the positive differences.
  package var plus: Double { Double(twicePlus) / 2 }
  /// The rank sum of the negative differences.
  package var minus: Double { Double(twiceMinus) / 2 }
  /// Differences that are not 0.
  package var nonZero: Int { count - zeroCount }

  /// (W₊ − mean) / σ, moved by ½ towards 0 (against the alternative) by the correction.
  package func z(
    _ alternative: Question.Alternative, continuity: MannWhitney.Continuity = .half
  ) throws(Unavailable) -> Double {
    guard variance48 > 0, nonZero > 0 else { throw .noVariation }
    let excess = Double(twicePlus - twiceMinus) / 4
    let half = continuity == .half ? 0.5 : 0
    let moved: Double
    switch alternative {
    case .different: moved = excess < 0 ? min(0, excess + half) : max(0, excess - half)
    case .greater: moved = excess - half
    case .less: moved = excess + half
    }
    return moved / (Double(variance48) / 48).squareRoot()
  }

  package func pNormal(
    _ alternative: Question.Alternative, continuity: MannWhitney.Continuity = .half
  ) throws(Unavailable) -> PValue {
    PValue(z: try z(alternative, continuity: continuity), alternative)
  }

  /// Over all choices of signs of the differences that are not 0, their ranks as they are; nil where zeros were
  /// split or where it takes too long (beyond about 400 pairs without ties).
  package func pExact(_ alternative: Question.Alternative) -> PValue? {
    guard zeros != .split, count <= Self.mostForExact, nonZero > 0 else { return nil }
    var scores: [Int] = []
    for block in blocks { scores += repeatElement(block.twiceRank, count: block.count) }
    let divisor = max(1, scores.reduce(0) { greatestCommonDivisor($0, $1) })
    guard let law = RankSumLaw.signedSum(scores.map { $0 / divisor }) else { return nil }
    let value = Int(twicePlus) / divisor
    switch alternative {
    case .different: return law.probabilityTwoSided(value)
    case .greater: return law.probability(atLeast: value)
    case .less: return law.probability(atMost: value)
    }
  }
}

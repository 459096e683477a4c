import Probability

/// Mann and Whitney's U of two independent samples: how many pairs the candidate's value wins, ties half.
///
/// - Source: Mann and Whitney (1947); Lehmann (1975) for the variance with ties.
package struct MannWhitney: Sendable, Equatable {
  private let ranks: TieBlocks
  /// 2U of the candidate, exact.
  package let twiceU: Int
  private let variance: Double

  /// - Parameter ranks: of two groups, the candidate's first.
  package init(_ ranks: TieBlocks) {
    precondition(ranks.groups == 2, "\(ranks.groups) groups, not 2")
    let (n, m) = (ranks.sizes[0], ranks.sizes[1])
    var (below, twiceU) = (0, 0)
    var cubes = Int128(0)
    let counts = ranks.counts
    for place in stride(from: 0, to: counts.count, by: 2) {
      let (first, second) = (Int(counts[place]), Int(counts[place + 1]))
      twiceU += first * (2 * below + second)
      below += second
      let t = first + second
      if t > 1 { cubes += Int128(t) * Int128(t) * Int128(t) - Int128(t) }
    }
    self.ranks = ranks
    self.twiceU = twiceU
    let all = Double(n + m)
    let corrected = all + 1 - Double(cubes) / (all * (all - 1))
    variance = Double(n) * Double(m) / 12 * max(0, corrected)
  }

  package init(candidate: [Double], production: [Double]) throws(Unavailable) {
    self.init(try TieBlocks(candidate: candidate, production: production))
  }

  package var u: Double { Double(twiceU) / 2 }
  /// P(candidate > production) + ½ P(equal), as it is in the samples.
  package var shareOfWins: Double { u / Double(pairCount) }
  package var hasTies: Bool { ranks.hasTies }
  /// How many pairs of a candidate and a production value there are.
  package var pairCount: Int { ranks.sizes[0] * ranks.sizes[1] }
  private var twiceExcess: Int { twiceU - ranks.sizes[0] * ranks.sizes[1] }

  package enum Continuity: Sendable { case none, half }

  /// (U − n m / 2) / σ, moved towards 0 (against the alternative) by the correction.
  package func z(
    _ alternative: Question.Alternative, continuity: Continuity = .half
  ) throws(Unavailable) -> Double {
    guard variance > 0 else { throw .noVariation }
    let excess = Double(twiceExcess) / 2
    let half = continuity == .half ? 0.5 : 0
    let moved: Double
    switch alternative {
    case .different: moved = excess < 0 ? min(0, excess + half) : max(0, excess - half)
    case .greater: moved = excess - half
    case .less: moved = excess + half
    }
    return moved / variance.squareRoot()
  }

  /// From the normal approximation with the variance corrected for ties.
  package func pNormal(
    _ alternative: Question.Alternative, continuity: Continuity = .half
  ) throws(Unavailable) -> PValue {
    PValue(z: try z(alternative, continuity: continuity), alternative)
  }

  package enum TwoSided: Sendable {
    /// Twice the smaller tail.
    case doubled
    /// As far from the mean in either direction.
    case distance
  }

  /// Over all ways to deal the ranks, tied as they are, to the arms; nil where that is out of reach: beyond
  /// `RankSumLaw.mostPairs` pairs without ties, beyond about 50 values an arm with ties.
  package func pExact(
    _ alternative: Question.Alternative, twoSided: TwoSided = .doubled
  ) -> PValue? {
    guard let exact = exactPlace() else { return nil }
    let (law, value) = (exact.law, exact.value)
    let alternative = exact.isProduction ? alternative.mirrored : alternative
    switch alternative {
    case .different:
      return twoSided == .doubled
        ? law.probabilityTwoSided(value) : law.probability(asFarAs: value, fromMean: exact.mean)
    case .greater: return law.probability(atLeast: value)
    case .less: return law.probability(atMost: value)
    }
  }

  private struct ExactPlace {
    var law: ExactCounts
    /// Where the statistic of one arm lies in it, and the statistic's mean.
    var value: Int
    var mean: (numerator: Int, denominator: Int)
    /// Whether that arm is production.
    var isProduction = false
  }

  private func exactPlace() -> ExactPlace? {
    let (n, m) = (ranks.sizes[0], ranks.sizes[1])
    guard hasTies else {
      guard let law = RankSumLaw.mannWhitney(n, m) else { return nil }
      return ExactPlace(law: law, value: twiceU / 2, mean: (n * m, 2))
    }
    guard n + m <= 4_096 else { return nil }
    let dealt = n <= m ? 0 : 1
    // Distances of the doubled middle ranks from the smallest, then without their common divisor.
    var scores: [Int] = []
    var sum = 0
    var below = 0
    let lowest = ranks.size(0) + 1
    for block in 0..<ranks.blocks {
      let size = ranks.size(block)
      let score = 2 * below + size + 1 - lowest
      scores += repeatElement(score, count: size)
      sum += score * Int(ranks.counts[2 * block + dealt])
      below += size
    }
    let divisor = max(1, scores.reduce(0) { greatestCommonDivisor($0, $1) })
    scores = scores.map { $0 / divisor }
    let count = ranks.sizes[dealt]
    guard let law = RankSumLaw.sum(of: count, among: scores) else { return nil }
    return ExactPlace(
      law: law, value: sum / divisor, mean: (count * scores.reduce(0, +), n + m),
      isProduction: dealt == 1)
  }
}

func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  var (a, b) = (abs(a), abs(b))
  while b > 0 { (a, b) = (b, a % b) }
  return a
}

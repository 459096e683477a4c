import Probability

/// Hodges and Lehmann's estimate of a shift, with the interval and the p-values that belong to each other: the
/// interval holds every shift that the rank test does not reject.
///
/// A shift is judged by the ranks right beside it, on the side that speaks for it. With tied values within an arm, or
/// many values, the count's law is the normal one with continuity correction.
///
/// - Source: Hodges and Lehmann (1963); Lehmann (1963) for the interval.
package struct ShiftEstimate: Sendable {
  package let value: Double
  private let sums: PairwiseSums
  private let law: CountLaw
  /// What a sum is divided by: 1 for differences, 2 for Walsh averages.
  private let divisor: Double

  /// Candidate − production of independent samples: the median of all differences.
  package init(candidate: [Double], production: [Double]) throws(Unavailable) {
    let (n, m) = (candidate.count, production.count)
    sums = try .differences(candidate: candidate, production: production)
    divisor = 1
    // Beside every difference the arms share no value, so only ties within them count.
    let cubes = sums.tieCubes
    let all = Double(n + m)
    let corrected = all + 1 - cubes / (all * (all - 1))
    let exact = cubes == 0 ? RankSumLaw.mannWhitney(n, m) : nil
    law = CountLaw(
      exact: exact, count: sums.count, variance: Double(n) * Double(m) / 12 * corrected)
    value = sums.median / divisor
  }

  /// The centre of one sample of differences: the median of their Walsh averages.
  package init(differences: [Double]) throws(Unavailable) {
    sums = try .within(differences)
    divisor = 2
    let cubes = sums.tieCubes
    let n = Double(differences.count)
    // Only where exactness is cheap: the counts grow like n³.
    let exact =
      cubes == 0 && differences.count <= 400
      ? RankSumLaw.signedSum(Array(1...differences.count)) : nil
    law = CountLaw(
      exact: exact, count: sums.count,
      variance: (2 * n * (n + 1) * (2 * n + 1) - cubes) / 48)
    value = sums.median / divisor
  }

  /// Whether p-values and levels are exact.
  package var isExact: Bool { law.exact != nil }

  package func interval(level: Double) -> ClosedRange<Double> {
    lowerBound(tail: (1 - level) / 2)...upperBound(tail: (1 - level) / 2)
  }

  /// −∞ where not even the most extreme ranks would reject.
  package func lowerBound(tail: Double) -> Double {
    let fewest = law.fewest(beyond: tail)
    return fewest == 0 ? -.infinity : sums.sum(ofRank: fewest) / divisor
  }

  package func upperBound(tail: Double) -> Double {
    let fewest = law.fewest(beyond: tail)
    return fewest == 0 ? .infinity : sums.sum(ofRank: sums.count + 1 - fewest) / divisor
  }

  package func p(_ alternative: Question.Alternative, against null: Double = 0) -> PValue {
    let counts = sums.counts(at: null * divisor)
    // The fewer sums lie at or below the null, the more speaks for a greater shift.
    let greater = law.probability(atMost: counts.atMost)
    let less = law.probability(atMost: sums.count - counts.below)
    switch alternative {
    case .greater: return greater
    case .less: return less
    case .different: return (greater.ln < less.ln ? greater : less).doubled
    }
  }
}

/// The null law of the number of sums on one side of a shift: symmetric on 0...count.
private struct CountLaw: Sendable {
  let exact: ExactCounts?
  let count: Int
  let deviation: Double

  init(exact: ExactCounts?, count: Int, variance: Double) {
    self.exact = exact
    self.count = count
    deviation = variance.squareRoot()
  }

  /// P(number <= value).
  func probability(atMost value: Int) -> PValue {
    if let exact { return exact.probability(atMost: value) }
    if value >= count { return .one }
    guard deviation > 0 else { return .one }
    let excess = Double(2 * value - count) / 2 + 0.5
    return PValue(z: excess / deviation, .less)
  }

  /// The smallest number whose tail is more than `tail`: 0 where no number's is not.
  func fewest(beyond tail: Double) -> Int {
    (0...count).partitioningIndex { probability(atMost: $0).value > tail }
  }
}

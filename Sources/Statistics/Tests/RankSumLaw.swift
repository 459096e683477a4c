import Probability

/// Exact null laws of rank statistics: every assignment of the ranks to arms, or of signs to the ranks, equally
/// likely.
package enum RankSumLaw {
  /// Steps that an exact law may take before an approximation is the better answer.
  static let mostSteps = 1 << 26
  /// Scores up to which the ways to choose among them can be counted without overflow.
  private static let mostCounted = 1_000
  /// Pairs (values of one arm × values of the other) up to which the law without ties is counted.
  package static let mostPairs = 40_000

  /// Of Mann and Whitney's U without ties; nil beyond `mostPairs`.
  ///
  /// - Complexity: O(min(n, m) · n m).
  package static func mannWhitney(_ first: Int, _ second: Int) -> ExactCounts? {
    guard first >= 1, second >= 1, max(first, second) <= mostPairs / min(first, second) else {
      return nil
    }
    let counts = MannWhitneyCounts(first, second)
    return ExactCounts(weights: (0...counts.largest).map { counts.count($0) })
  }

  /// Of the sum of `chosen` among the scores; nil where it takes more than some hundred milliseconds.
  ///
  /// Scores of 0, such as those of all the requests without an error, need no steps.
  ///
  /// - Parameter scores: >= 0, whole.
  /// - Complexity: O(number of other scores · how many of them can be chosen · largest sum).
  /// - Source: Streitberg and Röhmel (1986), the shift algorithm.
  package static func sum(of chosen: Int, among scores: [Int]) -> ExactCounts? {
    let ascending = scores.sorted().filter { $0 > 0 }
    let zeros = scores.count - ascending.count
    let most = min(chosen, ascending.count)
    guard scores.count <= 4_096, (ascending.last ?? 0) <= 1 << 24 else { return nil }
    let largest = ascending.suffix(most).reduce(0, +)
    guard largest < mostSteps / max(1, most * ascending.count) else { return nil }
    // Row k: by their sum, the ways to choose k of the scores so far. Beyond a thousand scores their numbers would
    // overflow: there, the chance that a coin for each score, heads with the share chosen, picks k with that sum.
    let isCounted = scores.count <= mostCounted
    let share = Double(chosen) / Double(max(1, scores.count))
    let (taken, left) = isCounted ? (1, 1) : (share, 1 - share)
    var ways = [[Double]](repeating: [Double](repeating: 0, count: largest + 1), count: most + 1)
    ways[0][0] = 1
    for (place, score) in ascending.enumerated() {
      for k in stride(from: min(most, place + 1), through: 0, by: -1) {
        if !isCounted { for sum in 0...largest { ways[k][sum] *= left } }
        guard k > 0 else { continue }
        let fewer = ways[k - 1]
        for sum in stride(from: score, through: largest, by: 1) {
          ways[k][sum] += fewer[sum - score] * taken
        }
      }
    }
    // The rest of the chosen are zeros.
    var weights = [Double](repeating: 0, count: largest + 1)
    let coins = Binomial(trials: zeros, probability: share)
    for k in max(0, chosen - zeros)...most {
      let rest = isCounted ? combinations(zeros, chosen - k) : coins.pmf(chosen - k)
      for sum in 0...largest { weights[sum] += ways[k][sum] * rest }
    }
    return ExactCounts(weights: weights)
  }

  /// How many ways there are to choose `few` of at most `mostCounted`.
  private static func combinations(_ all: Int, _ few: Int) -> Double {
    (0..<min(few, all - few)).reduce(1.0) { $0 * Double(all - $1) / Double($1 + 1) }
  }

  /// Of the sum of the scores with a positive sign, each sign a fair coin; nil where it takes too long.
  ///
  /// - Parameter scores: >= 1, whole.
  /// - Complexity: O(number of scores · their sum).
  /// - Source: Wilcoxon (1945); Streitberg and Röhmel (1986) with ties.
  package static func signedSum(_ scores: [Int]) -> ExactCounts? {
    guard scores.count <= 1_000, (scores.max() ?? 0) <= 1 << 24 else { return nil }
    let largest = scores.reduce(0, +)
    guard largest < mostSteps / max(1, scores.count) else { return nil }
    var ways = [Double](repeating: 0, count: largest + 1)
    ways[0] = 1
    var reached = 0
    for score in scores {
      reached += score
      for sum in stride(from: reached, through: score, by: -1) { ways[sum] += ways[sum - score] }
    }
    return ExactCounts(weights: ways)
  }
}

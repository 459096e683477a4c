/// The exact null law of Wilcoxon's signed-rank statistic without ties and zeros: how many of the 2^n choices of signs
/// give the positive ranks the sum w.
///
/// The counts are exact while they fit a double; beyond, their relative error stays below n · 10⁻¹⁶ in both tails.
///
/// - Complexity: O(n³) time and O(n²) space to make, O(1) for a tail.
/// - Source: Wilcoxon (1945); the generating function (1 + q)(1 + q²)…(1 + qⁿ).
package struct SignedRankCounts: Sendable {
  /// How many differences are ranked, at least 1.
  package let ranks: Int
  private let law: SymmetricCounts

  /// The most ranks whose smallest tail a double still holds beside the largest.
  package static let mostRanks = 2000

  /// - Precondition: `ranks` is in 1...`mostRanks`.
  package init(ranks: Int) {
    precondition(ranks >= 1 && ranks <= Self.mostRanks, "ranks to count signs of: \(ranks)")
    self.ranks = ranks
    let scale = max(0, ranks - 1000)
    let largest = ranks * (ranks + 1) / 2
    var counts = [Double](repeating: 0, count: largest / 2 + 1)
    counts[0] = SymmetricCounts.power(-scale)
    var degree = 0
    for rank in 1...ranks {
      degree = min(degree + rank, largest / 2)
      if degree >= rank {
        for w in (rank...degree).reversed() { counts[w] += counts[w - rank] }
      }
    }
    law = SymmetricCounts(lowerHalf: counts, largest: largest, scale: scale)
  }

  /// The largest value of the statistic, n (n + 1) / 2.
  package var largest: Int { law.largest }
  /// The count at w = 0...n (n + 1) / 2, times 2^−`scale`.
  package func count(_ w: Int) -> Double { law.count(w) }
  /// All counts are held times 2^−scale.
  package var scale: Int { law.scale }
  /// 2^n, times 2^−`scale`.
  package var total: Double { law.total }

  /// P(W = w).
  package func pmf(_ w: Int) -> Double { law.count(w) / law.total }
  /// P(W <= w).
  package func cdf(_ w: Int) -> Double { law.tail(w).lower }
  /// P(W > w), without cancellation in the tail.
  package func survival(_ w: Int) -> Double { law.tail(w).upper }
  /// log P(W <= w).
  package func logCdf(_ w: Int) -> Double { law.tail(w).logLower }
  /// log P(W > w).
  package func logSurvival(_ w: Int) -> Double { law.tail(w).logUpper }
}

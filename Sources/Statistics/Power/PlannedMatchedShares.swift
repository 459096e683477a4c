import Probability

/// The difference of two answers' shares to the same requests: McNemar's test.
///
/// - Source: Miettinen (1968); Connor (1987).
package struct PlannedMatchedShares: PlannedComparison, Equatable {
  /// The share of the requests on which the two answers differ, in (0, 1].
  package var discordance: Double

  package init(discordance: Double) {
    precondition(discordance > 0 && discordance <= 1, "discordance \(discordance)")
    self.discordance = discordance
  }

  package var isOneSample: Bool { true }
  package var possible: ClosedRange<Double> { -discordance...discordance }

  package func estimate(effect: Double, null: Double, sizes: PlannedSizes) -> PlannedEstimate {
    let n = sizes.candidate
    let own = (max(0, discordance - effect * effect) / n).squareRoot()
    let under = null == 0 ? (discordance / n).squareRoot() : own
    return PlannedEstimate(
      distance: effect - null, standardError: own, nullStandardError: under)
  }

  /// The power of the exact two-sided test of `pairs`, summed over the number of discordant pairs.
  ///
  /// - Complexity: O(pairs) binomial tails for each number that matters.
  package func exactPower(effect: Double, pairs: Int, tail: Double) -> Double {
    let discordants = Binomial(trials: pairs, probability: discordance)
    let first = min(1, max(0, (discordance + effect) / (2 * discordance)))
    var sum = 0.0
    for count in 1...max(1, pairs) {
      let weight = discordants.pmf(count)
      if weight < 1e-18 { continue }
      let fair = Binomial(trials: count, probability: 0.5)
      // Counts above the critical one reject, and by symmetry those as far below.
      let critical = fair.upperQuantile(tail)
      let law = Binomial(trials: count, probability: first)
      let both = law.survival(critical) + law.cdf(count - critical - 1)
      sum += weight * both
    }
    return min(1, sum)
  }
}

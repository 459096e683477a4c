import Probability

/// Exact tests of "both shares are equal" that fix the arms' sizes alone: the common share is taken where it makes
/// the p-value largest.
///
/// Given the number s of all successes the common share drops out, so that the chance of the rejection region is
/// Σ Binomial(s; N, share) · h(s), h(s) being its chance given s: a sum in one direction instead of two.
///
/// - Complexity: O(N) for the region, and about N terms for each of 13 √N shares; 40 µs for two arms of 100.
/// - Source: Barnard (1945) with the pooled score of Suissa and Shuster (1985); Boschloo (1970).
package struct UnconditionalTest: Sendable, Equatable {
  package enum Order: Sendable, Equatable {
    /// By the pooled score: the regions of both sides are joined.
    case score
    /// By Fisher's one-sided p-value; two-sided it is twice the smaller one.
    case fisher
  }

  package let shares: TwoProportions
  package let order: Order

  package init(_ shares: TwoProportions, order: Order) {
    self.shares = shares
    self.order = order
  }

  /// Rows of both arms together up to which these tests are offered; a test takes a tenth of a second there.
  package static let mostRows = 100_000

  /// Nil where the table is rarer than 10⁻²⁹⁰.
  package func p(_ alternative: Question.Alternative) -> PValue? {
    switch alternative {
    case .greater: return oneSided(shares, isBothSided: false)
    case .less: return oneSided(shares.exchanged, isBothSided: false)
    case .different where order == .score:
      let isUp = shares.candidateMinusProduction >= 0
      return oneSided(isUp ? shares : shares.exchanged, isBothSided: true)
    case .different:
      // The other side's p is at least (1 − Fisher's) / √(2 N), by the chance of as many successes as were seen.
      let fisher = (shares.conditional.p(.greater), shares.conditional.p(.less))
      let rows = Double(shares.candidate.trials + shares.production.trials)
      let isClear = { (p: PValue) in p.value <= (1 - p.value) / (2 * rows).squareRoot() }
      if isClear(fisher.0) { return p(.greater)?.doubled }
      if isClear(fisher.1) { return p(.less)?.doubled }
      guard let greater = p(.greater), let less = p(.less) else { return nil }
      return (greater.ln < less.ln ? greater : less).doubled
    }
  }

  private func oneSided(_ shares: TwoProportions, isBothSided: Bool) -> PValue? {
    UnconditionalRegion(shares, order: order, isBothSided: isBothSided)?.supremum
  }
}

extension TwoProportions {
  /// Production against the candidate.
  package var exchanged: TwoProportions {
    TwoProportions(candidate: production, production: candidate)
  }
}

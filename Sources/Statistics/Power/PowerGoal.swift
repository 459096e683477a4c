import Probability

/// What a planned test shall show, and with which error.
package struct PowerGoal: Sendable, Equatable {
  /// Values on the scale of the estimand, candidate − production (or candidate over production).
  package enum Claim: Sendable, Equatable {
    /// The truth is not "no difference".
    case different
    /// The truth is greater than this: not inferior by a margin, or superior by one.
    case greater(than: Double)
    /// The truth is less than this.
    case less(than: Double)
    /// The truth lies in here: equivalence, by two one-sided tests.
    case within(ClosedRange<Double>)
  }

  package var claim: Claim
  /// The error in each tail that is tested, in (0, ½).
  package var tail: Double

  package init(_ claim: Claim, tail: Double) {
    precondition(tail > 0 && tail < 0.5, "an error of \(tail) in a tail")
    self.claim = claim
    self.tail = tail
  }

  /// Two-sided at 1 − `level`; everything else at half of it, so that the claim is what the interval at `level` shows.
  package init(_ claim: Claim, level: Double) {
    self.init(claim, tail: (1 - level) / 2)
  }

  /// The same where `count` > 0 claims are made and none may be wrong: each gets its part of the error.
  ///
  /// - Source: Bonferroni.
  package func shared(among count: Int) -> PowerGoal {
    precondition(count > 0, "\(count) claims")
    return PowerGoal(claim, tail: tail / Double(count))
  }

  /// The same where `count` > 0 candidates are set against one production, each with `ratio` times its values: less strict
  /// than Bonferroni, because they share production. For large arms.
  ///
  /// - Source: Dunnett (1955).
  package func dunnett(candidates count: Int, ratio: Double = 1) -> PowerGoal {
    precondition(count > 0 && ratio > 0, "\(count) candidates, \(ratio)")
    let family = Dunnett(
      candidates: Array(repeating: ratio, count: count), production: 1,
      degreesOfFreedom: .infinity)
    let critical =
      claim == .different
      ? family.criticalValue(twoSided: 2 * tail) : family.criticalValue(greater: tail)
    return PowerGoal(claim, tail: Normal.survival(critical))
  }
}

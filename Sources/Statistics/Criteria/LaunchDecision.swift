/// Ship if the criterion is better and no guardrail is worse by more than its margin.
///
/// All of these have to be shown, each at the full level: the union of "not shown" hypotheses is rejected with an error
/// of at most the level, whatever the dependence, and without a correction for their number.
///
/// - Source: Berger (1982), intersection-union tests.
package struct LaunchDecision: Sendable, Equatable {
  package struct Guardrail: Sendable, Equatable {
    package var name: String
    /// Candidate − production.
    package var effect: TEstimate
    /// How much worse is still accepted, >= 0, in the unit of the effect.
    package var margin: Double
    package var moreIsBetter: Bool

    package init(name: String, effect: TEstimate, margin: Double, moreIsBetter: Bool) {
      precondition(margin >= 0, "a margin of \(margin)")
      self.name = name
      self.effect = effect
      self.margin = margin
      self.moreIsBetter = moreIsBetter
    }

    /// Of "worse by the margin or more".
    package var p: PValue {
      moreIsBetter ? effect.pGreater(than: -margin) : effect.pLess(than: margin)
    }
  }

  package let criterion: TEstimate
  package let guardrails: [Guardrail]
  /// The one-sided error of each test, and so of the whole decision.
  package let level: Double

  /// - Parameters:
  ///   - criterion: larger is better.
  ///   - level: in (0, 1), such as 0.025.
  package init(criterion: TEstimate, guardrails: [Guardrail], level: Double) {
    precondition(level > 0 && level < 1, "a level of \(level)")
    self.criterion = criterion
    self.guardrails = guardrails
    self.level = level
  }

  /// Of "the criterion is not better".
  package var criterionP: PValue { criterion.pGreater() }

  /// Of "do not ship": the largest of all.
  package var p: PValue { guardrails.reduce(criterionP) { $0.both($1.p) } }

  package var ships: Bool { p.value <= level }

  /// The guardrails that are not shown to be safe.
  package var unproven: [Guardrail] { guardrails.filter { $0.p.value > level } }
}

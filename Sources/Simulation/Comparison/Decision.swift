import Statistics

/// Turns an estimate with its standard error into an interval, a test and a verdict.
///
/// The verdict is dual to the interval at the plan's level: "not worse by m" holds where the whole interval lies on the
/// right side of m, "equivalent within m" where it lies inside ±m. Their one-sided tests are therefore at half of
/// 1 − level, and their p-values are doubled before Holm's adjustment, so that all of a run's p-values are compared
/// with one number.
package struct Decision: Sendable {
  package let question: ComparisonPlan.Question
  package let level: Double
  package let direction: Metric.Direction

  package init(question: ComparisonPlan.Question, level: Double, metric: Metric) {
    self.question = question
    self.level = level
    direction = metric.direction
  }

  package var alternative: String {
    switch question {
    case .different: "two-sided"
    case .notWorse: direction == .lowerIsBetter ? "less" : "greater"
    case .equivalent: "inside the margin (two one-sided tests)"
    }
  }

  /// What the test statistic measures the distance from.
  package var hypothesis: Double {
    switch question {
    case .different, .equivalent: 0
    case .notWorse(let margin): direction == .lowerIsBetter ? margin : -margin
    }
  }

  package func p(_ estimate: TEstimate) -> Double {
    switch question {
    case .different:
      estimate.pTwoSided().value
    case .notWorse(let margin):
      direction == .lowerIsBetter
        ? estimate.pLess(than: margin).value : estimate.pGreater(than: -margin).value
    case .equivalent(let margin):
      estimate.pEquivalent(within: -margin...margin).value
    }
  }

  /// The p-value on the scale of a two-sided test, for Holm's adjustment.
  package func familyP(_ p: Double) -> Double {
    question == .different ? p : min(1, 2 * p)
  }

  package func verdict(estimate: Double, adjustedP: Double) -> Verdict {
    let rejects = adjustedP <= 1 - level
    switch question {
    case .different:
      guard rejects, estimate != 0 else { return .noDifferenceFound }
      switch direction {
      case .neither: return .different
      case .higherIsBetter: return estimate > 0 ? .better : .worse
      case .lowerIsBetter: return estimate < 0 ? .better : .worse
      }
    case .notWorse: return rejects ? .notWorse : .notShownNotWorse
    case .equivalent: return rejects ? .equivalent : .notShownEquivalent
    }
  }

  /// How many times the data it would take for the interval to clear what it does not clear now, if the estimate
  /// stayed; nil where it clears it, or where more data would not help.
  package func dataFactor(_ estimate: TEstimate) -> Double? {
    let half = estimate.criticalValue(upperTail: (1 - level) / 2) * estimate.standardError
    let room: Double
    switch question {
    case .different: room = estimate.value.magnitude
    case .notWorse(let margin):
      room = direction == .lowerIsBetter ? margin - estimate.value : estimate.value + margin
    case .equivalent(let margin): room = margin - estimate.value.magnitude
    }
    guard room > 0, half > room else { return nil }
    let factor = (half / room) * (half / room)
    return factor <= 1000 ? factor : nil
  }
}

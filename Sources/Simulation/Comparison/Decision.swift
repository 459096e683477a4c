import Statistics

/// Turns an estimate with its standard error into an interval, a test and a verdict.
///
/// Before Holm's adjustment the verdict is dual to the interval at the plan's level: "not worse by m" holds where the whole interval lies on the
/// right side of m, "equivalent within m" where it lies inside ±m. Their one-sided tests are therefore at half of
/// 1 − level, and their p-values are doubled before Holm's adjustment, so that all of a run's p-values are compared
/// with one number.
package struct Decision: Sendable {
  package let question: ComparisonPlan.Question
  package let level: Double
  package let direction: Metric.Direction

  init(question: ComparisonPlan.Question, level: Double, metric: Metric) {
    self.init(question: question, level: level, direction: metric.direction)
  }

  package init(
    question: ComparisonPlan.Question, level: Double, direction: Metric.Direction
  ) {
    self.question = question
    self.level = level
    self.direction = direction
  }

  var alternative: String {
    switch question {
    case .different: "two-sided"
    case .notWorse: direction == .lowerIsBetter ? "less" : "greater"
    case .equivalent: "inside the margin (two one-sided tests)"
    }
  }

  /// What the test statistic measures the distance from; nil of two one-sided tests, which have two.
  var hypothesis: Double? {
    switch question {
    case .different: 0
    case .equivalent: nil
    case .notWorse(let margin): direction == .lowerIsBetter ? margin : -margin
    }
  }

  func p(_ contrast: Contrast) -> Double {
    switch question {
    case .different:
      contrast.pTwoSided.value
    case .notWorse(let margin):
      direction == .lowerIsBetter
        ? contrast.pLess(than: margin).value : contrast.pGreater(than: -margin).value
    case .equivalent(let margin):
      contrast.pEquivalent(within: margin).value
    }
  }

  /// The p-value on the scale of a two-sided test, for Holm's adjustment.
  package func familyP(_ p: Double) -> Double {
    question == .different ? p : min(1, 2 * p)
  }

  /// - Parameter estimate: the difference, of which 0 is none.
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
  func dataFactor(_ contrast: Contrast) -> Double? {
    let interval = contrast.interval(level: level)
    return dataFactor(value: contrast.value, halfWidth: (interval.high - interval.low) / 2)
  }

  /// - Parameters:
  ///   - value: the difference, of which 0 is none.
  ///   - half: half of the two-sided interval's width.
  package func dataFactor(value: Double, halfWidth half: Double) -> Double? {
    let room: Double
    switch question {
    case .different: room = value.magnitude
    case .notWorse(let margin):
      room = direction == .lowerIsBetter ? margin - value : value + margin
    case .equivalent(let margin): room = margin - value.magnitude
    }
    guard room > 0, half > room else { return nil }
    let factor = (half / room) * (half / room)
    return factor <= 1000 ? factor : nil
  }
}

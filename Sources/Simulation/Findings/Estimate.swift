import Statistics

/// A number with its doubt.
package struct Estimate: Sendable, Equatable {
  package var value: Double
  /// nil where no honest interval exists (fewer than two independent observations, say).
  package var interval: Interval?
  /// How many outcomes it rests on.
  package var n: Int

  package init(value: Double, interval: Interval?, n: Int) {
    self.value = value
    self.interval = interval
    self.n = n
  }
}

/// A confidence interval; an end may be infinite, never NaN.
package struct Interval: Sendable, Equatable {
  package var low: Double
  package var high: Double
  /// In (0, 1).
  package var level: Double

  package init(low: Double, high: Double, level: Double) {
    self.low = low
    self.high = high
    self.level = level
  }
}

extension Interval {
  /// Says nothing: no end on either side.
  package var isUnbounded: Bool { low == -.infinity && high == .infinity }
}

/// A statistic that exists, or the reason why it does not.
package enum Finding: Sendable, Equatable {
  case estimate(Estimate)
  case absent(Absence)

  package var estimate: Estimate? {
    if case .estimate(let estimate) = self { estimate } else { nil }
  }
}

package enum Absence: Sendable, Equatable {
  case noOutcomes
  case noLabels
  case tooFewOutcomes(has: Int, needs: Int)
  /// AUC with labels of one class.
  case oneClassOnly
  /// The metric does not apply to this task ("auc" of a regression).
  case notForThisTask
  case noService
  case noCost
  case noVariation
  /// The interval has no end on either side: too few values lie beyond the quantile, as dependent as they are.
  case tooFewIndependentValues
  /// The method needs every value, and the plan chose bounded memory.
  case needsEveryValue
  /// Another reason, in the statistic's own words.
  case unavailable(Unavailable)
}

/// What the plan said to conclude from a comparison.
package enum Verdict: Sendable, Equatable {
  case better
  case worse
  /// Different, for a metric that has no better side.
  case different
  case noDifferenceFound
  case notWorse
  case notShownNotWorse
  case equivalent
  case notShownEquivalent
  case undetermined(Absence)
}

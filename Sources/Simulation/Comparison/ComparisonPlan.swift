import Traffic

/// One question asked of the outcomes of two arms.
package struct ComparisonPlan: Sendable, Equatable {
  package var metric: Metric
  /// A candidate's name; nil asks it of every candidate.
  package var arm: String?
  package var question: Question
  /// The confidence level of the interval, in (0, 1); the test is at 1 − level.
  package var level: Double

  package enum Question: Sendable, Equatable {
    case different
    /// Not worse than production by `margin` or more (in the metric's unit; > 0).
    case notWorse(margin: Double)
    case equivalent(margin: Double)
  }

  package init(
    metric: Metric, arm: String? = nil, question: Question = .different, level: Double = 0.95
  ) {
    self.metric = metric
    self.arm = arm
    self.question = question
    self.level = level
  }
}

/// What must hold for a candidate to pass.
package struct GateRule: Sendable, Equatable {
  package var metric: Metric
  package var arm: String
  package var requirement: Requirement

  package enum Requirement: Sendable, Equatable {
    case notWorse(margin: Double)
    case better
    case equivalent(margin: Double)
    /// The arm's own value stays at or below, at or above a bound, with its whole interval.
    case atMost(Double)
    case atLeast(Double)
  }

  package init(metric: Metric, arm: String, requirement: Requirement) {
    self.metric = metric
    self.arm = arm
    self.requirement = requirement
  }
}

/// How metrics are computed where there is a choice; every choice is shown in the result.
package struct MetricOptions: Sendable, Equatable {
  /// Probabilities are moved into [clip, 1 − clip] before the logarithm.
  package var logLossClip = 1e-6
  /// Class 1 is named when its probability is at least this.
  package var threshold = 0.5
  package var calibrationBins = 10
  package var auc = RankMethod.exact
  /// The unit of costs, for printing.
  package var currency = "USD"

  package enum RankMethod: String, Sendable, CaseIterable { case exact, binned }

  package init() {}
}

/// How time is cut for the charts and the timeline of the result.
package enum TimeBuckets: Sendable, Equatable {
  case automatic
  case every(SimulatedDuration)
  /// Calendar units in UTC.
  case day, week, month, quarter
}

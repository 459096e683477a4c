/// One answer to one question: candidate minus production, unless the estimand says otherwise.
package struct ComparisonFinding: Sendable, Equatable {
  package var metric: Metric
  package var baseline: String
  package var arm: String
  package var question: ComparisonPlan.Question
  /// In words: "mean difference of correct answers over the requests that both arms answered, candidate − production".
  package var estimand: String
  /// The unit of analysis: "request", "pair of answers to one request", "unit".
  package var unitOfAnalysis: String
  package var baselineValue: Double
  package var armValue: Double
  /// The default's answer.
  package var main: TestFinding
  /// The same question at 50 %, 80 %, 99 %, for the forest plot; ascending levels.
  package var otherLevels: [Interval]
  /// The answer that ignores serial dependence or clustering, where the default does not; with its warning.
  package var independent: TestFinding?
  package var independentWarning: String?
  /// Holm's adjustment over the comparisons of the run; nil where the verdict needs no p.
  package var adjustedP: Double?
  package var verdict: Verdict
  /// How many independent observations carry the same information; nil where it does not apply.
  package var effectiveSampleSize: Double?
  /// How many times the data it would take to decide, where the data could not; nil otherwise.
  package var dataFactorToDecide: Double?

  package init(
    metric: Metric, baseline: String, arm: String, question: ComparisonPlan.Question,
    estimand: String, unitOfAnalysis: String, baselineValue: Double, armValue: Double,
    main: TestFinding, verdict: Verdict
  ) {
    self.metric = metric
    self.baseline = baseline
    self.arm = arm
    self.question = question
    self.estimand = estimand
    self.unitOfAnalysis = unitOfAnalysis
    self.baselineValue = baselineValue
    self.armValue = armValue
    self.main = main
    self.verdict = verdict
    otherLevels = []
    independent = nil
    independentWarning = nil
    adjustedP = nil
    effectiveSampleSize = nil
    dataFactorToDecide = nil
  }
}

/// One method's estimate, interval and test.
package struct TestFinding: Sendable, Equatable {
  package var method: String
  package var estimate: Finding
  /// The test statistic's value with its name ("t", "z"); nil for exact tests.
  package var statistic: NamedNumber?
  package var degreesOfFreedom: Double?
  /// nil where there is no test.
  package var p: Double?
  /// "two-sided", "greater", "less".
  package var alternative: String
  package var assumptions: [String]

  package struct NamedNumber: Sendable, Equatable {
    package var name: String
    package var value: Double

    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  package init(
    method: String, estimate: Finding, p: Double?, alternative: String, assumptions: [String]
  ) {
    self.method = method
    self.estimate = estimate
    self.p = p
    self.alternative = alternative
    self.assumptions = assumptions
    statistic = nil
    degreesOfFreedom = nil
  }
}

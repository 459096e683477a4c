/// How many units, how long, which effect: the answer of `plan`.
package struct PlanFindings: Sendable, Equatable {
  package enum Metric: String, Sendable, CaseIterable {
    case mean, share, ratio, rate, quantile, auc
    case riskRatio = "risk-ratio"
    case rateRatio = "rate-ratio"
    case mannWhitney = "mann-whitney"
    case sampleRatio = "sample-ratio"
  }

  /// What was not given, and is the answer.
  package enum Solved: String, Sendable { case units, effect, power, margin }

  package enum Goal: Sendable, Equatable {
    case different
    /// Beyond "no difference" by more than −margin: margins below 0 are not worse, above 0 better.
    case better(by: Double)
    case equivalent(margin: Double)
  }

  /// One plan: any three numbers give the fourth.
  package struct Row: Sendable, Equatable {
    /// Candidate − production; candidate over production − 1 of ratios.
    package var effect: Double
    /// Of both arms together (of all arms, where there are several candidates); pairs.
    package var units: Int
    /// Production's first; one of pairs.
    package var unitsPerArm: [Int]
    package var power: Double
    /// What the goal allows; nil where it has none.
    package var margin: Double?
    /// Whole days; nil where nobody said how many units a day bring.
    package var days: Int?
    /// The share of the units at which looks end it on average.
    package var expectedShare: Double?
    /// Wilson's at 95 %, where the power was simulated.
    package var powerInterval: ClosedRange<Double>?

    package init(
      effect: Double, units: Int, unitsPerArm: [Int], power: Double, margin: Double? = nil,
      days: Int? = nil, expectedShare: Double? = nil
    ) {
      self.effect = effect
      self.units = units
      self.unitsPerArm = unitsPerArm
      self.power = power
      self.margin = margin
      self.days = days
      self.expectedShare = expectedShare
    }
  }

  /// What a shadow's pairs say of an A/B test.
  package struct Shadow: Sendable, Equatable {
    package var pairCount: Int
    package var correlation: Double
    package var requestsPerPair: Double
    package var adjustedRequestsPerPair: Double
    package var variancesLeft: [Double]
    package var covariate: String?
    /// The A/B test with the same numbers, and after adjustment.
    package var unpaired: Row?
    package var adjusted: Row?

    package init(
      pairCount: Int, correlation: Double, requestsPerPair: Double,
      adjustedRequestsPerPair: Double, variancesLeft: [Double], covariate: String?,
      unpaired: Row?, adjusted: Row?
    ) {
      self.pairCount = pairCount
      self.correlation = correlation
      self.requestsPerPair = requestsPerPair
      self.adjustedRequestsPerPair = adjustedRequestsPerPair
      self.variancesLeft = variancesLeft
      self.covariate = covariate
      self.unpaired = unpaired
      self.adjusted = adjusted
    }
  }

  /// How power was simulated.
  package struct Simulation: Sendable, Equatable {
    /// In the catalogue.
    package var method: String
    package var runs: Int
    package var seed: UInt64
    /// Runs of the answer in which the method had none; they count as not found.
    package var unanswered: Int

    package init(method: String, runs: Int, seed: UInt64, unanswered: Int) {
      self.method = method
      self.runs = runs
      self.seed = seed
      self.unanswered = unanswered
    }
  }

  /// As it was asked for: "mean", "revenue/sessions".
  package var name: String
  package var metric: Metric
  /// Of production; nil of metrics that have none.
  package var baseline: Double?
  /// Whether the same units have an answer of both arms.
  package var isPaired: Bool
  package var goal: Goal
  /// Smaller values are better.
  package var lowerIsBetter: Bool
  package var solved: Solved
  package var level: Double
  package var perDay: Double?
  /// What a unit is called, in the plural.
  package var unitWord: String
  package var rowsPerUnit: Double
  package var main: Row
  /// The same plan with other effects or sizes, the main one among them.
  package var rows: [Row]
  /// How it was computed, a clause each.
  package var methods: [String]
  /// What has to hold, a sentence each.
  package var assumptions: [String]
  /// What was measured from the table, a sentence each.
  package var measured: [String]
  package var shadow: Shadow?
  /// Nil where power has a formula.
  package var simulation: Simulation?

  package init(name: String, metric: Metric, goal: Goal, solved: Solved, level: Double, main: Row) {
    self.name = name
    self.metric = metric
    self.goal = goal
    self.solved = solved
    self.level = level
    self.main = main
    isPaired = false
    lowerIsBetter = false
    unitWord = "units"
    rowsPerUnit = 1
    rows = []
    methods = []
    assumptions = []
    measured = []
  }

  /// Whether effects are told in parts of the baseline.
  package var isRatio: Bool { metric == .riskRatio || metric == .rateRatio }
}

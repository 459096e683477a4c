import Documents
import Foundation
import Simulation

/// What somebody asks of a test that is still to come.
///
/// Of effect, power and units (or days), two are given and the third is the answer; with a margin to show, it is one more.
public struct PlanRequest: Sendable {
  /// An amount as a person writes it: 0.2, or 2%.
  public struct Amount: Sendable, Equatable {
    /// 0.02 of "2%".
    public var value: Double
    /// Of the baseline, rather than in the metric's unit.
    public var isRelative: Bool

    init(value: Double, isRelative: Bool) {
      self.value = value
      self.isRelative = isRelative
    }

    /// Nil where the text is neither.
    public init?(_ text: String) {
      let isRelative = text.hasSuffix("%")
      let number = isRelative ? String(text.dropLast()) : text
      guard let value = Double(number), value.isFinite, !number.hasSuffix(" ") else { return nil }
      self.value = isRelative ? value / 100 : value
      self.isRelative = isRelative
    }
  }

  /// What the test shall show.
  public enum Question: String, Sendable, CaseIterable {
    case different, better
    case notWorse = "not-worse"
    case equivalent
  }

  /// How the error is spent over several looks.
  public enum Spending: String, Sendable, CaseIterable {
    case obrienFleming = "obrien-fleming"
    case pocock
    case alwaysValid = "always-valid"
  }

  /// How several candidates share the error.
  public enum Adjustment: String, Sendable, CaseIterable { case bonferroni, dunnett, none }

  /// The names that a metric has where no table gives it.
  public static let metrics = PlanFindings.Metric.allCases.map(\.rawValue)

  /// One of `metrics`, or of a table a column or an expression of columns.
  public var metric: String
  /// A table to measure everything from: CSV with a header or JSON Lines; "-" is standard input.
  public var table: String?
  /// Numbers by the name of their option, "baseline": only what was given.
  public var numbers: [String: Double] = [:]
  /// The true effect, candidate − production.
  public var effect: Amount?
  /// What a claim allows or asks for.
  public var margin: Amount?
  /// The confidence of the interval that will decide.
  public var level = 0.95 {
    didSet { isLevelGiven = true }
  }
  /// Whether a scenario's own levels are passed over.
  private(set) var isLevelGiven = false
  /// Of the arms, production's first.
  public var shares = [0.5, 0.5]
  /// What is to be shown.
  public var question = Question.different
  /// Whether smaller values are better.
  public var lowerIsBetter = false
  /// Nil is one look at the end, or as many as `spending` has by itself.
  public var looks: Int?
  /// Nil without looks.
  public var spending: Spending?
  /// Over several candidates.
  public var adjustment = Adjustment.bonferroni
  /// How many comparisons share the error; nil is one a candidate.
  public var comparisons: Int?
  /// Whether both arms answer the same units.
  public var isPaired = false
  /// Whether the arms take turns in time, so that dependence in time counts.
  public var isByTime = false
  /// The column of units.
  public var unit: String?
  /// The column of times.
  public var time: String?
  /// The columns of a shadow's answers, production's first.
  public var pairs: [String] = []
  /// The column that a later test would adjust for.
  public var covariate: String?
  /// Fields that mean missing, beside the empty one.
  public var missing: [String] = []
  /// What divides the fields of CSV; nil tells it from the name.
  public var delimiter: UInt8?
  /// A scenario's file, which says traffic, arms and questions, in place of a table.
  public var scenario: String?
  /// Of a scenario: the metrics whose comparisons are planned; empty is all.
  public var metrics: [String] = []
  /// "path=value" changes of the scenario, in order.
  public var settings: [String] = []
  /// A method of the catalogue whose power is simulated; nil takes a formula.
  public var method: String?
  /// How many times a simulation draws.
  public var runs = 1_000
  /// Of a simulation, and instead of the scenario's.
  public var seed: UInt64?
  /// How many threads work; never changes an answer.
  public var threads = ProcessInfo.processInfo.activeProcessorCount

  /// Asks for nothing yet.
  public init(metric: String) { self.metric = metric }

  /// What is wrong with a request, whatever a table holds.
  public struct Mistake: Error, Sendable, Equatable {
    /// What was found and what was expected.
    public var message: String
    /// The way out.
    public var help: String?

    init(_ message: String, help: String? = nil) {
      self.message = message
      self.help = help
    }
  }
}

/// What an option with a number may be.
public struct PlanOption: Sendable {
  /// Without the dashes.
  public var name: String
  /// As a message calls it: "a number above 0".
  public var expected: String
  /// Whether a number is one.
  public var allows: @Sendable (Double) -> Bool
  /// What it is, for the help.
  public var help: String
  /// Whether a table would say it.
  public var isMeasured: Bool

  private init(
    _ name: String, _ expected: String, isMeasured: Bool = true, help: String,
    _ allows: @escaping @Sendable (Double) -> Bool
  ) {
    self.name = name
    self.expected = expected
    self.allows = allows
    self.help = help
    self.isMeasured = isMeasured
  }

  /// Every option with a number, in the order of the help.
  public static let all: [PlanOption] = [
    .init("baseline", "a number", help: "production's value") { _ in true },
    .init("sd", "a number above 0", help: "the standard deviation of a row's value") { $0 > 0 },
    .init("candidate-sd", "a number above 0", help: "the candidate's (default: the same)") {
      $0 > 0
    },
    .init(
      "power", "between 0 and 1", isMeasured: false,
      help: "the chance to find the effect (default: 0.8)"
    ) { $0 > 0 && $0 < 1 },
    .init("units", "at least 2", isMeasured: false, help: "units of all arms together") {
      $0 >= 2 && $0 <= 1e15
    },
    .init("days", "a number above 0", isMeasured: false, help: "how long, instead of --units") {
      $0 > 0
    },
    .init("per-day", "a number above 0", isMeasured: false, help: "units that a day brings") {
      $0 > 0
    },
    .init("cluster-size", "at least 1", help: "rows a unit makes (default: 1)") { $0 >= 1 },
    .init("cluster-cv", "a number from 0 on", help: "how unequal: sd over mean of that") {
      $0 >= 0
    },
    .init("icc", "from 0 to 1", help: "how alike the rows of a unit are") { $0 >= 0 && $0 <= 1 },
    .init("r2", "from 0 to below 1", isMeasured: false, help: "variance that covariates explain") {
      $0 >= 0 && $0 < 1
    },
    .init(
      "autocorrelation", "from 0 to below 1",
      help: "of neighbours in time, where the arms take turns"
    ) { $0 >= 0 && $0 < 1 },
    .init(
      "correlation", "from -1 to 1",
      help: "of both arms' AUCs with --paired, of a ratio's two columns"
    ) { abs($0) <= 1 },
    .init("positives", "between 0 and 1", help: "of auc: the share of class 1") {
      $0 > 0 && $0 < 1
    },
    .init(
      "discordance", "above 0 and at most 1",
      help: "of share with --paired: where the answers differ"
    ) { $0 > 0 && $0 <= 1 },
    .init("exposure", "a number above 0", help: "of rate: a row's exposure (default: 1)") {
      $0 > 0
    },
    .init(
      "dispersion", "a number above 0", help: "of rate: variance over mean (default: 1)"
    ) { $0 > 0 },
    .init("probability", "between 0 and 1", help: "of quantile: which (default: 0.5)") {
      $0 > 0 && $0 < 1
    },
    .init("density", "a number above 0", help: "of quantile: the values' density there") {
      $0 > 0
    },
    .init("denominator-mean", "a number above 0", help: "of ratio: of its denominator") { $0 > 0 },
    .init("denominator-sd", "a number above 0", help: "of ratio: of its denominator") { $0 > 0 },
  ]
}

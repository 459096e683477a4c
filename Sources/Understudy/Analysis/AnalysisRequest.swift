import Documents
import Simulation
import Statistics

/// What somebody asks of a table of outcomes.
///
/// `Analysis` checks it against the table; what can be told without one is told by `mistake`.
public struct AnalysisRequest: Sendable {
  /// Which rows are set against each other.
  public enum Layout: Sendable, Equatable {
    /// Each row is of one arm, which this column names.
    case arms(column: String)
    /// Each row has an answer of every arm, in these columns, production first.
    case pairs(columns: [String])
    /// Each row is a round of a logging policy; in these columns stands how likely other policies take its decision.
    case policies(columns: [String])
  }

  /// What a comparison shall show.
  public enum Question: String, Sendable, CaseIterable {
    case different
    case notWorse = "not-worse"
    case equivalent
  }

  /// Against which side a difference counts.
  public enum Alternative: String, Sendable, CaseIterable { case different, greater, less }

  /// How p-values of several comparisons are adjusted.
  public enum Adjustment: String, Sendable, CaseIterable {
    case holm, hochberg, hommel, bonferroni, sidak
    case holmSidak = "holm-sidak"
    case benjaminiHochberg = "bh"
    case benjaminiYekutieli = "by"
    /// Of several arms against one baseline, which share it.
    case dunnett
    case none
  }

  /// The table: CSV with a header or JSON Lines; packed ones are unpacked, and "-" is standard input.
  public var table: String
  /// What is set against what.
  public var layout: Layout
  /// Each a column, or an expression of columns: "revenue/sessions", "p99(latency)", "share(latency > 200)"; of pairs "auc"
  /// and its like.
  public var metrics: [String]
  /// The arm that the others are set against; nil takes one by its name.
  public var baseline: String?
  /// The column of what was true.
  public var label: String?
  /// Of pairs: the columns that either answer is divided by, in the order of the pairs; empty without.
  public var denominators: [String] = []
  /// The column whose values are segments, in each of which everything is asked again.
  public var segment: String?
  /// Of policies: the column of rewards.
  public var reward: String?
  /// Of policies: the columns of a model's expected reward of the logged decision, and of each policy's; empty without.
  public var rewardModel: [String] = []
  /// Of policies: beyond which weight a round is not trusted; nil is √n of n rounds.
  public var weightLimit: Double?
  /// Of methods that give each arm a posterior: the two numbers of the prior.
  public var prior: (Double, Double)?
  /// Up to which time a restricted mean of times looks.
  public var horizon: Double?
  /// The column of the unit of randomisation; nil where every row is one.
  public var unit: String?
  /// The column of times; the rows are then a series.
  public var time: String?
  /// The column of strata.
  public var stratum: String?
  /// Columns of numbers known before the assignment.
  public var covariates: [String] = []
  /// The column of weights.
  public var weight: String?
  /// The column of the chance that a row had of its arm; a row weighs 1 over it. Of policies, the chance that the logging
  /// policy gave its decision.
  public var propensity: String?
  /// The confidence of intervals, in (0, 1); tests are at 1 − level.
  public var level = 0.95
  /// Which way a difference counts.
  public var alternative = Alternative.different
  /// What is to be shown.
  public var question = Question.different
  /// What "not worse" and "equivalent" allow, in the metric's unit.
  public var margin: Double?
  /// Whether a larger value is better; nil where neither way is, or the metric knows.
  public var higherIsBetter: Bool?
  /// A method by name; nil lets the data choose.
  public var method: String?
  /// A method that may be looked at while rows still come.
  public var sequential: String?
  /// Where every value lies, known before the data; for methods that ask for it.
  public var range: ClosedRange<Double>?
  /// About how many rows of both arms are expected, for methods that may be looked at; never read off the data.
  public var expectedRows: Int?
  /// The adjustment over all comparisons.
  public var adjustment = Adjustment.holm
  /// Planned shares of the arms, by name; empty where nobody said.
  public var plannedShares: [(arm: String, share: Double)] = []
  /// Whether units with rows in two arms are left out; else they are a mistake.
  public var leavesOutCrossedUnits = false
  /// Fields that mean missing, beside the empty one.
  public var missing: [String] = []
  /// What divides the fields of CSV; nil tells it from the name.
  public var delimiter: UInt8?
  /// The seed of methods that draw.
  public var seed: UInt64 = 1
  /// How often methods that draw do.
  public var resamples = 9_999

  /// Asks for nothing but the difference of the metrics.
  public init(table: String, layout: Layout, metrics: [String]) {
    self.table = table
    self.layout = layout
    self.metrics = metrics
  }

  /// What is wrong with a request, whatever the table holds.
  public struct Mistake: Error, Sendable, Equatable {
    /// What was found and what was expected.
    public var message: String
    /// The way out.
    public var help: String?
  }

  var isWeighted: Bool { weight != nil || propensity != nil && !isOfPolicies }

  var isOfPairs: Bool { if case .pairs = layout { true } else { false } }

  var isOfPolicies: Bool { if case .policies = layout { true } else { false } }

  /// The metrics, read.
  func expressions() throws(Mistake) -> [MetricExpression] {
    var expressions: [MetricExpression] = []
    for text in metrics {
      do throws(MetricExpression.Mistake) {
        expressions.append(try MetricExpression(text, isOfPairs: isOfPairs))
      } catch { throw Mistake(message: error.message, help: error.help) }
    }
    return expressions
  }

  /// The method that is asked for by name.
  func namedMethod() throws(Mistake) -> Method? {
    if let method, let sequential, method != sequential {
      throw Mistake(message: "--method \(method) and --sequential \(sequential) are two methods")
    }
    if let sequential {
      let known = Catalogue.all.filter { $0.guarantee == .anytime }
      return try named(sequential, "--sequential", among: known)
    }
    return try method.map { name throws(Mistake) in
      try named(name, "--method", among: Catalogue.all)
    }
  }

  /// Of pairs, "bootstrap-t" also names "paired-bootstrap-t".
  private func named(
    _ name: String, _ flag: String, among known: [Method]
  ) throws(Mistake) -> Method {
    if isOfPairs, let method = known.first(where: { $0.name == "paired-\(name)" }) { return method }
    if let method = known.first(where: { $0.name == name }) { return method }
    let names = known.map(\.name)
    throw Mistake(
      message: "\(flag) is \"\(name)\", which is no method"
        + (flag == "--sequential" ? " that may be looked at while rows come" : ""),
      help: NearestName.of(name, among: names).map { "did you mean \($0)?" }
        ?? "analyze --list-methods shows them all")
  }
}

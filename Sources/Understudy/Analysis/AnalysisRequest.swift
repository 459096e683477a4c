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
    case holm, hochberg
    case benjaminiHochberg = "bh"
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
  /// The column of what was true, of pairs.
  public var label: String?
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
  /// The column of the chance that a row had of its arm; a row weighs 1 over it.
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

  var isWeighted: Bool { weight != nil || propensity != nil }

  var isOfPairs: Bool { if case .pairs = layout { true } else { false } }

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

extension AnalysisRequest {
  /// Tells what no table could make right.
  public func check() throws(Mistake) {
    let expressions = try expressions()
    if let first = Dictionary(grouping: metrics, by: \.self).filter({ $1.count > 1 }).keys.min() {
      throw Mistake(message: "--metric \(first) is given twice")
    }
    try checkColumns(expressions)
    try checkQuestion(expressions)
    try checkMethod(expressions)
  }

  private func checkColumns(_ expressions: [MetricExpression]) throws(Mistake) {
    if case .pairs(let columns) = layout {
      guard columns.count > 1, Set(columns).count == columns.count else {
        throw Mistake(
          message: "--pairs \(columns.joined(separator: ",")) does not name two columns",
          help: "as in --pairs production,candidate")
      }
      let alien: [(String, Bool)] = [
        ("--covariate", !covariates.isEmpty), ("--ratio", !plannedShares.isEmpty),
        ("--weight", weight != nil), ("--propensity", propensity != nil),
      ]
      if let flag = alien.first(where: \.1)?.0 {
        throw Mistake(
          message: "\(flag) is for arms, and pairs have every arm in one row",
          help: "name the column of arms with --arm, or leave it out")
      }
    } else if label != nil {
      throw Mistake(
        message: "--label is for pairs of answers, and --arm names one answer a row",
        help: "name the columns of answers with --pairs production,candidate")
    }
    if weight != nil, propensity != nil {
      throw Mistake(
        message: "--weight and --propensity are both given",
        help: "a row of propensity p weighs 1/p; give one of the two")
    }
    if isWeighted {
      for expression in expressions where !expression.isOfMean {
        throw Mistake(
          message: "--metric \(expression.text) has no weighted form",
          help: "weights are for the mean of a column, and for share(…)")
      }
    }
    for expression in expressions {
      if case .quality(let quality) = expression.form, label == nil {
        throw Mistake(
          message: "--metric \(quality.rawValue) needs what was true of each row",
          help: "name its column with --label")
      }
    }
  }

  private func checkQuestion(_ expressions: [MetricExpression]) throws(Mistake) {
    if question == .different {
      guard margin == nil else {
        throw Mistake(
          message: "--margin says how much, and --question different asks for none",
          help: "ask --question not-worse or --question equivalent")
      }
      return
    }
    guard margin != nil else {
      throw Mistake(
        message: "--question \(question.rawValue) needs --margin",
        help: "say what difference would still be allowed, in the metric's unit")
    }
    guard expressions.count == 1 else {
      throw Mistake(
        message: "--margin is one number, and \(expressions.count) metrics are asked for",
        help: "ask about one metric at a time")
    }
    guard alternative == .different else {
      throw Mistake(
        message:
          "--alternative \(alternative.rawValue) and --question \(question.rawValue) are two "
          + "questions",
        help: "leave one out")
    }
    if question == .notWorse, let first = expressions.first, direction(of: first) == .neither {
      throw Mistake(
        message: "--question not-worse needs to know which way is worse",
        help: "say --higher-is-better or --lower-is-better")
    }
  }

  private func checkMethod(_ expressions: [MetricExpression]) throws(Mistake) {
    guard let method = try namedMethod() else { return }
    for expression in expressions {
      let facts = designFacts(expression)
      guard let misfit = method.misfit(layout: facts.layout) ?? method.misfit(design: facts)
      else { continue }
      throw Mistake(
        message: "--method \(method.name) \(misfit)", help: Self.fitting(facts, valuesKnown: false))
    }
  }

  /// What the flags alone say of the data.
  func designFacts(_ expression: MetricExpression) -> DataFacts {
    var facts = DataFacts(
      layout: isOfPairs ? .pairs : .arms, asked: asked(expression), smallerCount: 0, count: 0)
    facts.hasDenominators = facts.asked == .ratio
    facts.hasCovariates = !covariates.isEmpty
    facts.hasStrata = stratum != nil
    facts.hasLabels = if case .quality(.auc) = expression.form { true } else { false }
    facts.hasPlaces = time != nil
    facts.smallerUnitCount = unit == nil ? nil : 0
    return facts
  }

  func asked(_ expression: MetricExpression) -> DataFacts.Asked {
    if isWeighted { return .ratio }
    switch expression.form {
    case .ratio: return .ratio
    case .quantile: return .quantile
    case .quality(.auc): return .areaUnderCurve
    case .mean, .share, .quality: return .mean
    }
  }

  /// The names of some methods that such data fit, the default first.
  ///
  /// - Parameter valuesKnown: else methods that ask something of the values are left out.
  static func fitting(_ facts: DataFacts, valuesKnown: Bool) -> String? {
    var names = Catalogue.all.filter { method in
      method.answers(facts.asked) && method.misfit(layout: facts.layout) == nil
        && method.misfit(design: facts) == nil
        && (valuesKnown
          ? method.misfit(values: facts) == nil
          : method.needs.isDisjoint(with: [.binary, .counts, .positive, .range, .smallSample]))
    }.map(\.name)
    guard !names.isEmpty else { return nil }
    if let first = Chooser.choice(for: facts)?.method.name, names.contains(first) {
      names.removeAll { $0 == first }
      names.insert(first, at: 0)
    }
    return "these fit: \(names.prefix(mostNames).joined(separator: ", "))"
      + (names.count > mostNames ? ", … (analyze --list-methods shows all)" : "")
  }

  private static let mostNames = 8

  func direction(of expression: MetricExpression) -> Metric.Direction {
    if let higherIsBetter { return higherIsBetter ? .higherIsBetter : .lowerIsBetter }
    if case .quality(let quality) = expression.form { return quality.direction }
    return .neither
  }
}

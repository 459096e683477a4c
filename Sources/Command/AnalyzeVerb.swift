import Understudy

extension Verb {
  static let analyze = Verb(
    name: "analyze", operands: "TABLE",
    summary: "the same statistics on a table of outcomes that you have",
    details: """
      Compares the arms of an experiment, or two answers to each request, in a CSV or JSON Lines table.
      Nothing is simulated. A metric is a column, or `a/b` (a ratio of sums), `p99(a)`,
      `quantile(a, 0.99)`, `share(a > 200)`; of pairs `auc`, `logLoss`, `brier`, `accuracy`, `mae`,
      `rmse`, `mean`, `p99`, `share(> 200)`. The data choose the method, never by which arm is ahead;
      the answer says which and why, and --method names another. Differences are arm − baseline.
      """,
    flags: design + question + method + output,
    example:
      "understudy analyze docs/examples/analyze/outcomes.csv --arm variant --metric revenue"
  ) { flags, console in
    if flags.has("list-methods") || flags.has("explain") {
      try console.answer(try flags.methodText())
      return .done
    }
    let request = try flags.analysisRequest()
    let analysis: Analysis
    do throws(AnalysisRequest.Mistake) {
      analysis = try Analysis(request)
    } catch { throw UsageError(message: error.message, help: error.help) }
    let result = try analysis.run(isCancelled: console.isInterrupted)
    if !flags.has("quiet") { try console.answer(result.answer(flags.analysisFormat)) }
    return .done
  }

  private static let design = [
    FlagSpec(name: "arm", value: "COLUMN", help: "the column that names a row's arm"),
    FlagSpec(
      name: "pairs", value: "A,B",
      help: "the columns of the answers to one request, production's first"),
    FlagSpec(
      name: "baseline", value: "ARM",
      help: "what the others are set against (default: a usual name, else the first)"),
    FlagSpec(
      name: "metric", value: "METRIC", help: "what is compared; may be given again"),
    FlagSpec(name: "label", value: "COLUMN", help: "what was true, for the metrics of pairs"),
    FlagSpec(
      name: "unit", value: "COLUMN",
      help: "what was assigned to an arm, such as users: its rows are taken together"),
    FlagSpec(
      name: "time", value: "COLUMN",
      help: "puts the rows in order of time, where near ones may be alike"),
    FlagSpec(name: "stratum", value: "COLUMN", help: "strata of the assignment"),
    FlagSpec(
      name: "covariate", value: "COLUMN",
      help: "a number known before the assignment; may be given again"),
    FlagSpec(name: "weight", value: "COLUMN", help: "how much a row counts, for weighted means"),
    FlagSpec(
      name: "propensity", value: "COLUMN",
      help: "the chance that a row had of its arm; it counts 1 over it"),
    FlagSpec(
      name: "ratio", value: "A=S,B=S",
      help: "planned shares of the arms, for the sample-ratio check (default: equal)"),
    FlagSpec(
      name: "crossed-units", value: "RULE", help: "units with rows in two arms",
      choices: ["stop", "leave-out"]),
  ]

  private static let question = [
    FlagSpec(
      name: "question", value: "QUESTION",
      help: "what is to be shown",
      choices: AnalysisRequest.Question.allCases.map(\.rawValue)),
    FlagSpec(
      name: "margin", value: "X", help: "what not-worse and equivalent allow, in the metric's unit"),
    FlagSpec(name: "higher-is-better", help: "larger values are better"),
    FlagSpec(name: "lower-is-better", help: "smaller values are better"),
    FlagSpec(
      name: "alternative", value: "SIDE", help: "which side counts as a difference",
      choices: AnalysisRequest.Alternative.allCases.map(\.rawValue)),
    FlagSpec(name: "level", value: "L", help: "the confidence of intervals (default: 0.95)"),
    FlagSpec(
      name: "adjust", value: "METHOD", help: "p-values over several comparisons",
      choices: AnalysisRequest.Adjustment.allCases.map(\.rawValue)),
  ]

  private static let method = [
    FlagSpec(name: "method", value: "NAME", help: "takes this method"),
    FlagSpec(
      name: "sequential", value: "NAME",
      help: "takes this method, which holds at every look"),
    FlagSpec(
      name: "range", value: "LOW,HIGH",
      help: "where every value lies, for methods that ask for it"),
    FlagSpec(
      name: "expected-rows", value: "N",
      help: "rows that --sequential expects, fixed beforehand (default: 5000)"),
    FlagSpec(name: "list-methods", help: "prints all methods and what each needs"),
    FlagSpec(name: "explain", help: "prints what --method NAME assumes, and when it fails"),
    FlagSpec(name: "resamples", value: "N", help: "resamples of methods that draw (default: 9999)"),
    FlagSpec(name: "seed", value: "N", help: "the seed of methods that draw (default: 1)"),
  ]

  private static let output = [
    FlagSpec(
      name: "missing", value: "TEXT",
      help: "a field that means missing, beside the empty one; may be given again"),
    FlagSpec(
      name: "delimiter", value: "CHAR",
      help: "what divides CSV, or the word tab (default: a comma; a tab in .tsv)"),
    FlagSpec(
      name: "format", value: "FORMAT", help: "how the answer is printed",
      choices: AnalysisResult.Format.allCases.map(\.rawValue)),
    FlagSpec(name: "quiet", short: "-q", help: "prints nothing but mistakes"),
  ]
}

extension Flags {
  fileprivate var analysisFormat: AnalysisResult.Format {
    last("format").flatMap(AnalysisResult.Format.init(rawValue:)) ?? .table
  }

  fileprivate func methodText() throws(UsageError) -> String {
    guard has("explain") else { return MethodCatalogue.list(analysisFormat) }
    guard let name = last("method") ?? last("sequential") else {
      throw UsageError(
        message: "--explain explains a method, and none is named", help: "as in --method welch")
    }
    if let text = MethodCatalogue.explanation(of: name) { return text }
    throw UsageError(
      message: "--method is \"\(name)\", which is no method",
      help: MethodCatalogue.nearest(to: name).map { "did you mean \($0)?" }
        ?? "analyze --list-methods shows them all")
  }

  fileprivate func analysisRequest() throws -> AnalysisRequest {
    guard let table = operands.first, operands.count == 1 else {
      throw UsageError(
        message: operands.isEmpty ? "which table?" : "one table at a time, not \(operands.count)",
        help: "name one file, as in outcomes.csv; - is standard input")
    }
    var request = AnalysisRequest(
      table: table, layout: try analysisLayout(), metrics: try analysisMetrics())
    request.baseline = last("baseline")
    request.label = last("label")
    request.unit = last("unit")
    request.time = last("time")
    request.stratum = last("stratum")
    request.covariates = all("covariate")
    request.weight = last("weight")
    request.propensity = last("propensity")
    request.plannedShares = try plannedShares()
    request.leavesOutCrossedUnits = last("crossed-units") == "leave-out"
    try readQuestion(&request)
    request.method = last("method")
    request.sequential = last("sequential")
    request.range = try knownRange()
    request.expectedRows = try number("expected-rows", least: 1)
    request.missing = all("missing")
    request.delimiter = try delimiter()
    request.seed = try options().seed ?? 1
    request.resamples = try number("resamples", least: 99) ?? 9_999
    return request
  }

  private func analysisLayout() throws(UsageError) -> AnalysisRequest.Layout {
    switch (last("arm"), last("pairs")) {
    case (let arm?, nil): return .arms(column: arm)
    case (nil, let pairs?):
      return .pairs(columns: pairs.split(separator: ",").map(String.init))
    case (nil, nil):
      throw UsageError(
        message: "analyze needs --arm COLUMN or --pairs A,B",
        help: "--arm where each row is of one arm, --pairs where each row has every arm's answer")
    default:
      throw UsageError(message: "--arm and --pairs are two ways to name the arms; give one")
    }
  }

  private func analysisMetrics() throws(UsageError) -> [String] {
    let metrics = all("metric")
    if !metrics.isEmpty { return metrics }
    if has("pairs"), !has("label") { return ["mean"] }
    throw UsageError(
      message: "analyze needs --metric METRIC",
      help: has("pairs") ? "as in --metric auc" : "as in --metric revenue, or revenue/sessions")
  }

  private func readQuestion(_ request: inout AnalysisRequest) throws(UsageError) {
    request.margin = try real("margin") { $0 > 0 ? nil : "a number above 0" }
    request.level =
      try real("level") { $0 > 0 && $0 < 1 ? nil : "a number between 0 and 1" } ?? 0.95
    request.question =
      last("question").flatMap(AnalysisRequest.Question.init(rawValue:))
      ?? (request.margin == nil ? .different : .notWorse)
    if let side = last("alternative").flatMap(AnalysisRequest.Alternative.init(rawValue:)) {
      request.alternative = side
    }
    if let adjustment = last("adjust").flatMap(AnalysisRequest.Adjustment.init(rawValue:)) {
      request.adjustment = adjustment
    }
    guard !(has("higher-is-better") && has("lower-is-better")) else {
      throw UsageError(message: "--higher-is-better and --lower-is-better cannot both hold")
    }
    if has("higher-is-better") { request.higherIsBetter = true }
    if has("lower-is-better") { request.higherIsBetter = false }
  }

  /// A number; `wrong` says what it should have been.
  private func real(
    _ name: String, wrong: (Double) -> String?
  ) throws(UsageError) -> Double? {
    guard let text = last(name) else { return nil }
    let number = Double(text).flatMap { $0.isFinite ? $0 : nil }
    let expected = number.map(wrong) ?? wrong(.nan)
    if let expected { throw UsageError(message: "--\(name) is \"\(text)\", not \(expected)") }
    return number
  }

  private func plannedShares() throws(UsageError) -> [(arm: String, share: Double)] {
    guard let text = last("ratio") else { return [] }
    var shares: [(arm: String, share: Double)] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, let share = Double(sides[1]), share >= 0, share.isFinite,
        !shares.contains(where: { $0.arm == sides[0] })
      else {
        throw UsageError(
          message: "--ratio is \"\(text)\", which names no share for each arm",
          help: "as in --ratio A=0.5,B=0.5; only the proportions count")
      }
      shares.append((String(sides[0]), share))
    }
    guard shares.contains(where: { $0.share > 0 }) else {
      throw UsageError(message: "--ratio is \"\(text)\", which plans nothing for any arm")
    }
    return shares
  }

  private func knownRange() throws(UsageError) -> ClosedRange<Double>? {
    guard let text = last("range") else { return nil }
    let ends = text.split(separator: ",").map { Double($0) ?? .nan }
    guard ends.count == 2, ends[0] < ends[1], ends.allSatisfy(\.isFinite) else {
      throw UsageError(
        message: "--range is \"\(text)\", not two numbers of which the second is larger",
        help: "as in --range 0,1")
    }
    return ends[0]...ends[1]
  }

  private func delimiter() throws(UsageError) -> UInt8? {
    guard let text = last("delimiter") else { return nil }
    if text == "tab" || text == "\t" { return UInt8(ascii: "\t") }
    guard let byte = text.utf8.first, text.utf8.count == 1, (0x20..<0x7F).contains(byte),
      byte != UInt8(ascii: "\"")
    else {
      throw UsageError(
        message: "--delimiter is \"\(text)\", not one printable character or the word tab")
    }
    return byte
  }
}

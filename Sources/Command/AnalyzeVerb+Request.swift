import Understudy

extension Flags {
  var analysisFormat: AnalysisResult.Format {
    last("format").flatMap(AnalysisResult.Format.init(rawValue:)) ?? .table
  }

  func methodText() throws(UsageError) -> String {
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

  func analysisRequest() throws -> AnalysisRequest {
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
    request.segment = last("segment")
    request.denominators = columns("denominators")
    request.reward = last("reward")
    request.rewardModel = columns("reward-model")
    request.weightLimit = try real("weight-limit") { $0 > 0 ? nil : "a number above 0" }
    request.horizon = try real("horizon") { $0 > 0 ? nil : "a number above 0" }
    request.prior = try prior()
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
    if has("policy") {
      guard !has("arm"), !has("pairs") else {
        throw UsageError(message: "--policy reads the log of one policy, without --arm or --pairs")
      }
      return .policies(columns: columns("policy"))
    }
    switch (last("arm"), last("pairs")) {
    case (let arm?, nil): return .arms(column: arm)
    case (nil, .some): return .pairs(columns: columns("pairs"))
    case (nil, nil):
      throw UsageError(
        message: "analyze needs --arm COLUMN or --pairs A,B",
        help: "--arm where each row is of one arm, --pairs where each row has every arm's answer")
    default:
      throw UsageError(message: "--arm and --pairs are two ways to name the arms; give one")
    }
  }

  private func columns(_ flag: String) -> [String] {
    last(flag)?.split(separator: ",").map(String.init) ?? []
  }

  private func analysisMetrics() throws(UsageError) -> [String] {
    let metrics = all("metric")
    if has("policy") {
      guard metrics.isEmpty else {
        throw UsageError(message: "--policy is judged by --reward, and takes no --metric")
      }
      return [last("reward") ?? "reward"]
    }
    if !metrics.isEmpty { return metrics }
    if has("pairs"), has("denominators") { return ["ratio"] }
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

  private func prior() throws(UsageError) -> (Double, Double)? {
    guard let text = last("prior") else { return nil }
    let numbers = text.split(separator: ",").map { Double($0) ?? .nan }
    guard numbers.count == 2, numbers.allSatisfy(\.isFinite), numbers[1] > 0 else {
      throw UsageError(
        message: "--prior is \"\(text)\", not two numbers of which the second is above 0",
        help: "as in --prior 1,1")
    }
    return (numbers[0], numbers[1])
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

  func delimiter() throws(UsageError) -> UInt8? {
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

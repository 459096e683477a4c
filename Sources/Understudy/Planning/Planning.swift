import Documents
import Reports
import Simulation
import Statistics

/// Answers how many units, how long, which effect, or how likely, of a test to come.
public struct Planning: Sendable {
  let request: PlanRequest

  /// Takes the request as it is; `run` says what is wrong with it.
  public init(_ request: PlanRequest) { self.request = request }

  /// Measures what a table has to say, and solves for what was not given.
  ///
  /// Throws `PlanRequest.Mistake` for what the request itself has wrong, and `StudyError` for what the table has.
  public func run(
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> PlanResult {
    try request.check()
    if let path = request.scenario {
      let planning = ScenarioPlanning(request, path: path, isCancelled: isCancelled)
      return PlanResult(.scenario(try planning.findings()))
    }
    let ground =
      request.table == nil
      ? try request.ground() : try request.ground(measuredBy: isCancelled)
    guard request.method != nil else {
      return PlanResult(.one(try PlanSolver(request, ground).findings()))
    }
    return PlanResult(
      .one(try PlanSimulation(request, ground, isCancelled: isCancelled).findings()))
  }
}

/// What a plan says.
public struct PlanResult: Sendable {
  /// How an answer is written.
  public enum Format: String, Sendable, CaseIterable { case table, json, markdown, csv }

  package enum Findings: Sendable, Equatable {
    case one(PlanFindings)
    case scenario(ScenarioPlanFindings)
  }

  package let findings: Findings

  init(_ findings: Findings) { self.findings = findings }

  /// The answer; several lines, the last one ended.
  public func answer(_ format: Format = .table) -> String {
    switch (findings, format) {
    case (.one(let plan), .table): Report.table(plan)
    case (.one(let plan), .json): Report.document(plan)
    case (.one(let plan), .markdown): Report.markdown(plan)
    case (.one(let plan), .csv): Report.csv(plan)
    case (.scenario(let plan), .table): Report.table(plan)
    case (.scenario(let plan), .json): Report.document(plan)
    case (.scenario(let plan), .markdown): Report.markdown(plan)
    case (.scenario(let plan), .csv): Report.csv(plan)
    }
  }
}

extension PlanRequest {
  /// Tells what neither numbers nor a table could make right.
  func check() throws(Mistake) {
    for option in PlanOption.all {
      if let value = numbers[option.name], !(value.isFinite && option.allows(value)) {
        throw Mistake("--\(option.name) is \(PlanWording.short(value)), not \(option.expected)")
      }
    }
    guard level > 0, level < 1 else {
      throw Mistake("--level is \(PlanWording.short(level)), not between 0 and 1")
    }
    guard shares.count > 1, shares.allSatisfy({ $0 > 0 && $0 < 1 }),
      abs(shares.reduce(0, +) - 1) < 1e-9
    else {
      throw Mistake(
        "--shares \(shares.map(PlanWording.short).joined(separator: ",")) are no shares of arms",
        help: "two or more above 0 that add up to 1, production's first")
    }
    if scenario != nil {
      try checkScenario()
    } else {
      try checkSizes()
      try checkQuestion()
    }
    try checkLooks()
    try checkMethod()
    if scenario != nil { return }
    if table == nil {
      let columns = [
        ("--unit", unit), ("--time", time), ("--pairs", pairs.first), ("--covariate", covariate),
      ]
      if let flag = columns.first(where: { $0.1 != nil })?.0 {
        throw Mistake("\(flag) names a column, and there is no table", help: "name one file")
      }
      if isByTime {
        throw Mistake(
          "--by-time asks a table for its dependence in time, and there is none",
          help: "say --autocorrelation")
      }
    } else if isByTime, time == nil {
      throw Mistake("--by-time needs --time", help: "the column that puts rows in order")
    }
  }

  private func checkSizes() throws(Mistake) {
    if numbers["units"] != nil, numbers["days"] != nil {
      throw Mistake("--units and --days are both given", help: "one follows from the other")
    }
    if numbers["days"] != nil, numbers["per-day"] == nil, time == nil {
      throw Mistake("--days needs --per-day", help: "how many units a day brings")
    }
    let sized = numbers["units"] ?? numbers["days"]
    if question == .different, effect == nil, sized == nil {
      throw Mistake(
        "neither --effect nor --units nor --days is given",
        help: "of effect, power and units, two are given and the third is the answer")
    }
    let hasTruth = effect != nil || question == .notWorse || question == .equivalent
    if hasTruth, sized != nil, numbers["power"] != nil, margin != nil || question == .different {
      throw Mistake(
        "effect, power and units are all given, and nothing is left to find",
        help: "leave one of them out")
    }
    if effect?.value == 0, question == .different {
      throw Mistake("--effect is 0, which no test finds")
    }
  }

  private func checkQuestion() throws(Mistake) {
    let sized = numbers["units"] ?? numbers["days"]
    if question == .different, margin != nil {
      throw Mistake(
        "--margin says how much, and --question different asks for none",
        help: "ask --question not-worse, equivalent or better")
    }
    if let margin, margin.value <= 0 {
      throw Mistake("--margin is \(PlanWording.short(margin.value)), not above 0")
    }
    if question == .better, margin == nil {
      throw Mistake("--question better needs --margin", help: "by how much it has to be better")
    }
    if question == .better, effect == nil, sized == nil {
      throw Mistake(
        "--question better needs --effect or --units",
        help: "the true effect, which has to be beyond the margin")
    }
    if question == .notWorse || question == .equivalent, margin == nil, sized == nil {
      throw Mistake(
        "--question \(question.rawValue) needs --margin, or --units to find it from",
        help: "say what difference would still be allowed")
    }
  }

  private func checkLooks() throws(Mistake) {
    if let looks, looks > 200 {
      throw Mistake("--looks is \(looks), more than 200", help: "say --spending always-valid")
    }
    if let comparisons, comparisons > 1000 {
      throw Mistake("--comparisons is \(comparisons), more than 1000")
    }
    if looks != nil || spending != nil, question == .equivalent {
      throw Mistake(
        "--looks are planned for one side at a time, and --question equivalent has two",
        help: "plan one look")
    }
  }

  /// What a scenario says is not said again.
  private func checkScenario() throws(Mistake) {
    let isSaid: [(String, Bool)] = [
      ("--pairs", !pairs.isEmpty), ("--unit", unit != nil), ("--time", time != nil),
      ("--covariate", covariate != nil), ("--question", question != .different),
      ("--margin", margin != nil), ("--lower-is-better", lowerIsBetter),
      ("--paired", isPaired), ("--by-time", isByTime), ("--missing", !missing.isEmpty),
      ("--delimiter", delimiter != nil),
    ]
    let measured = PlanOption.all.filter {
      numbers[$0.name] != nil && ($0.isMeasured || ["per-day", "r2"].contains($0.name))
    }
    if let flag = isSaid.first(where: \.1)?.0 ?? measured.first.map({ "--\($0.name)" }) {
      throw Mistake(
        "\(flag) is given, and a scenario, which would say it", help: "leave out one of the two")
    }
    if numbers["units"] != nil, numbers["days"] != nil {
      throw Mistake("--units and --days are both given", help: "one follows from the other")
    }
    if effect?.value == 0 { throw Mistake("--effect is 0, which no test finds") }
  }

  private func checkMethod() throws(Mistake) {
    if runs > 1_000_000 { throw Mistake("--runs is \(runs), more than 1000000") }
    guard let method else {
      if seed != nil, scenario == nil {
        throw Mistake("--seed is for --method, which draws", help: "formulas need none")
      }
      return
    }
    guard Catalogue.method(named: method) != nil else {
      throw Mistake(
        "--method is \"\(method)\", which is no method",
        help: NearestName.of(method, among: Catalogue.all.map(\.name))
          .map { "did you mean \($0)?" } ?? "analyze --list-methods shows them all")
    }
    if table == nil, scenario == nil {
      throw Mistake(
        "--method is simulated on rows, and there is no table",
        help: "name a table or a scenario to draw from")
    }
    let others: [(String, Bool)] = [
      ("--question \(question.rawValue)", question != .different), ("--looks", looks != nil),
      ("--spending", spending != nil), ("--by-time", isByTime), ("--r2", numbers["r2"] != nil),
    ]
    if let flag = others.first(where: \.1)?.0 {
      throw Mistake("\(flag) has a formula, and --method is simulated", help: "leave out --method")
    }
    if shares.count != 2 {
      throw Mistake("--method plans two arms, not \(shares.count)")
    }
  }
}

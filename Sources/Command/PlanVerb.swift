import Documents
import Understudy

extension Verb {
  static let plan = Verb(
    name: "plan", operands: "[TABLE | SCENARIO]",
    summary: "how many units, how long, which effect a test to come can find",
    details: """
      Of effect, power and units (or days), two are given and the third is the answer; power is 0.8 where
      nothing else is asked. The metric's facts are numbers on the command line, or are measured from a
      CSV or JSON Lines table: baseline, spread, units, dependence, traffic a day. With --pairs, two
      columns of a shadow's answers say what the shadow finds, and what an A/B test after it would need.
      A scenario (a file that ends in .json5) is played once; each of its comparisons is then planned as a
      shadow and as an A/B test, for --effect or for a ladder of effects. With --method, the power of any
      method is simulated on rows drawn from the table or the scenario. Of a scenario --metric names
      one that it compares, may be given again, and is all of them otherwise.
      An effect is candidate − production (of ratios, the change), in the metric's unit or in percent of
      the baseline. A unit is what is assigned to an arm; it makes --cluster-size rows.
      """,
    flags: what + numbers + design + table + simulation,
    example: "understudy plan --metric mean --baseline 10 --sd 4 --effect 2% --per-day 20000"
  ) { flags, console in
    let request = try flags.planRequest()
    let result: PlanResult
    do {
      result = try Planning(request).run(isCancelled: console.isInterrupted)
    } catch let error as PlanRequest.Mistake {
      throw UsageError(message: error.message, help: error.help)
    }
    let format = flags.last("format").flatMap(PlanResult.Format.init(rawValue:)) ?? .table
    try console.answer(result.answer(format))
    return .done
  }

  private static let what = [
    FlagSpec(
      name: "metric", value: "METRIC",
      help: "mean (the default), share, ratio, …; of a table a column, a/b, p99(a)"),
    FlagSpec(
      name: "effect", value: "AMOUNT", help: "the true effect that is to be found: 0.2, or 2%"),
    FlagSpec(
      name: "question", value: "QUESTION", help: "what is to be shown",
      choices: PlanRequest.Question.allCases.map(\.rawValue)),
    FlagSpec(
      name: "margin", value: "AMOUNT", help: "what not-worse, equivalent and better speak of"),
    FlagSpec(name: "lower-is-better", help: "smaller values are better"),
  ]

  private static let numbers = PlanOption.all.map {
    FlagSpec(name: $0.name, value: "X", help: $0.help)
  }

  private static let design = [
    FlagSpec(name: "level", value: "L", help: "the confidence of the interval (default: 0.95)"),
    FlagSpec(
      name: "shares", value: "S,S", help: "of the arms, production's first (default: 0.5,0.5)"),
    FlagSpec(
      name: "adjust", value: "METHOD", help: "over several candidates",
      choices: PlanRequest.Adjustment.allCases.map(\.rawValue)),
    FlagSpec(
      name: "comparisons", value: "N", help: "how many share the error (default: one a candidate)"),
    FlagSpec(name: "looks", value: "N", help: "looks at the data, evenly spread (default: 1)"),
    FlagSpec(
      name: "spending", value: "NAME", help: "of the error over looks",
      choices: PlanRequest.Spending.allCases.map(\.rawValue)),
    FlagSpec(name: "paired", help: "both arms answer the same units"),
  ]

  private static let table = [
    FlagSpec(name: "unit", value: "COLUMN", help: "of the table: what is assigned, such as users"),
    FlagSpec(name: "time", value: "COLUMN", help: "of the table: when, for the traffic a day"),
    FlagSpec(name: "by-time", help: "the arms take turns in time: near rows that are alike count"),
    FlagSpec(
      name: "pairs", value: "A,B", help: "of the table: a shadow's answers, production's first"),
    FlagSpec(
      name: "covariate", value: "COLUMN",
      help:
        "with --pairs or --method: what an A/B test adjusts for"),
    FlagSpec(
      name: "missing", value: "TEXT",
      help: "a field that means missing, beside the empty one; may be given again"),
    FlagSpec(
      name: "delimiter", value: "CHARACTER",
      help: "what divides the fields of CSV, or the word tab (default: a comma)"),
    FlagSpec(
      name: "format", value: "FORMAT", help: "how the answer is printed",
      choices: PlanResult.Format.allCases.map(\.rawValue)),
  ]

  private static let simulation = [
    FlagSpec(
      name: "method", value: "NAME",
      help: "simulates this method's power (analyze --list-methods shows them)"),
    FlagSpec(name: "runs", value: "N", help: "draws of a simulation (default: 1000)"),
    FlagSpec(
      name: "seed", value: "N",
      help: "of a simulation (default: 1), or instead of the scenario's"),
    FlagSpec(
      name: "set", value: "PATH=VALUE",
      help: "changes a value of the scenario, as in seed=3; may be given again"),
    SharedFlags.threads,
  ]
}

extension Flags {
  fileprivate func planRequest() throws(UsageError) -> PlanRequest {
    guard operands.count < 2 else {
      throw UsageError(
        message: "one table at a time, not \(operands.count)",
        help: "name one file, as in outcomes.csv; - is standard input")
    }
    var request = PlanRequest(metric: last("metric") ?? "mean")
    if let path = operands.first, path.hasSuffix(".json5") {
      request.scenario = path
      request.metrics = all("metric")
    } else {
      request.table = operands.first
    }
    try readSimulation(into: &request)
    for option in PlanOption.all {
      guard let text = last(option.name) else { continue }
      guard let value = Double(text), value.isFinite, option.allows(value) else {
        throw UsageError(message: "--\(option.name) is \"\(text)\", not \(option.expected)")
      }
      request.numbers[option.name] = value
    }
    request.effect = try planAmount("effect")
    request.margin = try planAmount("margin")
    if let text = last("level") {
      guard let level = Double(text), level > 0, level < 1 else {
        throw UsageError(message: "--level is \"\(text)\", not between 0 and 1")
      }
      request.level = level
    }
    if let text = last("shares") { request.shares = try planShares(text) }
    request.question = last("question").flatMap(PlanRequest.Question.init(rawValue:)) ?? .different
    request.lowerIsBetter = has("lower-is-better")
    request.adjustment =
      last("adjust").flatMap(PlanRequest.Adjustment.init(rawValue:)) ?? .bonferroni
    request.comparisons = try number("comparisons", least: 1)
    request.looks = try number("looks", least: 1)
    request.spending = last("spending").flatMap(PlanRequest.Spending.init(rawValue:))
    request.isPaired = has("paired")
    request.isByTime = has("by-time")
    request.unit = last("unit")
    request.time = last("time")
    request.pairs =
      last("pairs")?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
    request.covariate = last("covariate")
    request.missing = all("missing")
    request.delimiter = try planDelimiter()
    return request
  }

  private func readSimulation(into request: inout PlanRequest) throws(UsageError) {
    let options = try options()
    if !options.settings.isEmpty, request.scenario == nil {
      throw UsageError(
        message: "--set changes a scenario, and there is none", help: "name a file ending in .json5"
      )
    }
    request.settings = options.settings
    request.seed = options.seed
    request.threads = options.threads
    request.method = last("method")
    if let runs = try number("runs", least: 1) {
      if request.method == nil {
        throw UsageError(message: "--runs is for --method, which draws")
      }
      request.runs = runs
    }
  }

  private func planAmount(_ name: String) throws(UsageError) -> PlanRequest.Amount? {
    guard let text = last(name) else { return nil }
    if let amount = PlanRequest.Amount(text) { return amount }
    throw UsageError(
      message: "--\(name) is \"\(text)\", neither a number nor a percentage",
      help: "as in --\(name) 0.2 or --\(name) 2%")
  }

  private func planShares(_ text: String) throws(UsageError) -> [Double] {
    var shares: [Double] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let share = Double(part), share.isFinite else {
        throw UsageError(
          message: "--shares is \"\(text)\", not numbers with commas between them",
          help: "as in --shares 0.5,0.5")
      }
      shares.append(share)
    }
    return shares
  }

  private func planDelimiter() throws(UsageError) -> UInt8? {
    guard let text = last("delimiter") else { return nil }
    if text == "tab" { return UInt8(ascii: "\t") }
    guard let byte = text.utf8.first, text.utf8.count == 1, byte > 0x20, byte != UInt8(ascii: "\"")
    else {
      throw UsageError(
        message: "--delimiter is \"\(text)\", not one character",
        help: "as in --delimiter ';' or tab")
    }
    return byte
  }
}

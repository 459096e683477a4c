import Understudy

extension Verb {
  static let analyze = Verb(
    name: "analyze", operands: "TABLE",
    summary: "the same statistics on a table of outcomes that you have",
    details: """
      Compares the arms of an experiment, two answers to each request, or policies by a log of
      decisions, in a CSV or JSON Lines table. Nothing is simulated. A metric is a column, or `a/b` (a
      ratio of sums), `p99(a)`, `quantile(a, 0.99)`, `share(a > 200)`, `time(days, event)`, and with
      --label `auc(a)`, `logLoss(a)`, `brier(a)`, `accuracy(a)`, `mae(a)`, `rmse(a)`; of pairs `auc`,
      `logLoss`, `brier`, `accuracy`, `mae`, `rmse`, `flips`, `classes`, `ratio`, `mean`, `p99`,
      `share(> 200)`. The data choose the method, never by which arm is ahead; the answer says which
      and why, and --method names another. Differences are arm − baseline.
      """,
    flags: design + policies + question + method + output,
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
    FlagSpec(name: "label", value: "COLUMN", help: "what was true: numbers, or classes as texts"),
    FlagSpec(
      name: "denominators", value: "A,B",
      help: "of pairs: what each answer is divided by, for --metric ratio"),
    FlagSpec(
      name: "segment", value: "COLUMN",
      help: "asks everything again in each part of the rows, and whether parts differ"),
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
      help: "the chance that a row had of its arm, or of its decision"),
    FlagSpec(
      name: "ratio", value: "A=S,B=S",
      help: "planned shares of the arms, for the sample-ratio check (default: equal)"),
    FlagSpec(
      name: "crossed-units", value: "RULE", help: "units with rows in two arms",
      choices: ["stop", "leave-out"]),
  ]

  private static let policies = [
    FlagSpec(
      name: "policy", value: "COLS",
      help: "the chances that other policies take the logged decision, a column each"),
    FlagSpec(name: "reward", value: "COLUMN", help: "of --policy: what a round brought"),
    FlagSpec(
      name: "reward-model", value: "COLS",
      help: "of --policy: a model's reward of the logged decision, then of each policy"),
    FlagSpec(
      name: "weight-limit", value: "W",
      help: "of --policy: weights above it are not trusted (default: √n of n rounds)"),
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
      name: "prior", value: "A,B",
      help: "of posteriors: a beta's or gamma's parameters, or mean and spread"),
    FlagSpec(
      name: "horizon", value: "T", help: "up to which time restricted means of times look"),
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

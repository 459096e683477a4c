import Simulation
import Statistics

extension AnalysisRequest {
  /// Tells what no table could make right.
  public func check() throws(Mistake) {
    let expressions = try expressions()
    if let first = Dictionary(grouping: metrics, by: \.self).filter({ $1.count > 1 }).keys.min() {
      throw Mistake(message: "--metric \(first) is given twice")
    }
    try checkLayout()
    try checkWeights(expressions)
    try checkMetrics(expressions)
    try checkQuestion(expressions)
    try checkMethod(expressions)
    try checkMethodFlags(expressions)
    try checkSeveral(expressions)
  }

  private func checkLayout() throws(Mistake) {
    switch layout {
    case .arms:
      try refuse(
        [("--denominators", !denominators.isEmpty)] + ofPolicies, isFor: "pairs of answers",
        here: "--arm names one answer a row", out: "write a ratio as --metric \"a/b\"")
    case .pairs(let columns):
      guard columns.count > 1, Set(columns).count == columns.count else {
        throw Mistake(
          message: "--pairs \(columns.joined(separator: ",")) does not name two columns",
          help: "as in --pairs production,candidate")
      }
      try refuse(
        [
          ("--covariate", !covariates.isEmpty), ("--ratio", !plannedShares.isEmpty),
          ("--weight", weight != nil), ("--propensity", propensity != nil),
        ], isFor: "arms", here: "pairs have every arm in one row",
        out: "name the column of arms with --arm, or leave it out")
      try refuse(ofPolicies, isFor: "", here: "", out: nil)
      guard denominators.isEmpty || denominators.count == columns.count else {
        throw Mistake(
          message: "--denominators names \(denominators.count) columns, and --pairs "
            + "\(columns.count)",
          help: "name one for each answer, in the same order")
      }
    case .policies(let columns): try checkPolicies(columns)
    }
  }

  private var ofPolicies: [(String, Bool)] {
    [
      ("--reward", reward != nil), ("--reward-model", !rewardModel.isEmpty),
      ("--weight-limit", weightLimit != nil),
    ]
  }

  private func refuse(
    _ flags: [(String, Bool)], isFor: String, here: String, out: String?
  ) throws(Mistake) {
    guard let flag = flags.first(where: \.1)?.0 else { return }
    if ofPolicies.contains(where: { $0.0 == flag }) {
      throw Mistake(
        message: "\(flag) is for the log of a policy",
        help: "name the columns of other policies' chances with --policy")
    }
    throw Mistake(message: "\(flag) is for \(isFor), and \(here)", help: out)
  }

  private func checkPolicies(_ columns: [String]) throws(Mistake) {
    guard !columns.isEmpty, Set(columns).count == columns.count else {
      throw Mistake(
        message: "--policy does not name columns of chances", help: "as in --policy candidate")
    }
    guard reward != nil, propensity != nil else {
      throw Mistake(
        message: "--policy needs \(reward == nil ? "--reward" : "--propensity")",
        help: reward == nil
          ? "the column of what each round brought"
          : "the column of the chance that the logging policy gave its decision")
    }
    try refuse(
      [
        ("--covariate", !covariates.isEmpty), ("--ratio", !plannedShares.isEmpty),
        ("--stratum", stratum != nil), ("--weight", weight != nil), ("--label", label != nil),
        ("--denominators", !denominators.isEmpty), ("--baseline", baseline != nil),
      ], isFor: "arms or pairs", here: "--policy reads the log of one policy", out: "leave it out")
    guard rewardModel.isEmpty || rewardModel.count == columns.count + 1 else {
      throw Mistake(
        message: "--reward-model names \(rewardModel.count) columns, not \(columns.count + 1)",
        help: "first the expected reward of the logged decision, then that of each policy")
    }
  }

  private func checkWeights(_ expressions: [MetricExpression]) throws(Mistake) {
    if weight != nil, propensity != nil {
      throw Mistake(
        message: "--weight and --propensity are both given",
        help: "a row of propensity p weighs 1/p; give one of the two")
    }
    guard isWeighted else { return }
    for expression in expressions where !expression.isOfMean {
      throw Mistake(
        message: "--metric \(expression.text) has no weighted form",
        help: "weights are for the mean of a column, and for share(…)")
    }
  }

  private func checkMetrics(_ expressions: [MetricExpression]) throws(Mistake) {
    for expression in expressions {
      if expression.needsLabel, label == nil {
        throw Mistake(
          message: "--metric \(expression.text) needs what was true of each row",
          help: "name its column with --label")
      }
      if expression.form == .ratioOfPairs, denominators.isEmpty {
        throw Mistake(
          message: "--metric ratio needs what either answer is divided by",
          help: "name their columns with --denominators, in the order of --pairs")
      }
    }
    if !isOfPairs, label != nil, !expressions.contains(where: \.needsLabel) {
      let example = expressions.first { MetricExpression.Quality(rawValue: $0.text) != nil }
      throw Mistake(
        message: example.map { "--metric \($0.text) does not name the column of answers" }
          ?? "--label says what was true, and no metric asks for it",
        help: "as in --metric \"\(example?.text ?? "auc")(score)\"")
    }
    if !denominators.isEmpty, !expressions.contains(where: { $0.form == .ratioOfPairs }) {
      throw Mistake(
        message: "--denominators are for --metric ratio, and it is not asked for")
    }
  }

  /// Flags that some methods alone read.
  private func checkMethodFlags(_ expressions: [MetricExpression]) throws(Mistake) {
    if prior != nil, try namedMethod()?.isOfBeliefs != true {
      throw Mistake(
        message: "--prior is for methods that give each arm a posterior",
        help: "as in --method beta-binomial")
    }
    if horizon != nil, !expressions.contains(where: { asked($0) == .time }) {
      throw Mistake(
        message: "--horizon is for times until an event",
        help: "as in --metric \"time(days, event)\"")
    }
  }

  /// What one flag asks of several comparisons together.
  private func checkSeveral(_ expressions: [MetricExpression]) throws(Mistake) {
    guard adjustment == .dunnett else { return }
    guard case .arms = layout, expressions.count == 1, segment == nil else {
      throw Mistake(
        message: "--adjust dunnett is for several arms and one metric",
        help: "--adjust holm holds for any comparisons")
    }
    guard question == .different else {
      throw Mistake(
        message: "--adjust dunnett knows no margins", help: "--adjust holm holds for any question")
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
}

import Probability
import Simulation
import Statistics

/// One metric of one arm against the baseline: which method, what it says, what follows.
struct AnalysisComparison {
  let request: AnalysisRequest
  let expression: MetricExpression
  let baseline: String
  let arm: String
  let sample: AnalysisSamples.Sample
  let choice: Chooser.Choice
  /// Whether the data chose the method.
  let isChosen: Bool

  private var decision: Decision {
    Decision(
      question: question, level: request.level,
      direction: choice.method.estimand.direction(of: request.direction(of: expression)))
  }

  private var question: ComparisonPlan.Question {
    switch request.question {
    case .different: .different
    case .notWorse: .notWorse(margin: request.margin ?? 0)
    case .equivalent: .equivalent(margin: request.margin ?? 0)
    }
  }

  /// Without the verdict, which waits for the other comparisons.
  func finding() -> AnalysisFinding {
    var finding = AnalysisFinding(
      metric: expression.text, baseline: baseline, arm: arm,
      direction: request.direction(of: expression),
      question: question, alternative: request.alternative.alternative, method: choice.method)
    if isChosen { finding.reason = request.isWeighted ? Self.ofWeights : choice.reason }
    finding.isShare = sample.facts.isBinary && sample.facts.asked == .mean
    (finding.baselineCount, finding.armCount) = sample.counts
    finding.flips = sample.flips
    if sample.isConstant {
      finding.absence = "all values are equal, so nothing says how far they would vary"
      finding.verdict = .undetermined(.noVariation)
    } else {
      do throws(Unavailable) { try take(to: &finding) } catch {
        finding.absence = error.text
        finding.verdict = .undetermined(Absence(error))
      }
    }
    finding.cautions += ownCautions
    return finding
  }

  private static let ofWeights = "a weighted mean is a ratio of two sums, which vary together"

  private func take(to finding: inout AnalysisFinding) throws(Unavailable) {
    if let belief {
      try take(belief, to: &finding)
      return
    }
    let answer = try ask(request.alternative.alternative, null: nil)
    guard answer.isSound(for: choice.method.estimand) else { throw .undefined }
    finding.estimate = answer.estimate
    finding.interval = answer.interval
    if answer.interval == nil, answer.estimate != nil, let other = choice.method.intervalMethod,
      let lent = try? ask(request.alternative.alternative, null: nil, of: sample.data, by: other)
    {
      finding.interval = lent.interval
      finding.intervalMethod = other.title
    }
    finding.identified = answer.identified
    finding.statistic = answer.statistic
    finding.standardError = answer.standardError
    finding.degreesOfFreedom = answer.degreesOfFreedom
    finding.baselineValue = answer.arms?.production ?? sample.means?.production
    finding.armValue = answer.arms?.candidate ?? sample.means?.candidate
    finding.effectiveSampleSize = answer.effectiveSampleSize
    finding.cautions = answer.cautions.map(\.text)
    let none = choice.method.estimand.noDifference
    switch question {
    case .different: finding.p = answer.p
    case .notWorse(let margin):
      finding.p =
        try decision.direction == .lowerIsBetter
        ? ask(.less, null: none + margin).p : ask(.greater, null: none - margin).p
    case .equivalent(let margin):
      let above = try ask(.greater, null: none - margin).p
      let below = try ask(.less, null: none + margin).p
      if let above, let below { finding.p = above.ln >= below.ln ? above : below }
    }
    if finding.p == nil, finding.interval == nil { throw .undefined }
  }

  // MARK: Posteriors

  /// Of methods that give each arm a posterior.
  private var belief: AnalysisBelief? {
    guard choice.method.isOfBeliefs, case .arms(let arms) = sample.data else { return nil }
    return AnalysisBelief(method: choice.method.name, arms: arms, prior: request.ownPrior)
  }

  private func take(
    _ belief: AnalysisBelief, to finding: inout AnalysisFinding
  ) throws(Unavailable) {
    let difference = try belief.difference()
    finding.estimate = difference.mean
    finding.interval = difference.interval(
      level: request.level, request.alternative.alternative)
    finding.baselineValue = difference.production.mean
    finding.armValue = difference.candidate.mean
    finding.belief = .init(
      probabilityLarger: difference.probabilityAbove(0),
      probabilityWithinMargin: request.margin.map { difference.probability(within: -$0...$0) },
      prior: belief.prior)
  }

  // MARK: Asking

  /// A method that says the same of rows without their units does not know of them.
  private var ignoresUnits: Bool {
    guard sample.facts.hasRepeatedUnits, !choice.method.needs.contains(.units) else { return false }
    if choice.method.isOfBeliefs { return choice.method.name != "normal-posterior" }
    do throws(Unavailable) {
      return try ask(.different, null: nil)
        == ask(.different, null: nil, of: sample.data.withoutUnits)
    } catch { return false }
  }

  private func ask(
    _ alternative: Question.Alternative, null: Double?
  ) throws(Unavailable) -> Answer {
    try ask(alternative, null: null, of: sample.data)
  }

  private func ask(
    _ alternative: Question.Alternative, null: Double?, of data: AnalysisSamples.Sample.Data,
    by method: Method? = nil
  ) throws(Unavailable) -> Answer {
    var asked = Question(
      level: request.level, alternative: alternative, null: null, seed: request.seed,
      resamples: request.resamples, range: request.range ?? (sample.facts.isBinary ? 0...1 : nil))
    asked.horizon = request.horizon
    asked.weightLimit = request.weightLimit
    if let rows = request.expectedRows { asked.monitoring.expectedRows = rows }
    if case .quantile(_, let p) = expression.form { asked.probability = p }
    let method = method ?? choice.method
    switch (method.body, data) {
    case (.arms(let run), .arms(let arms)): return try run(arms, asked)
    case (.pairs(let run), .pairs(let pairs)): return try run(pairs, asked)
    case (.ownCall, .log(let log, let units)):
      return try OffPolicyEstimator.answer(method.name, of: log, units: units, to: asked)
    default: preconditionFailure("\(choice.method.name) was asked about other data")
    }
  }

  /// What the method does not know of the rows.
  private var ownCautions: [String] {
    var cautions: [String] = []
    let method = choice.method
    if let unit = request.unit, ignoresUnits {
      cautions.append("\(method.title) takes rows of one \(unit) for independent")
    }
    if !request.covariates.isEmpty, !method.needs.contains(.covariates) {
      cautions.append("\(method.title) makes no use of the covariates")
    }
    if sample.facts.isDependent, !method.allowsForTime {
      cautions.append("\(method.title) takes rows that are near in time for independent")
    }
    return cautions
  }
}

extension AnalysisRequest.Alternative {
  var alternative: Question.Alternative {
    switch self {
    case .different: .different
    case .greater: .greater
    case .less: .less
    }
  }
}

extension Answer {
  /// No number of it is NaN, and its estimate is finite; only a ratio over 0 may be without bound, whose test and
  /// interval are as good as any.
  fileprivate func isSound(for estimand: Estimand) -> Bool {
    let numbers = [
      estimate, interval?.lower, interval?.upper, p?.value, p?.ln, statistic, standardError,
      arms?.candidate, arms?.production,
    ]
    let isRatioOverNone = estimand.noDifference == 1 && estimate == .infinity
    return numbers.allSatisfy { $0?.isNaN != true }
      && (estimate?.isFinite != false || isRatioOverNone)
  }
}

extension AnalysisSamples.Sample.Data {
  /// The same values where every row is a unit of its own.
  fileprivate var withoutUnits: Self {
    switch self {
    case .arms(var arms):
      arms.candidate.units = nil
      arms.production.units = nil
      return .arms(arms)
    case .pairs(var pairs):
      pairs.units = nil
      return .pairs(pairs)
    case .log(let log, _): return .log(log, units: nil)
    }
  }
}

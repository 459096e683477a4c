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
      question: question, level: request.level, direction: request.direction(of: expression))
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
      metric: expression.text, baseline: baseline, arm: arm, direction: decision.direction,
      question: question, alternative: request.alternative.alternative, method: choice.method)
    if isChosen { finding.reason = request.isWeighted ? Self.ofWeights : choice.reason }
    finding.isShare = sample.facts.isBinary && sample.facts.asked == .mean
    (finding.baselineCount, finding.armCount) = sample.counts
    if sample.isConstant {
      finding.absence = "all values are equal, so nothing says how far they would vary"
    } else {
      do throws(Unavailable) { try take(to: &finding) } catch { finding.absence = error.text }
    }
    if finding.absence != nil { finding.verdict = .undetermined(.noVariation) }
    finding.cautions += ownCautions
    return finding
  }

  private static let ofWeights = "a weighted mean is a ratio of two sums, which vary together"

  private func take(to finding: inout AnalysisFinding) throws(Unavailable) {
    let answer = try ask(request.alternative.alternative, null: nil)
    guard answer.isSound else { throw .noVariation }
    finding.estimate = answer.estimate
    finding.interval = answer.interval
    if answer.interval == nil, answer.estimate != nil, let other = choice.method.intervalMethod,
      let lent = try? ask(request.alternative.alternative, null: nil, of: sample.data, by: other)
    {
      finding.interval = lent.interval
      finding.intervalMethod = other.title
    }
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
    if finding.p == nil, finding.interval == nil { throw .noVariation }
  }

  /// A method that says the same of rows without their units does not know of them.
  private var ignoresUnits: Bool {
    guard sample.facts.hasRepeatedUnits, !choice.method.needs.contains(.units) else { return false }
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
    if let rows = request.expectedRows { asked.monitoring.expectedRows = rows }
    if case .quantile(_, let p) = expression.form { asked.probability = p }
    switch ((method ?? choice.method).body, data) {
    case (.arms(let run), .arms(let arms)): return try run(arms, asked)
    case (.pairs(let run), .pairs(let pairs)): return try run(pairs, asked)
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
    if sample.facts.isDependent, !method.allowsForTime {
      cautions.append("\(method.title) takes rows that are near in time for independent")
    }
    return cautions
  }

  /// Turns the p-values of all comparisons into verdicts.
  static func decide(_ findings: inout [AnalysisFinding], _ request: AnalysisRequest) {
    for index in findings.indices where findings[index].absence == nil {
      guard findings[index].p == nil, let interval = findings[index].interval else { continue }
      let decision = Decision(
        question: findings[index].question, level: request.level,
        direction: findings[index].direction)
      let isShown = findings[index].isShown(by: interval)
      findings[index].take(decision, adjustedP: isShown ? 0 : 1)
    }
    let asked = findings.indices.filter { findings[$0].p != nil && findings[$0].absence == nil }
    let own = asked.map { index in
      Decision(
        question: findings[index].question, level: request.level,
        direction: findings[index].direction)
    }
    let raw = zip(asked, own).map { index, decision in
      decision.familyP(findings[index].p?.value ?? 1)
    }
    let adjusted = request.adjustment.adjust(raw)
    for (place, index) in asked.enumerated() {
      findings[index].adjustedP = Self.adjusted(
        adjusted[place], of: findings[index].p, count: asked.count)
      findings[index].take(own[place], adjustedP: adjusted[place])
    }
  }

  /// Where p is below the smallest number, the adjusted one is at most p times the comparisons.
  private static func adjusted(_ value: Double, of p: PValue?, count: Int) -> PValue {
    guard value == 0, let p else { return PValue(value) }
    return PValue(value: 0, ln: p.ln + Elementary.log(Double(2 * count)))
  }
}

extension AnalysisFinding {
  /// What a method without a test shows: by where its interval lies.
  fileprivate func isShown(by interval: Bounds) -> Bool {
    let none = estimand.noDifference
    guard !interval.isComplement else { return question == .different && !interval.contains(none) }
    return switch question {
    case .different: !interval.contains(none)
    case .notWorse(let margin):
      direction == .lowerIsBetter
        ? interval.upper < none + margin : interval.lower > none - margin
    case .equivalent(let margin):
      interval.lower > none - margin && interval.upper < none + margin
    }
  }

  fileprivate mutating func take(_ decision: Decision, adjustedP: Double) {
    let none = estimand.noDifference
    // A test without an estimate has no side; only that it differs can be said.
    let difference = (estimate ?? none.nextUp) - none
    let sided =
      estimate == nil
      ? Decision(question: question, level: decision.level, direction: .neither) : decision
    verdict = sided.verdict(estimate: difference, adjustedP: adjustedP)
    let isOpen =
      verdict == .noDifferenceFound || verdict == .notShownNotWorse
      || verdict == .notShownEquivalent
    if isOpen, alternative == .different, none == 0, let estimate, let interval, interval.isBounded
    {
      dataFactorToDecide = decision.dataFactor(value: estimate, halfWidth: interval.width / 2)
    }
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

extension AnalysisRequest.Adjustment {
  /// The p-values over all comparisons.
  func adjust(_ p: [Double]) -> [Double] {
    switch self {
    case .holm: Multiplicity.holm(p)
    case .hochberg: Multiplicity.hochberg(p)
    case .benjaminiHochberg: Multiplicity.benjaminiHochberg(p)
    case .none: p
    }
  }

  /// As a sentence names it.
  var title: String? {
    switch self {
    case .holm: "Holm"
    case .hochberg: "Hochberg"
    case .benjaminiHochberg: "Benjamini and Hochberg"
    case .none: nil
    }
  }
}

extension Answer {
  /// No number of it is NaN, and its estimate is finite.
  fileprivate var isSound: Bool {
    let numbers = [
      estimate, interval?.lower, interval?.upper, p?.value, p?.ln, statistic, standardError,
      arms?.candidate, arms?.production,
    ]
    return numbers.allSatisfy { $0?.isNaN != true } && estimate?.isFinite != false
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
    }
  }
}

import Statistics

/// All comparisons of a run: every question of the plan for every candidate, with Holm's adjustment over them.
struct Comparisons {
  let ledger: Ledger
  let plans: [ComparisonPlan]

  private var plan: LedgerPlan { ledger.plan }

  func findings() -> [ComparisonFinding] {
    var answers: [Answer] = []
    for question in plans {
      for arm in plan.shownArms.dropFirst()
      where question.arm == nil || question.arm == plan.arms[arm].name {
        answers.append(answer(question, arm: arm))
      }
    }
    return adjusted(answers)
  }

  /// What the mirror costs production, against its twin: latencies and lost requests.
  func mirrorCost() -> [ComparisonFinding] {
    guard let pair = ledger.twinPair else { return [] }
    let quantiles = plan.latencyQuantiles.map(Metric.latencyQuantile)
    let metrics = [.latencyMean] + quantiles + [.timeoutShare, .shedShare, .abandonedShare]
    return adjusted(
      metrics.filter(plan.metrics.contains).map { metric in
        let decision = Decision(question: .different, level: 0.95, metric: metric)
        var answer = finish(
          ComparisonPlan(metric: metric), decision,
          PairEvidence(ledger: ledger, pairs: pair, metric: metric).evidence(),
          baseline: pair.baseline, arm: 0)
        answer.finding.baseline += " without the mirror"
        answer.finding.estimand = answer.finding.estimand.replacing(
          "candidate − production", with: "with the mirror − without it")
        return answer
      })
  }

  /// A comparison before the others of the run are known.
  struct Answer {
    var finding: ComparisonFinding
    var decision: Decision
    var contrast: Contrast?
  }

  private func answer(_ question: ComparisonPlan, arm: Int) -> Answer {
    let decision = Decision(
      question: question.question, level: question.level, metric: question.metric)
    let evidence: Evidence
    if let absence = absence(of: question.metric, arm: arm) {
      evidence = .absent(absence)
    } else if plan.isSplit {
      evidence = SplitEvidence(ledger: ledger, arm: arm, metric: question.metric).evidence()
    } else {
      evidence = PairEvidence(ledger: ledger, pairs: ledger.pairs[arm - 1], metric: question.metric)
        .evidence()
    }
    return finish(question, decision, evidence, baseline: 0, arm: arm)
  }

  private func absence(of metric: Metric, arm: Int) -> Absence? {
    switch metric {
    case .disagreement, .costPerThousand: return .notForThisTask
    case .accuracy, .errorRate, .logLoss, .brier:
      return plan.classCount == 0 ? .notForThisTask : nil
    case .auc, .calibrationError: return plan.isBinary ? nil : .notForThisTask
    case .meanAbsoluteError, .rootMeanSquaredError:
      return plan.isRegression ? nil : .notForThisTask
    case .latencyMean, .latencyQuantile:
      return plan.arms[0].service == nil || plan.arms[arm].service == nil ? .noService : nil
    case .firstTokenMean, .tokenGapMean:
      let areLanguage = [0, arm].allSatisfy { plan.arms[$0].service?.language != nil }
      return areLanguage ? nil : .noService
    case .within, .timeoutShare, .errorShare, .shedShare, .abandonedShare:
      return plan.arms[0].service == nil && plan.arms[arm].service == nil ? .noService : nil
    }
  }

  private func finish(
    _ question: ComparisonPlan, _ decision: Decision, _ evidence: Evidence,
    baseline: Int, arm: Int
  ) -> Answer {
    var main = TestFinding(
      method: evidence.method, estimate: .absent(evidence.absence ?? .noOutcomes), p: nil,
      alternative: decision.alternative, assumptions: evidence.assumptions)
    var others: [Interval] = []
    if let contrast = evidence.main {
      main = test(contrast, evidence.method, evidence.assumptions, evidence.n, decision)
      others = [0.5, 0.8, 0.99].filter { $0 != question.level }.map {
        contrast.interval(level: $0)
      }
    }
    var finding = ComparisonFinding(
      metric: question.metric, baseline: plan.arms[baseline].name, arm: plan.arms[arm].name,
      question: question.question, estimand: evidence.estimand,
      unitOfAnalysis: evidence.unitOfAnalysis, baselineValue: evidence.baselineValue,
      armValue: evidence.armValue, main: main,
      verdict: .undetermined(evidence.absence ?? .noOutcomes))
    finding.otherLevels = others
    finding.effectiveSampleSize = evidence.effectiveSampleSize
    if let independent = evidence.independent {
      finding.independent = test(
        independent.contrast, independent.method, independent.assumptions, evidence.n, decision)
      finding.independentWarning = independent.warning
    }
    return Answer(finding: finding, decision: decision, contrast: evidence.main)
  }

  private func test(
    _ contrast: Contrast, _ method: String, _ assumptions: [String], _ n: Int,
    _ decision: Decision
  ) -> TestFinding {
    var test = TestFinding(
      method: method,
      estimate: .estimate(
        Estimate(
          value: contrast.value, interval: contrast.interval(level: decision.level), n: n)),
      p: decision.p(contrast), alternative: decision.alternative, assumptions: assumptions)
    test.statistic = decision.hypothesis.flatMap { contrast.statistic(against: $0) }
    test.degreesOfFreedom =
      contrast.degreesOfFreedom.isFinite ? contrast.degreesOfFreedom : nil
    return test
  }

  /// Holm's step-down over all p-values of the run, then the verdicts.
  private func adjusted(_ answers: [Answer]) -> [ComparisonFinding] {
    let tested = answers.indices.filter { answers[$0].finding.main.p != nil }
    let family = tested.map { answers[$0].decision.familyP(answers[$0].finding.main.p ?? 1) }
    let adjusted = Multiplicity.holm(family)
    var findings = answers.map(\.finding)
    for (position, index) in tested.enumerated() {
      let answer = answers[index]
      findings[index].adjustedP = adjusted[position]
      guard let contrast = answer.contrast else { continue }
      if contrast.interval(level: answer.decision.level).isUnbounded {
        findings[index].verdict = .undetermined(.tooFewIndependentValues)
        continue
      }
      findings[index].verdict = answer.decision.verdict(
        estimate: contrast.value, adjustedP: adjusted[position])
      findings[index].dataFactorToDecide = answer.decision.dataFactor(contrast)
    }
    return findings
  }
}

/// What the outcomes say about one metric of two arms, before any question is asked of it.
struct Evidence {
  var estimand: String
  var unitOfAnalysis: String
  var method: String
  var assumptions: [String]
  var baselineValue: Double
  var armValue: Double
  /// Candidate minus production; nil with `absence`.
  var main: Contrast?
  var absence: Absence?
  var n: Int
  var effectiveSampleSize: Double?
  var independent: Independent?

  /// The textbook answer that takes requests for independent.
  struct Independent {
    var method: String
    var assumptions: [String]
    var contrast: Contrast
    var warning: String?
  }

  static func absent(_ absence: Absence) -> Evidence {
    Evidence(
      estimand: "", unitOfAnalysis: "", method: "", assumptions: [], baselineValue: .nan,
      armValue: .nan, main: nil, absence: absence, n: 0)
  }
}

extension Interval {
  init(_ range: ClosedRange<Double>, level: Double) {
    self.init(low: range.lowerBound, high: range.upperBound, level: level)
  }
}

import Probability
import Simulation
import Statistics

/// What follows from the numbers of all comparisons together.
enum AnalysisVerdicts {
  /// Turns the p-values of all comparisons into verdicts.
  static func decide(_ findings: inout [AnalysisFinding], _ request: AnalysisRequest) {
    for index in findings.indices where findings[index].absence == nil {
      guard findings[index].p == nil, let interval = findings[index].interval else { continue }
      let decision = Decision(
        question: findings[index].question, level: request.level,
        direction: findings[index].estimateDirection)
      let isShown = findings[index].isShown(by: interval)
      findings[index].take(decision, adjustedP: isShown ? 0 : 1)
    }
    let asked = findings.indices.filter { findings[$0].p != nil && findings[$0].absence == nil }
    let own = asked.map { index in
      Decision(
        question: findings[index].question, level: request.level,
        direction: findings[index].estimateDirection)
    }
    let raw = zip(asked, own).map { index, decision in
      decision.familyP(findings[index].p?.value ?? 1)
    }
    let adjusted =
      request.adjustment == .dunnett
      ? dunnett(asked.map { findings[$0] }) : request.adjustment.adjust(raw)
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

  /// p-values of several arms against one baseline: each is taken for that of a t statistic, and these share the baseline.
  ///
  /// - Source: Dunnett (1955), with the smallest degrees of freedom of the comparisons; where variances differ, the
  ///   correlations are those of equal ones.
  private static func dunnett(_ findings: [AnalysisFinding]) -> [Double] {
    guard let first = findings.first else { return [] }
    let degrees = findings.compactMap(\.degreesOfFreedom).min() ?? .infinity
    let law = Dunnett(
      candidates: findings.map { Double($0.armCount) }, production: Double(first.baselineCount),
      degreesOfFreedom: degrees)
    return findings.map { finding in
      let p = finding.p?.value ?? 1
      let isTwoSided = finding.alternative == .different
      // Far out the statistic of so small a p is not known to a digit, and nothing hangs on it.
      let tail = max(isTwoSided ? p / 2 : p, 1e-300)
      guard tail < 1 else { return 1 }
      let t =
        degrees.isFinite
        ? StudentT(degreesOfFreedom: degrees).upperQuantile(tail) : Normal.upperQuantile(tail)
      return min(1, max(p, isTwoSided ? law.twoSided(t) : law.greater(t)))
    }
  }
}

extension Estimand {
  /// Which way its estimate is good where the metric is good that way: events that come fast make times short.
  func direction(of metric: Metric.Direction) -> Metric.Direction {
    guard self == .hazardRatio else { return metric }
    return switch metric {
    case .higherIsBetter: .lowerIsBetter
    case .lowerIsBetter: .higherIsBetter
    case .neither: .neither
    }
  }
}

extension AnalysisFinding {
  fileprivate var estimateDirection: Metric.Direction { estimand.direction(of: direction) }

  /// What a method without a test shows: by where its interval lies.
  fileprivate func isShown(by interval: Bounds) -> Bool {
    let none = estimand.noDifference
    guard !interval.isComplement else { return question == .different && !interval.contains(none) }
    return switch question {
    case .different: !interval.contains(none)
    case .notWorse(let margin):
      estimateDirection == .lowerIsBetter
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

extension AnalysisRequest.Adjustment {
  /// The p-values over all comparisons; of Dunnett's method, see `AnalysisVerdicts`.
  func adjust(_ p: [Double]) -> [Double] {
    switch self {
    case .holm: Multiplicity.holm(p)
    case .hochberg: Multiplicity.hochberg(p)
    case .hommel: Multiplicity.hommel(p)
    case .bonferroni: Multiplicity.bonferroni(p)
    case .sidak: Multiplicity.sidak(p)
    case .holmSidak: Multiplicity.holmSidak(p)
    case .benjaminiHochberg: Multiplicity.benjaminiHochberg(p)
    case .benjaminiYekutieli: Multiplicity.benjaminiYekutieli(p)
    case .dunnett, .none: p
    }
  }

  /// As a sentence names it.
  var title: String? {
    switch self {
    case .holm: "Holm"
    case .hochberg: "Hochberg"
    case .hommel: "Hommel"
    case .bonferroni: "Bonferroni"
    case .sidak: "Šidák"
    case .holmSidak: "Holm and Šidák"
    case .benjaminiHochberg: "Benjamini and Hochberg"
    case .benjaminiYekutieli: "Benjamini and Yekutieli"
    case .dunnett: "Dunnett"
    case .none: nil
    }
  }
}

import Simulation
import Statistics

extension AnalysisFindings {
  /// The arms did not get what somebody said was planned.
  fileprivate var hasMismatch: Bool {
    health.sampleRatio.map { $0.isPlanned && $0.p.value < 0.001 } ?? false
  }
}

/// What a table says, in plain words with its numbers and their doubt.
struct AnalysisSentence {
  private(set) var text: String

  init(_ findings: AnalysisFindings, style: NumberStyle) {
    let ranked = findings.comparisons.indices.sorted {
      (Self.rank(findings.comparisons[$0]), $0) < (Self.rank(findings.comparisons[$1]), $1)
    }
    guard let first = ranked.first else {
      text = "Nothing was compared."
      return
    }
    let own = Self.sentence(findings.comparisons[first], style)
    let said = findings.comparisons.count == 1 ? own : Self.lead(findings.comparisons) + " " + own
    text = findings.hasMismatch ? "Not to be trusted (sample-ratio mismatch): " + said : said
  }

  /// Bad news first, then good.
  private static func rank(_ finding: AnalysisFinding) -> Int {
    switch finding.verdict.tone {
    case .bad: 0
    case .good: 1
    case .neutral: finding.verdict == .different ? 1 : 3
    case .open: 2
    }
  }

  private static func lead(_ all: [AnalysisFinding]) -> String {
    let asked = all.count
    if all[0].question != .different {
      let shown = all.count { $0.verdict == .notWorse || $0.verdict == .equivalent }
      return "\(shown) of \(asked) comparisons show what was asked."
    }
    let found = all.count {
      $0.verdict == .better || $0.verdict == .worse || $0.verdict == .different
    }
    return found == 0
      ? "None of \(asked) comparisons finds a difference."
      : "\(found) of \(asked) comparisons \(found == 1 ? "finds" : "find") a difference."
  }

  static func sentence(_ finding: AnalysisFinding, _ style: NumberStyle) -> String {
    let arm = NameText.plain(finding.arm)
    let baseline = NameText.plain(finding.baseline)
    let metric = finding.subject
    let scale = AnalysisScale(finding)
    guard finding.absence == nil else {
      return "\(metric) of \(arm) and \(baseline) cannot be compared: \(finding.absence ?? "")."
    }
    let text = scale.estimate(finding)
    let numbers =
      text.map { text in
        text.value.isNaN
          ? scale.bracket(finding, text, style)
          : scale.difference(text, style) + scale.spacedBracket(finding, text, style)
      } ?? finding.p.map(PText.equation) ?? ""
    switch finding.verdict {
    case .better, .worse, .different:
      return difference(finding, text, scale, style)
    case .noDifferenceFound where finding.estimand == .agreement:
      return "It is not shown that \(arm) and \(baseline) agree in \(metric) beyond chance: "
        + "\(numbers)."
    case .noDifferenceFound:
      return "No difference in \(metric) was found between \(arm) and \(baseline): \(numbers)."
        + need(finding, style)
    case .notWorse, .notShownNotWorse:
      let claim =
        "\(arm) is not worse than \(baseline) in \(metric) by "
        + "\(scale.margin(finding.question.margin ?? 0, style)) or more"
      return finding.verdict == .notWorse
        ? "\(claim): \(numbers)."
        : "It is not shown that \(claim): \(numbers)." + need(finding, style)
    case .equivalent, .notShownEquivalent:
      let claim =
        "\(arm) and \(baseline) are equivalent in \(metric) within "
        + scale.margin(finding.question.margin ?? 0, style)
      return finding.verdict == .equivalent
        ? "\(claim): \(numbers)."
        : "It is not shown that \(claim): \(numbers)." + need(finding, style)
    case .undetermined: return "\(metric) of \(arm) and \(baseline) cannot be compared."
    }
  }

  private static func difference(
    _ finding: AnalysisFinding, _ text: EstimateText?, _ scale: AnalysisScale, _ style: NumberStyle
  ) -> String {
    let arm = NameText.plain(finding.arm)
    let baseline = NameText.plain(finding.baseline)
    let metric = finding.subject
    let news = finding.verdict == .different ? "" : ", which is \(finding.verdict.word)"
    guard let text, !text.value.isNaN else {
      let bracket = text.map { ":" + scale.spacedBracket(finding, $0, style) } ?? ""
      return "\(arm) and \(baseline) differ in \(metric)\(bracket)"
        + (finding.p.map { " (\(PText.equation($0)))" } ?? "") + "."
    }
    let isPlain = finding.interval?.isComplement != true
    switch finding.estimand {
    case .agreement:
      return "\(arm) and \(baseline) agree in \(metric) beyond chance: "
        + "\(text.number(style))\(scale.spacedBracket(finding, text, style))."
    case .probabilityLarger:
      return "\(metric) of \(arm) is larger than that of \(baseline) with a probability of "
        + "\(text.number(style))\(scale.spacedBracket(finding, text, style))\(news)."
    case .hazardRatio where text.value.isFinite:
      return "In \(arm) the events of \(metric) come at \(text.number(style)) times the rate of "
        + "\(baseline)'s\(scale.spacedBracket(finding, text, style)) (ratio of hazards)\(news)."
    case _ where finding.estimand.noDifference == 1 && finding.estimate == .infinity:
      return "\(arm)'s \(metric) is beyond any multiple of \(baseline)'s: "
        + "\(scale.difference(text, style))\(scale.spacedBracket(finding, text, style)) "
        + "(\(finding.estimand.words))\(news)."
    case _ where finding.estimand.noDifference == 1 && finding.estimate == 0:
      return "\(arm)'s \(metric) is 0 times \(baseline)'s"
        + "\(scale.spacedBracket(finding, text, style)) (\(finding.estimand.words))\(news)."
    case _ where finding.estimand.noDifference == 1:
      return "\(arm)'s \(metric) is \(text.number(style)) times \(baseline)'s"
        + "\(scale.spacedBracket(finding, text, style)) (\(finding.estimand.words))\(news)."
    case .meanDifference, .shareDifference, .ratioDifference, .quantileDifference,
      .medianDifference, .aucDifference, .relativeLift, .shift, .trimmedMeanDifference,
      .winsorizedMeanDifference, .restrictedMeanDifference, .policyDifference:
      let turned = isPlain ? text.turnedPositive() : text
      let amount = style.unit(turned.number(style), scale.differenceUnit)
      let side = text.value < 0 ? "lower" : "higher"
      return "\(arm)'s \(metric) is \(amount) \(side) than \(baseline)'s"
        + "\(scale.spacedBracket(finding, turned, style))\(news)."
    default:
      return "\(arm) and \(baseline) differ in \(metric) (\(finding.estimand.words)): "
        + "\(scale.difference(text, style))\(scale.spacedBracket(finding, text, style))\(news)."
    }
  }

  /// How much more it would take.
  private static func need(_ finding: AnalysisFinding, _ style: NumberStyle) -> String {
    guard let factor = finding.dataFactorToDecide else { return "" }
    return " If the estimate stays, about \(style.about(factor)) times the data would decide."
  }
}

extension AnalysisFinding {
  /// What is spoken of: "revenue", or "revenue in segment eu".
  fileprivate var subject: String {
    let metric = NameText.plain(metric, limit: 60)
    return segment.map { "\(metric) in segment \(NameText.plain($0, limit: 24))" } ?? metric
  }
}

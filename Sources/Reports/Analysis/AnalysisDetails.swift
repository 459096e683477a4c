import Simulation
import Statistics

/// What stands behind the numbers of some metrics and methods, a sentence each: flips, beliefs, bounds, segments.
struct AnalysisDetails {
  private(set) var lines: [String] = []
  private let style: NumberStyle

  init(_ findings: AnalysisFindings, style: NumberStyle) {
    self.style = style
    for finding in findings.comparisons {
      if let flips = finding.flips, finding.segment == nil { describe(flips, finding) }
      if let identified = finding.identified { describe(identified, finding) }
      if let belief = finding.belief { describe(belief, finding) }
    }
    for contest in findings.contests { describe(contest) }
    for interaction in findings.interactions { describe(interaction, findings) }
  }

  private mutating func describe(_ flips: AnalysisFinding.Flips, _ finding: AnalysisFinding) {
    func part(_ part: AnalysisFinding.Flips.Part, _ word: String) -> String {
      "\(style.count(part.count)) \(word) (\(style.percent(part.share)) "
        + "[\(style.percent(part.interval.lower)), \(style.percent(part.interval.upper))])"
    }
    lines.append(
      "\(finding.metricText) of \(NameText.plain(finding.arm, limit: 18)): "
        + "\(part(flips.harmful, "harmful")), \(part(flips.beneficial, "beneficial")), "
        + "\(part(flips.neutral, "wrong both times with another answer")).")
  }

  private mutating func describe(_ identified: Bounds, _ finding: AnalysisFinding) {
    guard identified.lower < identified.upper else { return }
    let decimals = Digits.decimals(halfWidth: identified.width / 2)
    lines.append(
      "\(finding.metricText): the rows that have a value leave every difference from "
        + "\(style.number(identified.lower, decimals: decimals)) to "
        + "\(style.number(identified.upper, decimals: decimals)) open.")
  }

  private mutating func describe(_ belief: AnalysisFinding.Belief, _ finding: AnalysisFinding) {
    let arm = NameText.plain(finding.arm, limit: 18)
    if finding.segment != nil {
      lines.append(
        "\(finding.metricText): \(arm) is larger with a probability of "
          + "\(probability(belief.probabilityLarger)).")
    }
    if let within = belief.probabilityWithinMargin {
      lines.append(
        "\(finding.metricText): the difference of \(arm) lies within the margin with a probability of "
          + "\(probability(within)).")
    }
  }

  private mutating func describe(_ contest: AnalysisFindings.Contest) {
    let arms = contest.arms.indices.prefix(6).map { arm in
      "\(NameText.plain(contest.arms[arm], limit: 18)) "
        + "\(probability(contest.probabilityBest[arm])) (choosing it loses "
        + "\(loss(contest.expectedLoss[arm])))"
    }
    lines.append(
      "Probability that \(NameText.plain(contest.metric)) is "
        + "\(contest.smallestIsBest ? "smallest" : "largest"): \(arms.joined(separator: ", ")); prior "
        + "\(contest.prior).")
  }

  private func loss(_ loss: Double) -> String {
    if loss >= 0.001 {
      return style.number(loss, decimals: Digits.decimals(significant: 2, of: loss))
    }
    return loss > 0 ? PText.text(PValue(loss)) : "less than 1e-300"
  }

  private func probability(_ p: Double) -> String {
    if p > 1 - 1e-6 { return "over 99.9999\(style.space)%" }
    if p >= 1e-6 { return style.percent(p) }
    return p > 0 ? PText.text(PValue(p)) : "less than 1e-300"
  }

  private mutating func describe(
    _ interaction: AnalysisFindings.Interaction, _ findings: AnalysisFindings
  ) {
    let metric = NameText.plain(interaction.metric)
    let arm =
      findings.arms.count > 2 ? " of \(NameText.plain(interaction.arm, limit: 18))" : ""
    let segments =
      "\(interaction.segmentCount) segments by "
      + NameText.plain(findings.segmentColumn ?? "column")
    lines.append(
      interaction.p.value < 0.05
        ? "The difference in \(metric)\(arm) is not alike in the \(segments) "
          + "(\(PText.equation(interaction.p)))."
        : "The difference in \(metric)\(arm) is not found to vary between the \(segments) "
          + "(\(PText.equation(interaction.p))).")
  }
}

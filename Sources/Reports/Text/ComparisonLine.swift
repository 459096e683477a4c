import Simulation

/// One comparison as its cells: what every face of the report shows of it.
struct ComparisonLine {
  var metric: String
  var arm: String
  var production: String
  var candidate: String
  /// "+1.9 points"
  var difference: String
  /// "[0.8, 3.0]", or nothing.
  var interval: String
  var verdict: Verdict
  /// How much more data it would take, where these could not decide.
  var need: String?
  /// What the plan allowed: "not worse by 10 ms?".
  var question: String?

  init(_ comparison: ComparisonFinding, _ findings: StudyFindings, style: NumberStyle) {
    let scale = MetricScale(comparison, currency: findings.options.currency)
    metric = comparison.metric.title
    arm = comparison.arm
    verdict = comparison.verdict
    let values = [comparison.baselineValue, comparison.armValue]
    if let estimate = comparison.main.estimate.estimate, estimate.value.isFinite {
      let text = EstimateText(estimate, factor: scale.factor)
      difference = style.unit(text.number(style, signed: true), scale.differenceUnit)
      interval = text.bracket(style)
      (production, candidate) = Self.values(values, decimals: text.decimals, scale, style)
    } else {
      difference = NumberStyle.missing
      interval = ""
      let decimals = values.filter(\.isFinite).map {
        Digits.decimals(significant: 3, of: $0 * scale.factor)
      }
      (production, candidate) = Self.values(values, decimals: decimals.max() ?? 0, scale, style)
    }
    need = comparison.dataFactorToDecide.flatMap { DataNeed(findings, factor: $0)?.text }
    question =
      comparison.question == .different ? nil : comparison.question.words(scale, style)
  }

  private static func values(
    _ values: [Double], decimals: Int, _ scale: MetricScale, _ style: NumberStyle
  ) -> (String, String) {
    let texts = values.map { value in
      value.isFinite
        ? style.unit(style.number(value * scale.factor, decimals: decimals), scale.unit)
        : NumberStyle.missing
    }
    return (texts[0], texts[1])
  }
}

import Simulation

/// What a gate asked for and what was found: "accuracy of candidate: −0.5 points [−1.0, 0.1] against production;
/// asked for: not worse by 1 point".
struct GateText {
  let text: String

  init(_ gate: GateFinding, _ findings: StudyFindings, style: NumberStyle) {
    let rule = gate.rule
    let own = findings.arms.first { $0.name == rule.arm }?.metrics
      .first { $0.metric == rule.metric }?.finding.estimate
    let scale = MetricScale(
      rule.metric, largest: own?.value.magnitude ?? 0, currency: findings.options.currency)
    let isOwn = rule.requirement.bound != nil
    let found: String
    switch gate.estimate {
    case .estimate(let estimate):
      let number = EstimateText(estimate, factor: scale.factor)
      found =
        isOwn
        ? number.full(style, unit: scale.unit)
        : number.full(style, unit: scale.differenceUnit, signed: true) + " against production"
    case .absent(let absence):
      found = "cannot be told (\(absence.reason(style)))"
    }
    let asked = rule.requirement.words(scale, style)
    text =
      "\(rule.metric.title) of \(NameText.plain(rule.arm, limit: 40)): \(found); asked for: \(asked)"
  }
}

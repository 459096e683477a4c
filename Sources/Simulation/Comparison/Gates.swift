import Statistics

/// What must hold for a candidate to pass.
struct Gates {
  let rules: [GateRule]
  let ledger: Ledger
  let arms: [ArmFindings]

  func findings() -> [GateFinding] { rules.map(finding) }

  private func finding(_ rule: GateRule) -> GateFinding {
    switch rule.requirement {
    case .better: compared(rule, .different) { $0 == .better }
    case .notWorse(let margin): compared(rule, .notWorse(margin: margin)) { $0 == .notWorse }
    case .equivalent(let margin):
      compared(rule, .equivalent(margin: margin)) { $0 == .equivalent }
    case .atMost(let bound): own(rule) { $0.high <= bound }
    case .atLeast(let bound): own(rule) { $0.low >= bound }
    }
  }

  /// A gate is a question of its own: it is not adjusted for the run's other comparisons.
  private func compared(
    _ rule: GateRule, _ question: ComparisonPlan.Question, passes: (Verdict) -> Bool
  ) -> GateFinding {
    let plan = ComparisonPlan(metric: rule.metric, arm: rule.arm, question: question)
    guard
      let finding = Comparisons(ledger: ledger, plans: [plan]).findings().first(where: {
        $0.arm == rule.arm
      })
    else { return GateFinding(rule: rule, passed: false, estimate: .absent(.noOutcomes)) }
    return GateFinding(
      rule: rule, passed: passes(finding.verdict), estimate: finding.main.estimate)
  }

  private func own(_ rule: GateRule, passes: (Interval) -> Bool) -> GateFinding {
    let finding =
      arms.first { $0.name == rule.arm }?.metrics.first { $0.metric == rule.metric }?.finding
      ?? .absent(.noOutcomes)
    return GateFinding(
      rule: rule, passed: surest(finding, rule.metric).map(passes) ?? false, estimate: finding)
  }

  /// The interval that has to pass; a cost is what the scenario says, without any doubt.
  private func surest(_ finding: Finding, _ metric: Metric) -> Interval? {
    guard metric == .costPerThousand, let cost = finding.estimate?.value else {
      return finding.estimate?.interval
    }
    return Interval(low: cost, high: cost, level: ArmEstimates.level)
  }
}

package struct GateFinding: Sendable, Equatable {
  package var rule: GateRule
  package var passed: Bool
  /// What the decision rests on: the difference from production, or the arm's own value.
  package var estimate: Finding

  package init(rule: GateRule, passed: Bool, estimate: Finding) {
    self.rule = rule
    self.passed = passed
    self.estimate = estimate
  }
}

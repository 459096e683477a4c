import Documents
import Simulation

/// The faces of a plan; as pure as those of a run.
extension Report {
  /// For a terminal, without colour; ends with a line break.
  package static func table(_ findings: PlanFindings) -> String { PlanText(findings).terminal }

  /// GitHub-flavoured Markdown.
  package static func markdown(_ findings: PlanFindings) -> String { PlanText(findings).markdown }

  /// One row per plan, every number in full (RFC 4180, LF).
  package static func csv(_ findings: PlanFindings) -> String { PlanDocument.csv(findings) }

  /// JSON; ends with a line break.
  package static func document(_ findings: PlanFindings) -> String {
    PlanDocument.json(findings).written(.pretty) + "\n"
  }

  /// For a terminal, without colour; ends with a line break.
  package static func table(_ findings: ScenarioPlanFindings) -> String {
    ScenarioPlanText(findings).terminal
  }

  /// GitHub-flavoured Markdown.
  package static func markdown(_ findings: ScenarioPlanFindings) -> String {
    ScenarioPlanText(findings).markdown
  }

  /// One row per question, candidate and effect, every number in full (RFC 4180, LF).
  package static func csv(_ findings: ScenarioPlanFindings) -> String {
    ScenarioPlanDocument.csv(findings)
  }

  /// JSON; ends with a line break.
  package static func document(_ findings: ScenarioPlanFindings) -> String {
    ScenarioPlanDocument.json(findings).written(.pretty) + "\n"
  }
}

import Documents
import Simulation
import Statistics

/// The faces of what a table says; as pure as those of a run.
extension Report {
  /// For a terminal: under 25 lines, no colour; ends with a line break.
  package static func table(_ findings: AnalysisFindings) -> String { AnalysisText(findings).text }

  /// GitHub-flavoured Markdown.
  package static func markdown(_ findings: AnalysisFindings) -> String {
    AnalysisMarkdown(findings).text
  }

  /// One row per comparison, every number in full (RFC 4180, LF).
  package static func csv(_ findings: AnalysisFindings) -> String { AnalysisCSV.text(findings) }

  /// JSON, schema 1 (docs/summary-schema.md); ends with a line break.
  package static func document(_ findings: AnalysisFindings) -> String {
    AnalysisDocument(findings: findings).value.written(.pretty) + "\n"
  }

  /// A list of methods: "table", "json", "markdown" or "csv".
  package static func methods(_ methods: [Method], format: String) -> String {
    let text = MethodText(methods: methods)
    return switch format {
    case "json": text.json
    case "markdown": text.markdown
    case "csv": text.csv
    default: text.table
    }
  }

  /// One method with all that a person should know of it.
  package static func method(_ method: Method) -> String { MethodText.explanation(method) }
}

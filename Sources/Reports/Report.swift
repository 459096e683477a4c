import Documents
import Simulation

/// The faces of a result.
///
/// Every function is pure: equal findings give equal bytes, on any machine, in any locale, at any
/// time.
package enum Report {
  /// The verdict in one sentence of plain words, with its numbers and their doubt.
  package static func verdictSentence(_ findings: StudyFindings) -> String {
    VerdictSentence(findings, style: .terminal).text
  }

  /// The answer on a terminal: under 25 lines, no colour; ends with a line
  /// break.
  package static func table(_ findings: StudyFindings) -> String { TerminalText(findings).text }

  /// The same answer as GitHub-flavoured Markdown.
  package static func markdown(_ findings: StudyFindings) -> String { MarkdownText(findings).text }

  /// One row per comparison, every number in full (RFC 4180, LF).
  package static func csv(_ findings: StudyFindings) -> String { ComparisonCSV.text(findings) }

  /// Gates as test cases, for a continuous-integration server (JUnit XML).
  package static func junit(_ findings: StudyFindings) -> String { JUnitText.text(findings) }

  /// `summary.json`, schema 1 (docs/summary-schema.md); ends with a line break.
  package static func summary(_ findings: StudyFindings) -> String {
    SummaryDocument(findings).value.written(.pretty) + "\n"
  }

  /// `manifest.json`, schema 1; ends with a line break.
  package static func manifest(_ findings: StudyFindings, _ provenance: Provenance) -> String {
    ManifestDocument.value(findings, provenance).written(.pretty) + "\n"
  }

  /// `report.html`: one self-contained page that needs no network and no script.
  package static func html(_ findings: StudyFindings, _ provenance: Provenance) -> String {
    ReportPage(findings, provenance).text
  }
}

import Simulation

/// The answer for a table as GitHub-flavoured Markdown.
struct AnalysisMarkdown {
  private(set) var text: String

  init(_ findings: AnalysisFindings) {
    let style = NumberStyle.terminal
    let notes = AnalysisNotes(findings, style: style)
    var blocks = ["**" + MarkdownText.escaped(AnalysisSentence(findings, style: style).text) + "**"]
    blocks.append(Self.table(findings, style))
    for list in [notes.making, notes.warnings.map { "Warning: " + $0 }, notes.health]
    where !list.isEmpty {
      blocks.append(list.map { "- " + MarkdownText.escaped($0) }.joined(separator: "\n"))
    }
    blocks.append("\(style.count(findings.rowCount)) rows · `\(NameText.plain(findings.table))`")
    text = blocks.joined(separator: "\n\n") + "\n"
  }

  private static func table(_ findings: AnalysisFindings, _ style: NumberStyle) -> String {
    let head = [
      "metric", "arm", MarkdownText.escaped(findings.baseline), "value", "difference",
      findings.headOfP, "verdict",
    ]
    var lines = [
      "| \(head.joined(separator: " | ")) |",
      "|---|---|---:|---:|---:|---:|---|",
    ]
    for finding in findings.comparisons {
      let line = AnalysisLine(
        finding, isAdjusted: findings.adjustment != nil, style: style)
      let difference =
        line.interval.isEmpty ? line.difference : line.difference + " " + line.interval
      let cells = [
        line.metric, line.arm, line.baselineValue, line.armValue, difference, line.p, line.verdict,
      ]
      lines.append("| " + cells.map(MarkdownText.escaped).joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n")
  }
}

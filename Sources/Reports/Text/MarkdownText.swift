import Simulation

/// The answer as GitHub-flavoured Markdown, for a pull request or a wiki.
struct MarkdownText {
  private(set) var text: String

  init(_ findings: StudyFindings) {
    let style = NumberStyle.terminal
    var blocks = ["# " + Self.escaped(findings.title)]
    blocks.append("**" + Self.escaped(VerdictSentence(findings, style: style).text) + "**")
    if !findings.comparisons.isEmpty { blocks.append(Self.table(findings, style)) }
    let notes = Headlines(findings, style: style).lines
    if !notes.isEmpty {
      blocks.append(notes.map { "- " + Self.escaped($0) }.joined(separator: "\n"))
    }
    if !findings.gates.isEmpty {
      let lines = findings.gates.map {
        "- \($0.passed ? "\u{2713} passed" : "\u{2717} failed"): "
          + Self.escaped(GateText($0, findings, style: style).text)
      }
      blocks.append("Gate:\n\n" + lines.joined(separator: "\n"))
    }
    let requests = "\(style.count(findings.requests)) requests"
    let span = TimeText(start: findings.start).span(findings.duration)
    blocks.append(
      "\(requests) · \(span) · seed \(findings.seed) · scenario `\(findings.fingerprint.prefix(12))`"
    )
    text = blocks.joined(separator: "\n\n") + "\n"
  }

  private static func table(_ findings: StudyFindings, _ style: NumberStyle) -> String {
    var lines = [
      "| metric | arm | production | candidate | difference | verdict |",
      "|---|---|---:|---:|---:|---|",
    ]
    for comparison in findings.comparisons {
      let line = ComparisonLine(comparison, findings, style: style)
      let difference =
        line.interval.isEmpty ? line.difference : line.difference + " " + line.interval
      let cells = [
        line.metric, NameText.plain(line.arm), line.production, line.candidate, difference,
        line.verdict.mark + " " + line.verdict.words(style),
      ]
      lines.append("| " + cells.map(escaped).joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n")
  }

  /// Names from outside may hold anything: nothing of theirs becomes markup.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in NameText.plain(text, limit: 600) {
      switch character {
      case "\\", "|", "*", "_", "`", "[", "]", "<", ">", "#", "~", "!": result += "\\\(character)"
      case "&": result += "&amp;"
      default: result.append(character)
      }
    }
    return result
  }
}

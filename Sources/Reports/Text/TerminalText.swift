import Simulation

/// The answer on a terminal: verdict, one line per comparison, what to know. Under 25 lines.
struct TerminalText {
  private(set) var text: String

  private static let width = 92
  /// The caller adds where the files are.
  private static let lineLimit = 22

  init(_ findings: StudyFindings) {
    let verdict = NameText.wrapped(
      VerdictSentence(findings, style: .terminal).text, width: Self.width)
    let notes = Headlines(findings, style: .terminal).lines.flatMap {
      NameText.wrapped($0, width: Self.width, first: "! ", indent: "  ")
    }
    let gates = Self.gateLines(findings)
    let steady = SteadyStateText(findings, style: .terminal).found.prefix(2).flatMap {
      NameText.wrapped($0, width: Self.width)
    }
    let taken = verdict.count + notes.count + gates.count + steady.count
    let room = Self.lineLimit - taken - (steady.isEmpty ? 4 : 5)
    let blocks = [verdict, Self.comparisons(findings, room: max(2, room)), gates, steady, notes]
    text = blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  private static func comparisons(_ findings: StudyFindings, room: Int) -> [String] {
    guard !findings.comparisons.isEmpty else { return [] }
    let kept = mostTelling(findings.comparisons, limit: room)
    let lines = kept.map { ComparisonLine($0, findings, style: .terminal) }
    let names = Set(lines.map(\.arm)).count > 1
    var rows = [
      ["metric"] + (names ? ["arm"] : []) + [
        "production", "candidate", "difference", "", "verdict",
      ]
    ]
    for line in lines {
      rows.append(
        [line.metric] + (names ? [NameText.plain(line.arm, limit: 18)] : [])
          + [line.production, line.candidate, line.difference, line.interval]
          + [line.verdict.mark + " " + line.verdict.words(.terminal)])
    }
    if !names, let arm = lines.first?.arm, arm != "candidate" {
      rows[0][2] = NameText.plain(arm, limit: 18)
    }
    if let production = kept.first?.baseline, production != "production" {
      rows[0][names ? 2 : 1] = NameText.plain(production, limit: 18)
    }
    var text = aligned(rows, right: names ? [2, 3, 4] : [1, 2, 3])
    let left = findings.comparisons.count - kept.count
    if left > 0 {
      text.append("and \(left) more \(left == 1 ? "comparison" : "comparisons") in the report")
    }
    return text
  }

  /// Bad news first when not all fit; the order of the plan is kept.
  private static func mostTelling(_ all: [ComparisonFinding], limit: Int) -> [ComparisonFinding] {
    guard all.count > limit else { return all }
    func rank(_ comparison: ComparisonFinding) -> Int {
      switch comparison.verdict.tone {
      case .bad: 0
      case .open: 1
      case .good: 2
      case .neutral: 3
      }
    }
    let order = all.indices.sorted { (rank(all[$0]), $0) < (rank(all[$1]), $1) }
    return order.prefix(limit).sorted().map { all[$0] }
  }

  static func aligned(_ rows: [[String]], right: Set<Int>) -> [String] {
    let columns = rows.first?.count ?? 0
    let widths = (0..<columns).map { column in
      rows.map { NameText.columns($0[column]) }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += (column > 0 ? "  " : "")
        line += NameText.padded(cell, to: widths[column], right: right.contains(column))
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }

  private static func gateLines(_ findings: StudyFindings) -> [String] {
    guard !findings.gates.isEmpty else { return [] }
    let failed = findings.gates.filter { !$0.passed }
    let passed = findings.gates.count - failed.count
    var lines = [
      "gate: \(failed.isEmpty ? "\u{2713} yes" : "\u{2717} no"), "
        + "\(passed) of \(findings.gates.count) \(findings.gates.count == 1 ? "rule" : "rules") \(findings.gates.count == 1 ? "holds" : "hold")"
    ]
    for gate in failed.prefix(2) {
      lines += NameText.wrapped(
        GateText(gate, findings, style: .terminal).text, width: width, first: "  \u{2717} ",
        indent: "    ")
    }
    return lines
  }
}

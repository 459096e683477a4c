import Simulation

/// The answer for a table on a terminal: verdict, one line per comparison, method, health. Under 25 lines.
struct AnalysisText {
  private(set) var text: String

  private static let width = 92
  private static let lineLimit = 24

  init(_ findings: AnalysisFindings) {
    let style = NumberStyle.terminal
    let verdict = NameText.wrapped(
      AnalysisSentence(findings, style: style).text, width: Self.width)
    let notes = AnalysisNotes(findings, style: style)
    let making = notes.making.flatMap { NameText.wrapped($0, width: Self.width, indent: "  ") }
    let warnings = notes.warnings.flatMap {
      NameText.wrapped($0, width: Self.width, first: "! ", indent: "  ")
    }
    let health = notes.health.flatMap {
      NameText.wrapped($0, width: Self.width, first: "  ", indent: "  ")
    }
    let least = 2 + 3
    var room = Self.lineLimit - verdict.count - warnings.count - making.count - least
    // Health that is well gives way to comparisons, up to a half of the room.
    let kept = min(findings.comparisons.count - 1, room / 2)
    let shownHealth = Array(health.prefix(max(0, room - kept)))
    room -= shownHealth.count
    let table = Self.comparisons(findings, style, room: max(1, room))
    let blocks = [verdict, table, making, warnings + shownHealth]
    text = blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  private static func comparisons(
    _ findings: AnalysisFindings, _ style: NumberStyle, room: Int
  ) -> [String] {
    let hasArms = findings.arms.count > 2
    let kept = mostTelling(findings.comparisons, limit: room)
    let baseline = NameText.plain(findings.baseline, limit: 18)
    let arm = hasArms ? "value" : NameText.plain(findings.arms.last?.name ?? "", limit: 18)
    var rows = [
      ["metric"] + (hasArms ? ["arm"] : [])
        + [baseline, arm, "difference", "", findings.headOfP, "verdict"]
    ]
    for finding in kept {
      let line = AnalysisLine(
        finding, isAdjusted: findings.adjustment != nil, style: style)
      rows.append(
        [line.metric] + (hasArms ? [line.arm] : []) + [
          line.baselineValue, line.armValue, line.difference, line.interval, line.p, line.verdict,
        ])
    }
    var text = TerminalText.aligned(rows, right: hasArms ? [2, 3, 4] : [1, 2, 3])
    let left = findings.comparisons.count - kept.count
    if left > 0 {
      text.append(
        "and \(left) more \(left == 1 ? "comparison" : "comparisons"); --format csv shows all")
    }
    return text
  }

  /// Bad news first when not all fit; the order of the request is kept.
  private static func mostTelling(_ all: [AnalysisFinding], limit: Int) -> [AnalysisFinding] {
    guard all.count > limit else { return all }
    func rank(_ finding: AnalysisFinding) -> Int {
      switch finding.verdict.tone {
      case .bad: 0
      case .good: 1
      case .neutral: finding.verdict == .different ? 1 : 3
      case .open: 2
      }
    }
    let order = all.indices.sorted { (rank(all[$0]), $0) < (rank(all[$1]), $1) }
    return order.prefix(limit).sorted().map { all[$0] }
  }
}

import Simulation

/// A plan for a person: the sentence, a small table, the method and what has to hold.
struct PlanText {
  private let findings: PlanFindings
  private let number = PlanNumber()
  private static let width = 92

  init(_ findings: PlanFindings) { self.findings = findings }

  var terminal: String {
    let sentence = PlanSentence(findings)
    let blocks = [
      NameText.wrapped(sentence.text, width: Self.width),
      sentence.shadow.flatMap { NameText.wrapped($0, width: Self.width) },
      Self.aligned(table),
      notes.flatMap { NameText.wrapped($0, width: Self.width, indent: "  ") },
    ]
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  var markdown: String {
    let sentence = PlanSentence(findings)
    let rows = table.map { "| \($0.map(MarkdownText.escaped).joined(separator: " | ")) |" }
    let rule = "|" + String(repeating: "---:|", count: table.first?.count ?? 0)
    let blocks =
      ["**\(MarkdownText.escaped(sentence.text))**"] + sentence.shadow.map(MarkdownText.escaped)
      + [(rows.prefix(1) + [rule] + rows.dropFirst()).joined(separator: "\n")]
      + [notes.map { "- " + MarkdownText.escaped($0) }.joined(separator: "\n")]
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private var table: [[String]] {
    let rows = findings.rows
    var columns: [[String]] = []
    func add(_ head: String, _ cell: (PlanFindings.Row) -> String) {
      columns.append([head] + rows.map(cell))
    }
    if !findings.isRatio { add("effect") { number.amount($0.effect) } }
    let isTold = rows.contains { $0.effect != 0 } && findings.baseline.map { $0 != 0 } ?? false
    if findings.isRatio || isTold {
      add(findings.isRatio ? "effect" : "of baseline") { row in
        number.percent(findings.isRatio ? row.effect : row.effect / abs(findings.baseline ?? 1))
      }
    }
    if findings.main.margin != nil { add("margin") { number.amount($0.margin ?? 0) } }
    add("power") { number.chance($0.power) }
    if findings.simulation != nil {
      add("[95 %]") { $0.powerInterval.map(number.chances) ?? NumberStyle.missing }
    }
    add(findings.unitWord) { number.count($0.units) }
    if !findings.isPaired {
      add("per arm") { row in
        Set(row.unitsPerArm).count == 1
          ? number.count(row.unitsPerArm.first ?? 0)
          : row.unitsPerArm.map(number.count).joined(separator: " : ")
      }
    }
    if findings.perDay != nil { add("days") { number.count($0.days ?? 0) } }
    if findings.main.expectedShare != nil {
      add("on average") { number.count(Int(Double($0.units) * ($0.expectedShare ?? 1))) }
    }
    return (0...rows.count).map { row in columns.map { $0[row] } }
  }

  static func aligned(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { NameText.columns($0[column]) }.max() ?? 0
    }
    return rows.map { row in
      row.indices.map { NameText.padded(row[$0], to: widths[$0], right: true) }
        .joined(separator: "  ")
    }
  }

  private var notes: [String] {
    let isTwoSided = findings.goal == .different
    let confidence = isTwoSided ? findings.level : 1 - (1 - findings.level) / 2
    let level = "\(Digits.trimmed(100 * confidence, decimals: 6)) %"
    let sides = isTwoSided ? "two-sided" : "one-sided"
    return findings.measured.map { NameText.plain($0, limit: 600) }
      + ["Method: \(findings.methods.joined(separator: "; ")); \(sides) at \(level)."]
      + findings.assumptions
  }
}

import Statistics

/// The page of one kind of traffic: what every method did there.
struct CalibrationTables {
  let document: CalibrationDocument
  let band: CalibrationBand

  /// A size, or a situation, with its records by effect.
  struct Section {
    var name: String
    var null: CalibrationRecord?
    var effects: [(name: String, record: CalibrationRecord)]
  }

  var sections: [Section] {
    var sections: [Section] = []
    for record in document.records {
      var words = record.name.dropFirst(document.group.count + 1).split(separator: "-")
      let effect = String(words.removeLast())
      let name = words.joined(separator: "-")
      if sections.last?.name != name { sections.append(Section(name: name, effects: [])) }
      if record.isNull {
        sections[sections.count - 1].null = record
      } else {
        sections[sections.count - 1].effects.append((effect, record))
      }
    }
    return sections
  }

  var page: String {
    let head = """
      # Calibration: \(document.group)

      \(document.runs) runs of each cell. How to read it is said in [README.md](README.md).

      """
    let isJudge = document.group == CalibrationGroup.judge
    return head
      + (isJudge ? JudgeFindings(sections: sections).text : sections.flatMap(text).joined())
  }

  private func text(of section: Section) -> [String] {
    let title = Int(section.name) == nil ? section.name : "\(section.name) rows an arm"
    let null = section.null.map { null in
      Markdown.table(
        [
          "method", "estimand", "promise", "alarms at 5 %", "at 1 %", "misses at 90 %", "95 %",
          "99 %", "mean width", "abstains",
        ],
        null.lines.map { row(of: $0, in: null) })
    }
    let effects = section.effects.map { name, record in
      "\n### \(name)\n\n"
        + Markdown.table(
          [
            "method", "power at 5 %", "at 1 %", "misses at 90 %", "95 %", "99 %", "mean width",
            "mean estimate", "truth", "abstains",
          ],
          record.lines.map { effectRow(of: $0, in: record) })
    }
    return ["\n## \(title)\n\n### nothing differs\n\n\(null ?? "")"] + effects
  }

  private func row(of line: CalibrationRecord.Line, in record: CalibrationRecord) -> [String] {
    [line.entrant.name, line.entrant.estimand, Self.promise(line.entrant.gate)]
      + rates(of: line, in: record)
      + [Markdown.number(line.tally.meanWidth), abstentions(of: line, in: record)]
  }

  private func effectRow(
    of line: CalibrationRecord.Line, in record: CalibrationRecord
  ) -> [String] {
    let tally = line.tally
    return [line.entrant.name]
      + tally.rejections.map {
        tally.tested > 0 ? Markdown.percent($0, of: tally.tried) : "–"
      }
      + rates(of: line, in: record)
      + [
        Markdown.number(tally.meanWidth), Markdown.number(tally.meanEstimate),
        Markdown.number(line.entrant.truth), abstentions(of: line, in: record),
      ]
  }

  static func promise(_ gate: CalibrationEntrant.Gate) -> String {
    switch gate {
    case .none: "none"
    case .upper: "at most"
    case .both: "nominal"
    }
  }

  /// Alarms (where nothing differs) and misses, with a word where they leave the band.
  private func rates(
    of line: CalibrationRecord.Line, in record: CalibrationRecord
  ) -> [String] {
    let entries = record.entries(of: line)
    let wanted: [CalibrationEntry.Rate] =
      (record.isNull ? MethodTally.rejectionLevels.map { .rejected($0) } : [])
      + MethodTally.coverageLevels.map { .missed($0) }
    return wanted.map { rate in
      guard let entry = entries.first(where: { $0.rate == rate }) else { return "–" }
      let share = Markdown.percent(entry.count, of: entry.trials)
      guard let place = entry.place(in: band), place != .inside else { return share }
      return "\(share) **\(place.rawValue)**"
    }
  }

  private func abstentions(
    of line: CalibrationRecord.Line, in record: CalibrationRecord
  ) -> String {
    let reasons = line.tally.abstentions.sorted { $0.key < $1.key }.map {
      "\(Markdown.percent($0.value, of: line.tally.tried)) \($0.key)"
    }
    let unbounded =
      line.tally.unbounded > 0
      ? ["\(Markdown.percent(line.tally.unbounded, of: line.tally.tried)) unbounded"] : []
    return (reasons + unbounded).joined(separator: ", ")
  }
}

/// Text for pages.
enum Markdown {
  static func table(_ head: [String], _ rows: [[String]]) -> String {
    ([head, head.map { _ in "---" }] + rows)
      .map { "| \($0.joined(separator: " | ")) |\n" }.joined()
  }

  /// "5.25", without a sign.
  static func percent(_ count: Int, of trials: Int) -> String {
    guard trials > 0 else { return "–" }
    let hundredths = (count * 10_000 + trials / 2) / trials
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// Four significant digits.
  static func number(_ value: Double?) -> String {
    guard let value else { return "–" }
    guard value != 0, value.isFinite else { return value == 0 ? "0" : "–" }
    // Powers of ten up to 10¹⁵ are exact, and small enough values print well enough as they are.
    var scale = 1.0
    while abs(value) * scale < 1_000, scale < 1e15 { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    return rounded.description.hasSuffix(".0")
      ? String(rounded.description.dropLast(2)) : rounded.description
  }
}

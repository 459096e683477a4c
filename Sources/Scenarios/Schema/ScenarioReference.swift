import Simulation

/// The reference of the scenario file, made from the table that the reader works from.
package enum ScenarioReference {
  /// `docs/reference.md`.
  package static var markdown: String {
    ([introduction] + KeyTable.sections.map(section) + [metrics, verdicts])
      .joined(separator: "\n\n") + "\n"
  }

  private static let introduction = """
    # The scenario file

    Made from the table that the reader works from (`UNDERSTUDY_UPDATE_GOLDEN=1 swift test --filter
    ScenarioReference`); not edited by hand.

    A scenario is JSON5: comments, trailing commas, bare keys, single quotes. An unknown or repeated
    key is an error. Paths are relative to the file. `understudy check --resolved` prints a scenario
    with every default filled in, and `--set path=value` changes one value from the command line
    (`--set arms.candidate.service.replicas=4`, `--set shifts[0].by=1.5`).

    | what | how it is written |
    |---|---|
    | duration | a number and a unit, or several: "250ms", "1.5s", "20s", "5m", "1h30m", "14d", "2w" \
    (ns, us, ms, s, m, h, d, w); or ISO 8601 without years and months: "P14D", "PT1H30M" |
    | instant | RFC 3339 with a zone: "2026-01-31T14:00:00Z", "2026-01-31T15:00:00+01:00"; a date \
    alone is its midnight in UTC |
    | offset | "+3d": from the start of the traffic |
    | model | "models/a.json", `{ column: "score" }`, `{ synthetic: { accuracy: 0.91 } }`; commands \
    and endpoints are not run by this version |
    | conditions | an object from features to a value (`"red"`, `3`), a list of values, or bounds \
    (`{ above: 60 }`); a request must meet all of them |
    """

  private static func section(_ section: KeySection) -> String {
    let heading = section.path.isEmpty ? section.title : "\(section.title): `\(section.path)`"
    let rows = section.keys.map { entry in
      let type = entry.unit.isEmpty ? entry.type.words : "\(entry.type.words), in \(entry.unit)"
      return row([
        "`\(entry.name)`", type, fallback(entry.fallback), entry.about, "`\(entry.example)`",
      ])
    }
    let about = section.about.isEmpty ? "" : "\(section.about)\n\n"
    return "## \(heading.prefix(1).uppercased())\(heading.dropFirst())\n\n\(about)"
      + (["| key | what it holds | default | what it does | example |", "|---|---|---|---|---|"]
      + rows).joined(separator: "\n")
  }

  /// A value is code, a sentence is text.
  private static func fallback(_ text: String) -> String {
    let isValue = text.first.map { "\"[{0123456789".contains($0) } ?? false
    return (isValue || text == "true" || text == "false") && !text.contains(" for ")
      && !text.contains(" with ") ? "`\(text)`" : text
  }

  private static var metrics: String {
    let rows = Metric.listed.map {
      row(["`\($0.name)`", $0.unit.words, $0.direction.words, $0.meaning])
    }
    return """
      ## Metrics

      Any quantile of the latency may be asked for: `latency.p75`, `latency.p99.99`; and any limit: `within.50ms`. A request that
      timed out or failed has no answer: it counts in the shares, not in quality or latency.

      | name | unit | direction | what it is |
      |---|---|---|---|
      \(rows.joined(separator: "\n"))
      """
  }

  private static var verdicts: String {
    let rows = Verdict.meanings.map { row([$0.word, $0.meaning]) }
    return """
      ## Verdicts

      | word | what it says |
      |---|---|
      \(rows.joined(separator: "\n"))
      """
  }

  private static func row(_ cells: [String]) -> String {
    "| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |"
  }
}

import Documents
import Models
import Scenarios
import Simulation
import Traffic

/// The columns that a scenario names, and those that the recording has.
extension OpeningCheck {
  /// What a recording's header lacks, and what stands in it twice.
  func headerMistakes(_ plan: RecordingPlan, _ columns: [String]) -> [Diagnostic] {
    let file = plan.path == "-" ? SpooledInput.name : plan.path
    let unknown = namedColumns(plan).filter { !columns.contains($0.name) }
    if !unknown.isEmpty, let other = otherDelimiter(columns) {
      return [
        Diagnostic(
          at: places.recording, "the header of \(file) has one column, \(shown(columns[0]))",
          help: "set delimiter: \"\(other)\"")
      ]
    }
    guard !unknown.isEmpty else { return [] }
    return repeatedColumns(columns, in: file)
      + unknown.map { name, place in
        Diagnostic(
          at: place, "there is no column \(shown(name)) in \(file)", help: wayOut(name, columns))
      }
  }

  private func repeatedColumns(_ columns: [String], in file: String) -> [Diagnostic] {
    columns.indices.compactMap { index in
      let name = columns[index]
      guard !name.isEmpty, let first = columns.firstIndex(of: name), first < index else {
        return nil
      }
      return Diagnostic(
        at: Place(file: file, line: 1),
        "column \(shown(name)) stands twice, as number \(first + 1) and \(index + 1)")
    }
  }

  private func namedColumns(_ plan: RecordingPlan) -> [(name: String, place: Place?)] {
    let single = [
      ("time", plan.timeColumn), ("label", plan.labelColumn), ("unit", plan.unitColumn),
      ("latency", plan.latencyColumn),
    ]
    var named = single.compactMap { key, name in name.map { ($0, places.traffic(key)) } }
    if case .named(let features) = plan.features {
      named += features.map { ($0.name, places.traffic("features", naming: $0.name)) }
    }
    named += plan.segmentColumns.map { ($0, places.traffic("segments", naming: $0)) }
    for arm in scenario.arms {
      if case .column(let name, _) = arm.model {
        named.append((name, places.loggedColumn(of: arm.name)))
      }
    }
    for case (let index, .column(let name, _)) in scenario.labellers.enumerated() {
      named.append((name, places.labeller(index)))
    }
    return named
  }

  private func wayOut(_ name: String, _ columns: [String]) -> String {
    let near = NearestName.of(name, among: columns).map { "did you mean \(shown($0))? " } ?? ""
    let rest = columns.count - 12
    let list = columns.prefix(12).map(shown).joined(separator: ", ")
    return "\(near)the columns are \(list)\(rest > 0 ? " and \(rest) more" : "")"
  }

  /// The delimiter that a header has, when it was not divided by the plan's; as JSON5 writes it.
  private func otherDelimiter(_ columns: [String]) -> String? {
    guard columns.count == 1 else { return nil }
    let other: String? = [",", ";", "\t", "|"].first { columns[0].contains($0) }
    return other == "\t" ? "\\t" : other
  }

  /// Bare where it reads as one word.
  private func shown(_ name: String) -> String {
    let isWord = name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || "_-.".unicodeScalars.contains($0)
    }
    return isWord && !name.isEmpty ? name : JSONValue.string(name).written()
  }
}

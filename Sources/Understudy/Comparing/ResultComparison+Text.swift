import Documents

extension ResultComparison {
  /// How a comparison is written: for a person, or for a program.
  public enum Format: String, Sendable, CaseIterable { case table, json }

  /// The answer; several lines, the last one ended.
  public func answer(_ format: Format = .table) -> String {
    switch format {
    case .table: table
    case .json: document.written(.pretty) + "\n"
    }
  }

  // MARK: For a person

  private var table: String {
    if isSame { return "\(first.folder) and \(second.folder): the same\n" }
    let lines =
      ["old  \(first.folder)", "new  \(second.folder)"] + scenarioLines + fileLines + outcomeLines
      + gateLines + metricLines + restLines
    return lines.joined(separator: "\n") + "\n"
  }

  private var scenarioLines: [String] {
    var lines = scenario.map { change($0) }
    if first.version != second.version {
      lines.append("  program: \(first.version) \(Self.arrow) \(second.version)")
    }
    return lines.isEmpty ? section("scenario", ["  the same"]) : section("scenario", lines)
  }

  private var fileLines: [String] {
    let lines = files.map { difference in
      switch (difference.old, difference.new) {
      case (let old?, let new?) where old.path == new.path:
        "  \(difference.role): \(old.path) holds something else"
      case (let old?, let new?):
        "  \(difference.role): \(old.path) \(Self.arrow) \(new.path)"
      default:
        "  \(difference.role): \(difference.old?.path ?? Self.none) \(Self.arrow) "
          + (difference.new?.path ?? Self.none)
      }
    }
    return lines.isEmpty ? [] : section("files", lines)
  }

  private var outcomeLines: [String] {
    let rows = outcomes.flatMap { pair -> [[String]] in
      let answer = pair.old ?? pair.new
      let name = "\(answer?.metric ?? ""), \(answer?.arm ?? "")"
      let old = [name, "old"] + cells(pair.old)
      if pair.isSame { return [[name, "both"] + cells(pair.old)] }
      return [old, ["", "new"] + cells(pair.new)]
    }
    guard !rows.isEmpty else { return [] }
    return section("outcome", Self.columns([["", "", "estimate", "interval", "verdict"]] + rows))
  }

  private var gateLines: [String] {
    let words = { (passed: Bool?) in passed.map { $0 ? "yes" : "no" } ?? Self.none }
    let lines = gates.map { "  \($0.name): \(words($0.old)) \(Self.arrow) \(words($0.new))" }
    return lines.isEmpty ? [] : section("gates", lines)
  }

  /// Each arm's own metrics where they changed.
  private var metricLines: [String] {
    let rows = rest.compactMap { difference -> [String]? in
      guard let (arm, metric) = Self.metric(of: difference), difference.path.hasSuffix(".value")
      else { return nil }
      return ["\(metric), \(arm)"]
        + [difference.old, difference.new].map { Self.value($0, of: metric) }
    }
    guard !rows.isEmpty else { return [] }
    return section("metrics", Self.columns([["", "old", "new"]] + rows))
  }

  /// The metric of an arm that a difference belongs to.
  private static func metric(of difference: DocumentDifference) -> (arm: String, metric: String)? {
    guard difference.path.hasPrefix("arms."),
      let middle = difference.path.firstRange(of: ".metrics.")
    else { return nil }
    let arm = difference.path[..<middle.lowerBound].dropFirst("arms.".count)
    let rest = difference.path[middle.upperBound...]
    return (String(arm), String(rest[..<(rest.lastIndex(of: ".") ?? rest.endIndex)]))
  }

  /// The rest of a summary is long: the first few, and how many there are.
  private var restLines: [String] {
    let shown = 8
    let others = rest.filter { Self.metric(of: $0) == nil }
    guard !others.isEmpty else { return [] }
    let more = others.count - shown
    return section(
      "elsewhere in summary.json",
      others.prefix(shown).map(change) + (more > 0 ? ["  and \(more) more"] : []))
  }

  private func section(_ title: String, _ lines: [String]) -> [String] { ["", title] + lines }

  private func change(_ difference: DocumentDifference) -> String {
    "  \(difference.path): \(Self.words(difference.old)) \(Self.arrow) \(Self.words(difference.new))"
  }

  private func cells(_ answer: StoredResult.Comparison?) -> [String] {
    guard let answer else { return [Self.none, "", ""] }
    let shown = { (value: Double) in Self.value(.number(value), of: answer.metric) }
    let low = answer.low.map(shown) ?? "\u{2212}\u{221E}"
    let high = answer.high.map(shown) ?? "\u{221E}"
    let interval = answer.low == nil && answer.high == nil ? "" : "[\(low), \(high)]"
    return [answer.estimate.map(shown) ?? "\u{2013}", interval, answer.verdict]
  }

  /// A summary keeps latencies in nanoseconds.
  private static func value(_ value: JSONValue?, of metric: String) -> String {
    let number: Double
    switch value {
    case .number(let double): number = double
    case .integer(let whole): number = Double(whole)
    default: return "\u{2013}"
    }
    return metric.hasPrefix("latency.") ? "\(Self.number(number / 1e6)) ms" : Self.number(number)
  }

  private static let arrow = "\u{2192}"
  private static let none = "(none)"

  /// In one line; what is longer than a line is shortened.
  private static func words(_ value: JSONValue?) -> String {
    guard let value else { return none }
    var style = JSONValue.Style.json5
    style.shortest = 2000
    let text = JSONValue.array([value]).written(style).dropFirst().dropLast()
    let line = text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
    return line.count > 76 ? "\(line.prefix(75))\u{2026}" : line
  }

  /// Five significant digits: enough to see a change.
  private static func number(_ value: Double) -> String {
    let scaled = Rounding.significant(value, digits: 5)
    return JSONValue.text(of: scaled).replacing("-", with: "\u{2212}")
  }

  private static func columns(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      let line = "  " + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  // MARK: For a program

  private var document: JSONValue {
    .object([
      ("schema", .integer(1)),
      ("old", .string(first.folder)), ("new", .string(second.folder)),
      ("same", .bool(isSame)),
      (
        "version",
        .object([("old", .string(first.version)), ("new", .string(second.version))])
      ),
      ("scenario", .array(scenario.map(\.document))),
      ("files", .array(files.map(\.document))),
      ("comparisons", .array(outcomes.map(\.document))),
      ("gates", .array(gates.map(\.document))),
      ("elsewhere", .array(rest.map(\.document))),
    ])
  }
}

/// Rounds for display.
private enum Rounding {
  static func significant(_ value: Double, digits: Int) -> Double {
    guard value != 0, value.isFinite else { return value }
    var scale = 1.0
    while value.magnitude * scale < 1, scale < 1e15 { scale *= 10 }
    for _ in 1..<digits where value.magnitude * scale < 1e4 { scale *= 10 }
    return (value * scale).rounded() / scale
  }
}

extension DocumentDifference {
  fileprivate var document: JSONValue {
    .object([("path", .string(path)), ("old", old ?? .null), ("new", new ?? .null)])
  }
}

extension ResultComparison.FileDifference {
  fileprivate var document: JSONValue {
    .object([
      ("role", .string(role)), ("old", old?.document ?? .null), ("new", new?.document ?? .null),
    ])
  }
}

extension StoredResult.File {
  fileprivate var document: JSONValue {
    .object([("path", .string(path)), ("sha256", .string(sha256))])
  }
}

extension ResultComparison.OutcomePair {
  fileprivate var document: JSONValue {
    let answer = old ?? new
    return .object([
      ("metric", .string(answer?.metric ?? "")), ("arm", .string(answer?.arm ?? "")),
      ("same", .bool(isSame)), ("old", old?.document ?? .null), ("new", new?.document ?? .null),
    ])
  }
}

extension StoredResult.Comparison {
  fileprivate var document: JSONValue {
    .object([
      ("question", .string(question)), ("estimate", estimate.map { .number($0) } ?? .null),
      (
        "interval",
        .array([low.map { .number($0) } ?? .null, high.map { .number($0) } ?? .null])
      ),
      ("verdict", .string(verdict)),
    ])
  }
}

extension ResultComparison.GatePair {
  fileprivate var document: JSONValue {
    let word = { (passed: Bool?) -> JSONValue in passed.map { .bool($0) } ?? .null }
    return .object([("gate", .string(name)), ("old", word(old)), ("new", word(new))])
  }
}

import Documents

/// Which column of a recording is what.
struct RecordingColumns {
  struct Feature: Equatable {
    var column: Int
    /// nil is numeric; empty is categorical with categories in order of appearance.
    var categories: [String]?
  }

  let names: [String]
  private(set) var time: Int?
  private(set) var unit: Int?
  private(set) var label: Int?
  private(set) var latency: Int?
  private(set) var inputTokens: Int?
  private(set) var outputTokens: Int?
  private(set) var priority: Int?
  private(set) var prefixes: Int?
  private(set) var features: [Feature] = []
  private(set) var logged: [Int] = []
  private(set) var segments: [Int] = []
  /// Whether the features were taken because nobody gave the columns another role.
  let takesAll: Bool

  /// Finds the plan's columns in a header; all that is wrong is told at once.
  init(header: [String], plan: RecordingPlan) throws(TrafficError) {
    names = header
    takesAll = plan.features == .all
    var problems = Self.duplicates(header)
    func find(_ name: String, _ role: ColumnRole) -> Int? {
      let index = header.firstIndex(of: name)
      if index == nil { problems.append(.unknownColumn(name: name, role: role, columns: header)) }
      return index
    }
    time = plan.timeColumn.flatMap { find($0, .time) }
    label = plan.labelColumn.flatMap { find($0, .label) }
    unit = plan.unitColumn.flatMap { find($0, .unit) }
    latency = plan.latencyColumn.flatMap { find($0, .latency) }
    inputTokens = plan.inputTokenColumn.flatMap { find($0, .inputTokens) }
    outputTokens = plan.outputTokenColumn.flatMap { find($0, .outputTokens) }
    priority = plan.priorityColumn.flatMap { find($0, .priority) }
    prefixes = plan.prefixColumn.flatMap { find($0, .prefixes) }
    logged = plan.loggedColumns.compactMap { find($0, .logged) }
    segments = plan.segmentColumns.compactMap { find($0, .segments) }
    switch plan.features {
    case .all:
      let single = [time, label, unit, latency, inputTokens, outputTokens, priority, prefixes]
      let taken = single.compactMap { $0 } + logged + segments
      features = header.indices.filter { !taken.contains($0) }.map { Feature(column: $0) }
      problems += features.filter { header[$0.column].isEmpty }
        .map { .unnamedColumn(number: $0.column + 1) }
    case .named(let columns):
      features = columns.compactMap { column in
        find(column.name, .features).map { Feature(column: $0, categories: column.categories) }
      }
    }
    guard problems.isEmpty else {
      throw .badData(
        Diagnostics(problems.flatMap { $0.diagnostic(file: plan.path, line: 1).list }))
    }
  }

  private static func duplicates(_ header: [String]) -> [RecordingProblem] {
    var firsts: [String: Int] = [:]
    return header.enumerated().compactMap { index, name in
      if name.isEmpty { return nil }
      if let first = firsts[name] {
        return .duplicateColumn(name: name, first: first + 1, second: index + 1)
      }
      firsts[name] = index
      return nil
    }
  }

  func schema(_ plan: RecordingPlan) -> TrafficSchema {
    let label: TrafficSchema.Label =
      switch (plan.labelColumn, plan.labelKind) {
      case (nil, _): .none
      case (_, .automatic): .classes(names: ["0", "1"])
      case (_, .classes(let names)): .classes(names: names)
      case (_, .real): .real
      }
    var schema = TrafficSchema(
      features: features.map { feature in
        TrafficSchema.Feature(
          name: names[feature.column],
          kind: feature.categories.map { .categorical(categories: $0) } ?? .numeric)
      },
      label: label, logged: logged.map { names[$0] }, segments: segments.map { names[$0] },
      hasUnits: unit != nil, hasLatency: latency != nil)
    schema.hasInputTokens = inputTokens != nil
    schema.hasOutputTokens = outputTokens != nil
    schema.hasPriority = priority != nil
    schema.prefixBlockTokens = prefixes == nil ? nil : plan.prefixBlockTokens
    return schema
  }
}

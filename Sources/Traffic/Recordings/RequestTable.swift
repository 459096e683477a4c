/// Writes requests as a recording: a row of delimited text for each, from which a replay reads back
/// every bit.
///
/// Times and latencies are whole nanoseconds; units and prefixes are their 64-bit identities; numbers
/// have as many digits as they need; classes, categories and values of segments are their texts; what
/// is missing is empty. A column that has several roles in the traffic stands once. The form is that of
/// RFC 4180, with a line feed after each row.
package struct RequestTable {
  private let schema: TrafficSchema
  private var names: ColumnNames
  private let columns: [Column]

  private enum Column {
    case time, unit, label, latency, inputTokens, outputTokens, priority, prefixes
    case feature(Int)
    case logged(Int)
    case segment(Int)
  }

  /// - Parameter schema: of the traffic; categories may still come.
  package init(_ schema: TrafficSchema) {
    self.schema = schema
    names = ColumnNames(schema)
    var columns: [Column] = [.time]
    if schema.hasUnits { columns.append(.unit) }
    // Of several roles the one whose field says all that the others read: a text before a number, a
    // double before a float.
    let texts = schema.features.filter { $0.kind != .numeric }.map(\.name)
    columns += schema.segments.indices.map { .segment($0) }
    columns += schema.logged.indices.filter { index in
      !schema.segments.contains(schema.logged[index]) && !texts.contains(schema.logged[index])
    }.map { .logged($0) }
    columns += schema.features.indices.filter { index in
      let feature = schema.features[index]
      return !schema.segments.contains(feature.name)
        && (feature.kind != .numeric || !schema.logged.contains(feature.name))
    }.map { .feature($0) }
    if schema.label != .none { columns.append(.label) }
    if schema.hasLatency { columns.append(.latency) }
    if schema.hasInputTokens { columns.append(.inputTokens) }
    if schema.hasOutputTokens { columns.append(.outputTokens) }
    if schema.hasPriority { columns.append(.priority) }
    if schema.prefixBlockTokens != nil { columns.append(.prefixes) }
    self.columns = columns
  }

  package var header: [UInt8] {
    var line = TableLine()
    for column in columns { line.add(text: name(of: column)) }
    return line.ended
  }

  /// The rows of a block.
  ///
  /// - Parameters:
  ///   - schema: with all categories that the block's features have.
  ///   - segmentValues: by segment column, the texts of its codes.
  package func rows(
    of block: RequestBlock, _ schema: TrafficSchema, segmentValues: [[String]]
  ) -> [UInt8] {
    var line = TableLine()
    for row in 0..<block.count {
      for column in columns { add(column, block, row, schema, segmentValues, to: &line) }
      line.endRow()
    }
    return line.bytes
  }

  /// How the table is read again.
  ///
  /// - Parameters:
  ///   - path: where it will stand.
  ///   - schema: with all categories that came.
  ///   - segmentValues: by segment column, in the order of their codes.
  ///   - start: of the traffic.
  package func plan(
    path: String, _ schema: TrafficSchema, segmentValues: [[String]], start: SimulatedTime?
  ) -> RecordingPlan {
    var plan = RecordingPlan(path: path)
    plan.format = .delimited
    plan.timeColumn = names.time
    plan.timeFormat = .epoch(nanosecondsPerUnit: 1)
    plan.start = start
    if schema.hasUnits { plan.unitColumn = names.unit }
    plan.unitsAreIdentities = schema.hasUnits
    switch schema.label {
    case .none: break
    case .real: plan.labelKind = .real
    case .classes(let names): plan.labelKind = .classes(names: names)
    }
    if schema.label != .none { plan.labelColumn = names.label }
    if schema.hasLatency { plan.latencyColumn = names.latency }
    plan.latencyUnitNanoseconds = 1
    plan.segmentColumns = schema.segments
    plan.segmentValues = segmentValues.allSatisfy(\.isEmpty) ? [] : segmentValues
    plan.loggedColumns = schema.logged
    plan.features = .named(
      schema.features.map { feature in
        switch feature.kind {
        case .numeric: .init(name: feature.name)
        case .categorical(let names): .init(name: feature.name, categories: names)
        }
      })
    if schema.hasInputTokens { plan.inputTokenColumn = names.inputTokens }
    if schema.hasOutputTokens { plan.outputTokenColumn = names.outputTokens }
    if schema.hasPriority { plan.priorityColumn = names.priority }
    if let size = schema.prefixBlockTokens {
      plan.prefixColumn = names.prefixes
      plan.prefixBlockTokens = size
    }
    return plan
  }

  private func name(of column: Column) -> String {
    switch column {
    case .time: names.time
    case .unit: names.unit
    case .label: names.label
    case .latency: names.latency
    case .inputTokens: names.inputTokens
    case .outputTokens: names.outputTokens
    case .priority: names.priority
    case .prefixes: names.prefixes
    case .feature(let index): schema.features[index].name
    case .logged(let index): schema.logged[index]
    case .segment(let index): schema.segments[index]
    }
  }

  private func add(
    _ column: Column, _ block: RequestBlock, _ row: Int, _ schema: TrafficSchema,
    _ segmentValues: [[String]], to line: inout TableLine
  ) {
    switch column {
    case .time: line.add(block.arrivals[row].nanoseconds)
    case .unit: line.add(block.units[row])
    case .label: Self.add(label: block.labels[row], schema.label, to: &line)
    case .latency: line.add(unlessNegative: block.latencies[row])
    case .inputTokens: line.add(unlessNegative: Int64(block.inputTokens[row]))
    case .outputTokens: line.add(unlessNegative: Int64(block.outputTokens[row]))
    case .priority: line.add(Int64(block.priorities[row]))
    case .prefixes: line.add(list: block.prefixes.blocks(of: row))
    case .feature(let index):
      let value = block.features[index * block.capacity + row]
      guard case .categorical(let names) = schema.features[index].kind, !value.isNaN else {
        return line.add(value)
      }
      line.add(text: names[Int(value)])
    case .logged(let index): line.add(block.logged[index * block.capacity + row])
    case .segment(let index):
      line.add(text: segmentValues[index][Int(block.segments[index * block.capacity + row])])
    }
  }

  private static func add(
    label: Float, _ meaning: TrafficSchema.Label, to line: inout TableLine
  ) {
    guard case .classes(let names) = meaning, !label.isNaN else { return line.add(label) }
    line.add(text: names[Int(label)])
  }
}

/// Names for the columns that the traffic names none, apart from those that it names.
private struct ColumnNames {
  let time: String
  let unit: String
  let label: String
  let latency: String
  let inputTokens: String
  let outputTokens: String
  let priority: String
  let prefixes: String

  init(_ schema: TrafficSchema) {
    let taken = Set(schema.features.map(\.name) + schema.logged + schema.segments)
    func free(_ name: String) -> String { taken.contains(name) ? free(name + "_") : name }
    time = free("time")
    unit = free("unit")
    label = free("label")
    latency = free("latency")
    inputTokens = free("inputTokens")
    outputTokens = free("outputTokens")
    priority = free("priority")
    prefixes = free("prefixes")
  }
}

/// Fields of delimited text, one row after the other.
private struct TableLine {
  private(set) var bytes: [UInt8] = []
  private var isFirst = true

  /// With the row's end.
  var ended: [UInt8] { bytes + [UInt8(ascii: "\n")] }

  mutating func endRow() {
    bytes.append(UInt8(ascii: "\n"))
    isFirst = true
  }

  private mutating func begin() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  mutating func add(_ number: some FixedWidthInteger) {
    begin()
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Below zero is missing.
  mutating func add(unlessNegative number: Int64) {
    begin()
    if number >= 0 { bytes.append(contentsOf: String(number).utf8) }
  }

  /// A feature is read by way of a double, so the shortest digits of a float are taken only where that
  /// way leads back to it.
  mutating func add(_ number: Float) {
    begin()
    if number.isNaN { return }
    let short = "\(number)"
    let readsBack = Double(short).map { Float($0).bitPattern == number.bitPattern } ?? false
    bytes.append(contentsOf: (readsBack ? short : "\(Double(number))").utf8)
  }

  mutating func add(_ number: Double) {
    begin()
    if !number.isNaN { bytes.append(contentsOf: "\(number)".utf8) }
  }

  mutating func add(list: ArraySlice<UInt64>) {
    begin()
    for (index, number) in list.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: " ")) }
      bytes.append(contentsOf: String(number).utf8)
    }
  }

  mutating func add(text: String) {
    begin()
    let needsQuotes = text.utf8.contains { byte in
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "\""), 0x0A, 0x0D, 0x20, 0x09: true
      default: false
      }
    }
    guard needsQuotes else { return bytes.append(contentsOf: text.utf8) }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

import Documents
import Probability

/// Turns the fields of a batch of rows into columns of requests, column by column.
struct RowDecoder {
  private let plan: RecordingPlan
  let columns: RecordingColumns
  private(set) var schema: TrafficSchema
  var tally: RecordingTally
  private(set) var clock: RecordingClock
  private(set) var segmentTables: [CategoryTable]
  private var featureTables: [CategoryTable?]
  private var labelTable: CategoryTable?
  /// Whether a feature column held a number in an earlier batch.
  private var hasNumbers: [Bool]
  private let missingTokens: [[UInt8]]
  private let unitShare: UnitHash?

  // Of the batch at hand:
  /// Rows of the batch that are decoded, in order.
  private(set) var alive: [Int32] = []
  private var times: [Int64] = []
  /// By index into `alive`: the row is passed over.
  private var isDropped: [Bool] = []
  private var problems: [Located] = []

  /// A problem and the row of the batch that has it.
  struct Located {
    var row: Int
    var column: Int
    var problem: RecordingProblem
  }

  init(plan: RecordingPlan, columns: RecordingColumns) throws(TrafficError) {
    self.plan = plan
    self.columns = columns
    schema = columns.schema(plan)
    tally = RecordingTally(columnCount: columns.names.count)
    clock = try RecordingClock(plan)
    featureTables = columns.features.map { feature in
      feature.categories.map { CategoryTable(names: $0, grows: $0.isEmpty) }
    }
    segmentTables = columns.segments.indices.map { segment in
      let values = plan.segmentValues.indices.contains(segment) ? plan.segmentValues[segment] : []
      return CategoryTable(names: values, grows: true)
    }
    if case .classes(let names) = plan.labelKind {
      labelTable = CategoryTable(names: names, grows: false)
    }
    hasNumbers = Array(repeating: false, count: columns.features.count)
    missingTokens = plan.missingTokens.map { Array($0.utf8) }
    unitShare = plan.shareOfUnits < 1 ? UnitHash(salt: "traffic") : nil
  }

  /// Forgets where time stood, to play the recording again; categories and counts are kept.
  mutating func restart() { clock.restart() }

  /// Puts counts back, so that a second playing does not count twice.
  mutating func keep(_ tally: RecordingTally) { self.tally = tally }

  mutating func count(_ reader: RowReader) {
    tally.blankLines = reader.blankLines
    tally.raggedRows = reader.raggedRows
    tally.brokenLines = reader.brokenLines
  }

  /// What decoding a batch came to.
  struct Outcome {
    /// No later row is wanted.
    var isAtEnd = false
    /// In the order of lines; rows from the first of them on were not taken.
    var problems: [Located] = []
  }

  /// Fills `staged` with the rows that are wanted, and `order` with their indices in it.
  mutating func decode(
    _ buffer: [UInt8], _ rows: RowBatch, into staged: inout RequestBlock, order: inout [Int32]
  ) -> Outcome {
    let bytes = buffer.span
    problems.removeAll(keepingCapacity: true)
    let isAtEnd = decodeTimes(bytes, rows)
    if let unitShare { keepShare(unitShare, bytes, rows) }
    staged.count = alive.count
    isDropped.removeAll(keepingCapacity: true)
    isDropped.append(contentsOf: repeatElement(false, count: alive.count))
    for (index, row) in alive.enumerated() {
      staged.arrivals[index] = SimulatedTime(nanoseconds: times[Int(row)])
    }
    if let unit = columns.unit { decodeUnits(bytes, rows, unit, &staged.units) }
    for index in columns.features.indices { decodeFeature(bytes, rows, index, &staged) }
    if let label = columns.label { decodeLabels(bytes, rows, label, &staged.labels) }
    for (index, column) in columns.logged.enumerated() {
      decodeLogged(bytes, rows, column, &staged.logged, at: index * staged.capacity)
    }
    if let latency = columns.latency { decodeLatencies(bytes, rows, latency, &staged.latencies) }
    for index in columns.segments.indices { decodeSegment(bytes, rows, index, &staged) }
    decodeServing(bytes, rows, &staged)
    addCategoriesToSchema()
    problems.sort { ($0.row, $0.column) < ($1.row, $1.column) }
    let cut = problems.first?.row ?? rows.count
    order.removeAll(keepingCapacity: true)
    for index in alive.indices where !isDropped[index] && alive[index] < cut {
      order.append(Int32(index))
    }
    return Outcome(isAtEnd: isAtEnd && problems.isEmpty, problems: problems)
  }

  // MARK: Which rows

  /// Reads arrival times and keeps the rows that lie in the plan's range; true when no later row can.
  private mutating func decodeTimes(_ bytes: Span<UInt8>, _ rows: RowBatch) -> Bool {
    alive.removeAll(keepingCapacity: true)
    times.removeAll(keepingCapacity: true)
    times.append(contentsOf: repeatElement(0, count: rows.count))
    let column = columns.time ?? 0
    defer { countTimes() }
    for row in 0..<rows.count {
      let place: RecordingClock.Place
      if columns.time == nil {
        place = clock.place(rowNumber: rows.rows[row].number - plan.fromRow)
      } else {
        let field = rows.fields[row * rows.columnCount + column]
        place = clock.place(bytes, Int(field.start), Int(field.end), line: rows.rows[row].line)
      }
      switch place {
      case .wanted(let time):
        times[row] = time
        alive.append(Int32(row))
      case .outside: continue
      case .afterEnd: return true
      case .fault(let fault):
        if plan.onBadValue == .skip, fault.isBadValue, columns.time != nil {
          tally.skipped[column] += 1
          continue
        }
        let problem =
          columns.time == nil
          ? .arrivalOutOfRange
          : clock.problem(
            fault, column: columns.names[column], text: fieldText(bytes, rows, row, column))
        problems.append(Located(row: row, column: column, problem: problem))
        // Its other fields are looked at, so that all that is wrong with the row is told.
        alive.append(Int32(row))
        return false
      }
    }
    return false
  }

  private mutating func countTimes() {
    tally.leapSeconds = clock.leapSeconds
    tally.timeSteps = clock.timeSteps
    tally.shiftedBy = clock.shiftedBy
    tally.reorderedRows = clock.reorderedRows
  }

  /// Keeps the rows of the share of units that is replayed; without a column of units, each row is one.
  private mutating func keepShare(_ hash: UnitHash, _ bytes: Span<UInt8>, _ rows: RowBatch) {
    let share = plan.shareOfUnits
    alive = alive.filter { row in
      let number = UInt64(rows.rows[Int(row)].number)
      guard let column = columns.unit else { return hash.position(of: number) < share }
      let (start, end) = Self.field(rows, Int(row), column)
      if isMissing(bytes, start, end) {
        return hash.position(of: UnitIdentity.ofRow(number)) < share
      }
      guard plan.unitsAreIdentities else {
        return hash.position(of: UnitIdentity.of(bytes, start, end)) < share
      }
      // What is no number stays, so that it is told where units are decoded.
      return UnitIdentity.number(bytes, start, end).map { hash.position(of: $0) < share } ?? true
    }
  }

  // MARK: Columns

  private mutating func decodeUnits(
    _ bytes: Span<UInt8>, _ rows: RowBatch, _ column: Int, _ units: inout [UInt64]
  ) {
    for (index, row) in alive.enumerated() {
      let (start, end) = Self.field(rows, Int(row), column)
      if isMissing(bytes, start, end) {
        tally.rowsWithoutUnit += 1
        units[index] = UnitIdentity.ofRow(UInt64(rows.rows[Int(row)].number))
      } else if !plan.unitsAreIdentities {
        units[index] = UnitIdentity.of(bytes, start, end)
      } else if let identity = UnitIdentity.number(bytes, start, end) {
        units[index] = identity
      } else {
        let problem = RecordingProblem.badIdentity(
          column: columns.names[column], text: text(bytes, start, end))
        if fail(index, column, problem) { break }
      }
    }
  }

  private mutating func decodeFeature(
    _ bytes: Span<UInt8>, _ rows: RowBatch, _ feature: Int, _ staged: inout RequestBlock
  ) {
    let column = columns.features[feature].column
    let base = feature * staged.capacity
    guard var table = featureTables[feature] else {
      decodeNumericFeature(bytes, rows, feature, &staged.features, at: base)
      return
    }
    featureTables[feature] = nil  // so that the table is changed in place
    for (index, row) in alive.enumerated() {
      let (start, end) = Self.field(rows, Int(row), column)
      staged.features[base + index] = .nan
      if isMissing(bytes, start, end) { continue }
      if let code = table.code(bytes, start, end) {
        staged.features[base + index] = Float(code)
      } else {
        let problem: RecordingProblem =
          table.grows
          ? .tooManyCategories(column: columns.names[column], limit: CategoryTable.limit)
          : .unknownCategory(
            column: columns.names[column], text: text(bytes, start, end), known: table.names)
        if fail(index, column, problem, always: table.grows) { break }
      }
    }
    featureTables[feature] = table
  }

  private mutating func decodeNumericFeature(
    _ bytes: Span<UInt8>, _ rows: RowBatch, _ feature: Int, _ features: inout [Float], at base: Int
  ) {
    let column = columns.features[feature].column
    var failures: [Int] = []
    let checksTokens = !missingTokens.isEmpty
    do {
      var values = features.mutableSpan
      let stride = rows.columnCount
      for index in alive.indices {
        let place = rows.fields[Int(alive[index]) * stride + column]
        let start = Int(place.start)
        let end = Int(place.end)
        values[base + index] = .nan
        if start == end || (checksTokens && isMissing(bytes, start, end)) { continue }
        if let value = DecimalNumber.parse(bytes, start, end), Float(value).isFinite {
          values[base + index] = Float(value)
        } else {
          failures.append(index)
        }
      }
    }
    for index in failures {
      let held = fieldText(bytes, rows, Int(alive[index]), column)
      let isText =
        columns.takesAll && !hasNumbers[feature]
        && !features[base..<base + index].contains { !$0.isNaN }
      let problem = Self.numberProblem(held, columns.names[column], isTextColumn: isText)
      if fail(index, column, problem, always: problem.isTextColumn) { break }
    }
    if !hasNumbers[feature] {
      hasNumbers[feature] = features[base..<base + alive.count].contains { !$0.isNaN }
    }
  }

  private mutating func decodeLogged(
    _ bytes: Span<UInt8>, _ rows: RowBatch, _ column: Int, _ logged: inout [Double], at base: Int
  ) {
    for index in alive.indices {
      let (start, end) = Self.field(rows, Int(alive[index]), column)
      logged[base + index] = .nan
      if isMissing(bytes, start, end) { continue }
      if let value = DecimalNumber.parse(bytes, start, end) {
        logged[base + index] = value
      } else {
        let problem = Self.numberProblem(
          text(bytes, start, end), columns.names[column], isTextColumn: false)
        if fail(index, column, problem) { break }
      }
    }
  }

  private mutating func decodeLabels(
    _ bytes: Span<UInt8>, _ rows: RowBatch, _ column: Int, _ labels: inout [Float]
  ) {
    let name = columns.names[column]
    for index in alive.indices {
      let (start, end) = Self.field(rows, Int(alive[index]), column)
      labels[index] = .nan
      if isMissing(bytes, start, end) {
        tally.missingLabels += 1
        continue
      }
      let problem: RecordingProblem
      switch plan.labelKind {
      case .automatic:
        if let value = DecimalNumber.parse(bytes, start, end), value == 0 || value == 1 {
          labels[index] = Float(value)
          continue
        }
        problem = .notABinaryLabel(column: name, text: text(bytes, start, end))
      case .classes(let names):
        if let code = labelTable?.code(bytes, start, end) {
          labels[index] = Float(code)
          continue
        }
        problem = .unknownClass(column: name, text: text(bytes, start, end), known: names)
      case .real:
        if let value = DecimalNumber.parse(bytes, start, end), Float(value).isFinite {
          labels[index] = Float(value)
          continue
        }
        problem = Self.numberProblem(text(bytes, start, end), name, isTextColumn: false)
      }
      if fail(index, column, problem, always: plan.labelKind == .automatic) { break }
    }
  }

  private mutating func decodeLatencies(
    _ bytes: Span<UInt8>, _ rows: RowBatch, _ column: Int, _ latencies: inout [Int64]
  ) {
    let unit = Double(plan.latencyUnitNanoseconds)
    for index in alive.indices {
      let (start, end) = Self.field(rows, Int(alive[index]), column)
      latencies[index] = -1
      if isMissing(bytes, start, end) { continue }
      let nanoseconds = (DecimalNumber.parse(bytes, start, end) ?? -1) * unit
      if nanoseconds >= 0, nanoseconds < 0x1p63 {
        latencies[index] = Int64(nanoseconds.rounded(.toNearestOrEven))
      } else {
        let problem = RecordingProblem.badLatency(
          column: columns.names[column], text: text(bytes, start, end))
        if fail(index, column, problem) { break }
      }
    }
  }

  private mutating func decodeSegment(
    _ bytes: Span<UInt8>, _ rows: RowBatch, _ segment: Int, _ staged: inout RequestBlock
  ) {
    let column = columns.segments[segment]
    let base = segment * staged.capacity
    for index in alive.indices {
      let (start, fieldEnd) = Self.field(rows, Int(alive[index]), column)
      let end = isMissing(bytes, start, fieldEnd) ? start : fieldEnd
      if let code = segmentTables[segment].code(bytes, start, end) {
        staged.segments[base + index] = UInt32(code)
      } else {
        let problem = RecordingProblem.tooManyCategories(
          column: columns.names[column], limit: CategoryTable.limit)
        if fail(index, column, problem, always: true) { break }
      }
    }
  }

  // MARK: Fields and faults

  @inline(__always)
  static func field(_ rows: RowBatch, _ row: Int, _ column: Int) -> (Int, Int) {
    let place = rows.fields[row * rows.columnCount + column]
    return (Int(place.start), Int(place.end))
  }

  private func fieldText(
    _ bytes: Span<UInt8>, _ rows: RowBatch, _ row: Int, _ column: Int
  ) -> String {
    let (start, end) = Self.field(rows, row, column)
    return text(bytes, start, end)
  }

  func isMissing(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    if start == end { return true }
    for token in missingTokens where token.count == end - start {
      var index = 0
      while index < token.count, token[index] == bytes[start + index] { index += 1 }
      if index == token.count { return true }
    }
    return false
  }

  private static func numberProblem(
    _ text: String, _ column: String, isTextColumn: Bool
  ) -> RecordingProblem {
    let special: Set<String> = [
      "nan", "-nan", "+nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "na",
      "n/a", "#n/a", "null", "none", "nil", "?", "-",
    ]
    if special.contains(text.lowercased()) { return .specialNumber(column: column, text: text) }
    if text.utf8.contains(where: { $0 &- 48 <= 9 }), let number = Double(text),
      !text.lowercased().contains("x"), !Float(number).isFinite
    {
      return .numberTooLarge(column: column, text: text)
    }
    return isTextColumn
      ? .textColumn(column: column, text: text) : .notANumber(column: column, text: text)
  }

  /// Does with a bad field what the plan says.
  ///
  /// - Returns: true when the rest of the column need not be read.
  mutating func fail(
    _ index: Int, _ column: Int, _ problem: RecordingProblem, always: Bool = false
  ) -> Bool {
    switch always ? .stop : plan.onBadValue {
    case .stop:
      problems.append(Located(row: Int(alive[index]), column: column, problem: problem))
      return true
    case .skip:
      if !isDropped[index] { tally.skipped[column] += 1 }
      isDropped[index] = true
    case .missing:
      tally.readAsMissing[column] += 1
    }
    return false
  }

  private mutating func addCategoriesToSchema() {
    for (index, table) in featureTables.enumerated() {
      guard let table, table.grows, case .categorical(let known) = schema.features[index].kind,
        known.count < table.names.count
      else { continue }
      schema.features[index].kind = .categorical(categories: table.names)
    }
  }
}

extension RecordingProblem {
  fileprivate var isTextColumn: Bool {
    if case .textColumn = self { true } else { false }
  }
}

extension UnitIdentity {
  /// A whole number of 64 bits as it is written; nil where the text is none.
  static func number(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64? {
    guard end > start, end - start <= 20 else { return nil }
    var number: UInt64 = 0
    for place in start..<end {
      let digit = bytes[place] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      let (tens, overflows) = number.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = tens.addingReportingOverflow(UInt64(digit))
      if overflows || overflowsToo { return nil }
      number = sum
    }
    return number
  }

  /// The identity of a row that names no unit: its own number, apart from numbers that are written.
  static func ofRow(_ number: UInt64) -> UInt64 {
    DrawKey.finalise(DrawKey.finalise(number) ^ 0x726F_7720_756E_6974)
  }
}

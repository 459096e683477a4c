import Documents

/// Reads the columns of a table that somebody has: CSV with a header, or JSON Lines.
///
/// What the bytes begin with tells the format. Memory is that of the columns that are asked for.
package struct TableReader {
  /// As messages call it.
  private let path: String
  private let location: String
  private let delimiter: UInt8
  private let missing: [[UInt8]]

  /// - Parameters:
  ///   - location: where it stands on this machine, when that is not `path` itself.
  ///   - delimiter: what divides the fields of CSV; nil is a tab for names in .tsv, else a comma.
  ///   - missing: fields that mean missing, beside the empty one and JSON's null.
  package init(
    path: String, location: String? = nil, delimiter: UInt8? = nil, missing: [String] = []
  ) {
    self.path = path
    self.location = location ?? path
    self.delimiter =
      delimiter ?? (path.contains(".tsv") ? UInt8(ascii: "\t") : UInt8(ascii: ","))
    self.missing = missing.map { Array($0.utf8) }
  }

  package enum Format: Sendable { case delimited, jsonLines }

  /// Every mistake of the columns, and the first mistake of each column's fields, at once.
  ///
  /// - Complexity: O(bytes).
  package func read(_ wanted: [WantedColumn]) throws(TrafficError) -> TableColumns {
    let table =
      switch try format() {
      case .delimited: try readDelimited(wanted)
      case .jsonLines: try readJSONLines(wanted)
      }
    guard table.rowCount > 0 else {
      throw .badData(Diagnostics([TableProblem.noRows.diagnostic(at: Place(file: path))]))
    }
    return table
  }

  /// Told by the first byte that is no blank.
  package func format() throws(TrafficError) -> Format {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let source = try open()
    var count = 0
    do throws(ByteSourceError) {
      count = try source.read(into: &bytes, at: 0)
    } catch { throw TrafficError(error) }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = bytes[..<count].starts(with: mark) ? mark.count : 0
    let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
    switch bytes[start..<max(start, count)].first(where: { !blanks.contains($0) }) {
    case UInt8(ascii: "{"): return .jsonLines
    case UInt8(ascii: "["):
      throw .badData(Diagnostics([TableProblem.list.diagnostic(at: Place(file: path))]))
    default: return .delimited
    }
  }

  private func open() throws(TrafficError) -> ByteSource {
    do throws(ByteSourceError) {
      return try ByteSource(path: path, location: location)
    } catch { throw TrafficError(error) }
  }

  // MARK: CSV

  private func readDelimited(_ wanted: [WantedColumn]) throws(TrafficError) -> TableColumns {
    var reader = try RowReader(source: try open(), delimiter: delimiter)
    let places = try columnPlaces(wanted, reader.header)
    var builders = wanted.map(ColumnBuilder.init)
    var mistakes = FieldMistakes(path: path, columnCount: wanted.count)
    var lines: [Int] = []
    while true {
      let ending = try reader.readBatch(beforeRow: nil)
      let batch = reader.batch
      for row in 0..<batch.count { lines.append(batch.rows[row].line) }
      for (index, place) in places.enumerated() {
        let bytes = reader.bytes.span
        for row in 0..<batch.count {
          let field = batch.fields[row * batch.columnCount + place]
          let problem = add(bytes, Int(field.start), Int(field.end), to: &builders[index])
          if let problem {
            mistakes.add(problem, index, Place(file: path, line: batch.rows[row].line))
          }
        }
      }
      switch ending {
      case .more: continue
      case .problem(let problem, let line):
        mistakes.add(problem, line: line)
        fallthrough
      case .endOfFile:
        try mistakes.check()
        return TableColumns(builders, lines: lines)
      }
    }
  }

  @inline(__always)
  private func add(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, to builder: inout ColumnBuilder
  ) -> TableProblem? {
    if start == end || isMissing(bytes, start, end) { return builder.addMissing() }
    return builder.add(bytes, start, end)
  }

  private func isMissing(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    missing.contains { token in
      token.count == end - start && token.indices.allSatisfy { token[$0] == bytes[start + $0] }
    }
  }

  private func columnPlaces(
    _ wanted: [WantedColumn], _ header: [String]
  ) throws(TrafficError) -> [Int] {
    var places: [Int] = []
    var problems: [TableProblem] = []
    for column in wanted {
      guard let first = header.firstIndex(of: column.name) else {
        problems.append(
          .unknownColumn(name: column.name, asker: column.asker, columns: header))
        continue
      }
      if let second = header.lastIndex(of: column.name), second != first {
        problems.append(
          .duplicateColumn(name: column.name, first: first + 1, second: second + 1))
      }
      places.append(first)
    }
    try check(problems, at: Place(file: path, line: 1))
    return places
  }

  private func check(_ problems: [TableProblem], at place: Place) throws(TrafficError) {
    guard !problems.isEmpty else { return }
    var list: [Diagnostic] = []
    for problem in problems.map({ $0.diagnostic(at: place) }) where !list.contains(problem) {
      list.append(problem)
    }
    throw .badData(Diagnostics(list))
  }

  // MARK: JSON Lines

  private func readJSONLines(_ wanted: [WantedColumn]) throws(TrafficError) -> TableColumns {
    var reader = LineReader(try open())
    var builders = wanted.map(ColumnBuilder.init)
    var mistakes = FieldMistakes(path: path, columnCount: wanted.count)
    var lines: [Int] = []
    var known: [String] = []
    var isFound = [Bool](repeating: false, count: wanted.count)
    while let line = try reader.next() {
      guard let row = mistakes.row(line, number: reader.number) else { continue }
      lines.append(reader.number)
      for member in row where !known.contains(member.key) { known.append(member.key) }
      for index in wanted.indices {
        let value = row.first { $0.key == wanted[index].name }?.value
        if value != nil { isFound[index] = true }
        if let problem = add(value, to: &builders[index]) {
          var place = value?.place ?? Place(file: path)
          place.line = reader.number
          mistakes.add(problem, index, place)
        }
      }
    }
    let unknown = wanted.indices.filter { !isFound[$0] && !lines.isEmpty }.map { index in
      TableProblem.unknownColumn(
        name: wanted[index].name, asker: wanted[index].asker, columns: known)
    }
    try check(unknown, at: Place(file: path))
    try mistakes.check()
    return TableColumns(builders, lines: lines)
  }

  private func add(_ value: JSONNode?, to builder: inout ColumnBuilder) -> TableProblem? {
    guard let value, !value.isNull else { return builder.addMissing() }
    let text: String
    switch value.kind {
    case .array, .object, .null:
      _ = builder.addMissing()
      return .notAField(column: builder.wanted.name, found: value.inWords)
    case .number, .bool: text = value.literal
    case .string: text = value.string ?? ""
    }
    let bytes = Array(text.utf8)
    if bytes.isEmpty || isMissing(bytes.span, 0, bytes.count) { return builder.addMissing() }
    if builder.wanted.reading == .numbers, value.kind == .string {
      _ = builder.addMissing()
      let isNumber = DecimalNumber.parse(bytes.span, 0, bytes.count) != nil
      return isNumber
        ? .numberInQuotes(column: builder.wanted.name, text: text)
        : .notANumber(column: builder.wanted.name, text: text)
    }
    if builder.wanted.reading == .answers, value.kind == .string {
      return builder.addWord(bytes.span, 0, bytes.count)
    }
    if builder.wanted.reading == .numbers, let number = value.number, number.isFinite {
      builder.add(number)
      return nil
    }
    return builder.add(bytes.span, 0, bytes.count)
  }
}

extension TableColumns {
  fileprivate init(_ builders: [ColumnBuilder], lines: [Int]) {
    self.init(
      rowCount: lines.count, lines: lines, columns: builders.map(\.column),
      columnsOfWords: builders.filter(\.holdsWords).map(\.wanted.name))
  }
}

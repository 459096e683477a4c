import Documents
import Reports
import Traffic

/// The rows of a table whose times can be fitted, in the order of the file.
struct MeasuredTimes {
  /// As messages call it.
  let name: String
  /// Above 0, in seconds.
  private(set) var times: [Double] = []
  /// A column each, in the order of the request's.
  private(set) var sizes: [[Double]]
  /// The group of each row; all 0 where none are asked for.
  private(set) var groups: [Int] = []
  private(set) var groupNames: [String?] = [nil]
  private(set) var leftOut: [FittingFindings.LeftOut] = []

  init(
    _ request: FittingRequest, table: String, isCancelled: () -> Bool
  ) throws(StudyError) {
    if table != "-", let missing = NamedFile(path: table, directory: ".").missing(at: nil) {
      throw missing
    }
    let spool = table == "-" ? try SpooledInput(isCancelled: isCancelled) : nil
    name = spool == nil ? table : SpooledInput.name
    let sizeColumns = request.sizeColumns
    let wanted =
      [WantedColumn(request.time, .numbers, asker: "--time")]
      + sizeColumns.map { WantedColumn($0, .numbers, asker: request.asker) }
      + request.filters.map { WantedColumn($0.column, .categories, asker: "--where") }
      + [request.per].compactMap { $0 }.map { WantedColumn($0, .categories, asker: "--per") }
    let reader = TableReader(
      path: spool?.path ?? table, delimiter: request.delimiter, missing: request.missing)
    let columns = try StudyError.fromTraffic { () throws(TrafficError) in
      try spool.naming { () throws(TrafficError) in try reader.read(wanted) }
    }
    sizes = sizeColumns.map { _ in [] }
    try take(columns, request)
  }

  private mutating func take(
    _ columns: TableColumns, _ request: FittingRequest
  ) throws(StudyError) {
    let numbers = columns.columns[0...request.sizeColumns.count].map { column in
      if case .numbers(let values) = column { return values }
      return []
    }
    let filters = try passing(columns, request)
    var (codes, names): ([Int32], [String]) = ([], [])
    if request.per != nil, case .categories(let all, let texts)? = columns.columns.last {
      (codes, names) = (all, texts)
      groupNames = names
    }
    var counts = (empty: 0, zero: 0, negative: 0, size: 0, group: 0)
    for row in 0..<columns.rowCount where filters[row] {
      let time = numbers[0][row] * request.secondsPerUnit
      if time.isNaN {
        counts.empty += 1
      } else if time < 0 {
        counts.negative += 1
      } else if time == 0 {
        counts.zero += 1
      } else if numbers[1...].contains(where: { $0[row].isNaN }) {
        counts.size += 1
      } else if request.per != nil, codes[row] < 0 {
        counts.group += 1
      } else {
        try checkSizes(numbers[1...].map { $0[row] }, request, line: columns.lines[row])
        times.append(time)
        for index in sizes.indices { sizes[index].append(numbers[index + 1][row]) }
        groups.append(request.per == nil ? 0 : Int(codes[row]))
      }
    }
    leftOut = [
      .init(count: counts.empty, reason: "without a time"),
      .init(count: counts.zero, reason: "whose time is 0"),
      .init(count: counts.negative, reason: "whose time is below 0"),
      .init(count: counts.size, reason: "without all of \(request.asker)'s columns"),
      .init(count: counts.group, reason: "without a group"),
    ].filter { $0.count > 0 }
  }

  /// Which rows meet every filter.
  private func passing(
    _ columns: TableColumns, _ request: FittingRequest
  ) throws(StudyError) -> [Bool] {
    var passes = [Bool](repeating: true, count: columns.rowCount)
    for (index, filter) in request.filters.enumerated() {
      guard
        case .categories(let codes, let names) = columns.columns[
          1 + request.sizeColumns.count + index]
      else { continue }
      guard let code = names.firstIndex(of: filter.value) else {
        throw error(
          "column \(filter.column) never holds \"\(filter.value)\", which --where asks for",
          help: NearestName.of(filter.value, among: names).map { "did you mean \($0)?" })
      }
      for row in passes.indices where codes[row] != Int32(code) { passes[row] = false }
    }
    return passes
  }

  private func checkSizes(
    _ values: [Double], _ request: FittingRequest, line: Int
  ) throws(StudyError) {
    for (column, value) in zip(request.sizeColumns, values) {
      if value < 0 {
        throw error(
          "column \(column) is \(value), below 0, and \(request.asker) counts it", line: line)
      }
      if case .batch = request.form, value < 1 || value != value.rounded() {
        throw error("column \(column) is \(value), which is no size of a batch", line: line)
      }
    }
  }

  func error(_ message: String, help: String? = nil, line: Int? = nil) -> StudyError {
    StudyError(.badData, Diagnostic(at: Place(file: name, line: line), message, help: help))
  }

  /// The rows of a group, in the order of the file.
  func rows(of group: String?) -> [Int] {
    guard let code = groupNames.firstIndex(of: group) else { return [] }
    return groups.indices.filter { groups[$0] == code }
  }
}

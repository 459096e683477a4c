import Documents
import Traffic

/// The columns of a table that a request asks for, by their names.
struct AnalysisTable {
  /// As messages call it.
  let name: String
  let columns: TableColumns
  private let wanted: [WantedColumn]

  /// Opens the table, or reads standard input.
  init(
    _ request: AnalysisRequest, _ expressions: [MetricExpression], isCancelled: () -> Bool
  ) throws(StudyError) {
    let file = NamedFile(path: request.table, directory: ".")
    if request.table != "-", let missing = file.missing(at: nil) { throw missing }
    let isSpooled = request.table == "-"
    let spool = try isSpooled ? SpooledInput(isCancelled: isCancelled) : nil
    name = isSpooled ? SpooledInput.name : request.table
    wanted = Self.wanted(request, expressions)
    let reader = TableReader(
      path: spool?.path ?? request.table, delimiter: request.delimiter, missing: request.missing)
    let wanted = wanted
    columns = try StudyError.fromTraffic { () throws(TrafficError) in
      try spool.naming { () throws(TrafficError) in try reader.read(wanted) }
    }
  }

  private static func wanted(
    _ request: AnalysisRequest, _ expressions: [MetricExpression]
  ) -> [WantedColumn] {
    var wanted: [WantedColumn] = []
    func add(_ name: String?, _ reading: WantedColumn.Reading, _ asker: String) {
      guard let name, !wanted.contains(where: { $0.name == name && $0.reading == reading })
      else { return }
      wanted.append(WantedColumn(name, reading, asker: asker))
    }
    switch request.layout {
    case .arms(let column): add(column, .categories, "--arm")
    case .pairs(let columns): for column in columns { add(column, .numbers, "--pairs") }
    }
    add(request.label, .numbers, "--label")
    add(request.unit, .categories, "--unit")
    add(request.time, .times, "--time")
    add(request.stratum, .categories, "--stratum")
    for covariate in request.covariates { add(covariate, .numbers, "--covariate") }
    add(request.weight, .numbers, "--weight")
    add(request.propensity, .numbers, "--propensity")
    for expression in expressions {
      for column in expression.columns { add(column, .numbers, "--metric") }
    }
    return wanted
  }

  /// A column of numbers that was asked for.
  func numbers(_ name: String) -> [Double] {
    guard case .numbers(let values)? = column(name, .numbers) else { return [] }
    return values
  }

  /// A column of texts that was asked for.
  func categories(_ name: String) -> (codes: [Int32], names: [String]) {
    guard case .categories(let codes, let names)? = column(name, .categories) else {
      return ([], [])
    }
    return (codes, names)
  }

  /// A column of times that was asked for.
  func times(_ name: String) -> [Int64] {
    guard case .times(let times)? = column(name, .times) else { return [] }
    return times
  }

  private func column(_ name: String, _ reading: WantedColumn.Reading) -> TableColumn? {
    zip(wanted, columns.columns).first { $0.0.name == name && $0.0.reading == reading }?.1
  }

  /// What is wrong with a row.
  func error(_ problem: AnalysisProblem, row: Int? = nil) -> StudyError {
    StudyError(problem, in: name, line: row.map { columns.lines[$0] })
  }

  /// The first row of a column of numbers that is not as it must be.
  func check(
    _ name: String, _ problem: (Double) -> AnalysisProblem?
  ) throws(StudyError) {
    for (row, value) in numbers(name).enumerated() {
      if let problem = problem(value) { throw error(problem, row: row) }
    }
  }

  /// No row may lack a text.
  func checkFilled(_ name: String, asker: String) throws(StudyError) {
    if let row = categories(name).codes.firstIndex(of: -1) {
      throw error(.emptyField(column: name, asker: asker), row: row)
    }
  }
}

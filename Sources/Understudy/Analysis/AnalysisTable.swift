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
    case .pairs(let columns):
      for reading in readings(expressions) {
        for column in columns { add(column, reading, "--pairs") }
      }
    case .policies(let columns):
      add(request.reward, .numbers, "--reward")
      for column in columns { add(column, .numbers, "--policy") }
      for column in request.rewardModel { add(column, .numbers, "--reward-model") }
    }
    for column in request.denominators { add(column, .numbers, "--denominators") }
    let labelled = expressions.filter(\.needsLabel)
    for reading in readings(labelled.isEmpty ? expressions : labelled) {
      add(request.label, reading, "--label")
    }
    add(request.segment, .categories, "--segment")
    add(request.unit, .categories, "--unit")
    add(request.time, .times, "--time")
    add(request.stratum, .categories, "--stratum")
    for covariate in request.covariates { add(covariate, .numbers, "--covariate") }
    add(request.weight, .numbers, "--weight")
    add(request.propensity, .numbers, "--propensity")
    for expression in expressions {
      for column in expression.columns { add(column, reading(expression), "--metric") }
    }
    return wanted
  }

  private static func reading(_ expression: MetricExpression) -> WantedColumn.Reading {
    expression.takesTexts ? .answers : .numbers
  }

  private static func readings(_ expressions: [MetricExpression]) -> [WantedColumn.Reading] {
    [.numbers, .answers].filter { wanted in expressions.contains { reading($0) == wanted } }
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

  /// Answers that may be texts: their codes and names, and their numbers where all of them are numbers.
  struct Answers {
    var numbers: [Double]?
    var codes: [Int32]
    var names: [String]
  }

  /// A column of answers that was asked for.
  func answers(_ name: String) -> Answers {
    guard case .answers(let numbers, let codes, let names)? = column(name, .answers) else {
      return Answers(numbers: [], codes: [], names: [])
    }
    return Answers(numbers: numbers, codes: codes, names: names)
  }

  /// How many of these rows lack a value in a column of numbers or of answers.
  func missingCount(_ name: String, rows: [Int]) -> Int {
    if case .numbers(let values)? = column(name, .numbers) {
      return rows.count { values[$0].isNaN }
    }
    let codes = answers(name).codes
    return rows.count { codes.indices.contains($0) && codes[$0] < 0 }
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

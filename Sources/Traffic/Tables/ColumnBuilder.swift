/// Reads the fields of one column, whatever the format they come from.
struct ColumnBuilder {
  let wanted: WantedColumn
  private(set) var holdsWords = false
  private var numbers: [Double] = []
  private var areNumbers = true
  private var codes: [Int32] = []
  private var times: [Int64] = []
  private var table = CategoryTable(names: [], grows: true)
  private var clock: TimeReader?

  init(_ wanted: WantedColumn) { self.wanted = wanted }

  var column: TableColumn {
    switch wanted.reading {
    case .numbers: .numbers(numbers)
    case .categories: .categories(codes: codes, names: table.names)
    case .answers:
      .answers(numbers: areNumbers ? numbers : nil, codes: codes, names: table.names)
    case .times: .times(times)
    }
  }

  /// Adds a field that is not there.
  mutating func addMissing() -> TableProblem? {
    switch wanted.reading {
    case .numbers: numbers.append(.nan)
    case .categories: codes.append(-1)
    case .answers:
      numbers.append(.nan)
      codes.append(-1)
    case .times:
      times.append(0)
      return .missingTime(column: wanted.name)
    }
    return nil
  }

  /// Adds a number that was read already; not NaN.
  mutating func add(_ number: Double) { numbers.append(number) }

  /// Adds a field as it is written, which is not empty; a field with a problem counts as missing.
  mutating func add(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> TableProblem? {
    switch wanted.reading {
    case .numbers: return addNumber(bytes, start, end)
    case .times: return addTime(bytes, start, end)
    case .categories: return addText(bytes, start, end)
    case .answers: return addAnswer(bytes, start, end)
    }
  }

  /// Adds a text that is no number, even where it reads as one.
  mutating func addWord(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> TableProblem? {
    numbers.append(.nan)
    areNumbers = false
    return addText(bytes, start, end)
  }

  private mutating func addText(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> TableProblem? {
    guard let code = table.code(bytes, start, end) else {
      codes.append(-1)
      return .tooManyCategories(column: wanted.name, limit: CategoryTable.limit)
    }
    codes.append(Int32(code))
    return nil
  }

  /// "NaN" and its like are no class: a column of numbers that holds one would silently become one of texts.
  private mutating func addAnswer(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> TableProblem? {
    switch addNumber(bytes, start, end) {
    case nil: return addText(bytes, start, end)
    case .notANumber:
      areNumbers = false
      return addText(bytes, start, end)
    case .some(let problem):
      codes.append(-1)
      return problem
    }
  }

  private mutating func addNumber(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> TableProblem? {
    if let number = DecimalNumber.parse(bytes, start, end) {
      numbers.append(number)
      return nil
    }
    let word = text(bytes, start, end)
    switch word.lowercased() {
    case "true", "false":
      holdsWords = true
      numbers.append(word.lowercased() == "true" ? 1 : 0)
      return nil
    case "nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity":
      numbers.append(.nan)
      return .specialNumber(column: wanted.name, text: word)
    default:
      numbers.append(.nan)
      return Double(word)?.isInfinite == true
        ? .numberTooLarge(column: wanted.name, text: word)
        : .notANumber(column: wanted.name, text: word)
    }
  }

  private mutating func addTime(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> TableProblem? {
    if clock == nil, let format = TimeReader.detect(bytes, start, end) {
      clock = TimeReader(format, zoneOffset: .zero)
    }
    if case .success(let time)? = clock?.read(bytes, start, end) {
      times.append(time)
      return nil
    }
    times.append(0)
    return .unreadableTime(column: wanted.name, text: text(bytes, start, end))
  }
}

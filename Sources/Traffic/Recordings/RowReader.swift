import Documents

/// Reads a recording's header and then its rows, a batch at a time, from a bounded buffer.
struct RowReader {
  /// Names of the columns, as the header has them.
  let header: [String]
  private(set) var batch: RowBatch
  private var scanner: FieldScanner
  /// Takes the place of `scanner` for JSON Lines.
  private var objectScanner: ObjectScanner?
  private var window: ByteWindow

  /// No row is added to a batch that has so many bytes.
  private static let batchSize = 4 << 20

  /// Reads the header, or finds the keys of the first objects.
  init(
    source: ByteSource, delimiter: UInt8, isJSONLines: Bool = false, longestRow: Int = 64 << 20
  ) throws(TrafficError) {
    window = ByteWindow(source, longestRow: longestRow)
    if isJSONLines {
      header = try ObjectKeys.read(&window)
      batch = RowBatch(
        columnCount: header.count, capacity: max(16, min(1024, 16_384 / max(1, header.count))))
      scanner = FieldScanner(delimiter: delimiter, columnCount: header.count)
      objectScanner = ObjectScanner(columns: header)
      return
    }
    var headerReader = HeaderReader(delimiter: delimiter)
    header = try headerReader.read(&window)
    let capacity = max(16, min(1024, 16_384 / header.count))
    batch = RowBatch(columnCount: header.count, capacity: capacity)
    scanner = FieldScanner(delimiter: delimiter, columnCount: header.count)
    scanner.line = headerReader.line
  }

  /// What `batch` points into; valid until the next batch is read.
  var bytes: [UInt8] { window.bytes }

  /// What a batch ended with.
  enum Ending: Equatable {
    case more
    case endOfFile
    /// The rows before it are in the batch; nothing can be read after it.
    case problem(RecordingProblem, line: Int)
  }

  /// Whether rows that cannot be divided into fields are passed over and counted.
  var skipsRagged: Bool {
    get { scanner.skipsRagged }
    set {
      scanner.skipsRagged = newValue
      objectScanner?.skipsBroken = newValue
    }
  }

  /// Tells the columns in which JSON's true and false are read as 1 and 0.
  mutating func readBooleansAsNumbers(in columns: [Bool]) {
    objectScanner?.numericColumns = columns
  }

  /// Number of the next row.
  var rowNumber: Int { objectScanner?.number ?? scanner.number }
  var blankLines: Int { objectScanner?.blankLines ?? scanner.blankLines }
  /// Rows that were passed over because of their number of fields.
  var raggedRows: Int { scanner.skipsRagged ? scanner.raggedRows : 0 }
  /// Lines that were passed over because they hold no whole object.
  var brokenLines: Int { skipsRagged ? objectScanner?.brokenLines ?? 0 : 0 }

  /// Passes over rows until the next one has this number.
  mutating func skip(toRow number: Int) throws(TrafficError) -> Ending {
    scanner.ignoresShape = true
    objectScanner?.ignoresShape = true
    defer {
      scanner.ignoresShape = false
      objectScanner?.ignoresShape = false
    }
    var ending = Ending.more
    while rowNumber < number, ending == .more {
      ending = try readBatch(beforeRow: number)
    }
    batch.count = 0
    return ending
  }

  /// Reads the next rows: a full batch unless the file ends or is at fault, and none with the number
  /// `rowLimit` or above.
  mutating func readBatch(beforeRow rowLimit: Int?) throws(TrafficError) -> Ending {
    if objectScanner != nil { return try readObjects(beforeRow: rowLimit) }
    batch.count = 0
    var batchStart = window.position
    scanner.numberLimit = rowLimit ?? .max
    if scanner.number >= scanner.numberLimit { return .endOfFile }
    while true {
      let stop = scanner.scan(
        window.bytes, position: &window.position, limit: window.limit, fields: &batch.fields,
        rows: &batch.rows, count: &batch.count, byteLimit: batchStart + Self.batchSize)
      unescapeFields()
      switch stop {
      case .full:
        return .more
      case .ragged(let line, let found):
        return .problem(.ragged(found: found, expected: header.count), line: line)
      case .textAfterQuote(let line):
        return .problem(.textAfterQuote, line: line)
      case .needsMore(let openQuoteLine):
        if window.isAtEnd {
          if window.failure != nil, batch.count > 0 { return .more }
          if let failure = window.failure { throw failure }
          return openQuoteLine.map { .problem(.unclosedQuote, line: $0) } ?? .endOfFile
        }
        guard window.waitingCount <= window.longestRow else {
          return .problem(.rowTooLong(bytes: window.longestRow), line: scanner.line)
        }
        readOn(keepingFrom: &batchStart)
      }
    }
  }

  private mutating func readObjects(beforeRow rowLimit: Int?) throws(TrafficError) -> Ending {
    guard var objects = objectScanner.take() else { return .endOfFile }
    defer { objectScanner = objects }
    batch.count = 0
    var batchStart = window.position
    objects.numberLimit = rowLimit ?? .max
    if objects.number >= objects.numberLimit { return .endOfFile }
    while true {
      let stop = objects.scan(
        window.bytes, position: &window.position, limit: window.limit, fields: &batch.fields,
        rows: &batch.rows, count: &batch.count, byteLimit: batchStart + Self.batchSize)
      for field in objects.escapedFields { window.unescapeText(&batch.fields[field]) }
      for field in objects.booleanFields { window.writeBoolean(&batch.fields[field]) }
      switch stop {
      case .full:
        return .more
      case .broken(let line, let start, let flaw):
        let problem = flaw.problem(window.bytes, lineStart: start)
        return .problem(problem, line: line)
      case .needsMore:
        if window.isAtEnd {
          if window.failure != nil, batch.count > 0 { return .more }
          if let failure = window.failure { throw failure }
          return .endOfFile
        }
        guard window.waitingCount <= window.longestRow else {
          return .problem(.rowTooLong(bytes: window.longestRow), line: objects.line)
        }
        readOn(keepingFrom: &batchStart)
      }
    }
  }

  /// Reads more bytes behind those that the batch points into, which move to the front if they must.
  private mutating func readOn(keepingFrom batchStart: inout Int) {
    let shift = window.readMore(keepingFrom: batch.count == 0 ? window.position : batchStart)
    guard shift > 0 else { return }
    batchStart = 0
    for field in 0..<batch.count * batch.columnCount {
      batch.fields[field].start -= UInt32(shift)
      batch.fields[field].end -= UInt32(shift)
    }
  }

  /// Takes one quote away where two stand, in place.
  private mutating func unescapeFields() {
    for field in scanner.escapedFields { window.unescape(&batch.fields[field]) }
  }
}

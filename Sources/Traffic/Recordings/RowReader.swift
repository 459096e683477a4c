import Documents

/// Reads a recording's header and then its rows, a batch at a time, from a bounded buffer.
struct RowReader {
  /// Names of the columns, as the header has them.
  let header: [String]
  private(set) var batch: RowBatch
  /// What `batch` points into; valid until the next batch is read.
  private(set) var bytes: [UInt8]
  private(set) var scanner: FieldScanner
  private let source: ByteSource
  private var position = 0
  private var limit = 0
  private var isAtEnd = false

  /// A row longer than this is taken for a quote that was left open.
  static let longestRow = 64 << 20
  private static let bufferSize = 1 << 20

  /// Reads the header.
  init(
    source: ByteSource, path: String, delimiter: UInt8
  ) throws(TrafficError) {
    self.source = source
    bytes = Array(repeating: 0, count: Self.bufferSize + FieldScanner.padding)
    batch = RowBatch(columnCount: 0, capacity: 0)
    scanner = FieldScanner(delimiter: delimiter, columnCount: 0)
    var window = HeaderWindow(bytes: bytes)
    header = try window.readHeader(from: source, path: path, delimiter: delimiter)
    bytes = window.bytes
    position = window.position
    limit = window.limit
    isAtEnd = window.isAtEnd
    let capacity = max(16, min(1024, 16_384 / header.count))
    batch = RowBatch(columnCount: header.count, capacity: capacity)
    scanner = FieldScanner(delimiter: delimiter, columnCount: header.count)
    scanner.line = window.line
  }

  /// What a batch ended with.
  enum Ending: Equatable {
    case more
    case endOfFile
    /// The rows before it are in the batch; nothing can be read after it.
    case problem(RecordingProblem, line: Int)
  }

  /// Whether ragged rows are passed over and counted.
  var skipsRagged: Bool {
    get { scanner.skipsRagged }
    set { scanner.skipsRagged = newValue }
  }

  /// Passes over rows until the next one has this number.
  mutating func skip(toRow number: Int) throws(TrafficError) -> Ending {
    scanner.ignoresShape = true
    defer { scanner.ignoresShape = false }
    var ending = Ending.more
    while scanner.number < number, ending == .more {
      ending = try readBatch(beforeRow: number)
    }
    batch.count = 0
    return ending
  }

  /// Reads the next rows: a full batch unless the file ends or is at fault, and none with the number
  /// `rowLimit` or above.
  mutating func readBatch(beforeRow rowLimit: Int?) throws(TrafficError) -> Ending {
    batch.count = 0
    var batchStart = position
    scanner.numberLimit = rowLimit ?? .max
    if scanner.number >= scanner.numberLimit { return .endOfFile }
    while true {
      var openQuoteLine: Int?
      let stop = scanner.scan(
        bytes, position: &position, limit: limit, fields: &batch.fields, rows: &batch.rows,
        count: &batch.count, rowLimit: batch.capacity,
        openQuoteLine: &openQuoteLine)
      unescapeFields()
      switch stop {
      case .full:
        return .more
      case .ragged(let line, let found):
        return .problem(.ragged(found: found, expected: header.count), line: line)
      case .textAfterQuote(let line):
        return .problem(.textAfterQuote, line: line)
      case .needsMore:
        if isAtEnd {
          return openQuoteLine.map { .problem(.unclosedQuote, line: $0) } ?? .endOfFile
        }
        guard limit - position <= Self.longestRow else {
          return .problem(.rowTooLong(bytes: Self.longestRow), line: scanner.line)
        }
        try readOn(keepingFrom: &batchStart)
      }
    }
  }

  /// Reads more bytes behind those that the batch points into, which move to the front to make room.
  private mutating func readOn(keepingFrom batchStart: inout Int) throws(TrafficError) {
    let shift = batch.count == 0 ? position : batchStart
    if shift > 0, bytes.count - limit < Self.bufferSize / 2 + FieldScanner.padding {
      for index in shift..<limit { bytes[index - shift] = bytes[index] }
      for field in 0..<batch.count * batch.columnCount {
        batch.fields[field].start -= UInt32(shift)
        batch.fields[field].end -= UInt32(shift)
      }
      limit -= shift
      position -= shift
      batchStart = 0
    }
    try Self.read(from: source, into: &bytes, limit: &limit, isAtEnd: &isAtEnd)
  }

  /// Takes one quote away where two stand, in place.
  private mutating func unescapeFields() {
    for field in scanner.escapedFields {
      let quote = UInt8(ascii: "\"")
      var target = Int(batch.fields[field].start)
      var index = target
      while index < Int(batch.fields[field].end) {
        bytes[target] = bytes[index]
        index += bytes[index] == quote ? 2 : 1
        target += 1
      }
      batch.fields[field].end = UInt32(target)
    }
  }

  /// Reads more behind `limit`; at the end of the file, adds the newline that the last line may lack.
  fileprivate static func read(
    from source: ByteSource, into bytes: inout [UInt8], limit: inout Int, isAtEnd: inout Bool
  ) throws(TrafficError) {
    if bytes.count - limit < bufferSize / 2 + FieldScanner.padding {
      bytes.append(contentsOf: repeatElement(0, count: bytes.count))
    }
    let count: Int
    do throws(ByteSourceError) { count = try source.read(into: &bytes, at: limit) } catch {
      throw TrafficError(error)
    }
    limit += count
    if count == 0 {
      isAtEnd = true
      if limit > 0, bytes[limit - 1] != UInt8(ascii: "\n") {
        bytes[limit] = UInt8(ascii: "\n")
        limit += 1
      }
    }
    // Words are read past the limit, so what stands there must at least be there.
    if bytes.count < limit + FieldScanner.padding {
      bytes.append(contentsOf: repeatElement(0, count: FieldScanner.padding))
    }
  }
}

/// The start of a file while its header is looked for.
private struct HeaderWindow {
  var bytes: [UInt8]
  var position = 0
  var limit = 0
  var isAtEnd = false
  /// The line after the header.
  var line = 1

  mutating func readHeader(
    from source: ByteSource, path: String, delimiter: UInt8
  ) throws(TrafficError) -> [String] {
    try readMore(source)
    while limit < 3, !isAtEnd { try readMore(source) }
    if let found = ForeignFormat.detect(bytes[..<limit]) {
      throw .badData(RecordingProblem.foreignFormat(found).diagnostic(file: path, line: nil))
    }
    if bytes[..<limit].starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    while true {
      skipBlankLines()
      if let names = parseHeader(delimiter) { return names }
      if isAtEnd {
        let problem: RecordingProblem = position == limit ? .emptyFile : .unclosedQuote
        throw .badData(
          problem.diagnostic(file: path, line: problem == .emptyFile ? nil : line))
      }
      guard limit <= RowReader.longestRow else {
        throw .badData(
          RecordingProblem.rowTooLong(bytes: RowReader.longestRow).diagnostic(
            file: path, line: line))
      }
      try readMore(source)
    }
  }

  private mutating func readMore(_ source: ByteSource) throws(TrafficError) {
    try RowReader.read(from: source, into: &bytes, limit: &limit, isAtEnd: &isAtEnd)
  }

  private mutating func skipBlankLines() {
    while position < limit {
      if bytes[position] == UInt8(ascii: "\n") {
        position += 1
      } else if bytes[position] == UInt8(ascii: "\r"), position + 1 < limit,
        bytes[position + 1] == UInt8(ascii: "\n")
      {
        position += 2
      } else {
        return
      }
      line += 1
    }
  }

  /// The names, when the header's line is whole; then `position` and `line` are after it.
  private mutating func parseHeader(_ delimiter: UInt8) -> [String]? {
    var names: [String] = []
    var name: [UInt8] = []
    var isQuoted = false
    var isAtFieldStart = true
    var lines = 1
    var index = position
    while index < limit {
      let byte = bytes[index]
      index += 1
      if isQuoted {
        if byte != UInt8(ascii: "\"") {
          if byte == UInt8(ascii: "\n") { lines += 1 }
          name.append(byte)
        } else if index < limit, bytes[index] == byte {
          name.append(byte)
          index += 1
        } else {
          isQuoted = false
        }
      } else if byte == UInt8(ascii: "\""), isAtFieldStart {
        isQuoted = true
        isAtFieldStart = false
      } else if byte == delimiter || byte == UInt8(ascii: "\n") {
        if byte != delimiter, name.last == UInt8(ascii: "\r") { name.removeLast() }
        names.append(String(decoding: name, as: UTF8.self))
        name.removeAll()
        isAtFieldStart = true
        if byte != delimiter {
          position = index
          line += lines
          return names
        }
      } else {
        name.append(byte)
        isAtFieldStart = false
      }
    }
    return nil
  }
}

/// Files that are recognised as something other than delimited text.
enum ForeignFormat: String, Equatable {
  case gzip, zstd, bzip2, xz, utf16, parquet, zip

  static func detect(_ bytes: ArraySlice<UInt8>) -> ForeignFormat? {
    let signatures: [(ForeignFormat, [UInt8])] = [
      (.gzip, [0x1F, 0x8B]), (.zstd, [0x28, 0xB5, 0x2F, 0xFD]), (.bzip2, Array("BZh".utf8)),
      (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A]), (.utf16, [0xFF, 0xFE]), (.utf16, [0xFE, 0xFF]),
      (.parquet, Array("PAR1".utf8)), (.zip, [0x50, 0x4B, 0x03, 0x04]),
    ]
    return signatures.first { bytes.starts(with: $0.1) }?.0
  }
}

extension TrafficError {
  init(_ error: ByteSourceError) {
    self =
      switch error {
      case .missing(let path): .fileMissing(path: path)
      default: .unreadable(path: error.path, reason: error.reason)
      }
  }
}

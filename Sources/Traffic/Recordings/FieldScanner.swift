/// Where the fields of a batch of rows stand in a buffer: row-major, `columnCount` to a row.
struct RowBatch {
  let columnCount: Int
  let capacity: Int
  var count = 0
  var fields: [FieldPlace]
  var rows: [RowPlace]

  init(columnCount: Int, capacity: Int) {
    self.columnCount = columnCount
    self.capacity = capacity
    fields = Array(repeating: FieldPlace(start: 0, end: 0), count: columnCount * capacity)
    rows = Array(repeating: RowPlace(line: 0, number: 0), count: capacity)
  }
}

/// A field's content, inside its quotes if it has some.
struct FieldPlace {
  var start: UInt32
  /// The byte after it.
  var end: UInt32
}

/// Where a row stands in its file.
struct RowPlace {
  /// The line on which it begins, from 1.
  var line: Int
  /// From 0 after the header.
  var number: Int
}

/// Splits delimited text (RFC 4180) into rows and fields, eight bytes at a time.
struct FieldScanner {
  let delimiter: UInt8
  let columnCount: Int
  /// Rows with another number of fields are passed over and counted, not reported.
  var skipsRagged = false
  /// Rows are counted whatever their number of fields (used to pass over rows before the first).
  var ignoresShape = false
  /// The scan is done when the next row has this number.
  var numberLimit = Int.max

  /// The line of the file on which `position` stands, from 1.
  var line = 1
  /// Number of the next row.
  var number = 0
  var blankLines = 0
  var raggedRows = 0
  /// Fields of the batch that hold doubled quotes.
  private(set) var escapedFields: [Int] = []

  init(delimiter: UInt8, columnCount: Int) {
    self.delimiter = delimiter
    self.columnCount = columnCount
  }

  /// What stopped a scan.
  enum Stop: Equatable {
    /// The batch is full, or the next row has the number `numberLimit`.
    case full
    /// The row at the position has no end before `limit`; perhaps because of a quote that is open.
    case needsMore(openQuoteLine: Int?)
    case ragged(line: Int, found: Int)
    case textAfterQuote(line: Int)
  }

  /// Room for whole words past the last byte that counts.
  static let padding = 16

  /// Adds rows to a batch from `position` on, which moves to the first byte not taken.
  ///
  /// - Parameters:
  ///   - text: at least `padding` bytes longer than `limit`.
  ///   - count: rows in the batch; at most `rowLimit` afterwards.
  ///   - byteLimit: no row begins at or after this position.
  mutating func scan(
    _ text: [UInt8], position: inout Int, limit: Int, fields: inout [FieldPlace],
    rows: inout [RowPlace], count: inout Int, byteLimit: Int
  ) -> Stop {
    let bytes = unsafe text.span.bytes
    precondition(bytes.byteCount >= limit + Self.padding && limit <= Int(UInt32.max))
    precondition(fields.count >= rows.count * columnCount)
    escapedFields.removeAll(keepingCapacity: true)
    if count >= rows.count || number >= numberLimit { return .full }
    if position >= limit { return .needsMore(openQuoteLine: nil) }
    let delimiters = ByteWords.broadcast(delimiter)
    let newlines = ByteWords.broadcast(Self.newline)
    var fields = fields.mutableSpan
    var row = OpenRow(start: position, slot: count * columnCount)
    defer { position = row.start }
    var at = position
    if ByteWords.byte(bytes, at) == Self.quote {
      guard let next = Self.passQuoted(bytes, limit, &row) else {
        return .needsMore(openQuoteLine: line)
      }
      at = next
    }
    words: while at < limit {
      let word = ByteWords.word(bytes, at)
      var found = ByteWords.equalBytes(word, delimiters) | ByteWords.equalBytes(word, newlines)
      if at + 8 > limit { found &= (1 << (UInt64(limit - at) * 8)) - 1 }
      while found != 0 {
        let place = at + found.trailingZeroBitCount >> 3
        found &= found - 1
        let isRowEnd = ByteWords.byte(bytes, place) == Self.newline
        guard let field = row.field(until: place, isRowEnd: isRowEnd, bytes) else {
          return .textAfterQuote(line: line + row.linesInQuotes)
        }
        if row.fieldCount < columnCount {
          fields[row.slot] = field
          if row.hasEscapes { escapedFields.append(row.slot) }
          row.slot += 1
        }
        row.fieldCount += 1
        row.fieldStart = place + 1
        if isRowEnd {
          let isBlank = row.fieldCount == 1 && field.start == field.end && row.afterQuote < 0
          if let stop = finish(row, isBlank: isBlank, &rows, &count) {
            row.start = place + 1
            return stop
          }
          row = OpenRow(start: place + 1, slot: count * columnCount)
          if count == rows.count || number >= numberLimit || row.start >= byteLimit {
            return .full
          }
        }
        row.afterQuote = -1
        row.hasEscapes = false
        if row.fieldStart < limit, ByteWords.byte(bytes, row.fieldStart) == Self.quote {
          guard let next = Self.passQuoted(bytes, limit, &row) else {
            forgetFields(from: count)
            return .needsMore(openQuoteLine: line)
          }
          at = next
          continue words
        }
      }
      at += 8
    }
    forgetFields(from: count)
    return .needsMore(openQuoteLine: nil)
  }

  /// A row whose end is not yet found.
  private struct OpenRow {
    var start: Int
    /// Where in the batch its next field goes.
    var slot: Int
    var fieldStart: Int
    var fieldCount = 0
    var linesInQuotes = 0
    /// One past the closing quote of the field at hand, or -1.
    var afterQuote = -1
    var hasEscapes = false

    @inline(__always)
    init(start: Int, slot: Int) {
      self.start = start
      self.slot = slot
      fieldStart = start
    }

    /// The content of the field at hand, which ends before `place`; nil if text follows its quotes.
    @inline(__always)
    func field(until place: Int, isRowEnd: Bool, _ bytes: RawSpan) -> FieldPlace? {
      var start = fieldStart
      var end = place
      if isRowEnd, end > start, ByteWords.byte(bytes, end - 1) == carriageReturn { end -= 1 }
      if afterQuote >= 0 {
        if afterQuote != end { return nil }
        start += 1
        end = afterQuote - 1
      }
      return FieldPlace(
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
    }
  }

  /// Counts a row that has ended, into the batch if it is whole.
  @inline(__always)
  private mutating func finish(
    _ row: OpenRow, isBlank: Bool, _ rows: inout [RowPlace], _ count: inout Int
  ) -> Stop? {
    let firstLine = line
    line += 1 + row.linesInQuotes
    if isBlank {
      blankLines += 1
      return nil
    }
    number += 1
    if row.fieldCount == columnCount || ignoresShape {
      rows[count] = RowPlace(line: firstLine, number: number - 1)
      count += 1
      return nil
    }
    raggedRows += 1
    return skipsRagged ? nil : .ragged(line: firstLine, found: row.fieldCount)
  }

  /// What was noted of a row that is not whole is noted again when it is.
  private mutating func forgetFields(from count: Int) {
    escapedFields.removeAll { $0 >= count * columnCount }
  }

  /// Passes over the quoted field at hand; nil when its end is not here yet.
  private static func passQuoted(_ bytes: RawSpan, _ limit: Int, _ row: inout OpenRow) -> Int? {
    guard
      let closing = closingQuote(
        bytes, row.fieldStart, limit, &row.hasEscapes, &row.linesInQuotes)
    else { return nil }
    row.afterQuote = closing + 1
    return closing + 1
  }

  /// The place of the quote that closes the field that opens at `start`; nil when it is not here yet.
  private static func closingQuote(
    _ bytes: RawSpan, _ start: Int, _ limit: Int, _ hasEscapes: inout Bool, _ lines: inout Int
  ) -> Int? {
    let quotes = ByteWords.broadcast(quote)
    let newlines = ByteWords.broadcast(newline)
    var at = start + 1
    while at < limit {
      let word = ByteWords.word(bytes, at)
      var found = ByteWords.equalBytes(word, quotes) | ByteWords.equalBytes(word, newlines)
      if at + 8 > limit { found &= (1 << (UInt64(limit - at) * 8)) - 1 }
      if found == 0 {
        at += 8
        continue
      }
      let place = at + found.trailingZeroBitCount >> 3
      at = place + 1
      if ByteWords.byte(bytes, place) == newline {
        lines += 1
      } else if at >= limit {
        // The last byte there is: whether it closes or is doubled is told by the next one.
        return nil
      } else if ByteWords.byte(bytes, at) == quote {
        hasEscapes = true
        at += 1
      } else {
        return place
      }
    }
    return nil
  }

  private static let newline = UInt8(ascii: "\n")
  private static let quote = UInt8(ascii: "\"")
}

private let carriageReturn = UInt8(ascii: "\r")

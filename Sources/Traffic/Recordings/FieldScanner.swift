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
    /// The row at the position has no end before `limit`.
    case needsMore
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
  ///   - openQuoteLine: set to where a quoted field begins that has no end before `limit`.
  mutating func scan(
    _ text: [UInt8], position: inout Int, limit: Int, fields: inout [FieldPlace],
    rows rowPlaces: inout [RowPlace], count: inout Int, rowLimit: Int, openQuoteLine: inout Int?
  ) -> Stop {
    let bytes = unsafe text.span.bytes
    precondition(bytes.byteCount >= limit + Self.padding && limit <= Int(UInt32.max))
    precondition(rowPlaces.count >= rowLimit && fields.count >= rowLimit * columnCount)
    escapedFields.removeAll(keepingCapacity: true)
    openQuoteLine = nil
    let delimiters = ByteWords.broadcast(delimiter)
    let newlines = ByteWords.broadcast(Self.newline)
    var fields = fields.mutableSpan
    var rows = count
    defer { count = rows }
    var rowStart = position
    var fieldStart = position
    var fieldsOfRow = 0
    var slot = rows * columnCount
    var linesInQuotes = 0
    // One past the closing quote of the field at hand, or -1.
    var afterQuote = -1
    var hasEscapes = false
    if rows >= rowLimit || number >= numberLimit { return .full }
    if fieldStart >= limit { return .needsMore }
    var at = fieldStart
    if ByteWords.byte(bytes, fieldStart) == Self.quote {
      guard
        let end = Self.closingQuote(bytes, fieldStart, limit, &hasEscapes, &linesInQuotes)
      else {
        openQuoteLine = line
        return .needsMore
      }
      afterQuote = end + 1
      at = afterQuote
    }
    words: while at < limit {
      let word = ByteWords.word(bytes, at)
      var found = ByteWords.equalBytes(word, delimiters) | ByteWords.equalBytes(word, newlines)
      if at + 8 > limit { found &= (1 << (UInt64(limit - at) * 8)) - 1 }
      while found != 0 {
        let place = at + found.trailingZeroBitCount >> 3
        found &= found - 1
        let isRowEnd = ByteWords.byte(bytes, place) == Self.newline
        var start = fieldStart
        var end = place
        if isRowEnd, end > start, ByteWords.byte(bytes, end - 1) == Self.carriageReturn { end -= 1 }
        if afterQuote >= 0 {
          if afterQuote != end {
            return .textAfterQuote(line: line + linesInQuotes)
          }
          start += 1
          end = afterQuote - 1
        }
        if fieldsOfRow < columnCount {
          fields[slot] = FieldPlace(
            start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
          if hasEscapes {
            escapedFields.append(slot)
            hasEscapes = false
          }
          slot += 1
        }
        fieldsOfRow += 1
        fieldStart = place + 1
        if isRowEnd {
          if fieldsOfRow == 1, start == end, afterQuote < 0 {
            blankLines += 1
          } else if fieldsOfRow == columnCount || ignoresShape {
            rowPlaces[rows] = RowPlace(line: line, number: number)
            number += 1
            rows += 1
          } else {
            let stop = Stop.ragged(line: line, found: fieldsOfRow)
            number += 1
            raggedRows += 1
            if !skipsRagged {
              position = fieldStart
              return stop
            }
          }
          line += 1 + linesInQuotes
          linesInQuotes = 0
          rowStart = fieldStart
          fieldsOfRow = 0
          slot = rows * columnCount
          if rows == rowLimit || number >= numberLimit {
            position = rowStart
            return .full
          }
        }
        afterQuote = -1
        if ByteWords.byte(bytes, fieldStart) == Self.quote, fieldStart < limit {
          guard
            let closing = Self.closingQuote(bytes, fieldStart, limit, &hasEscapes, &linesInQuotes)
          else {
            openQuoteLine = line
            break words
          }
          afterQuote = closing + 1
          at = afterQuote
          continue words
        }
      }
      at += 8
    }
    position = rowStart
    // What was noted of a row that is not whole is noted again when it is.
    escapedFields.removeAll { $0 >= rows * columnCount }
    return .needsMore
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
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let quote = UInt8(ascii: "\"")
}

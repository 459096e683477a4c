import Documents

/// What can be wrong with a table of outcomes, or between it and what is asked of it.
enum TableProblem: Equatable {
  case noRows
  case list
  case unknownColumn(name: String, asker: String, columns: [String])
  case duplicateColumn(name: String, first: Int, second: Int)
  case ragged(found: Int, expected: Int)
  case unclosedQuote
  case textAfterQuote
  case rowTooLong(bytes: Int)
  case notANumber(column: String, text: String)
  case specialNumber(column: String, text: String)
  case numberInQuotes(column: String, text: String)
  case numberTooLarge(column: String, text: String)
  case tooManyCategories(column: String, limit: Int)
  case notAField(column: String, found: String)
  case notAnObject(found: String)
  case repeatedKey(String)
  case missingTime(column: String)
  case unreadableTime(column: String, text: String)

  func diagnostic(at place: Place) -> Diagnostic {
    Diagnostic(at: place, message, help: help)
  }

  /// What was found and what was expected.
  var message: String {
    switch self {
    case .noRows: "the file holds no row"
    case .list: "the file is one JSON list, where JSON Lines has one object a line"
    case .unknownColumn(let name, let asker, _):
      "there is no column \(named(name)), which \(asker) asks for"
    case .duplicateColumn(let name, let first, let second):
      "column \(named(name)) stands twice, as number \(first) and \(second)"
    case .ragged(let found, let expected):
      "the row has \(counted(found, "field")), and the header has \(expected)"
    case .unclosedQuote: "the quote that opens a field here is never closed"
    case .textAfterQuote: "text follows a closing quote, where a delimiter or the row's end must be"
    case .rowTooLong(let bytes): "the row is longer than \(bytes >> 20) MiB"
    case .notANumber(let column, let text), .specialNumber(let column, let text):
      "column \(named(column)) holds \(quoted(text)), not a number"
    case .numberInQuotes(let column, let text):
      "column \(named(column)) holds the text \(quoted(text)), not a number"
    case .numberTooLarge(let column, let text):
      "column \(named(column)) holds \(quoted(text)), which is above the largest number"
    case .tooManyCategories(let column, let limit):
      "column \(named(column)) holds more than \(limit) different texts"
    case .notAField(let column, let found):
      "column \(named(column)) holds \(found), not a number or a text"
    case .notAnObject(let found): "the line holds \(found), not an object"
    case .repeatedKey(let key): "the key \(named(key)) stands twice in one row"
    case .missingTime(let column): "time \(named(column)) is empty"
    case .unreadableTime(let column, let text):
      "time \(named(column)) holds \(quoted(text)), neither an RFC 3339 time nor a number"
    }
  }

  /// The way out.
  var help: String? {
    switch self {
    case .list: "write one object a line, for example with jq -c '.[]'"
    case .unknownColumn(_, _, let columns) where otherDelimiter(columns) != nil:
      "the header has one column, \(listed(columns)); name what divides it, --delimiter "
        + (otherDelimiter(columns) == "\t" ? "tab" : quoted(otherDelimiter(columns) ?? ""))
    case .unknownColumn(let name, _, let columns):
      (NearestName.of(name, among: columns).map { "did you mean \(named($0))? " } ?? "")
        + "the columns are \(listed(columns))"
    case .textAfterQuote: "inside a quoted field, a quote is written twice: \"\""
    case .rowTooLong: "a quote may have been left open"
    case .notANumber(_, let text), .specialNumber(_, let text):
      "if it means missing, say --missing \(argument(text))"
    case .numberInQuotes: "write numbers without quotes"
    case .notAField: "write each value in a column of its own"
    case .notAnObject: "write each row as { \"column\": value, … }"
    default: nil
    }
  }

  /// A text as a word of a command line.
  private func argument(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "-_./#".unicodeScalars.contains($0))
    }
    return isPlain ? text : quoted(text)
  }
}

extension RecordingProblem {
  /// The same of a table, whose way out is not a key of a scenario.
  var ofTable: TableProblem? {
    switch self {
    case .ragged(let found, let expected): .ragged(found: found, expected: expected)
    case .unclosedQuote: .unclosedQuote
    case .textAfterQuote: .textAfterQuote
    case .rowTooLong(let bytes): .rowTooLong(bytes: bytes)
    default: nil
    }
  }
}

import Documents

/// What can be wrong with a recording, or between it and its plan.
enum RecordingProblem: Equatable {
  // The file.
  case emptyFile
  case headerOnly
  case foreignFormat(ForeignFormat)
  case standardInputTwice
  case nothingToReplay(rows: Int)
  // The header.
  case unnamedColumn(number: Int)
  case duplicateColumn(name: String, first: Int, second: Int)
  case unknownColumn(name: String, role: ColumnRole, columns: [String])
  case noFeatureColumns
  // The plan.
  case unknownTimeLetter(letter: String, pattern: String)
  case noTimeAndNoRate
  case outOfRange(key: String, value: String, expected: String)
  // Rows.
  case ragged(found: Int, expected: Int)
  case unclosedQuote
  case textAfterQuote
  case rowTooLong(bytes: Int)
  /// What stands at fault, up to the end of its line, is `text`.
  case brokenObject(LineFlaw.Kind, text: String)
  // Fields.
  case notANumber(column: String, text: String)
  case textColumn(column: String, text: String)
  case specialNumber(column: String, text: String)
  case numberTooLarge(column: String, text: String)
  case unknownCategory(column: String, text: String, known: [String])
  case tooManyCategories(column: String, limit: Int)
  case notABinaryLabel(column: String, text: String)
  case unknownClass(column: String, text: String, known: [String])
  case badLatency(column: String, text: String)
  case badTokens(column: String, text: String)
  case badPriority(column: String, text: String)
  case badIdentity(column: String, text: String)
  case missingTime(column: String)
  case unreadableTime(column: String, text: String, format: String)
  case unclearTime(column: String, text: String)
  case timeOutOfRange(column: String, text: String)
  case timeTooFar(column: String, text: String)
  // Order.
  case timeStepsBack(column: String, time: SimulatedTime, before: SimulatedTime, line: Int)
  case laterThanWindow(
    column: String, time: SimulatedTime, window: SimulatedDuration, newest: SimulatedTime, line: Int
  )
  case arrivalOutOfRange
}

/// What a column is used for; the raw value is the scenario's key.
enum ColumnRole: String, Equatable {
  case time, label, features, unit, latency, logged, segments
  case inputTokens, outputTokens, priority, prefixes
}

extension RecordingProblem {
  func diagnostic(file: String, line: Int?) -> Diagnostics {
    Diagnostics([Diagnostic(.error, at: Place(file: file, line: line), message, help: help)])
  }

  /// What was found and what was expected.
  var message: String {
    switch self {
    case .emptyFile: "the file is empty, where a header and rows were expected"
    case .headerOnly: "the file holds a header and no row"
    case .foreignFormat(let format): "the file is \(format.words), not delimited text"
    case .standardInputTwice: "standard input can be read only once, and `loop` asks for more"
    case .nothingToReplay(let rows): "of the \(counted(rows, "row")) read, none is left to replay"
    case .unnamedColumn(let number): "column \(number) has no name"
    case .duplicateColumn(let name, let first, let second):
      "column \(named(name)) stands twice, as number \(first) and \(second)"
    case .unknownColumn(let name, let role, _):
      "there is no column \(named(name)), which `\(role.rawValue)` asks for"
    case .noFeatureColumns: "no column is left for features: each has another role"
    case .unknownTimeLetter(let letter, let pattern):
      "timeFormat \(quoted(pattern)) holds \(letter), which stands for nothing known"
    case .noTimeAndNoRate: "neither a column of arrival times nor a rate is given"
    case .outOfRange(let key, let value, let expected): "\(key) is \(value), not \(expected)"
    case .ragged(let found, let expected):
      "the row has \(counted(found, "field")), and the header has \(expected)"
    case .unclosedQuote: "the quote that opens a field here is never closed"
    case .textAfterQuote: "text follows a closing quote, where a delimiter or the row's end must be"
    case .rowTooLong(let bytes): "the row is longer than \(bytes >> 20) MiB"
    case .brokenObject(let kind, let text): kind.message(text)
    case .notANumber(let column, let text), .specialNumber(let column, let text):
      "column \(named(column)) holds \(quoted(text)), not a number"
    case .textColumn(let column, let text):
      "column \(named(column)) holds text, starting with \(quoted(text)), not numbers"
    case .numberTooLarge(let column, let text):
      "column \(named(column)) holds \(quoted(text)), which is above the largest number it may hold"
    case .unknownCategory(let column, let text, let known):
      "column \(named(column)) holds \(quoted(text)), not one of \(listed(known))"
    case .tooManyCategories(let column, let limit):
      "column \(named(column)) has more than \(limit) categories"
    case .notABinaryLabel(let column, let text):
      "label \(named(column)) holds \(quoted(text)), not 0 or 1"
    case .unknownClass(let column, let text, let known):
      "label \(named(column)) holds \(quoted(text)), not one of the classes \(listed(known))"
    case .badLatency(let column, let text):
      "latency \(named(column)) holds \(quoted(text)), not a number from 0 to 292 years"
    case .badTokens(let column, let text):
      "column \(named(column)) holds \(quoted(text)), not a whole number of tokens from 0 to "
        + "\(Int32.max)"
    case .badPriority(let column, let text):
      "priority \(named(column)) holds \(quoted(text)), not a whole number from 0 (most urgent) to "
        + "\(RequestBlock.leastUrgent)"
    case .badIdentity(let column, let text):
      "unit \(named(column)) holds \(quoted(text)), not a whole number from 0 to \(UInt64.max)"
    case .missingTime(let column): "time \(named(column)) is empty"
    case .unreadableTime(let column, let text, let format):
      "time \(named(column)) holds \(quoted(text)), not \(format)"
    case .unclearTime(let column, let text):
      "time \(named(column)) holds \(quoted(text)), neither an RFC 3339 time nor a number"
    case .timeOutOfRange(let column, let text):
      "time \(named(column)) holds \(quoted(text)), which is outside of the years 1678 to 2261"
    case .timeTooFar(let column, let text):
      "time \(named(column)) holds \(quoted(text)), which is 146 years or more from the first row's"
    case .timeStepsBack(let column, let time, let before, let line):
      "time \(named(column)) steps back by \((before - time).readableText), to \(time.rfc3339) "
        + "after \(before.rfc3339) in line \(line)"
    case .laterThanWindow(let column, let time, let window, let newest, let line):
      "time \(named(column)) steps back by \((newest - time).readableText), more than the window "
        + "of \(window.text), to \(time.rfc3339) after \(newest.rfc3339) in line \(line)"
    case .arrivalOutOfRange:
      "a request would arrive 146 years or more after the first one"
    }
  }

  /// The way out.
  var help: String? {
    switch self {
    case .emptyFile, .headerOnly, .duplicateColumn, .unclosedQuote, .badLatency: nil
    case .foreignFormat(let format): format.help
    case .standardInputTwice: "write it to a file first, and name the file"
    case .nothingToReplay: "check `fromRow`, `untilRow`, `from`, `until` and `share`"
    case .unnamedColumn:
      "name the columns you want in `features`, or write the file without its row index"
    case .unknownColumn(_, _, let columns) where otherDelimiter(columns) != nil:
      "the header has one column, \(listed(columns)); "
        + "set delimiter: \(quoted(otherDelimiter(columns) ?? ""))"
    case .unknownColumn(let name, _, let columns):
      (NearestName.of(name, among: columns).map { "did you mean \(named($0))? " } ?? "")
        + "the columns are \(listed(columns))"
    case .noFeatureColumns: "name the columns you want in `features`"
    case .unknownTimeLetter:
      "known are %Y %m %d %H %M %S %f %z %b %B %a %A %y %j %e %I %p %s %T %D %F %R and %%"
    case .noTimeAndNoRate:
      "name the column as `time`, or give `rate`, in requests a second, to space the rows evenly"
    case .outOfRange: nil
    case .ragged: "set onBadValue: \"skip\" to count and skip such rows"
    case .textAfterQuote: "inside a quoted field, a quote is written twice: \"\""
    case .rowTooLong: "a quote may have been left open"
    case .brokenObject(let kind, _): kind.help
    case .notANumber, .numberTooLarge, .badTokens, .badPriority, .badIdentity:
      "set onBadValue: \"skip\" to count and skip such rows"
    case .specialNumber(_, let text):
      "set missing: [\(quoted(text))] to read it as missing, "
        + "or onBadValue: \"skip\" to count and skip such rows"
    case .textColumn(let column, let text):
      "name it as categorical, features: { \(key(column)): \"categorical\", … }, or leave it out of "
        + "`features`; if \(quoted(text)) means missing, set missing: [\(quoted(text))]"
    case .unknownCategory:
      "add it to the categories, or set onBadValue: \"missing\" to count it and read it as missing"
    case .tooManyCategories: "a column of identities is a `unit`, not a feature"
    case .notABinaryLabel:
      "name the classes in order, as classes: [\"no\", \"yes\"], or set labelKind: \"real\""
    case .unknownClass:
      "add it to the classes, or set onBadValue: \"skip\" to count and skip such rows"
    case .missingTime, .timeTooFar: "set onBadValue: \"skip\" to count and skip such rows"
    case .unreadableTime: "set onBadValue: \"skip\" to count and skip such rows"
    case .unclearTime:
      "give its pattern in the letters of strptime, as timeFormat: \"%d/%m/%Y %H:%M\""
    case .timeOutOfRange:
      "say what a number counts, as timeFormat: \"epochSeconds\", \"epochMilliseconds\", "
        + "\"epochMicroseconds\" or \"epochNanoseconds\""
    case .timeStepsBack(_, let time, let before, _):
      "set onTimeReversal: \"reorder\" with reorderWindow: \"\((before - time).text)\" to sort such "
        + "rows in, or onTimeReversal: \"shift\" to move all later rows on"
    case .laterThanWindow(_, let time, _, let newest, _):
      "set reorderWindow: \"\((newest - time).text)\" or longer, or onTimeReversal: \"shift\""
    case .arrivalOutOfRange: "check `rate`, `speed` and `loop`"
    }
  }
}

extension ForeignFormat {
  fileprivate var words: String {
    switch self {
    case .gzip, .zstd, .bzip2, .xz: "packed by \(rawValue)"
    case .utf16: "in UTF-16"
    case .parquet: "a Parquet file"
    case .zip: "a ZIP archive"
    }
  }

  fileprivate var help: String {
    switch self {
    case .gzip: "give it a name that ends in .gz"
    case .zstd: "give it a name that ends in .zst"
    case .bzip2: "give it a name that ends in .bz2"
    case .xz: "give it a name that ends in .xz"
    case .utf16: "convert it: iconv -f UTF-16 -t UTF-8"
    case .parquet: "write it as CSV first, for example with DuckDB"
    case .zip: "unpack it first"
    }
  }
}

/// A column's name as it stands in a sentence: bare where it reads as one word.
func named(_ name: String) -> String {
  let isWord =
    !name.isEmpty
    && name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || "_-.".unicodeScalars.contains($0)
    }
  return isWord ? name : quoted(name)
}

/// A field's text in quotes, made printable and at most 40 characters long.
func quoted(_ text: String) -> String {
  var shown = ""
  for scalar in text.unicodeScalars.prefix(40) {
    switch scalar {
    case "\"", "\\": shown += "\\\(scalar)"
    case "\n": shown += "\\n"
    case "\r": shown += "\\r"
    case "\t": shown += "\\t"
    case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
      shown += "\\u{\(String(scalar.value, radix: 16))}"
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return "\"\(shown)\(text.unicodeScalars.count > 40 ? "…" : "")\""
}

/// The delimiter that the file has, when its header was not divided by the plan's.
func otherDelimiter(_ columns: [String]) -> String? {
  guard columns.count == 1 else { return nil }
  return [",", ";", "\t", "|"].first { columns[0].contains($0) }
}

/// A column's name as a key of JSON5.
private func key(_ name: String) -> String {
  let isIdentifier =
    name.unicodeScalars.first.map { !("0"..."9").contains($0) } ?? false
    && name.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_")
    }
  return isIdentifier ? name : quoted(name)
}

/// Names in a row, at most 12 of them.
func listed(_ names: [String]) -> String {
  let rest = names.count - 12
  return names.prefix(12).map(named).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
}

/// "1 row", "12 rows".
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

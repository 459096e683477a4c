/// A column that somebody asks of a table, and how its fields are to be read.
package struct WantedColumn: Sendable, Hashable {
  package enum Reading: Sendable, Hashable {
    /// Decimal numbers; `true` and `false` are 1 and 0.
    case numbers
    /// Texts, as they are written.
    case categories
    /// Texts, and beside them numbers where every field is one.
    case answers
    /// RFC 3339, or a number whose size tells its unit; decided once, from the first row.
    case times
  }

  package var name: String
  package var reading: Reading
  /// Who asks, for messages: "--metric".
  package var asker: String

  package init(_ name: String, _ reading: Reading, asker: String) {
    self.name = name
    self.reading = reading
    self.asker = asker
  }
}

/// A column of a table, one field a row.
package enum TableColumn: Sendable, Equatable {
  /// NaN is a missing field, and nothing else is.
  case numbers([Double])
  /// Codes count the texts in order of appearance; −1 is a missing field.
  case categories(codes: [Int32], names: [String])
  /// Codes as of categories; numbers where every field that is there is one, else nil.
  case answers(numbers: [Double]?, codes: [Int32], names: [String])
  /// Nanoseconds since 1970-01-01T00:00:00Z.
  case times([Int64])
}

/// The columns of a table that were asked for, whole.
package struct TableColumns: Sendable {
  package var rowCount: Int
  /// In which line of the file a row begins, from 1.
  package var lines: [Int]
  /// In the order in which they were asked for.
  package var columns: [TableColumn]
  /// Names of the number columns that held `true` or `false`.
  package var columnsOfWords: [String]
}

import Statistics

/// Which times of a table are fitted, by what, and what they are checked on.
public struct FittingRequest: Sendable {
  /// What the times are made of.
  public enum Form: Sendable, Equatable {
    /// One law for all rows.
    case plain
    /// A base, and so much more for each unit of these columns.
    case by([String])
    /// A curve over the size of a batch.
    case batch(String)
    /// The steps of an LLM engine; the column of Σ(b² − a²) over prefilled chunks [a, b), or nil to square the tokens.
    case steps(squares: String?)
  }

  /// A mistake of the request itself, with the way out.
  public struct Mistake: Error, Sendable, Equatable {
    /// What was found and what was expected.
    public let message: String
    /// The way out.
    public let help: String?

    init(_ message: String, help: String? = nil) {
      self.message = message
      self.help = help
    }
  }

  /// A column, and what its field must be.
  public struct Filter: Sendable, Equatable {
    var column: String
    var value: String

    /// Takes the rows whose field in a column is this text.
    public init(column: String, value: String) {
      self.column = column
      self.value = value
    }
  }

  /// The units that times may be measured in.
  public static let units = ["ns", "us", "ms", "s"]
  /// The families that may be asked for.
  public static let families = LatencyFamily.allCases.map(\.rawValue)
  /// The shares of the rows that may be held out.
  public static let holdouts = 0.05...0.9
  /// The fewest rows that are fitted, and checked on, together.
  static let fewestRows = 20

  /// A CSV or JSON Lines table; - is standard input.
  public var table: String
  /// The column of the times.
  public var time: String
  /// One of `units`.
  public var unit = "ms"
  /// What the times are made of.
  public var form = Form.plain
  /// Only rows that meet all of these.
  public var filters: [Filter] = []
  /// A fit for each text of this column.
  public var per: String?
  /// The share of the rows at the end that is not fitted to.
  public var holdout = 0.25
  /// A table to check on, in place of a share.
  public var checkTable: String?
  /// Names of the families that are tried; empty is all.
  public var families: [String] = []
  /// Fields that mean missing, beside the empty one.
  public var missing: [String] = []
  /// What divides the fields of CSV.
  public var delimiter: UInt8?

  /// Asks for one law of the times in a column.
  public init(table: String, time: String) {
    self.table = table
    self.time = time
  }

  /// Tells what no table could make right.
  func check() throws(Mistake) {
    guard Self.units.contains(unit) else {
      throw Mistake("--unit is \"\(unit)\", not one of \(Self.units.joined(separator: ", "))")
    }
    guard Self.holdouts.contains(holdout) else {
      throw Mistake("--holdout is \(holdout), not a share from 0.05 to 0.9")
    }
    for family in families where LatencyFamily(rawValue: family) == nil {
      throw Mistake(
        "--family is \"\(family)\", not one of \(Self.families.joined(separator: ", "))")
    }
    if case .by(let columns) = form {
      guard !columns.isEmpty, columns.count < NonnegativeLeastSquares.mostColumns else {
        throw Mistake(
          "--by names \(columns.count) columns, not 1 to \(NonnegativeLeastSquares.mostColumns - 1)"
        )
      }
      for (index, column) in columns.enumerated() where columns[..<index].contains(column) {
        throw Mistake("--by names column \(column) twice")
      }
    }
    if table == "-", checkTable == "-" {
      throw Mistake("standard input cannot be fitted and checked on", help: "name one of the files")
    }
  }

  var secondsPerUnit: Double {
    switch unit {
    case "ns": 1e-9
    case "us": 1e-6
    case "ms": 1e-3
    default: 1
    }
  }

  /// The number columns that make the time.
  var sizeColumns: [String] {
    switch form {
    case .plain: []
    case .by(let columns): columns
    case .batch(let column): [column]
    case .steps(let squares):
      ["prefill_tokens"] + [squares].compactMap { $0 } + ["sequences", "cached_tokens"]
    }
  }

  var asker: String {
    switch form {
    case .plain: "--time"
    case .by: "--by"
    case .batch: "--batch"
    case .steps: "--steps"
    }
  }
}

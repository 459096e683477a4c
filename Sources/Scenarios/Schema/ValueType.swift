/// What may stand behind a key: the reader checks with it, and the reference prints it.
indirect enum ValueType: Sendable {
  case text
  /// The name of a column of the recording.
  case column
  /// A file, relative to the scenario.
  case path
  case flag
  /// A text with % in the letters of strptime.
  case pattern
  /// `last` nil is no upper bound.
  case integer(from: Int, through: Int?)
  case number(NumberRange)
  case words([String])
  case duration(DurationRange)
  case instant
  case timePoint
  case zone
  case distribution
  case durationDistribution
  /// A number, or a duration where the distribution is one of durations.
  case amount(NumberRange)
  case metric
  case model
  case conditions
  case list(of: ValueType)
  /// Pairs of two numbers: [[1, 1], [16, 3.2]].
  case points
  /// An object of the section with this name.
  case object(String)
  /// An object whose keys are the user's own names.
  case named(ValueType)
  case either([ValueType])

  enum NumberRange: Sendable {
    case any, positive, nonNegative, share, positiveShare, openShare, atLeastOne, aboveOne
    /// Bounds of what the arithmetic of token buckets takes.
    case within(ClosedRange<Double>)
  }
  enum DurationRange: Sendable { case positive, nonNegative }
}

extension ValueType.NumberRange {
  func contains(_ number: Double) -> Bool {
    switch self {
    case .any: number.isFinite
    case .positive: number > 0 && number.isFinite
    case .nonNegative: number >= 0 && number.isFinite
    case .share: (0...1).contains(number)
    case .positiveShare: number > 0 && number <= 1
    case .openShare: number > 0 && number < 1
    case .atLeastOne: number >= 1 && number.isFinite
    case .aboveOne: number > 1 && number.isFinite
    case .within(let bounds): bounds.contains(number)
    }
  }

  var plural: String {
    switch self {
    case .any: "finite numbers"
    default: "numbers\(words.dropFirst("a number".count))"
    }
  }

  var words: String {
    switch self {
    case .any: "a finite number"
    case .positive: "a number above 0"
    case .nonNegative: "a number from 0 up"
    case .share: "a number from 0 to 1"
    case .positiveShare: "a number above 0 and up to 1"
    case .openShare: "a number between 0 and 1"
    case .atLeastOne: "a number from 1 up"
    case .aboveOne: "a number above 1"
    case .within(let bounds):
      "a number from \(number(bounds.lowerBound)) to \(number(bounds.upperBound))"
    }
  }
}

extension ValueType {
  /// After "not" or "expected": what would be right.
  var words: String {
    switch self {
    case .text: "a text"
    case .column: "the name of a column"
    case .path: "the path of a file"
    case .flag: "true or false"
    case .pattern: "a pattern such as \"%Y-%m-%d\""
    case .integer(let first, let last): Self.integerWords(first, last)
    case .number(let range): range.words
    case .amount(let range): range.words
    case .words(let words): Self.alternatives(words.map { "\"\($0)\"" })
    case .duration(.positive): "a duration above zero such as \"30m\""
    case .duration(.nonNegative): "a duration such as \"30m\""
    case .instant: "an instant such as \"2026-01-31T14:00:00Z\""
    case .timePoint: "an instant such as \"2026-01-31T14:00:00Z\", or an offset such as \"+3d\""
    case .zone: "\"UTC\" or a distance from it such as \"+10:00\""
    case .distribution: "a number or a distribution such as { normal: { mean: 0, sd: 1 } }"
    case .durationDistribution:
      "a duration such as \"30m\" or a distribution such as { exponential: { mean: \"30m\" } }"
    case .metric: "the name of a metric"
    case .model: "a model: \"models/a.json\", { column: … } or { synthetic: … }"
    case .conditions: "conditions on features such as { age: { above: 60 } }"
    case .list(let element): "a list of \(element.plural)"
    case .points: "a list of pairs such as [[1, 1], [16, 3.2]]"
    case .object(let section): "an object (\(KeyTable.section(section).title))"
    case .named(let value): "an object from names to \(value.plural)"
    case .either(let types): Self.alternatives(types.map(\.words))
    }
  }

  /// Several of it.
  var plural: String {
    switch self {
    case .text: "texts"
    case .column: "names of columns"
    case .metric: "names of metrics"
    case .number(let range), .amount(let range): range.plural
    case .integer(let first, let last):
      "integers\(Self.integerWords(first, last).dropFirst("an integer".count))"
    case .duration: "durations"
    case .object(let section): "objects (each \(KeyTable.section(section).title))"
    case .named(let value): "objects from names to \(value.plural)"
    case .either(let types): Self.alternatives(types.map(\.plural))
    default: "values (each \(words))"
    }
  }

  static func alternatives(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    // A comma keeps apart what has an "or" or a comma of its own.
    let isPlain = words.allSatisfy { !$0.contains(" or ") && !$0.contains(", ") }
    return "\(words.dropLast().joined(separator: ", "))\(isPlain ? "" : ",") or \(last)"
  }

  private static func integerWords(_ first: Int, _ last: Int?) -> String {
    last.map { "an integer from \(first) to \($0)" } ?? "an integer from \(first) up"
  }
}

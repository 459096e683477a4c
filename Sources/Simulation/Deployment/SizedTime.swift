import Probability

/// A service time that follows the request: (base + Σ perUnit · column) · noise.
package struct SizedTime: Sendable, Equatable {
  /// One column's part.
  package struct Term: Sendable, Equatable {
    /// `inputTokens`, `outputTokens` or the name of a numeric feature.
    package var column: String
    /// Seconds for each unit of the column.
    package var perUnit: Double
    /// Where the column stands; nil until the traffic's columns are known.
    package var source: Source?

    package init(column: String, perUnit: Double) {
      self.column = column
      self.perUnit = perUnit
    }
  }

  /// What a row is asked for.
  package enum Source: Sendable, Equatable {
    case inputTokens, outputTokens
    /// The number of the feature.
    case feature(Int)
  }

  /// Seconds.
  package var base: Double
  package var terms: [Term]
  /// What each time is multiplied by.
  package var noise: Distribution

  package init(base: Double, terms: [Term], noise: Distribution = .constant(1)) {
    self.base = base
    self.terms = terms
    self.noise = noise
  }

  package static let tokenColumns: [(name: String, source: Source)] = [
    ("inputTokens", .inputTokens), ("outputTokens", .outputTokens),
  ]
}

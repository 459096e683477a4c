/// Under which circumstances a method's error rates hold, in a form that a program can read.
///
/// The calibration gates a method where its scope says that it holds, and shows it elsewhere without a gate;
/// the prose beside it is `Method.assumptions`.
package struct Scope: Sendable, Equatable {
  package var rows: Set<Rows>
  package var values: Set<Values>
  /// An arm needs this many rows (units, where the method knows units; independent ones, of a series).
  package var fewestRows: Int
  /// Of a series, this many independent rows.
  package var fewestInSeries = 0
  /// Where values are 0 or 1: each arm expects this many of either kind.
  package var fewestEvents: Double
  /// Beyond which of its limits it rejects and misses less often than it says, and never more.
  package var cautiousBeyond: Set<Limit>

  package enum Limit: Sendable {
    /// Values that are equal, or few different ones.
    case ties
    /// Any other of what has to be true of the values.
    case values
    case events
    /// Any other way in which rows hang together.
    case rows
  }

  /// How the rows of one arm, or the pairs, hang together.
  package enum Rows: String, Sendable, CaseIterable {
    /// None tells anything about another.
    case independent
    /// Rows of one unit depend on each other, and the sample says which these are.
    case clustered
    /// Rows of both arms stand in one dependent series, each assigned by chance.
    case randomizedSeries
    /// Each arm is a dependent series of its own.
    case seriesPerArm
    /// The requests of pairs depend on each other, but the differences of their two answers do not.
    case sharedShocks
    /// The differences of pairs are a dependent series.
    case pairSeries
  }

  /// What has to be true of the values, beyond what `Method.needs` asks.
  package enum Values: String, Sendable, CaseIterable {
    case normal
    /// No two values are equal.
    case continuous
    /// More than a handful of different values.
    case varied
    /// Two different values.
    case twoClasses
    /// The arms' distributions are shifted copies of one shape; the differences of pairs are symmetric.
    case commonShape
    /// No value in hundreds carries the sum: n is large beside the squared skewness.
    case lightTails
  }

  package init(
    rows: Set<Rows>, values: Set<Values> = [], fewestRows: Int = 2, fewestEvents: Double = 0
  ) {
    self.rows = rows
    self.values = values
    self.fewestRows = fewestRows
    self.fewestEvents = fewestEvents
    cautiousBeyond = []
  }

  /// Two arms whose rows are independent: by nature, or because each row of one series was assigned by chance.
  package static let independentRows = Scope(rows: [.independent, .randomizedSeries])
  /// Pairs whose differences are independent.
  package static let independentPairs = Scope(rows: [.independent, .sharedShocks])
  /// Rows that depend within units, and only there.
  package static let units = Scope(rows: [.independent, .clustered, .randomizedSeries])
  /// Pairs that depend within units, and only there.
  package static let pairedUnits = Scope(rows: [.independent, .clustered, .sharedShocks])
  /// Two series, each dependent in itself.
  package static let series = Scope(rows: [.independent, .seriesPerArm])
  /// Pairs in the order of time.
  package static let pairedSeries = Scope(rows: [.independent, .sharedShocks, .pairSeries])

  package func with(
    _ values: Set<Values> = [], fewestRows: Int = 2, fewestEvents: Double = 0
  ) -> Scope {
    Scope(rows: rows, values: values, fewestRows: fewestRows, fewestEvents: fewestEvents)
      .with(fewestInSeries: fewestInSeries)
  }

  /// The same, with a longer series.
  package func with(fewestInSeries count: Int) -> Scope {
    var scope = self
    scope.fewestInSeries = count
    return scope
  }

  /// The same, at most the nominal rate beyond these limits.
  package func cautious(beyond limits: Set<Limit>) -> Scope {
    var scope = self
    scope.cautiousBeyond = limits
    return scope
  }
}

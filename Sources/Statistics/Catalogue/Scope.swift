/// Under which circumstances a method's error rates hold, in a form that a program can read.
///
/// The calibration gates a method where its scope says that it holds, and shows it elsewhere without a gate;
/// the prose beside it is `Method.assumptions`.
package struct Scope: Sendable, Equatable {
  package var rows: Set<Rows>
  package var values: Set<Values>
  /// An arm needs this many rows (units, where the method knows units).
  package var fewestRows: Int
  /// Where values are 0 or 1: each arm expects this many of either kind.
  package var fewestEvents: Double

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
    /// The arms' distributions (or the differences' two sides) are shifted copies of one shape.
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
  }

  /// Two arms whose rows are independent: by nature, or because each row of one series was assigned by chance.
  package static let independentRows = Scope(rows: [.independent, .randomizedSeries])
  /// Pairs whose differences are independent.
  package static let independentPairs = Scope(rows: [.independent, .sharedShocks])
  /// Rows that depend within units, and only there.
  package static let units = Scope(rows: [.independent, .clustered, .randomizedSeries])

  package func with(
    _ values: Set<Values> = [], fewestRows: Int = 2, fewestEvents: Double = 0
  ) -> Scope {
    Scope(
      rows: rows, values: values, fewestRows: fewestRows, fewestEvents: fewestEvents)
  }
}

/// Something that a reader has to know to trust an answer; the wording stands in `Caution+Wording`.
package enum Caution: Sendable, Equatable {
  /// A normal or chi-square approximation with expected counts this small.
  case smallExpectedCount(Double)
  /// An exact method was out of reach at this size, and its approximation was taken.
  case approximated(instead: String, because: String)
  /// Resampling says no more than 1 in this many.
  case resolution(oneIn: Int)
  /// The looks contradict each other: no value is inside all of their intervals.
  case contradictoryLooks
  /// The ratio's denominator may be 0 at this confidence, so that its interval has no end.
  case unboundedRatio
  /// Nothing but the known range speaks for rows without a value: the estimand has no single value.
  case onlyBounded
}

/// Why a statistic does not exist.
package enum Unavailable: Error, Sendable, Equatable {
  case tooFew(has: Int, needs: Int)
  /// All values are equal, so nothing says how far they would vary.
  case noVariation
  /// A rank measure with labels of one class.
  case oneClassOnly
  /// A ratio whose denominator is zero.
  case zeroDenominator
  /// A tail so thin that it holds no value: the interval would have no end that the values support.
  case beyondTheValues
  /// A value that is neither 0 nor 1, or a ratio metric, where a share is asked for.
  case notBinary
  /// A value that is not a whole number >= 0, or an exposure that is not above 0.
  case notCounts
  /// A value that is infinite or not a number.
  case notFinite
  /// The method needs to know beforehand in which range every value lies.
  case needsRange
  /// A value outside the range that was said to hold all of them.
  case outsideRange(Double)
  /// A null value that the estimand cannot take.
  case nullOutside(lower: Double, upper: Double)
  /// No look so far at which the estimate was near normal: too few rows, or a few of them carry the sum.
  case notYetNormal(skewness: Double, effectiveRows: Double)
}

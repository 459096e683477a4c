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
  /// The estimator asks for a reward model, and there is none.
  case noRewardModel
  /// A value that is neither 0 nor 1, or a ratio metric, where a share is asked for.
  case notBinary
  /// A value that is not a whole number >= 0, or an exposure that is not above 0.
  case notCounts
  /// A logarithm of a cell without cases.
  case emptyCell
  /// The method tests "no difference" alone.
  case onlyNoDifference
  /// The statistic has no direction, so that only "different" can be asked.
  case onlyTwoSided
  /// A null value that the estimand cannot take.
  case nullOutside(lower: Double, upper: Double)
  /// Answers that are not classes: this many different ones.
  case notClasses(distinct: Int)
  /// The answers' or arms' places do not match, or a label is missing.
  case missingLabels
  /// Every value of one arm lies on the same side of every value of the other: no error can be estimated.
  case separated
  /// An exact method at a size where it would take too long.
  case tooLarge(has: Int, most: Int)
  /// A value that is infinite or not a number.
  case notFinite
  /// Labels are needed, and there are none, or others than 0 and 1.
  case noLabels
  /// A logarithm of a mean that is not above 0.
  case notPositive
  /// Covariates of which one follows from the others, or does not vary.
  case collinear
  /// Values that depend on each other so strongly that they say as little as `has` independent ones.
  case tooFewIndependent(has: Double, needs: Double)
  /// The method needs to know beforehand in which range every value lies.
  case needsRange
  /// A value outside the range that was said to hold all of them.
  case outsideRange(Double)
  /// No look so far at which the estimate was near normal: too few rows, or a few of them carry the sum.
  case notYetNormal(skewness: Double, effectiveRows: Double)
  /// An arm is not followed to the horizon: its last row at risk was censored at this time.
  case followUpEnds(Double)
  /// An answer that is too large or too small for a number, or lost in the rounding of the values.
  case unrepresentable
  /// No number of units, or no possible effect, gives the power that was asked for; this is the most.
  case unreachable(best: Double)
  /// The method's formula gives no number for such data.
  case undefined
}

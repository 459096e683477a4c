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
  /// A logarithm of a mean that is not above 0.
  case notPositive
  /// Covariates of which one follows from the others, or does not vary.
  case collinear
  /// Values that depend on each other so strongly that they say as little as `has` independent ones.
  case tooFewIndependent(has: Double, needs: Double)
}

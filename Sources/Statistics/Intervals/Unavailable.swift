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
  /// A value that is infinite or not a number.
  case notFinite
}

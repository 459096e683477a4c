/// The χ² distribution; `degreesOfFreedom` > 0.
package struct ChiSquare: Sendable, Hashable {
  package let degreesOfFreedom: Double

  package init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

  private var shape: Double { degreesOfFreedom / 2 }

  /// P(X <= x); 0 below 0.
  package func cdf(_ x: Double) -> Double { IncompleteGamma.lower(shape, max(x, 0) / 2) }
  /// P(X > x), without cancellation in the tail.
  package func survival(_ x: Double) -> Double { IncompleteGamma.upper(shape, max(x, 0) / 2) }
  /// log P(X <= x).
  package func logCdf(_ x: Double) -> Double { IncompleteGamma.logLower(shape, max(x, 0) / 2) }
  /// log P(X > x).
  package func logSurvival(_ x: Double) -> Double { IncompleteGamma.logUpper(shape, max(x, 0) / 2) }
  /// The x with P(X <= x) = p.
  package func quantile(_ p: Double) -> Double { 2 * IncompleteGamma.inverseLower(shape, p) }
  /// The x with P(X > x) = q; small q keep their digits.
  package func upperQuantile(_ q: Double) -> Double { 2 * IncompleteGamma.inverseUpper(shape, q) }
}

/// The gamma distribution with `shape` and `scale` > 0: its mean is shape · scale.
package struct Gamma: Sendable, Hashable {
  package let shape: Double
  package let scale: Double

  package init(shape: Double, scale: Double = 1) {
    self.shape = shape
    self.scale = scale
  }

  package var mean: Double { shape * scale }
  package var variance: Double { shape * scale * scale }

  /// P(X <= x); 0 below 0.
  package func cdf(_ x: Double) -> Double { IncompleteGamma.lower(shape, max(x, 0) / scale) }
  /// P(X > x), without cancellation in the tail.
  package func survival(_ x: Double) -> Double { IncompleteGamma.upper(shape, max(x, 0) / scale) }
  /// log P(X <= x).
  package func logCdf(_ x: Double) -> Double { IncompleteGamma.logLower(shape, max(x, 0) / scale) }
  /// log P(X > x).
  package func logSurvival(_ x: Double) -> Double {
    IncompleteGamma.logUpper(shape, max(x, 0) / scale)
  }
  /// The x with P(X <= x) = p.
  package func quantile(_ p: Double) -> Double { scale * IncompleteGamma.inverseLower(shape, p) }
  /// The x with P(X > x) = q; small q keep their digits.
  package func upperQuantile(_ q: Double) -> Double {
    scale * IncompleteGamma.inverseUpper(shape, q)
  }

  /// The logarithm of the density at x > 0.
  package func logDensity(_ x: Double) -> Double {
    if x <= 0 { return -.infinity }
    return IncompleteGamma.term(shape, x / scale).logarithm + Elementary.log(shape)
      - Elementary.log(x)
  }
}

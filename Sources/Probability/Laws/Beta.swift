/// The beta distribution on 0...1 with parameters a, b > 0.
package struct Beta: Sendable, Hashable {
  package let a: Double
  package let b: Double

  package init(_ a: Double, _ b: Double) {
    self.a = a
    self.b = b
  }

  package var mean: Double { a / (a + b) }
  package var variance: Double { a / (a + b) * (b / (a + b)) / (a + b + 1) }

  /// P(X <= x).
  package func cdf(_ x: Double) -> Double { tail(x).lower }
  /// P(X > x), without cancellation in the tail.
  package func survival(_ x: Double) -> Double { tail(x).upper }
  /// log P(X <= x).
  package func logCdf(_ x: Double) -> Double { tail(x).logLower }
  /// log P(X > x).
  package func logSurvival(_ x: Double) -> Double { tail(x).logUpper }
  /// The x with P(X <= x) = p.
  package func quantile(_ p: Double) -> Double { IncompleteBeta.inverseLower(p, a, b) }
  /// The x with P(X > x) = q; small q keep their digits.
  package func upperQuantile(_ q: Double) -> Double { IncompleteBeta.inverseUpper(q, a, b) }

  /// The logarithm of the density at x in (0, 1).
  package func logDensity(_ x: Double) -> Double {
    if x <= 0 || x >= 1 { return -.infinity }
    let term = IncompleteBeta.term(at: IncompleteBeta.Point(x, a, b), a, b)
    return term.logarithm - Elementary.log(x) - Elementary.log1p(-x)
  }

  private func tail(_ x: Double) -> Tail {
    IncompleteBeta.tail(at: IncompleteBeta.Point(min(max(x, 0), 1), a, b), a, b)
  }
}

extension Beta {
  /// log P(X <= x), finite where the probability itself is too small for a double.
  package func logCDF(_ x: Double) -> Double { tail(x).logLower }

  /// log P(X > x).
  package func logSurvival(_ x: Double) -> Double { tail(x).logUpper }

  private func tail(_ x: Double) -> Tail {
    IncompleteBeta.tail(at: IncompleteBeta.Point(min(max(x, 0), 1), a, b), a, b)
  }
}

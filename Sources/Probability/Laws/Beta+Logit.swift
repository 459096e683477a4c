extension Beta {
  /// The law of U = log(X / (1 − X)), whose two tails both keep their digits.
  ///
  /// - Returns: the density of U at `u`, P(U <= u) and P(U > u).
  package func atLogit(_ u: Double) -> (density: Double, lower: Double, upper: Double) {
    let point = IncompleteBeta.Point(logit: u, a, b)
    let tail = IncompleteBeta.tail(at: point, a, b)
    let term = IncompleteBeta.term(at: point, a, b)
    return (Elementary.exp(term.exponent) * term.factor, tail.lower, tail.upper)
  }
}

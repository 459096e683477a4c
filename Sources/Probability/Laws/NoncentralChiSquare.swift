/// The noncentral χ² distribution: a sum of squares of `degreesOfFreedom` normals whose means' squares sum to
/// `noncentrality`.
package struct NoncentralChiSquare: Sendable, Hashable {
  package let degreesOfFreedom: Double
  package let noncentrality: Double

  /// - Precondition: degreesOfFreedom > 0, noncentrality >= 0, both finite.
  package init(degreesOfFreedom: Double, noncentrality: Double) {
    precondition(
      degreesOfFreedom > 0 && noncentrality >= 0 && noncentrality < .infinity
        && degreesOfFreedom < .infinity,
      "not a noncentral χ²: \(degreesOfFreedom), \(noncentrality)")
    self.degreesOfFreedom = degreesOfFreedom
    self.noncentrality = noncentrality
  }

  package var mean: Double { degreesOfFreedom + noncentrality }
  package var variance: Double { 2 * degreesOfFreedom + 4 * noncentrality }

  /// P(X <= x); 0 below 0.
  package func cdf(_ x: Double) -> Double { tail(x).lower }
  /// P(X > x), without cancellation in the tail.
  package func survival(_ x: Double) -> Double { tail(x).upper }
  /// log P(X <= x).
  package func logCdf(_ x: Double) -> Double { tail(x).logLower }
  /// log P(X > x).
  package func logSurvival(_ x: Double) -> Double { tail(x).logUpper }
  /// The x with P(X <= x) = p.
  package func quantile(_ p: Double) -> Double { place(lower: p, upper: 1 - p) }
  /// The x with P(X > x) = q; small q keep their digits.
  package func upperQuantile(_ q: Double) -> Double { place(lower: 1 - q, upper: q) }

  private func tail(_ x: Double) -> Tail {
    if x.isNaN { return .none }
    if x <= 0 || x == .infinity { return x <= 0 ? .below : .above }
    let (shape, place) = (degreesOfFreedom / 2, x / 2)
    if noncentrality == 0 { return IncompleteGamma.tail(shape, place) }
    let mixture = PoissonMixture(
      mean: noncentrality / 2, offset: 0, shape: shape, constant: place, slope: 0)
    let isLower = x < mean
    let sum = mixture.sum(lower: isLower) { shape in
      (
        IncompleteGamma.tail(shape, place).scaled(lower: isLower),
        IncompleteGamma.term(shape, place)
      )
    }
    return Tail(isLower: isLower, probability: sum)
  }

  private func place(lower p: Double, upper q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    if p == 0 || q == 0 { return p == 0 ? 0 : .infinity }
    let isLower = p < q
    let target = Elementary.log(isLower ? p : q)
    let spread = variance.squareRoot() / mean
    let start = Elementary.log(mean)
    let root = increasingRoot(from: start, step: spread) { v in
      let tail = tail(Elementary.exp(v))
      return isLower ? tail.logLower - target : target - tail.logUpper
    }
    return Elementary.exp(root)
  }
}

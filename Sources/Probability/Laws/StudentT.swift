/// Student's t distribution; `degreesOfFreedom` > 0, infinity is the normal distribution.
package struct StudentT: Sendable, Hashable {
  package let degreesOfFreedom: Double

  package init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

  /// P(T <= t).
  package func cdf(_ t: Double) -> Double { tail(t).lower }
  /// P(T > t), without cancellation in the tail.
  package func survival(_ t: Double) -> Double { tail(t).upper }
  /// log P(T <= t).
  package func logCdf(_ t: Double) -> Double { tail(t).logLower }
  /// log P(T > t), finite where the probability itself is too small for a double.
  package func logSurvival(_ t: Double) -> Double { tail(t).logUpper }

  /// P(|T| > |t|).
  package func twoSided(_ t: Double) -> Double { outside(t.magnitude).value }
  /// log P(|T| > |t|).
  package func logTwoSided(_ t: Double) -> Double { outside(t.magnitude).logarithm }

  func tail(_ t: Double) -> Tail {
    var probability = outside(t.magnitude)
    probability.factor *= 0.5
    return Tail(isLower: t < 0, probability: probability)
  }

  /// The t with P(T <= t) = p.
  package func quantile(_ p: Double) -> Double {
    if degreesOfFreedom == .infinity { return Normal.quantile(p) }
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0.5 { return 0 }
    let magnitude = place(outside: 2 * min(p, 1 - p), inside: 2 * (p - 0.5).magnitude)
    return p < 0.5 ? -magnitude : magnitude
  }

  /// The t with P(T > t) = q; small q keep their digits.
  package func upperQuantile(_ q: Double) -> Double { -quantile(q) }

  /// P(|T| > t), t >= 0.
  private func outside(_ t: Double) -> ScaledProbability {
    if degreesOfFreedom == .infinity { return Normal.outside(t) }
    if t > 1e8 * degreesOfFreedom.squareRoot() {
      return ScaledProbability(exponent: logPowerTail(t), factor: 1)
    }
    return IncompleteBeta.tail(at: point(t), degreesOfFreedom / 2, 0.5).scaled(lower: true)
  }

  /// n / (n + t²) on the scale of Beta(n/2, ½).
  private func point(_ t: Double) -> IncompleteBeta.Point {
    let n = degreesOfFreedom
    let square = t * t
    let sum = n + square
    return IncompleteBeta.Point(
      x: n / sum, y: square / sum, excess: n * ((1 - t) * (1 + t)) / (2 * sum))
  }

  /// log P(|T| > t) far out: x^(n/2) / (n/2 · B(n/2, ½)) with x = n/t².
  private func logPowerTail(_ t: Double) -> Double {
    let n = degreesOfFreedom
    return n * (0.5 * Elementary.log(n) - Elementary.log(t)) - Elementary.log(n / 2)
      - GammaFunction.logBeta(n / 2, 0.5)
  }

  private func place(outside: Double, inside: Double) -> Double {
    if outside == 0 { return .infinity }
    let n = degreesOfFreedom
    // Far out the tail is a power of t.
    let logPower = (logPowerTail(1) - Elementary.log(outside)) / n
    if logPower > 20 + 0.5 * Elementary.log(n) { return Elementary.exp(logPower) }
    let v = IncompleteBeta.logit(lower: outside, upper: inside, n / 2, 0.5)
    return n.squareRoot() * Elementary.exp(-0.5 * v)
  }
}

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
  /// P(T > t) and its logarithm, at the price of one.
  package func survivalAndLog(_ t: Double) -> (value: Double, logarithm: Double) {
    let tail = tail(t)
    return (tail.upper, tail.logUpper)
  }

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
    if n >= 4, outside < 0.6, outside > 1e-20, let t = stepsFromNormal(outside: outside) {
      return t
    }
    // Far out the tail is a power of t.
    let logPower = (logPowerTail(1) - Elementary.log(outside)) / n
    if logPower > 20 + 0.5 * Elementary.log(n) { return Elementary.exp(logPower) }
    let v = IncompleteBeta.logit(lower: outside, upper: inside, n / 2, 0.5)
    return n.squareRoot() * Elementary.exp(-0.5 * v)
  }

  /// Halley's steps from the expansion about the normal quantile; nil where that is too far off.
  ///
  /// - Source: Fisher and Cornish (1960) for the expansion to 1/n³.
  private func stepsFromNormal(outside: Double) -> Double? {
    let n = degreesOfFreedom
    let z = Normal.upperQuantile(0.5 * outside)
    let s = z * z
    let first = (s + 1) / 4
    let second = ((5 * s + 16) * s + 3) / 96
    let third = (((3 * s + 19) * s + 17) * s - 15) / 384
    var t = z * (1 + (first + (second + third / n) / n) / n)
    for _ in 0..<6 {
      let point = point(t)
      let term = IncompleteBeta.term(at: point, n / 2, 0.5)
      let tail = IncompleteBeta.tail(at: point, n / 2, 0.5, term: term).lower
      // The tail falls by 2 term/t, and that itself by the share (n + 1) t/(n + t²).
      let newton = (tail - outside) * t / (2 * term.value)
      let step = newton / (1 - 0.5 * newton * ((n + 1) * t / (n + t * t)))
      t += step
      guard t > 0, t < .infinity else { return nil }
      if step.magnitude < 1e-6 * t { return t }
    }
    return nil
  }
}

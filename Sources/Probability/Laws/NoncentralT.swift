/// The noncentral t distribution: (Z + noncentrality) / √(χ² / degreesOfFreedom); infinitely many degrees of freedom
/// are the shifted normal distribution.
///
/// - Source: the mixtures of Guenther (1978) on the side of the noncentrality, where every term is positive; on the other
///   side, where they cancel, the integral of the normal tail over the law of the deviation, by the trapezoidal rule,
///   which converges exponentially here.
package struct NoncentralT: Sendable, Hashable {
  package let degreesOfFreedom: Double
  package let noncentrality: Double

  /// - Precondition: degreesOfFreedom > 0; a finite noncentrality.
  package init(degreesOfFreedom: Double, noncentrality: Double) {
    precondition(
      degreesOfFreedom > 0 && noncentrality.isFinite,
      "not a noncentral t: \(degreesOfFreedom), \(noncentrality)")
    self.degreesOfFreedom = degreesOfFreedom
    self.noncentrality = noncentrality
  }

  /// P(T <= t).
  package func cdf(_ t: Double) -> Double { tail(t).lower }
  /// P(T > t), without cancellation in the tail.
  package func survival(_ t: Double) -> Double { tail(t).upper }
  /// log P(T <= t).
  package func logCdf(_ t: Double) -> Double { tail(t).logLower }
  /// log P(T > t).
  package func logSurvival(_ t: Double) -> Double { tail(t).logUpper }
  /// The t with P(T <= t) = p.
  package func quantile(_ p: Double) -> Double { place(lower: p, upper: 1 - p) }
  /// The t with P(T > t) = q; small q keep their digits.
  package func upperQuantile(_ q: Double) -> Double { place(lower: 1 - q, upper: q) }

  private func tail(_ t: Double) -> Tail {
    if t.isNaN { return .none }
    if t.isInfinite { return t < 0 ? .below : .above }
    if degreesOfFreedom == .infinity { return Normal.tail(t - noncentrality) }
    if noncentrality == 0 { return StudentT(degreesOfFreedom: degreesOfFreedom).tail(t) }
    // The law is mirrored so that the noncentrality is positive.
    let mirrored = noncentrality < 0
    let (t, delta) = mirrored ? (-t, -noncentrality) : (t, noncentrality)
    let tail =
      t == 0
      ? Normal.tail(-delta)
      : t < 0
        ? Tail(isLower: true, probability: opposite(-t, delta)) : sameSide(t, delta)
    return mirrored ? tail.mirrored : tail
  }

  /// P(T <= t) or P(T > t) for t, δ > 0: Φ(−δ) + ½ Σ over half steps.
  private func sameSide(_ t: Double, _ delta: Double) -> Tail {
    if delta > Self.mostMixed { return farSide(t, delta) }
    let n = degreesOfFreedom
    let square = t * t / n
    let (x, y) = square < .infinity ? (square / (1 + square), 1 / (1 + square)) : (1, 0)
    let mixture = BetaMixture(x: x, y: y, b: n / 2, mean: 0.5 * delta * delta)
    let isLower = t < delta
    let sum = half(mixture, delta, lower: isLower)
    if sum.value < 0.75 { return Tail(isLower: isLower, probability: sum) }
    return Tail(isLower: !isLower, probability: half(mixture, delta, lower: !isLower))
  }

  private func half(
    _ mixture: BetaMixture, _ delta: Double, lower: Bool
  ) -> ScaledProbability {
    var sum = mixture.sum(from: 0.5, offset: 0, lower: lower)
      .plus(mixture.sum(from: 1, offset: 0.5, lower: lower))
    sum.factor *= 0.5
    return lower ? sum.plus(Normal.tail(-delta).scaled(lower: true)) : sum
  }

  /// The noncentrality up to which the mixture, of some δ terms, is summed.
  private static let mostMixed = 1e4

  /// P(T > t) for t > 0 and a large δ: the mean of P(χ² < n ((δ + z) / t)²) over the normal law of z, by the
  /// trapezoidal rule; over so small a part of δ the other factor hardly bends.
  private func farSide(_ t: Double, _ delta: Double) -> Tail {
    let n = degreesOfFreedom
    let law = ChiSquare(degreesOfFreedom: n)
    func mean(_ logarithm: (Double) -> Double) -> ScaledProbability {
      let terms = (-80...80).map { step in
        let z = Double(step) / 2
        let root = (delta + z) / t
        return logarithm(n * root * root) - 0.5 * z * z
      }
      let top = terms.reduce(-Double.greatestFiniteMagnitude) { max($0, $1) }
      let sum = terms.reduce(0) { $0 + Elementary.exp($1 - top) }
      return ScaledProbability(exponent: top, factor: 0.5 * Self.rootOfInverseTwoPi * sum)
    }
    let isLower = t < delta
    let probability = mean { isLower ? law.logSurvival($0) : law.logCdf($0) }
    return Tail(isLower: isLower, probability: probability)
  }

  private static let rootOfInverseTwoPi = 0.398_942_280_401_432_7

  /// P(T <= −t) for t, δ > 0: the mean of Φ(−(t s + δ)) over s² ~ χ²/n.
  private func opposite(_ t: Double, _ delta: Double) -> ScaledProbability {
    DeviationLaw(degreesOfFreedom: degreesOfFreedom).mean { s in
      Normal.logSurvival(t * s + delta)
    }
  }

  private func place(lower p: Double, upper q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    if p == 0 || q == 0 { return p == 0 ? -.infinity : .infinity }
    let isLower = p < q
    let target = Elementary.log(isLower ? p : q)
    let z = isLower ? Normal.quantile(p) : Normal.upperQuantile(q)
    let spread = 1 + noncentrality.magnitude / (2 * degreesOfFreedom).squareRoot()
    return increasingRoot(from: noncentrality + z, step: 0.25 * spread) { t in
      let tail = tail(t)
      return isLower ? tail.logLower - target : target - tail.logUpper
    }
  }
}

import Probability

/// A difference of two means in units of a standard deviation.
///
/// - Source: Cohen (1988); Hedges (1981) for J and g; Glass (1976).
package struct StandardizedDifference: Sendable, Equatable {
  /// (candidate − production) / pooled standard deviation.
  package let cohenD: Double
  /// (candidate − production) / production's standard deviation.
  package let glassDelta: Double
  /// n₁ + n₂ − 2.
  package let degreesOfFreedom: Double
  /// √(n₁ n₂ / (n₁ + n₂)): t = d · root.
  package let rootOfSize: Double

  package init(candidate: Moments, production: Moments) throws(Unavailable) {
    let pooled = try TTests.pooledStandardDeviation(candidate, production)
    guard pooled > 0 else { throw .noVariation }
    let difference = candidate.minus(production)
    cohenD = difference / pooled
    glassDelta = difference / production.standardDeviation
    let (n1, n2) = (Double(candidate.count), Double(production.count))
    degreesOfFreedom = n1 + n2 - 2
    rootOfSize = (n1 / (n1 + n2) * n2).squareRoot()
  }

  /// Hedges's exact factor Γ(m/2) / (√(m/2) Γ((m − 1)/2)) with m degrees of freedom, which takes the bias
  /// from d; 0 where m is 1.
  package var unbiasing: Double {
    guard degreesOfFreedom > 1 else { return 0 }
    let half = degreesOfFreedom / 2
    if half < 100 {
      return Elementary.exp(
        GammaFunction.log(half) - GammaFunction.log(half - 0.5) - 0.5 * Elementary.log(half))
    }
    // The logarithms of large gammas would cancel: Γ(x + ½) / Γ(x) from its series in 1/x, x = half − ½.
    return Self.gammaRatio(half - 0.5) / half.squareRoot()
  }

  package var hedgesG: Double { unbiasing * cohenD }

  /// Γ(x + ½) / Γ(x) for large x.
  ///
  /// - Source: Tricomi and Erdélyi (1951), about w = x − ¼.
  private static func gammaRatio(_ x: Double) -> Double {
    let w = x - 0.25
    let inverse = 1 / (w * w)
    let series = 1 + inverse * (1.0 / 64 + inverse * (-19.0 / 8192 + inverse * (631.0 / 524_288)))
    return w.squareRoot() * series
  }
}

extension StandardizedDifference {
  /// For values from two normal distributions with one variance: √(n₁n₂/(n₁+n₂)) d has a noncentral t
  /// distribution, whose noncentrality is √(n₁n₂/(n₁+n₂)) times the true effect.
  ///
  /// - Parameters:
  ///   - value: what is reported: `factor` · d.
  ///   - factor: 1, or Hedges's; > 0.
  package func answer(_ value: Double, factor: Double, to question: Question) -> Answer {
    let t = cohenD * rootOfSize
    // A null of what is reported is one of d, so that the test goes with the interval.
    let null = (question.null ?? 0) / factor
    let upper = tail(t, effect: null, upper: true)
    let lower = tail(t, effect: null, upper: false)
    var answer = Answer(estimate: value, statistic: t, degreesOfFreedom: degreesOfFreedom)
    func bound(_ tail: Double, lower: Bool) -> Double {
      factor * effect(t, tail: tail, isLowerBound: lower)
    }
    switch question.alternative {
    case .different:
      let tail = (1 - question.level) / 2
      answer.interval = Bounds(lower: bound(tail, lower: true), upper: bound(tail, lower: false))
      answer.p = (upper.ln < lower.ln ? upper : lower).doubled
    case .greater:
      answer.interval = Bounds(lower: bound(1 - question.level, lower: true), upper: .infinity)
      answer.p = upper
    case .less:
      answer.interval = Bounds(lower: -.infinity, upper: bound(1 - question.level, lower: false))
      answer.p = lower
    }
    return answer
  }

  /// P(T >= t) or P(T <= t) where the true effect is `effect`.
  private func tail(_ t: Double, effect: Double, upper: Bool) -> PValue {
    let law = NoncentralT(
      degreesOfFreedom: degreesOfFreedom, noncentrality: effect * rootOfSize)
    return upper
      ? PValue(value: law.survival(t), ln: law.logSurvival(t))
      : PValue(value: law.cdf(t), ln: law.logCdf(t))
  }

  /// The effect at which the tail beyond the observed t is `tail`, by halving a bracket.
  private func effect(_ t: Double, tail wanted: Double, isLowerBound: Bool) -> Double {
    let ln = Elementary.log(wanted)
    /// Grows with the effect for the upper tail, falls for the lower one.
    func isBelow(_ effect: Double) -> Bool {
      isLowerBound
        ? tail(t, effect: effect, upper: true).ln < ln
        : tail(t, effect: effect, upper: false).ln > ln
    }
    var step = (1 + abs(cohenD)) / rootOfSize
    var (low, high) = (cohenD, cohenD)
    while !isBelow(low) {
      low -= step
      step *= 2
    }
    step = (1 + abs(cohenD)) / rootOfSize
    while isBelow(high) {
      high += step
      step *= 2
    }
    for _ in 0..<200 {
      let middle = low / 2 + high / 2
      guard middle > low, middle < high else { break }
      if isBelow(middle) { low = middle } else { high = middle }
    }
    return low
  }
}

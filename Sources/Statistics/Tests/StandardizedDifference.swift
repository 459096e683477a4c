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

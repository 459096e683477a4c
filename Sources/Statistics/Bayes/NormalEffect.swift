import Probability

/// What is believed of an effect whose estimate is normal, under a normal prior or a flat one.
///
/// - Source: conjugate normal updating (Gelman et al. 2013, section 2.5).
package struct NormalEffect: Sendable, Equatable {
  package let mean: Double
  package let standardDeviation: Double

  package struct Prior: Sendable, Equatable {
    package var mean: Double
    package var standardDeviation: Double

    package init(mean: Double, standardDeviation: Double) {
      precondition(standardDeviation > 0, "a prior's spread of \(standardDeviation)")
      self.mean = mean
      self.standardDeviation = standardDeviation
    }
  }

  /// - Parameters:
  ///   - estimate: candidate − production.
  ///   - standardError: > 0.
  ///   - prior: nil is flat.
  package init(
    estimate: Double, standardError: Double, prior: Prior? = nil
  ) throws(Unavailable) {
    guard standardError > 0 else { throw .noVariation }
    guard let prior else {
      mean = estimate
      standardDeviation = standardError
      return
    }
    // The precisions as shares of their sum, so that no square can overflow.
    let hypotenuse = rootOfSquares(standardError, prior.standardDeviation)
    let towardsPrior = (standardError / hypotenuse) * (standardError / hypotenuse)
    mean = estimate + towardsPrior * (prior.mean - estimate)
    standardDeviation = standardError * (prior.standardDeviation / hypotenuse)
  }

  package var posterior: Posterior {
    .normal(mean: mean, standardDeviation: standardDeviation)
  }

  /// P(effect > bound).
  package func probabilityAbove(_ bound: Double = 0) -> PValue {
    let z = (bound - mean) / standardDeviation
    return PValue(value: Normal.survival(z), ln: Normal.logSurvival(z))
  }

  /// P(effect < bound).
  package func probabilityBelow(_ bound: Double = 0) -> PValue {
    let z = (mean - bound) / standardDeviation
    return PValue(value: Normal.survival(z), ln: Normal.logSurvival(z))
  }

  /// P(effect in the region of practical equivalence).
  ///
  /// - Source: Kruschke (2018).
  package func probability(within region: ClosedRange<Double>) -> PValue {
    // The tail beyond the nearer end, less that beyond the farther one: no cancellation against 1.
    let (near, far) =
      mean > (region.lowerBound + region.upperBound) / 2
      ? (probabilityBelow(region.upperBound), probabilityBelow(region.lowerBound))
      : (probabilityAbove(region.lowerBound), probabilityAbove(region.upperBound))
    let ratio = Elementary.exp(far.ln - near.ln)
    return PValue(
      value: near.value - far.value, ln: near.ln + Elementary.log1p(-min(ratio, 1)))
  }

  /// E[max(−effect, 0)]: what is lost, in expectation, by shipping the candidate.
  package var expectedLossOfShipping: Double { Self.overshoot(mean, standardDeviation) }

  /// E[max(effect, 0)]: what is lost, in expectation, by staying with production.
  package var expectedLossOfStaying: Double { Self.overshoot(-mean, standardDeviation) }

  /// E[max(X − m, 0)] for X ~ N(0, s²): s (φ(z) − z (1 − Φ(z))), z = m / s.
  private static func overshoot(_ m: Double, _ s: Double) -> Double {
    let z = m / s
    guard z > 3 else { return s * (Normal.density(z) - z * Normal.survival(z)) }
    // Laplace's fraction for Mills's ratio is 1 / (z + c), and 1 − z / (z + c) = c / (z + c) cancels nothing.
    var c = 0.0
    for k in stride(from: 80, through: 1, by: -1) { c = Double(k) / (z + c) }
    return s * Normal.density(z) * (c / (z + c))
  }
}

import Probability

extension PValue {
  /// Of a standard normal statistic.
  package init(z: Double, _ alternative: Question.Alternative) {
    self.init(t: z, degreesOfFreedom: .infinity, alternative)
  }

  /// Of a statistic with Student's t distribution.
  package init(t: Double, degreesOfFreedom: Double, _ alternative: Question.Alternative) {
    let estimate = TEstimate(value: t, standardError: 1, degreesOfFreedom: degreesOfFreedom)
    switch alternative {
    case .different: self = estimate.pTwoSided()
    case .greater: self = estimate.pGreater()
    case .less: self = estimate.pLess()
    }
  }

  /// Of a χ² statistic, large values against the null.
  package init(chiSquare: Double, degreesOfFreedom: Int) {
    let law = ChiSquare(degreesOfFreedom: Double(degreesOfFreedom))
    self.init(value: law.survival(chiSquare), ln: law.logSurvival(chiSquare))
  }

  /// Of a distance of distribution functions on Kolmogorov's limiting scale.
  package init(kolmogorov x: Double) {
    self.init(value: Kolmogorov.survival(x), ln: Kolmogorov.logSurvival(x))
  }

  /// Of an F statistic, large values against the null.
  package init(f: Double, numerator: Double, denominator: Double) {
    let law = FDistribution(numerator: numerator, denominator: denominator)
    self.init(value: law.survival(f), ln: law.logSurvival(f))
  }
}

extension Question.Alternative {
  /// The same seen from the other arm.
  var mirrored: Question.Alternative {
    switch self {
    case .different: .different
    case .greater: .less
    case .less: .greater
    }
  }
}

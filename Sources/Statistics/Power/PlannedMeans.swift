import Probability

/// The difference of two arms' means, or of anything whose error is that of a mean.
package struct PlannedMeans: PlannedComparison, Equatable {
  package enum Test: Sendable, Equatable {
    /// Welch's t test.
    case welch
    /// Student's t test with one variance for both arms.
    case pooled
    /// Known variances, or arms so large that it does not matter.
    case normal
  }

  /// The standard deviation of a value.
  package var candidateDeviation: Double
  package var productionDeviation: Double
  package var test: Test

  package init(
    candidateDeviation: Double, productionDeviation: Double, test: Test = .welch
  ) {
    precondition(
      candidateDeviation > 0 && productionDeviation > 0,
      "deviations \(candidateDeviation), \(productionDeviation)")
    self.candidateDeviation = candidateDeviation
    self.productionDeviation = productionDeviation
    self.test = test
  }

  /// Both arms vary alike.
  package init(deviation: Double, test: Test = .welch) {
    self.init(candidateDeviation: deviation, productionDeviation: deviation, test: test)
  }

  package func estimate(effect: Double, null: Double, sizes: PlannedSizes) -> PlannedEstimate {
    let scale = max(candidateDeviation, productionDeviation)
    let first = candidateDeviation / scale * (candidateDeviation / scale) / sizes.candidate
    let second = productionDeviation / scale * (productionDeviation / scale) / sizes.production
    return PlannedEstimate(
      distance: effect - null, standardError: scale * (first + second).squareRoot(),
      degreesOfFreedom: degreesOfFreedom(first, second, sizes))
  }

  /// - Parameters:
  ///   - first: the candidate's part of the variance.
  ///   - second: production's.
  private func degreesOfFreedom(
    _ first: Double, _ second: Double, _ sizes: PlannedSizes
  ) -> Double {
    let (n, m) = (sizes.candidateUnits - 1, sizes.productionUnits - 1)
    switch test {
    case .normal: return .infinity
    case .pooled: return n + m
    case .welch:
      let sum = first + second
      return sum * sum / (first * first / n + second * second / m)
    }
  }
}

extension PlannedMeans {
  /// A ratio of two columns' sums, Σ numerators / Σ denominators, by the delta method.
  ///
  /// - Parameters:
  ///   - ratio: of the means.
  ///   - denominatorMean: not 0.
  ///   - deviations: of a unit's numerator and denominator.
  ///   - correlation: of the two, in -1...1.
  /// - Source: Deng, Knoblich and Lu (2018).
  package static func ratio(
    _ ratio: Double, denominatorMean: Double, deviations: (numerator: Double, denominator: Double),
    correlation: Double
  ) -> PlannedMeans {
    let (s, t) = (deviations.numerator, ratio * deviations.denominator)
    let variance = max(0, s * s - 2 * correlation * s * t + t * t)
    return PlannedMeans(deviation: variance.squareRoot() / abs(denominatorMean), test: .normal)
  }

  /// A quantile, where the values have the density `density` > 0 at it.
  ///
  /// - Parameter probability: of the quantile, in (0, 1).
  /// - Source: the asymptotic variance p (1 − p) / (n f²); Serfling (1980), section 2.3.
  package static func quantile(probability: Double, density: Double) -> PlannedMeans {
    PlannedMeans(
      deviation: (probability * (1 - probability)).squareRoot() / density, test: .normal)
  }
}

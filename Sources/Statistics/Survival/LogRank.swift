import Probability

/// Do the arms' events come at the same rate at all times? Observed events of the candidate against those expected
/// if so, time by time.
///
/// Positive where the candidate's events come faster.
///
/// - Source: Mantel (1966); Peto and Peto (1972); Fleming and Harrington (1991) for the weights.
package struct LogRank: Sendable, Equatable {
  /// Each time's weight: S(t−)^rho (1 − S(t−))^gamma of both arms together; (0, 0) is the log-rank test, (1, 0) looks at
  /// early, (0, 1) at late events.
  package struct Weights: Sendable, Equatable {
    package var rho: Double
    package var gamma: Double

    package init(rho: Double = 0, gamma: Double = 0) {
      precondition(rho >= 0 && gamma >= 0, "weights \(rho), \(gamma)")
      self.rho = rho
      self.gamma = gamma
    }
  }

  /// Σ w (O − E) of the candidate.
  package let observedMinusExpected: Double
  /// Hypergeometric, of the sum.
  package let variance: Double

  /// - Throws: `noVariation` where no time has events while rows of both arms are at risk.
  package init(_ table: RiskTable, weights: Weights = Weights()) throws(Unavailable) {
    var (sum, variance) = (ExactSum(), ExactSum())
    for stratum in table.strata {
      var survival = 1.0
      for row in stratum {
        let weight = Self.power(survival, weights.rho) * Self.power(1 - survival, weights.gamma)
        let (n, d) = (Double(row.atRisk), Double(row.events))
        let share = Double(row.candidateAtRisk) / n
        sum.add(weight * (Double(row.candidateEvents) - d * share))
        if row.atRisk > 1 {
          let spread = d * share * (Double(row.productionAtRisk) / n) * ((n - d) / (n - 1))
          variance.add(weight * weight * spread)
        }
        survival *= (n - d) / n
      }
    }
    guard variance.value > 0 else { throw .noVariation }
    observedMinusExpected = sum.value
    self.variance = variance.value
  }

  package var statistic: Double { observedMinusExpected / variance.squareRoot() }

  /// The logarithm of the hazard ratio, one step from 0, with unit weights: good for ratios near 1, drawn to 1 for
  /// others.
  ///
  /// - Source: Yusuf, Peto et al. (1985); Berry, Kitchin and Mock (1991).
  package var logHazardRatio: TEstimate {
    TEstimate(
      value: observedMinusExpected / variance, standardError: 1 / variance.squareRoot(),
      degreesOfFreedom: .infinity)
  }

  private static func power(_ base: Double, _ exponent: Double) -> Double {
    exponent == 0 ? 1 : exponent == 1 ? base : base == 0 ? 0 : Elementary.pow(base, exponent)
  }
}

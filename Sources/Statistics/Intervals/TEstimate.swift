import Probability

/// An estimate with its standard error and degrees of freedom: what every interval and test of a mean-like
/// number is formed from.
///
/// Infinite degrees of freedom mean the normal distribution. A standard error of zero is taken at its
/// word: the interval is a point, and any other value is rejected.
package struct TEstimate: Sendable, Equatable {
  package var value: Double
  package var standardError: Double
  package var degreesOfFreedom: Double

  package init(value: Double, standardError: Double, degreesOfFreedom: Double) {
    self.value = value
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The distance from `hypothesis` in standard errors.
  package func statistic(against hypothesis: Double = 0) -> Double {
    let distance = value - hypothesis
    return distance == 0 ? 0 : distance / standardError
  }

  /// A smooth function of this estimate, by the delta method.
  ///
  /// - Parameters:
  ///   - value: the function at the estimate.
  ///   - slope: its derivative there.
  package func mapped(to value: Double, slope: Double) -> TEstimate {
    TEstimate(
      value: value, standardError: abs(slope) * standardError, degreesOfFreedom: degreesOfFreedom)
  }

  /// The symmetric interval at `level` in (0, 1).
  package func interval(level: Double) -> ClosedRange<Double> {
    let half = criticalValue(upperTail: (1 - level) / 2) * standardError
    return (value - half)...(value + half)
  }

  /// The lower end of the one-sided interval [low, ∞) at `level`.
  package func lowerBound(level: Double) -> Double {
    value - criticalValue(upperTail: 1 - level) * standardError
  }

  /// The upper end of the one-sided interval (−∞, high] at `level`.
  package func upperBound(level: Double) -> Double {
    value + criticalValue(upperTail: 1 - level) * standardError
  }

  /// The two-sided p-value of "the truth is `hypothesis`".
  package func pTwoSided(against hypothesis: Double = 0) -> PValue {
    upperTail(abs(statistic(against: hypothesis))).doubled
  }

  /// The p-value of "the truth is at most `bound`": small where the truth is greater.
  package func pGreater(than bound: Double = 0) -> PValue { upperTail(statistic(against: bound)) }

  /// The p-value of "the truth is at least `bound`": small where the truth is less.
  package func pLess(than bound: Double = 0) -> PValue { upperTail(-statistic(against: bound)) }

  /// The p-value of "the truth lies outside `bounds`", by two one-sided tests.
  ///
  /// - Source: Schuirmann (1987).
  package func pEquivalent(within bounds: ClosedRange<Double>) -> PValue {
    pGreater(than: bounds.lowerBound).both(pLess(than: bounds.upperBound))
  }

  /// The t (or z) that the upper tail leaves `tail` beyond.
  package func criticalValue(upperTail tail: Double) -> Double {
    StudentT(degreesOfFreedom: degreesOfFreedom).upperQuantile(tail)
  }

  private func upperTail(_ statistic: Double) -> PValue {
    let tail = StudentT(degreesOfFreedom: degreesOfFreedom).survivalAndLog(statistic)
    return PValue(value: tail.value, ln: tail.logarithm)
  }
}

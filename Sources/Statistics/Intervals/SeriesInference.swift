import Probability

/// The mean of a series of dependent values with a standard error that holds under the dependence.
package struct SeriesInference: Sendable, Equatable {
  package var mean: Double
  /// From the equal-weighted cosine variance.
  package var standardError: Double
  /// The number of cosines; the critical values are Student's with as many degrees of freedom.
  package var degreesOfFreedom: Double
  /// How many values.
  package var n: Int
  /// How many independent values would give this standard error: n · (independent / dependent)².
  package var effectiveSampleSize: Double
  /// What the standard error would be if the values were independent.
  package var independentStandardError: Double

  package init(
    mean: Double, standardError: Double, degreesOfFreedom: Double, n: Int,
    independentStandardError: Double
  ) {
    self.mean = mean
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
    self.n = n
    self.independentStandardError = independentStandardError
    let ratio = independentStandardError / standardError
    effectiveSampleSize = Double(n) * ratio * ratio
  }

  /// In another unit: everything that has one is multiplied by `factor` > 0.
  package func scaled(by factor: Double) -> SeriesInference {
    SeriesInference(
      mean: mean * factor, standardError: standardError * factor,
      degreesOfFreedom: degreesOfFreedom, n: n,
      independentStandardError: independentStandardError * factor)
  }

  /// For intervals and tests that hold under serial dependence.
  package var dependent: TEstimate {
    TEstimate(value: mean, standardError: standardError, degreesOfFreedom: degreesOfFreedom)
  }

  /// The same question asked as if the values were independent.
  package var independent: TEstimate {
    TEstimate(
      value: mean, standardError: independentStandardError, degreesOfFreedom: Double(n - 1))
  }

  /// Whether the dependence costs more than a fifth of the information, and more than independent values would show in
  /// one run of a thousand.
  ///
  /// Under independence n over the effective n is a chi-square over its degrees of freedom.
  package static func isClearlyDependent(
    _ effective: Double, of n: Int, degreesOfFreedom: Double
  ) -> Bool {
    let chance = ChiSquare(degreesOfFreedom: degreesOfFreedom).upperQuantile(0.001)
    return Double(n) / effective > max(1.25, chance / degreesOfFreedom)
  }
}

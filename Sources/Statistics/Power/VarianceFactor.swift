import Probability

/// By what the variance of a mean differs from that of as many independent rows.
package enum VarianceFactor {
  /// Of rows that belong to units (users, sessions), the design effect 1 + ((1 + cv²) m − 1) ρ.
  ///
  /// - Parameters:
  ///   - size: rows a unit on average, >= 1.
  ///   - correlation: of two rows of a unit, in 0...1.
  ///   - sizeVariation: the units' sizes' coefficient of variation; 0 where all are equal.
  /// - Source: Kish (1965); Eldridge, Ashby and Kerry (2006) for unequal sizes.
  package static func clusters(
    size: Double, correlation: Double, sizeVariation: Double = 0
  ) -> Double {
    1 + ((1 + sizeVariation * sizeVariation) * size - 1) * correlation
  }

  /// After an adjustment for covariates (CUPED) that explain `share` of the variance, in 0..<1.
  ///
  /// - Source: Deng, Xu, Kohavi and Walker (2013).
  package static func covariates(explaining share: Double) -> Double { 1 - share }

  /// Of rows in time whose neighbours correlate, as an AR(1): the long-run variance over a row's, (1 + ρ) / (1 − ρ).
  ///
  /// It belongs to tests whose arms do not share the time: one after the other, in turns, or a shadow's differences. Arms
  /// whose rows are assigned one by one share what time does to both.
  package static func serial(autocorrelation rho: Double) -> Double { (1 + rho) / (1 - rho) }

  /// The same as a series shows it, >= 1; rows in the order of time.
  package static func serial(of values: [Double]) throws(Unavailable) -> Double {
    let series = try SeriesMean(values)
    let cosine = series.cosine.standardError / series.moments.standardError
    return max(1, Double(values.count) / series.effectiveSize, cosine * cosine)
  }
}

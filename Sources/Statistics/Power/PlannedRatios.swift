import Probability

/// The ratio of two arms' shares, candidate over production, tested on its logarithm.
///
/// - Source: Katz, Baptista, Azen and Pike (1978) for the error.
package struct PlannedShareRatio: PlannedComparison, Equatable {
  /// Production's share, in (0, 1).
  package var production: Double

  package init(production: Double) {
    precondition(production > 0 && production < 1, "a share of \(production)")
    self.production = production
  }

  package var noDifference: Double { 1 }
  package var possible: ClosedRange<Double> { 0...(1 / production) }

  package func estimate(effect: Double, null: Double, sizes: PlannedSizes) -> PlannedEstimate {
    let candidate = min(1, production * effect)
    let parts = (
      (1 - candidate) / candidate / sizes.candidate,
      (1 - production) / production / sizes.production
    )
    return PlannedEstimate(
      distance: Elementary.log(effect / null), standardError: (parts.0 + parts.1).squareRoot())
  }
}

/// Two arms' rates of events: their difference, or their ratio on its logarithm.
///
/// - Source: Gu, Ng, Tang and Schucany (2008).
package struct PlannedRates: PlannedComparison, Equatable {
  package enum Scale: Sendable, Equatable { case difference, ratio }

  /// Production's events per unit of exposure, > 0.
  package var production: Double
  package var scale: Scale
  /// Of one row, > 0.
  package var exposure: Double
  /// The variance of counts over their mean; 1 is Poisson's law.
  package var dispersion: Double

  package init(
    production: Double, scale: Scale = .difference, exposure: Double = 1, dispersion: Double = 1
  ) {
    precondition(
      production > 0 && exposure > 0 && dispersion > 0,
      "a rate of \(production), \(exposure), \(dispersion)")
    self.production = production
    self.scale = scale
    self.exposure = exposure
    self.dispersion = dispersion
  }

  package var noDifference: Double { scale == .ratio ? 1 : 0 }
  package var possible: ClosedRange<Double> {
    scale == .ratio ? 0...(.infinity) : -production...(.infinity)
  }

  package func estimate(effect: Double, null: Double, sizes: PlannedSizes) -> PlannedEstimate {
    let (n, m) = (sizes.candidate * exposure, sizes.production * exposure)
    switch scale {
    case .ratio:
      let candidate = production * effect
      return PlannedEstimate(
        distance: Elementary.log(effect / null),
        standardError: (dispersion * (1 / (n * candidate) + 1 / (m * production))).squareRoot())
    case .difference:
      let candidate = max(0, production + effect)
      let own = (dispersion * (candidate / n + production / m)).squareRoot()
      guard null == 0 else { return PlannedEstimate(distance: effect - null, standardError: own) }
      let pooled = (n * candidate + m * production) / (n + m)
      return PlannedEstimate(
        distance: effect, standardError: own,
        nullStandardError: (dispersion * pooled * (1 / n + 1 / m)).squareRoot())
    }
  }
}

import Probability

/// Two survival curves against each other: restricted means and medians.
package struct SurvivalContrast: Sendable, Equatable {
  package let candidate: SurvivalCurve
  package let production: SurvivalCurve

  package init(_ arms: TwoArms) throws(Unavailable) {
    candidate = try SurvivalCurve(
      times: arms.candidate.values, censored: arms.candidate.censored)
    production = try SurvivalCurve(
      times: arms.production.values, censored: arms.production.censored)
  }

  /// The smaller of the arms' last times: up to it both curves are known.
  package var commonHorizon: Double { min(candidate.lastTime, production.lastTime) }

  /// Mean times up to the horizon.
  package func restrictedMeans(
    to horizon: Double?
  ) throws(Unavailable) -> (candidate: TEstimate, production: TEstimate) {
    let horizon = horizon ?? commonHorizon
    return (try candidate.restrictedMean(to: horizon), try production.restrictedMean(to: horizon))
  }

  /// Candidate − production, normal.
  package func restrictedMeanDifference(to horizon: Double?) throws(Unavailable) -> TEstimate {
    let means = try restrictedMeans(to: horizon)
    let error = rootOfSquares(means.candidate.standardError, means.production.standardError)
    guard error > 0 else { throw .noVariation }
    return TEstimate(
      value: means.candidate.value - means.production.value, standardError: error,
      degreesOfFreedom: .infinity)
  }

  /// The logarithm of candidate over production, by the delta method.
  package func logRestrictedMeanRatio(to horizon: Double?) throws(Unavailable) -> TEstimate {
    let means = try restrictedMeans(to: horizon)
    guard means.candidate.value > 0, means.production.value > 0 else { throw .notPositive }
    let error = rootOfSquares(
      means.candidate.standardError / means.candidate.value,
      means.production.standardError / means.production.value)
    guard error > 0 else { throw .noVariation }
    return TEstimate(
      value: Elementary.log(means.candidate.value / means.production.value), standardError: error,
      degreesOfFreedom: .infinity)
  }

  /// Of the median times, with the arms' own intervals joined by squares; without an end where a curve does not fall
  /// to a half.
  ///
  /// - Source: Brookmeyer and Crowley (1982); Zou and Donner (2008).
  func medianDifference() throws(Unavailable) -> NormalInference {
    guard let one = candidate.quantile(0.5) else { throw .followUpEnds(candidate.lastTime) }
    guard let other = production.quantile(0.5) else { throw .followUpEnds(production.lastTime) }
    return .inverting(estimate: one - other) { z in
      let first = candidate.quantileInterval(0.5, z: z)
      let second = production.quantileInterval(0.5, z: z)
      func reach(_ one: Double, _ other: Double) -> Double {
        one.isInfinite || other.isInfinite ? .infinity : rootOfSquares(max(0, one), max(0, other))
      }
      return (
        one - other - reach(one - first.lower, second.upper - other),
        one - other + reach(first.upper - one, other - second.lower)
      )
    }
  }
}

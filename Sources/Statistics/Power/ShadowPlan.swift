import Probability

/// What a shadow's own pairs say of the test that comes after it: how much more an A/B test would need, and how much an
/// adjustment for the other model's answer, or for a score, would spare.
///
/// In a shadow both models answer every request, so that what requests have in common drops out of the differences; an
/// A/B test sees one answer to each and keeps it.
package struct ShadowPlan: Sendable, Equatable {
  package let pairCount: Int
  /// Candidate − production, on average.
  package let difference: Double
  package let productionMean: Double
  package let candidateDeviation: Double
  package let productionDeviation: Double
  /// Of a pair's difference.
  package let differenceDeviation: Double
  /// Of the two answers.
  package let correlation: Double
  /// What is left of each arm's variance after an adjustment for the covariate, 1 − r².
  package let variancesLeft: VariancesLeft
  package struct VariancesLeft: Sendable, Equatable {
    package let candidate: Double
    package let production: Double
  }

  /// By which the differences' dependence in time multiplies the variance of their mean; 1 where it was not asked for.
  package let serialFactor: Double
  /// By which units that make several rows multiply the variance of each mean; nil where every row is a unit of its own.
  package let units: Units?
  package struct Units: Sendable, Equatable {
    package let candidate: Double
    package let production: Double
    package let difference: Double
    /// Of production's answers: units, rows a unit, how alike they are.
    package let facts: MeasuredMetric.Units
  }

  /// By which dependence multiplies the variance of the mean difference: the larger of time's and units'.
  package var pairFactor: Double { max(serialFactor, units?.difference ?? 1) }

  /// - Parameters:
  ///   - covariate: known for every request before the assignment; nil is the other model's answer, which a shadow beside
  ///     the A/B test gives.
  ///   - units: which unit made a pair, numbered from 0; nil where every pair is a unit of its own.
  ///   - isSeries: whether the pairs' order is that of time.
  package init(
    candidate: [Double], production: [Double], covariate: [Double]? = nil, units: [Int]? = nil,
    isSeries: Bool = false
  ) throws(Unavailable) {
    precondition(
      candidate.count == production.count && covariate?.count ?? candidate.count == candidate.count,
      "columns of different lengths")
    let (first, second) = (try Moments(of: candidate), try Moments(of: production))
    guard first.standardDeviation > 0, second.standardDeviation > 0 else { throw .noVariation }
    let differences = candidate.indices.map { candidate[$0] - production[$0] }
    let spread = try Moments(of: differences)
    pairCount = candidate.count
    difference = first.minus(second)
    productionMean = second.mean
    candidateDeviation = first.standardDeviation
    productionDeviation = second.standardDeviation
    differenceDeviation = spread.standardDeviation
    correlation = Self.correlation(candidate, production)
    if let covariate {
      let r = (
        Self.correlation(candidate, covariate), Self.correlation(production, covariate)
      )
      variancesLeft = VariancesLeft(candidate: 1 - r.0 * r.0, production: 1 - r.1 * r.1)
    } else {
      let left = 1 - correlation * correlation
      variancesLeft = VariancesLeft(candidate: left, production: left)
    }
    serialFactor =
      isSeries && differenceDeviation > 0 ? try VarianceFactor.serial(of: differences) : 1
    self.units = try units.flatMap { units throws(Unavailable) in
      try Self.units(candidate, production, differences, units)
    }
  }

  /// Nil where every row is a unit of its own.
  private static func units(
    _ candidate: [Double], _ production: [Double], _ differences: [Double], _ units: [Int]
  ) throws(Unavailable) -> Units? {
    func measured(_ values: [Double]) throws(Unavailable) -> MeasuredMetric.Units? {
      try MeasuredMetric(mean: values, units: units, isSeries: false).units
    }
    guard let first = try measured(candidate), let second = try measured(production) else {
      return nil
    }
    // Pairs that never differ have no variance for units to multiply.
    let difference = try? measured(differences)
    return Units(
      candidate: first.designEffect, production: second.designEffect,
      difference: difference?.designEffect ?? 1, facts: second)
  }

  /// How many requests an A/B test needs for each pair of the shadow, for the same standard error; infinite where the
  /// differences do not vary.
  ///
  /// - Parameters:
  ///   - candidateShare: in (0, 1).
  ///   - isAdjusted: whether the A/B test adjusts for the covariate.
  package func requestsPerPair(candidateShare: Double = 0.5, isAdjusted: Bool = false) -> Double {
    let scale = differenceDeviation
    guard scale > 0 else { return .infinity }
    let deviations = deviations(isAdjusted: isAdjusted)
    let (first, second) = (deviations.candidate / scale, deviations.production / scale)
    return (first * first / candidateShare + second * second / (1 - candidateShare)) / pairFactor
  }

  /// Of an answer as an A/B test sees it: with what units add, and after an adjustment without what the covariate
  /// explains.
  package func deviations(isAdjusted: Bool = false) -> (candidate: Double, production: Double) {
    let left = isAdjusted ? variancesLeft : VariancesLeft(candidate: 1, production: 1)
    return (
      candidateDeviation * (left.candidate * (units?.candidate ?? 1)).squareRoot(),
      productionDeviation * (left.production * (units?.production ?? 1)).squareRoot()
    )
  }

  /// The test of the pairs themselves.
  package func paired(_ goal: PowerGoal) throws(Unavailable) -> PowerPlan {
    guard differenceDeviation > 0 else { throw .noVariation }
    return PowerPlan(
      PlannedPairs(deviation: differenceDeviation), goal: goal, varianceFactor: pairFactor)
  }

  /// The A/B test.
  package func unpaired(
    _ goal: PowerGoal, candidateShare: Double = 0.5, isAdjusted: Bool = false
  ) throws(Unavailable) -> PowerPlan {
    let deviations = deviations(isAdjusted: isAdjusted)
    guard deviations.candidate > 0, deviations.production > 0 else { throw .noVariation }
    return PowerPlan(
      PlannedMeans(
        candidateDeviation: deviations.candidate, productionDeviation: deviations.production),
      goal: goal, candidateShare: candidateShare)
  }

  /// 0 where a column does not vary.
  private static func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let centres = (Centre(of: x), Centre(of: y))
    let scales = (x: centres.0.scale, y: centres.1.scale)
    let xx = CentredSums.products(x, centres.0, x, centres.0, scales: (scales.x, scales.x))
    let yy = CentredSums.products(y, centres.1, y, centres.1, scales: (scales.y, scales.y))
    let xy = CentredSums.products(x, centres.0, y, centres.1, scales: scales)
    guard xx > 0, yy > 0 else { return 0 }
    return max(-1, min(1, xy / (xx.squareRoot() * yy.squareRoot())))
  }
}

/// The mean of differences within pairs, or of one sample against a fixed value, by a t test.
package struct PlannedPairs: PlannedComparison, Equatable {
  /// The standard deviation of a difference.
  package var deviation: Double
  package var isNormal: Bool

  package init(deviation: Double, isNormal: Bool = false) {
    precondition(deviation > 0, "a deviation of \(deviation)")
    self.deviation = deviation
    self.isNormal = isNormal
  }

  /// From the deviations of both answers and their correlation in -1...1.
  package init(candidateDeviation: Double, productionDeviation: Double, correlation: Double) {
    let (s, t) = (candidateDeviation, productionDeviation)
    self.init(deviation: max(0, (s - t) * (s - t) + 2 * (1 - correlation) * s * t).squareRoot())
  }

  package var isOneSample: Bool { true }

  package func estimate(effect: Double, null: Double, sizes: PlannedSizes) -> PlannedEstimate {
    PlannedEstimate(
      distance: effect - null, standardError: deviation / sizes.candidate.squareRoot(),
      degreesOfFreedom: isNormal ? .infinity : sizes.candidateUnits - 1)
  }
}

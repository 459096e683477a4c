/// A metric's comparison before there are data: how its estimate will vary with the size of the arms.
package protocol PlannedComparison: Sendable {
  /// The estimand's value where the arms do not differ.
  var noDifference: Double { get }
  /// What the estimand can be; the ends may be infinite.
  var possible: ClosedRange<Double> { get }
  /// Whether one unit gives one value to the test (pairs, one sample), so that no shares divide the units.
  var isOneSample: Bool { get }

  /// - Parameters:
  ///   - effect: the true value of the estimand.
  ///   - null: the value that is tested.
  func estimate(effect: Double, null: Double, sizes: PlannedSizes) -> PlannedEstimate
}

extension PlannedComparison {
  package var noDifference: Double { 0 }
  package var possible: ClosedRange<Double> { -.infinity...(.infinity) }
  package var isOneSample: Bool { false }
}

/// How much two arms will know; a one-sample test has the same number in both.
///
/// Sizes are numbers and no counts, so that a plan can be solved for them.
package struct PlannedSizes: Sendable, Equatable {
  /// As many independent values as the arm's values carry.
  package var candidate: Double
  package var production: Double
  /// Independent units, which degrees of freedom count.
  package var candidateUnits: Double
  package var productionUnits: Double

  package init(candidate: Double, production: Double) {
    self.init(candidate: candidate, production: production, factor: 1, unitSize: 1)
  }

  /// - Parameters:
  ///   - candidate: rows.
  ///   - production: rows.
  ///   - factor: by which the variance of a mean is larger than of as many independent rows.
  ///   - unitSize: rows a unit.
  package init(candidate: Double, production: Double, factor: Double, unitSize: Double) {
    self.candidate = candidate / factor
    self.production = production / factor
    candidateUnits = candidate / unitSize
    productionUnits = production / unitSize
  }
}

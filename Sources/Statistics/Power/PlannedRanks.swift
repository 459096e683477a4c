/// The probability that a candidate's value is the larger one (ties counting half), tested by the ranks.
///
/// - Source: Noether (1987).
package struct PlannedMannWhitney: PlannedComparison, Equatable {
  package init() {}

  package var noDifference: Double { 0.5 }
  package var possible: ClosedRange<Double> { 0...1 }

  package func estimate(effect: Double, null: Double, sizes: PlannedSizes) -> PlannedEstimate {
    let (n, m) = (sizes.candidate, sizes.production)
    return PlannedEstimate(
      distance: effect - null, standardError: ((n + m) / (12 * n * m)).squareRoot())
  }
}

/// The difference of two areas under the ROC curve.
package struct PlannedAUC: PlannedComparison, Equatable {
  /// Production's area, in (0, 1).
  package var production: Double
  /// The share of requests of class 1, in (0, 1).
  package var positives: Double
  /// Of the two areas, where both models score the same requests; nil where each arm has requests of its own.
  package var correlation: Double?

  package init(production: Double, positives: Double, correlation: Double? = nil) {
    precondition(
      production > 0 && production < 1 && positives > 0 && positives < 1,
      "an area of \(production), \(positives) positives")
    self.production = production
    self.positives = positives
    self.correlation = correlation
  }

  package var isOneSample: Bool { correlation != nil }
  package var possible: ClosedRange<Double> { -production...(1 - production) }

  /// The variance of an area over `n` requests, of which `positives` are of class 1.
  ///
  /// - Source: Hanley and McNeil (1982), negative exponential scores.
  package static func variance(area: Double, positives: Double, n: Double) -> Double {
    let (first, second) = (area / (2 - area), 2 * area * area / (1 + area))
    let (p, q) = (n * positives, n * (1 - positives))
    let square = area * area
    return (area * (1 - area) + (p - 1) * (first - square) + (q - 1) * (second - square)) / (p * q)
  }

  package func estimate(effect: Double, null: Double, sizes: PlannedSizes) -> PlannedEstimate {
    let candidate = min(1, max(0, production + effect))
    let shifted = min(1, max(0, production + null))
    return PlannedEstimate(
      distance: effect - null, standardError: error(candidate, sizes),
      nullStandardError: error(shifted, sizes))
  }

  /// - Source: Hanley and McNeil (1983) for areas over the same requests.
  private func error(_ candidate: Double, _ sizes: PlannedSizes) -> Double {
    let v = Self.variance(area: candidate, positives: positives, n: sizes.candidate)
    let w = Self.variance(area: production, positives: positives, n: sizes.production)
    let shared = 2 * (correlation ?? 0) * (v * w).squareRoot()
    return max(0, v + w - shared).squareRoot()
  }
}

/// The share of the units that an arm gets, against the share that was planned: how small a fault of the assignment the
/// sample-ratio check finds.
package struct PlannedAssignment: PlannedComparison, Equatable {
  /// In (0, 1).
  package var planned: Double

  package init(planned: Double) {
    precondition(planned > 0 && planned < 1, "a share of \(planned)")
    self.planned = planned
  }

  package var noDifference: Double { planned }
  package var possible: ClosedRange<Double> { 0...1 }
  package var isOneSample: Bool { true }

  package func estimate(effect: Double, null: Double, sizes: PlannedSizes) -> PlannedEstimate {
    func error(_ share: Double) -> Double {
      (max(0, share * (1 - share)) / sizes.candidate).squareRoot()
    }
    return PlannedEstimate(
      distance: effect - null, standardError: error(effect), nullStandardError: error(null))
  }
}

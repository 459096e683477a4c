import Probability

/// An effect on the units that could meet it at all (the triggered ones), and what it means for all units.
///
/// Units that the change cannot reach only add noise. Both arms must say in the same way which units are
/// triggered, also in production, where nothing happens; `triggerBalance` finds arms that do not.
///
/// - Source: Deng and Hu (2015), "Diluted treatment effect estimation for trigger analysis in online
///   controlled experiments"; Kohavi, Tang and Xu (2020), chapter 20.
package struct TriggeredEffect: Sendable, Equatable {
  package let candidate: Moments
  package let production: Moments
  /// All units of either arm, triggered or not.
  package let candidateUnits: Int
  package let productionUnits: Int

  /// - Parameters:
  ///   - candidate: of the triggered units' values; likewise `production`.
  ///   - candidateUnits: at least as many as are triggered.
  package init(
    candidate: Moments, candidateUnits: Int, production: Moments, productionUnits: Int
  ) {
    precondition(
      candidateUnits >= candidate.count && productionUnits >= production.count,
      "\(candidate.count) of \(candidateUnits), \(production.count) of \(productionUnits) units")
    self.candidate = candidate
    self.production = production
    self.candidateUnits = candidateUnits
    self.productionUnits = productionUnits
  }

  /// The share of triggered units over both arms.
  package var triggerRate: Double {
    Double(candidate.count + production.count) / Double(candidateUnits + productionUnits)
  }

  /// Candidate − production per triggered unit.
  package func onTriggered() throws(Unavailable) -> TEstimate {
    try TTests.welch(candidate: candidate, production: production)
  }

  /// Candidate − production per unit of all units: effect · trigger rate, with the errors of both.
  package func onAll() throws(Unavailable) -> TEstimate {
    let effect = try onTriggered()
    let rate = triggerRate
    let units = Double(candidateUnits + productionUnits)
    let ofRate = (rate * (1 - rate) / units).squareRoot()
    return TEstimate(
      value: effect.value * rate,
      standardError: rootOfSquares(effect.standardError * rate, effect.value * ofRate),
      degreesOfFreedom: effect.degreesOfFreedom)
  }

  /// The effect on all units over production's mean of all units, to first order.
  ///
  /// - Parameter untriggered: of the values of production's units that are not triggered; nil where they are
  ///   all 0.
  package func relativeOnAll(untriggered: Moments?) throws(Unavailable) -> TEstimate {
    let effect = try onTriggered()
    let (share, rest) = (Double(production.count), Double(productionUnits - production.count))
    let other = rest > 0 ? untriggered?.mean ?? 0 : 0
    let overall = (share * production.mean + rest * other) / (share + rest)
    guard overall != 0 else { throw .zeroDenominator }
    let diluted = try onAll()
    // Of the four numbers that the lift is made of, each with its own error; production's triggered mean stands in the
    // effect and in the denominator.
    let (rate, size) = (triggerRate, abs(overall))
    let lift = effect.value * rate / size
    let sign = overall < 0 ? -1.0 : 1
    let ofProduction = -(rate / size) - sign * lift / size * (share / (share + rest))
    let ofOther = lift / size * (rest / (share + rest)) * (untriggered?.standardError ?? 0)
    let units = Double(candidateUnits + productionUnits)
    // The trigger rate in the numerator is both arms', in the denominator production's.
    let ofRate = effect.value / size
    let ofShare = -sign * lift / size * (production.mean - other)
    let (here, there) = (Double(candidateUnits) / units, Double(productionUnits) / units)
    let deviation = (rate * (1 - rate)).squareRoot()
    let fromCandidate = ofRate * here * deviation / Double(candidateUnits).squareRoot()
    let fromProduction =
      (ofRate * there + ofShare) * deviation / Double(productionUnits).squareRoot()
    let parts = [
      rate / size * candidate.standardError, ofProduction * production.standardError, ofOther,
      fromCandidate, fromProduction,
    ]
    return TEstimate(
      value: lift, standardError: parts.reduce(0, rootOfSquares),
      degreesOfFreedom: diluted.degreesOfFreedom)
  }

  /// The p-value of "both arms trigger at one rate"; small where the arms' triggers differ, and then nothing else here holds.
  package var triggerBalance: PValue {
    TwoProportions(
      candidate: .init(successes: candidate.count, trials: candidateUnits),
      production: .init(successes: production.count, trials: productionUnits)
    ).zEstimate(pooled: true).pTwoSided()
  }
}

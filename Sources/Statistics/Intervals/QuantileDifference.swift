/// The difference of the same quantile of two arms, candidate − production.
///
/// - Source: `QuantileInference` for each arm, joined as `JoinedQuantiles` says.
package struct QuantileDifference: JoinedQuantiles, Sendable {
  package let candidate: QuantileInference
  package let production: QuantileInference
  /// Of the two rank errors; 0 for arms with requests of their own.
  package let correlation: Double

  package let degreesOfFreedom: Double

  /// Both arms answered the same requests; serial dependence allowed.
  package init(paired pairs: LatencyPairs, p: Double) throws(Unavailable) {
    let ofCandidate = try BlockShares(pairs.candidate.blocks, p: p)
    let ofProduction = try BlockShares(pairs.production.blocks, p: p)
    let first = try ofCandidate.series()
    let second = try ofProduction.series()
    let difference = CosineVariance(
      deviations: first.blocks == second.blocks
        ? ofCandidate.deviations.indices.map {
          ofCandidate.deviations[$0] - ofProduction.deviations[$0]
        } : ofCandidate.deviations,
      counts: ofCandidate.counts)
    let cosines = min(first.cosines, second.cosines, difference.cosines)
    let x = first.projections(cosines)
    let y = second.projections(cosines)
    let xx = x.reduce(0) { $0 + $1 * $1 }
    let yy = y.reduce(0) { $0 + $1 * $1 }
    let xy = x.indices.reduce(0) { $0 + x[$1] * y[$1] }
    guard xx > 0, yy > 0 else { throw .noVariation }
    let degrees = Double(cosines)
    candidate = QuantileInference(
      pairs.candidate, p: p,
      rankError: ofCandidate.scale * (xx / degrees).squareRoot() / ofCandidate.n,
      degreesOfFreedom: degrees)
    production = QuantileInference(
      pairs.production, p: p,
      rankError: ofProduction.scale * (yy / degrees).squareRoot() / ofProduction.n,
      degreesOfFreedom: degrees)
    correlation = max(-1, min(1, xy / (xx.squareRoot() * yy.squareRoot())))
    degreesOfFreedom = degrees
  }

  /// Each arm had requests of its own.
  package init(
    candidate: LatencySketch, production: LatencySketch, p: Double,
    dependence: QuantileInference.Dependence
  ) throws(Unavailable) {
    self.candidate = try QuantileInference(candidate, p: p, dependence: dependence)
    self.production = try QuantileInference(production, p: p, dependence: dependence)
    correlation = 0
    degreesOfFreedom = min(self.candidate.degreesOfFreedom, self.production.degreesOfFreedom)
  }

  package func interval(level: Double) -> ClosedRange<Double> {
    let t = critical((1 - level) / 2)
    return low(t)...high(t)
  }

  package var pTwoSided: PValue { pTwoSided(against: 0) }

  /// The p-value of "the difference lies outside `bounds`", by two one-sided tests.
  package func pEquivalent(within bounds: ClosedRange<Double>) -> PValue {
    pGreater(than: bounds.lowerBound).both(pLess(than: bounds.upperBound))
  }
}

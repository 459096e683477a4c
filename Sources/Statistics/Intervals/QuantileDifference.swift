import Probability

/// The difference of the same quantile of two arms, candidate − production.
///
/// The interval joins the two arms' own intervals by their squared reaches and the correlation of their
/// rank errors, so it inherits their skewness; p-values come from the level at which its end meets the
/// hypothesis, so that they never contradict it.
///
/// - Source: Zou and Donner (2008) for joining two intervals (MOVER); `QuantileInference` for each.
package struct QuantileDifference: Sendable {
  package let candidate: QuantileInference
  package let production: QuantileInference
  /// Of the two rank errors; 0 for arms with requests of their own.
  package let correlation: Double

  package var value: Double { candidate.value - production.value }
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
    let t = tails.criticalValue(upperTail: (1 - level) / 2)
    return low(t)...high(t)
  }

  package var pTwoSided: PValue { pTwoSided(against: 0) }

  package func pTwoSided(against hypothesis: Double) -> PValue {
    let greater = pGreater(than: hypothesis)
    let less = pLess(than: hypothesis)
    return (greater.ln < less.ln ? greater : less).doubled
  }

  /// The p-value of "the difference is at most `bound`".
  package func pGreater(than bound: Double) -> PValue {
    value > bound
      ? tail(of: crossing { low($0) > bound }) : tail(of: -crossing { high($0) < bound })
  }

  /// The p-value of "the difference is at least `bound`".
  package func pLess(than bound: Double) -> PValue {
    value < bound
      ? tail(of: crossing { high($0) < bound }) : tail(of: -crossing { low($0) > bound })
  }

  /// The p-value of "the difference lies outside `bounds`", by two one-sided tests.
  package func pEquivalent(within bounds: ClosedRange<Double>) -> PValue {
    pGreater(than: bounds.lowerBound).both(pLess(than: bounds.upperBound))
  }

  private var tails: TEstimate {
    TEstimate(value: 0, standardError: 1, degreesOfFreedom: degreesOfFreedom)
  }

  private func tail(of t: Double) -> PValue {
    TEstimate(value: t, standardError: 1, degreesOfFreedom: degreesOfFreedom).pGreater()
  }

  private func low(_ t: Double) -> Double {
    value
      - reach(
        candidate.value - candidate.value(shifted: -t),
        production.value(shifted: t) - production.value)
  }

  private func high(_ t: Double) -> Double {
    value
      + reach(
        candidate.value(shifted: t) - candidate.value,
        production.value - production.value(shifted: -t))
  }

  private func reach(_ ofCandidate: Double, _ ofProduction: Double) -> Double {
    guard ofCandidate.isFinite, ofProduction.isFinite else { return .infinity }
    let squared =
      ofCandidate * ofCandidate - 2 * correlation * ofCandidate * ofProduction
      + ofProduction * ofProduction
    return max(0, squared).squareRoot()
  }

  /// The largest t >= 0 for which `excludes` still holds: where an end of the interval meets the bound.
  private func crossing(_ excludes: (Double) -> Bool) -> Double {
    var inside = 0.0
    var outside = 1.0
    while outside < 64, excludes(outside) { (inside, outside) = (outside, 2 * outside) }
    for _ in 0..<60 {
      let middle = (inside + outside) / 2
      if excludes(middle) { inside = middle } else { outside = middle }
    }
    return inside
  }
}

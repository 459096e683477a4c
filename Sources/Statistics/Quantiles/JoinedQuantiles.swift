import Probability

/// An arm's quantile with what its interval reaches to.
package protocol ReachingQuantile {
  var value: Double { get }
  /// The value so many standard errors of its rank away; never below `value` for t > 0, and infinite where the values
  /// do not reach so far.
  func value(shifted t: Double) -> Double
}

/// The difference of the same quantile of two arms, candidate − production.
///
/// The interval joins the two arms' own intervals by their squared reaches and the correlation of their rank errors,
/// so it inherits their skewness. A p-value is the level at which the interval's end meets the hypothesis. Without a
/// correlation the two never disagree; with one, the joined reach may shrink where one part jumps over tied values.
///
/// - Source: Zou and Donner (2008), joining two intervals (MOVER).
package protocol JoinedQuantiles {
  associatedtype Arm: ReachingQuantile
  var candidate: Arm { get }
  var production: Arm { get }
  /// Of the two rank errors, in −1...1; 0 for arms with requests of their own.
  var correlation: Double { get }
  var degreesOfFreedom: Double { get }
}

extension JoinedQuantiles {
  package var value: Double { candidate.value - production.value }

  package func pTwoSided(against hypothesis: Double) -> PValue {
    let greater = pGreater(than: hypothesis)
    let less = pLess(than: hypothesis)
    return (greater.ln < less.ln ? greater : less).doubled
  }

  /// The p-value of "the difference is at most `bound`".
  package func pGreater(than bound: Double) -> PValue {
    value > bound ? tail(crossing { low($0) > bound }) : tail(-crossing { high($0) < bound })
  }

  /// The p-value of "the difference is at least `bound`".
  package func pLess(than bound: Double) -> PValue {
    value < bound ? tail(crossing { high($0) < bound }) : tail(-crossing { low($0) > bound })
  }

  func critical(_ tail: Double) -> Double {
    TEstimate(value: 0, standardError: 1, degreesOfFreedom: degreesOfFreedom)
      .criticalValue(upperTail: tail)
  }

  private func tail(_ t: Double) -> PValue {
    TEstimate(value: t, standardError: 1, degreesOfFreedom: degreesOfFreedom).pGreater()
  }

  /// The lower end `t` standard errors of the ranks away; never above the estimate for t >= 0.
  func low(_ t: Double) -> Double {
    value
      - reach(
        candidate.value - candidate.value(shifted: -t),
        production.value(shifted: t) - production.value)
  }

  func high(_ t: Double) -> Double {
    value
      + reach(
        candidate.value(shifted: t) - candidate.value,
        production.value - production.value(shifted: -t))
  }

  private func reach(_ ofCandidate: Double, _ ofProduction: Double) -> Double {
    guard ofCandidate.isFinite, ofProduction.isFinite else { return .infinity }
    let (x, y) = (max(0, ofCandidate), max(0, ofProduction))
    let scale = max(x, y)
    guard scale > 0 else { return 0 }
    let (u, v) = (x / scale, y / scale)
    return scale * max(0, u * u - 2 * correlation * u * v + v * v).squareRoot()
  }

  /// The largest t >= 0 for which `excludes` still holds: where an end of the interval meets the bound.
  private func crossing(_ excludes: (Double) -> Bool) -> Double {
    guard excludes(0) else { return 0 }
    var inside = 0.0
    var outside = 1.0
    while outside < 64, excludes(outside) { (inside, outside) = (outside, 2 * outside) }
    for _ in 0..<60 {
      let middle = (inside + outside) / 2
      if middle == inside || middle == outside { break }
      if excludes(middle) { inside = middle } else { outside = middle }
    }
    return inside
  }
}

import Probability

/// The difference of the same quantile of two arms' values, candidate − production.
///
/// The interval joins the two quantiles' own intervals by their squared reaches and the correlation of their rank
/// errors. A p-value is the level at which the interval's end meets the hypothesis, so the two never disagree.
///
/// - Source: Zou and Donner (2008), MOVER; `QuantileReach` for each arm.
package struct QuantileContrast: Sendable {
  package let candidate: QuantileReach
  package let production: QuantileReach
  /// Of the two rank errors; 0 for arms with units of their own.
  package let correlation: Double

  package var value: Double { candidate.value - production.value }
  package var degreesOfFreedom: Double {
    min(candidate.degreesOfFreedom, production.degreesOfFreedom)
  }

  /// Each arm had units of its own.
  package init(_ arms: TwoArms, p: Double) throws(Unavailable) {
    candidate = try QuantileReach(arms.candidate.values, p: p, units: arms.candidate.units)
    production = try QuantileReach(arms.production.values, p: p, units: arms.production.units)
    correlation = 0
  }

  /// Both arms answered the same requests.
  package init(_ pairs: PairSample, p: Double) throws(Unavailable) {
    candidate = try QuantileReach(pairs.candidate, p: p, units: pairs.units)
    production = try QuantileReach(pairs.production, p: p, units: pairs.units)
    let (x, y) = (candidate.deviations, production.deviations)
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for unit in x.indices {
      xx += x[unit] * x[unit]
      yy += y[unit] * y[unit]
      xy += x[unit] * y[unit]
    }
    correlation = xx > 0 && yy > 0 ? max(-1, min(1, xy / (xx.squareRoot() * yy.squareRoot()))) : 0
  }

  /// The limits for `question`; an end is infinite where the values do not reach so far.
  package func bounds(_ question: Question) -> Bounds {
    let tail = 1 - question.level
    switch question.alternative {
    case .different:
      let t = critical(tail / 2)
      return Bounds(lower: low(t), upper: high(t))
    case .greater: return Bounds(lower: low(critical(tail)), upper: .infinity)
    case .less: return Bounds(lower: -.infinity, upper: high(critical(tail)))
    }
  }

  package func p(_ alternative: Question.Alternative, null: Double) -> PValue {
    switch alternative {
    case .greater: pGreater(than: null)
    case .less: pLess(than: null)
    case .different:
      (value > null ? pGreater(than: null) : pLess(than: null)).doubled
    }
  }

  private func pGreater(than bound: Double) -> PValue {
    value > bound ? tail(crossing { low($0) > bound }) : tail(-crossing { high($0) < bound })
  }

  private func pLess(than bound: Double) -> PValue {
    value < bound ? tail(crossing { high($0) < bound }) : tail(-crossing { low($0) > bound })
  }

  private func critical(_ tail: Double) -> Double {
    TEstimate(value: 0, standardError: 1, degreesOfFreedom: degreesOfFreedom)
      .criticalValue(upperTail: tail)
  }

  private func tail(_ t: Double) -> PValue {
    TEstimate(value: t, standardError: 1, degreesOfFreedom: degreesOfFreedom).pGreater()
  }

  /// The lower end `t` standard errors of the ranks away; never above the estimate for t >= 0.
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
    for _ in 0..<50 {
      let middle = (inside + outside) / 2
      if middle == inside || middle == outside { break }
      if excludes(middle) { inside = middle } else { outside = middle }
    }
    return inside
  }
}

/// The difference of the same quantile of two arms' values, candidate − production.
///
/// - Source: `QuantileReach` for each arm, joined as `JoinedQuantiles` says.
package struct QuantileContrast: JoinedQuantiles, Sendable {
  package let candidate: QuantileReach
  package let production: QuantileReach
  /// Of the two rank errors; 0 for arms with units of their own.
  package let correlation: Double

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
      pTwoSided(against: null)
    }
  }
}

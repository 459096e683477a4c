import Probability

/// A test and an interval by the normal law, of which one is the other turned round.
struct NormalInference {
  var estimate: Double
  /// The distance of the estimate from a null value in standard errors; falls as the null value grows.
  var score: (Double) -> Double
  /// Where the score is z, the lower end, and where it is −z, for z >= 0.
  var ends: (Double) -> (low: Double, high: Double)

  /// From an interval alone: the score is the z at which its end meets the null value.
  ///
  /// - Parameter ends: grow to both sides with z >= 0.
  static func inverting(
    estimate: Double, _ ends: @escaping (Double) -> (low: Double, high: Double)
  ) -> NormalInference {
    NormalInference(
      estimate: estimate,
      score: { null in
        let isBelow = null < estimate
        func gap(_ z: Double) -> Double {
          isBelow ? ends(z).low - null : null - ends(z).high
        }
        if gap(0) <= 0 { return 0 }
        var z = 1.0
        while gap(z) > 0 && z < 1e9 { z *= 2 }
        let root = bracketedRoot(0, z, gap)
        return isBelow ? root : -root
      }, ends: ends)
  }

  /// The two-sided interval of `level`, or the one-sided one that fits the alternative.
  func interval(_ question: Question) -> Bounds {
    switch question.alternative {
    case .different:
      let both = ends(Normal.upperQuantile((1 - question.level) / 2))
      return Bounds(lower: both.low, upper: both.high)
    case .greater: return Bounds(lower: end(question.level, isLow: true), upper: .infinity)
    case .less: return Bounds(lower: -.infinity, upper: end(question.level, isLow: false))
    }
  }

  private func end(_ level: Double, isLow: Bool) -> Double {
    let z = Normal.upperQuantile(1 - level)
    let both = ends(abs(z))
    return isLow == (z >= 0) ? both.low : both.high
  }

  /// The normal tail beyond a score, on the side (or sides) of the alternative.
  static func p(_ z: Double, _ alternative: Question.Alternative) -> PValue {
    func upper(_ z: Double) -> PValue {
      PValue(value: Normal.survival(z), ln: Normal.logSurvival(z))
    }
    return switch alternative {
    case .different: upper(abs(z)).doubled
    case .greater: upper(z)
    case .less: upper(-z)
    }
  }
}

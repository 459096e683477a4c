import Probability

/// An effect of which the data say only that it lies between two numbers, both estimated.
///
/// The set does not shrink to a point as rows come; only the doubt about its ends does.
package struct IdentifiedSet: Sendable, Equatable {
  /// The estimates of the ends, each normal; lower <= upper.
  package let lower: TEstimate
  package let upper: TEstimate

  package enum Target: Sendable, Equatable {
    /// The interval holds the whole set with its confidence.
    case set
    /// The interval holds the one true value, wherever in the set it lies: shorter.
    ///
    /// - Source: Imbens and Manski (2004).
    case truth
  }

  /// - Throws: `noVariation` where both ends are without error.
  package init(lower: TEstimate, upper: TEstimate) throws(Unavailable) {
    guard max(lower.standardError, upper.standardError) > 0 else { throw .noVariation }
    self.lower = lower
    self.upper = upper
  }

  package var ends: Bounds {
    Bounds(lower: lower.value, upper: max(lower.value, upper.value))
  }

  /// Of "the truth is `null`", for the alternative; 1 for all values inside the estimated set.
  package func p(
    _ alternative: Question.Alternative, against null: Double, target: Target
  ) -> PValue {
    switch alternative {
    case .greater: return lower.pGreater(than: null)
    case .less: return upper.pLess(than: null)
    case .different:
      let distance = max(lower.statistic(against: null), -upper.statistic(against: null))
      guard distance > 0 else { return .one }
      let near = PValue(z: distance, .greater)
      guard target == .truth else { return near.doubled }
      let far = PValue(z: distance + length, .greater)
      return PValue(
        value: min(1, near.value + far.value),
        ln: min(0, near.ln + Elementary.log1p(Elementary.exp(far.ln - near.ln))))
    }
  }

  package func interval(
    level: Double, _ alternative: Question.Alternative, target: Target
  ) -> Bounds {
    switch alternative {
    case .greater: return Bounds(lower: lower.lowerBound(level: level), upper: .infinity)
    case .less: return Bounds(lower: -.infinity, upper: upper.upperBound(level: level))
    case .different:
      let critical = criticalValue(level: level, target: target)
      return Bounds(
        lower: ends.lower - critical * lower.standardError,
        upper: ends.upper + critical * upper.standardError)
    }
  }

  /// The C with Φ(C + length) − Φ(−C) = level, 0 at least.
  package func criticalValue(level: Double, target: Target) -> Double {
    let both = Normal.upperQuantile((1 - level) / 2)
    guard target == .truth else { return both }
    let tail = 1 - level
    if Normal.survival(0) + Normal.survival(length) <= tail { return 0 }
    let one = max(0, Normal.upperQuantile(tail))
    return bracketedRoot(one, both) {
      Normal.survival($0) + Normal.survival($0 + length) - tail
    }
  }

  /// Of the set, in the larger of the ends' errors.
  private var length: Double {
    max(0, upper.value - lower.value) / max(lower.standardError, upper.standardError)
  }

  package func answer(_ question: Question, target: Target) -> Answer {
    var answer = Answer(
      interval: interval(level: question.level, question.alternative, target: target),
      p: p(question.alternative, against: question.null ?? 0, target: target),
      cautions: lower.value < upper.value ? [.onlyBounded] : [])
    answer.identified = ends
    if lower.value == upper.value { answer.estimate = lower.value }
    return answer
  }
}

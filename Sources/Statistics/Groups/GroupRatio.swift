import Probability

/// The ratio of what the groups say of two numbers: those values of it at which the groups' contrasts
/// candidate − ratio · production keep a mean of 0 (Fieller's set, with Student's t of the groups).
///
/// No group forms a ratio of its own, so that small groups bring no bias.
///
/// - Source: Fieller (1954); Ibragimov and Müller (2010).
package struct GroupRatio: Sendable, Equatable {
  /// The ratio less 1.
  package let lift: RelativeLift

  /// - Parameters:
  ///   - candidate: what stands above, one a group.
  ///   - production: what stands below.
  package init(candidate: [Double], production: [Double]) throws(Unavailable) {
    guard (candidate + production).allSatisfy(\.isFinite) else { throw .notFinite }
    let (first, second) = (try Moments(of: candidate), try Moments(of: production))
    let degrees = Double(candidate.count - 1)
    func estimate(_ moments: Moments) -> TEstimate {
      TEstimate(
        value: moments.mean, standardError: moments.standardError, degreesOfFreedom: degrees)
    }
    lift = try RelativeLift(
      candidate: estimate(first), production: estimate(second),
      correlation: Self.correlation(candidate, first, production, second),
      jointDegreesOfFreedom: degrees)
  }

  private static func correlation(
    _ candidate: [Double], _ first: Moments, _ production: [Double], _ second: Moments
  ) -> Double {
    guard first.standardDeviation > 0, second.standardDeviation > 0 else { return 0 }
    var sum = ExactSum()
    for group in candidate.indices {
      let one = (candidate[group] - first.mean) / first.standardDeviation
      sum.add(one * ((production[group] - second.mean) / second.standardDeviation))
    }
    return max(-1, min(1, sum.value / Double(candidate.count - 1)))
  }

  /// As candidate over production − 1.
  package func liftAnswer(to question: Question) throws(Unavailable) -> Answer {
    try question.atAllLevels { question throws(Unavailable) in
      try lift.answer(.fieller, to: question)
    }
  }

  /// As candidate over production, of numbers that are never below 0.
  package func answer(to question: Question) throws(Unavailable) -> Answer {
    let null = try question.null(or: 1, in: (0, .infinity))
    return try question.atAllLevels { question throws(Unavailable) in
      var answer = try signedAnswer(to: question, null: null)
      answer.interval = answer.interval?.fromZeroOn
      return answer
    }
  }

  /// As candidate over production, where the candidate's number may lie on either side of 0.
  package func signedAnswer(to question: Question) throws(Unavailable) -> Answer {
    try question.atAllLevels { question throws(Unavailable) in
      try signedAnswer(to: question, null: question.null ?? 0)
    }
  }

  private func signedAnswer(
    to question: Question, null: Double
  ) throws(Unavailable) -> Answer {
    var asked = question
    asked.null = null - 1
    var answer = try lift.answer(.fieller, to: asked)
    answer.estimate = answer.estimate.map { $0 + 1 }
    answer.interval = answer.interval?.mapped { $0 + 1 }
    answer.arms = nil
    return answer
  }
}

extension Bounds {
  /// What of the set is not below 0.
  fileprivate var fromZeroOn: Bounds {
    // Outside of a gap that starts below 0 only what lies above it is left.
    if isComplement, lower < 0 { return Bounds(lower: max(0, upper), upper: .infinity) }
    return Bounds(lower: max(0, lower), upper: max(0, upper), isComplement: isComplement)
  }
}

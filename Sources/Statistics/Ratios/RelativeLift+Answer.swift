import Probability

extension RelativeLift {
  package enum Dialect: Sendable, CaseIterable {
    /// Fieller's set; the null is tested at its own standard error.
    case fieller
    /// The delta method with the degrees of freedom of the plain difference.
    case delta
    /// The logarithm of the ratio, for means above 0.
    case logarithm
  }

  package func answer(_ dialect: Dialect, to question: Question) throws(Unavailable) -> Answer {
    var answer =
      switch dialect {
      case .fieller: fiellerAnswer(to: question)
      case .delta: Answer(delta(degreesOfFreedom: differenceDegreesOfFreedom), to: question)
      case .logarithm: try logarithmAnswer(to: question)
      }
    answer.arms = .init(candidate: candidate.value, production: production.value)
    if let interval = answer.interval, interval.isUnbounded(for: question.alternative) {
      answer.cautions.append(.unboundedRatio)
    }
    return answer
  }

  private func fiellerAnswer(to question: Question) -> Answer {
    let contrast = contrast(lift: question.null ?? 0)
    var answer = Answer(
      contrast, to: Question(level: question.level, alternative: question.alternative))
    let isTwoSided = question.alternative == .different
    let tail = isTwoSided ? (1 - question.level) / 2 : 1 - question.level
    let critical = contrast.criticalValue(upperTail: tail)
    answer.estimate = value
    answer.standardError = deltaStandardError
    answer.interval =
      isTwoSided
      ? fieller(critical: critical)
      : fiellerOneSided(critical: critical, upper: question.alternative == .less)
    return answer
  }

  private func logarithmAnswer(to question: Question) throws(Unavailable) -> Answer {
    let null = question.null ?? 0
    guard null > -1 else { throw .notPositive }
    var asked = question
    asked.null = Elementary.log1p(null)
    var answer = Answer(try logarithm(), to: asked)
    answer.estimate = value
    answer.standardError = deltaStandardError
    if let interval = answer.interval {
      answer.interval = Bounds(
        lower: interval.lower.isFinite ? Elementary.expm1(interval.lower) : -.infinity,
        upper: Elementary.expm1(interval.upper))
    }
    return answer
  }
}

extension Bounds {
  /// Whether the set has no end where the question asks for one.
  fileprivate func isUnbounded(for alternative: Question.Alternative) -> Bool {
    switch alternative {
    case .different: !isBounded
    case .greater: isComplement || !lower.isFinite
    case .less: isComplement || !upper.isFinite
    }
  }
}

/// What a method says: an estimate with its doubt.
///
/// A number that a method does not give is nil, never zero; where it should be there and cannot be, the
/// method throws `Unavailable` instead.
package struct Answer: Sendable, Equatable {
  /// In the unit of the estimand; candidate − production, or candidate over production.
  package var estimate: Double?
  /// At the question's level. It is two-sided for `.different`; for `.greater` it has no upper end, for `.less`
  /// no lower one.
  ///
  /// Setting it drops the further ones, which would no longer go with it.
  package var interval: Bounds? {
    get { mainInterval }
    // An observer would not be called in initializers.
    set { (mainInterval, furtherIntervals) = (newValue, []) }
  }
  /// At each of the question's further levels; empty where the method gives none.
  package var furtherIntervals: [Bounds] = []
  private var mainInterval: Bounds?
  /// For the question's alternative and null.
  package var p: PValue?
  package var statistic: Double?
  package var standardError: Double?
  package var degreesOfFreedom: Double?
  /// The two arms' own values, where the estimand is made of two.
  package var arms: Arms?
  /// Where the data do not say one value even in endless number: all values that they leave open.
  package var identified: Bounds?
  /// How many independent values carry the same information, where the method knows dependence.
  package var effectiveSampleSize: Double?
  /// What a reader has to know to trust it.
  package var cautions: [Caution] = []

  package struct Arms: Sendable, Equatable {
    package var candidate: Double
    package var production: Double

    package init(candidate: Double, production: Double) {
      self.candidate = candidate
      self.production = production
    }
  }

  package init(
    estimate: Double? = nil, interval: Bounds? = nil, p: PValue? = nil, statistic: Double? = nil,
    standardError: Double? = nil, degreesOfFreedom: Double? = nil, arms: Arms? = nil,
    effectiveSampleSize: Double? = nil, cautions: [Caution] = []
  ) {
    self.estimate = estimate
    mainInterval = interval
    self.p = p
    self.statistic = statistic
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
    self.arms = arms
    self.effectiveSampleSize = effectiveSampleSize
    self.cautions = cautions
  }

  /// What an estimate with a t (or normal) distribution answers to `question`.
  package init(_ estimate: TEstimate, to question: Question, null: Double = 0) {
    let null = question.null ?? null
    self.init(
      estimate: estimate.value, statistic: estimate.statistic(against: null),
      standardError: estimate.standardError, degreesOfFreedom: estimate.degreesOfFreedom)
    // Without a value or an error there is nothing more to say; the method is refused (`Method.Body.checked`).
    guard estimate.value.isFinite, estimate.standardError.isFinite else { return }
    interval = estimate.bounds(question, level: question.level)
    furtherIntervals = question.furtherLevels.map { estimate.bounds(question, level: $0) }
    p =
      switch question.alternative {
      case .different: estimate.pTwoSided(against: null)
      case .greater: estimate.pGreater(than: null)
      case .less: estimate.pLess(than: null)
      }
  }
}

extension TEstimate {
  /// At `level`, on the side that the question is about.
  fileprivate func bounds(_ question: Question, level: Double) -> Bounds {
    switch question.alternative {
    case .different: Bounds(interval(level: level))
    case .greater: Bounds(lower: lowerBound(level: level), upper: .infinity)
    case .less: Bounds(lower: -.infinity, upper: upperBound(level: level))
    }
  }
}

extension Question {
  /// What `answer` says at the level asked, with the intervals at the further levels beside it.
  ///
  /// - Parameter answer: what is cheap once the work that all levels share is done.
  package func atAllLevels(
    _ answer: (Question) throws(Unavailable) -> Answer
  ) throws(Unavailable) -> Answer {
    var alone = self
    alone.furtherLevels = []
    var result = try answer(alone)
    for level in furtherLevels {
      alone.level = level
      guard let interval = try answer(alone).interval else { return result }
      result.furtherIntervals.append(interval)
    }
    return result
  }
}

/// A set of values that the data do not rule out; its ends may be infinite.
package struct Bounds: Sendable, Equatable {
  package var lower: Double
  package var upper: Double
  /// Whether the set is what lies outside `lower...upper` (Fieller's, with a denominator that may be 0).
  package var isComplement: Bool

  package init(lower: Double, upper: Double, isComplement: Bool = false) {
    precondition(lower <= upper, "bounds \(lower), \(upper)")
    self.lower = lower
    self.upper = upper
    self.isComplement = isComplement
  }

  package init(_ interval: ClosedRange<Double>) {
    self.init(lower: interval.lowerBound, upper: interval.upperBound)
  }

  package var isBounded: Bool { lower.isFinite && upper.isFinite && !isComplement }
  package var width: Double { isComplement ? .infinity : upper - lower }

  package func contains(_ value: Double) -> Bool {
    isComplement ? value <= lower || value >= upper : lower <= value && value <= upper
  }
}

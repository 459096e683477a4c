/// What a method says: an estimate with its doubt.
///
/// A number that a method does not give is nil, never zero; where it should be there and cannot be, the
/// method throws `Unavailable` instead.
package struct Answer: Sendable, Equatable {
  /// In the unit of the estimand; candidate − production, or candidate over production.
  package var estimate: Double?
  /// At the question's level. It is two-sided for `.different`; for `.greater` it has no upper end, for `.less`
  /// no lower one.
  package var interval: Bounds?
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
    self.interval = interval
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
    switch question.alternative {
    case .different:
      let both = estimate.interval(level: question.level)
      interval = Bounds(lower: both.lowerBound, upper: both.upperBound)
      p = estimate.pTwoSided(against: null)
    case .greater:
      interval = Bounds(lower: estimate.lowerBound(level: question.level), upper: .infinity)
      p = estimate.pGreater(than: null)
    case .less:
      interval = Bounds(lower: -.infinity, upper: estimate.upperBound(level: question.level))
      p = estimate.pLess(than: null)
    }
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

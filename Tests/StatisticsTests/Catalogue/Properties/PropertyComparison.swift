import Probability

@testable import Statistics

/// How an answer changes where only the way to say the data changed.
struct AnswerChange {
  enum Form {
    /// times a factor; a negative one turns ends round.
    case times(Double)
    /// 1 / x, or 1 − x: both turn ends round.
    case inverse, complement
    /// 1 / (1 + x) − 1, of lifts.
    case inverseLift
  }

  var form: Form
  /// Relative to the size of the answer; 0 asks for the same bits.
  var tolerance: Double

  func callAsFunction(_ value: Double) -> Double {
    switch form {
    case .times(let factor): value * factor
    case .inverse: 1 / value
    case .complement: 1 - value
    case .inverseLift: 1 / (1 + value) - 1
    }
  }

  private var turns: Bool {
    switch form {
    case .times(let factor): factor < 0
    case .inverse, .complement, .inverseLift: true
    }
  }

  func callAsFunction(_ bounds: Bounds) -> Bounds {
    let ends = (self(bounds.lower), self(bounds.upper))
    let ordered = turns ? (ends.1, ends.0) : ends
    // An end at no value of the estimand stays such an end.
    if case .inverse = form, bounds.lower <= 0 {
      return Bounds(lower: max(0, ordered.0), upper: .infinity, isComplement: bounds.isComplement)
    }
    if case .inverseLift = form, bounds.lower <= -1 {
      return Bounds(lower: max(-1, ordered.0), upper: .infinity, isComplement: bounds.isComplement)
    }
    guard ordered.0 <= ordered.1 else { return bounds }
    return Bounds(lower: ordered.0, upper: ordered.1, isComplement: bounds.isComplement)
  }

  /// In what `changed` differs from what becomes of `answer`; nil where it does not.
  func difference(of changed: Answer, from answer: Answer, parts: Parts = .all) -> String? {
    var size = abs(answer.estimate.map { self($0) } ?? 1)
    if let interval = answer.interval.map({ self($0) }) {
      for end in [interval.lower, interval.upper] where end.isFinite { size = max(size, abs(end)) }
    }
    func differ(_ what: String, _ first: Double?, _ second: Double?, _ size: Double) -> String? {
      if first == second { return nil }
      guard let first, let second else { return "\(what): \(first ?? .nan), \(second ?? .nan)" }
      let far = max(size, abs(first))
      return abs(first - second) <= tolerance * far ? nil : "\(what): \(second), expected \(first)"
    }
    if let found = differ("estimate", answer.estimate.map { self($0) }, changed.estimate, size) {
      return found
    }
    if case .times(let factor) = form {
      let error = answer.standardError.map { abs(factor) * $0 }
      if let found = differ("error", error, changed.standardError, 0) { return found }
    }
    guard parts == .all else { return nil }
    if let found = differ("ln p", answer.p?.ln, changed.p?.ln, 1) { return found }
    let expected = answer.interval.map { self($0) }
    // A ratio or a lift without a lower end says −∞, or the least value that there is.
    let least: Double =
      switch form {
      case .inverse: 0
      case .inverseLift: -1
      case .times, .complement: -.infinity
      }
    return differ("lower", expected?.lower, changed.interval.map { max($0.lower, least) }, size)
      ?? differ("upper", expected?.upper, changed.interval?.upper, size)
      ?? (expected?.isComplement == changed.interval?.isComplement ? nil : "complement")
  }

  enum Parts { case all, estimates }

  func difference(
    of changed: Result<Answer, Unavailable>, from answer: Result<Answer, Unavailable>,
    parts: Parts = .all
  ) -> String? {
    switch (answer, changed) {
    case (.success(let answer), .success(let changed)):
      difference(of: changed, from: answer, parts: parts)
    case (.failure(let reason), .failure(let other)):
      reason.key == other.key ? nil : "\(other), before \(reason)"
    case (.success, .failure(let reason)): "unavailable: \(reason)"
    case (.failure(let reason), .success): "no longer unavailable: \(reason)"
    }
  }
}

extension Estimand {
  /// What an estimate becomes where every value is multiplied by `unit`.
  func form(unit: Double) -> AnswerChange.Form {
    switch self {
    case .meanDifference, .medianDifference, .trimmedMeanDifference, .winsorizedMeanDifference,
      .shift, .quantileDifference, .spreadDifference, .ratioDifference, .restrictedMeanDifference:
      .times(unit)
    default: .times(1)
    }
  }

  /// What it becomes where the arms change places.
  var mirror: AnswerChange.Form {
    switch self {
    case .shareRatio, .oddsRatio, .rateRatio, .varianceRatio, .hazardRatio, .restrictedMeanRatio,
      .winRatio:
      .inverse
    case .probabilityLarger: .complement
    case .relativeLift: .inverseLift
    case .agreement: .times(1)
    default: .times(-1)
    }
  }

  var hasDirection: Bool { self != .agreement }
  /// Whether a number added to every value leaves it as it is; a ratio has a true zero.
  var isFreeOfOffset: Bool {
    switch self {
    case .ratioDifference, .relativeLift, .restrictedMeanRatio, .rateRatio, .other: false
    default: true
    }
  }
}

extension PropertyTrial {
  /// Whether values have a unit: classes and counts do not.
  private var hasUnit: Bool { method.needs.isDisjoint(with: [.binary, .counts]) }

  /// How the answer in one of these units differs from the plain one.
  func differs(in units: [Double], tolerance: Double) -> String? {
    guard hasUnit else { return nil }
    for unit in units {
      let other = with {
        $0.data = $0.data.mapped { $0 * unit }
        $0.question.range = $0.question.range.map { $0.lowerBound * unit...$0.upperBound * unit }
      }
      let change = AnswerChange(form: method.estimand.form(unit: unit), tolerance: tolerance)
      if let found = change.difference(of: other.answer(), from: answer()) {
        return "times \(unit): \(found)"
      }
    }
    return nil
  }

  /// The trial with values of few digits, and the same with `offset` added to all of them, which is then exact.
  func moved(by offset: Double) -> (plain: PropertyTrial, moved: PropertyTrial)? {
    guard hasUnit, method.estimand.isFreeOfOffset else { return nil }
    let plain = with { $0.data = $0.data.mapped { ($0 * 0x1p20).rounded() * 0x1p-20 } }
    let moved = plain.with {
      $0.data = $0.data.mapped { $0 + offset }
      $0.question.range = $0.question.range.map { $0.lowerBound + offset...$0.upperBound + offset }
    }
    return (plain, moved)
  }
}

extension Bounds {
  /// Whether every value of this set is in the other, but for rounding.
  func isInside(_ outer: Bounds) -> Bool {
    let tie = 1e-10 * [lower, upper].filter(\.isFinite).reduce(0) { max($0, abs($1)) }
    switch (isComplement, outer.isComplement) {
    case (false, false): return outer.lower <= lower + tie && upper <= outer.upper + tie
    case (true, true): return outer.lower >= lower - tie && outer.upper <= upper + tie
    case (false, true): return upper <= outer.lower + tie || lower >= outer.upper - tie
    case (true, false): return outer.lower == -.infinity && outer.upper == .infinity
    }
  }
}

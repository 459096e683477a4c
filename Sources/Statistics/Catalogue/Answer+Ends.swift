extension Bounds {
  /// The set that `question` asks for, from the ends that leave a given tail beyond them.
  init(_ question: Question, lower: (Double) -> Double, upper: (Double) -> Double) {
    switch question.alternative {
    case .different:
      let tail = (1 - question.level) / 2
      self.init(lower: lower(tail), upper: upper(tail))
    case .greater: self.init(lower: lower(1 - question.level), upper: .infinity)
    case .less: self.init(lower: -.infinity, upper: upper(1 - question.level))
    }
  }

  /// Both ends through an increasing function; an end that is missing stays so.
  func mapped(_ function: (Double) -> Double) -> Bounds {
    Bounds(
      lower: lower.isFinite ? function(lower) : lower,
      upper: upper.isFinite ? function(upper) : upper, isComplement: isComplement)
  }

  /// What of it lies in `range`.
  func clamped(to range: ClosedRange<Double>) -> Bounds {
    mapped { min(range.upperBound, max(range.lowerBound, $0)) }
  }
}

/// An answer with the way that led to it, look by look.
package struct SequentialPath: Sendable, Equatable {
  /// What was known after so many rows, all looks until then together.
  package struct Mark: Sendable, Equatable {
    /// Of both arms together, or pairs.
    package var rows: Int
    package var estimate: Double
    package var interval: Bounds
    package var p: PValue
  }

  /// Evenly spread over the rows, a hundred at most.
  package var marks: [Mark]
  package var looks: Int
  /// After how many rows the null value was first ruled out at the question's level; nil if never.
  package var firstCrossing: Int?
  /// The state after the last look.
  package var answer: Answer

  static let mostMarks = 100
}

/// What all looks so far say together.
struct SequentialRecord: Sendable {
  private(set) var lower = -Double.infinity
  private(set) var upper = Double.infinity
  /// The interval of the latest look that moved anything.
  private(set) var latest = (lower: -Double.infinity, upper: Double.infinity)
  /// The most evidence against the null value so far, as ln; 0 at the start, for a p-value of 1.
  private(set) var lnEvidence = 0.0
  private(set) var firstCrossing: Int?
  private let bar: Double

  /// - Parameter bar: the ln of the evidence that rules the null value out.
  init(bar: Double) { self.bar = bar }

  @inline(__always)
  mutating func add(lower: Double, upper: Double) {
    latest = (lower, upper)
    if lower > self.lower { self.lower = lower }
    if upper < self.upper { self.upper = upper }
  }

  @inline(__always)
  mutating func add(lnEvidence: Double, row: Int) {
    guard lnEvidence > self.lnEvidence else { return }
    self.lnEvidence = lnEvidence
    if firstCrossing == nil, lnEvidence >= bar { firstCrossing = row }
  }

  /// No value lies inside all intervals.
  var isContradictory: Bool { lower > upper }

  var interval: Bounds {
    let ends = isContradictory ? latest : (lower, upper)
    return Bounds(lower: min(ends.0, ends.1), upper: max(ends.0, ends.1))
  }

  /// - Parameter lnFactor: ln of how often the error is divided (the ends of an interval, a dialect).
  func p(lnFactor: Double) -> PValue { PValue(ln: min(0, lnFactor - lnEvidence)) }
}

extension Answer {
  /// Of the difference the other way round.
  var negated: Answer {
    var answer = self
    answer.estimate = estimate.map { -$0 }
    answer.statistic = statistic.map { -$0 }
    answer.interval = interval.map { Bounds(lower: -$0.upper, upper: -$0.lower) }
    answer.arms = exchangedArms
    return answer
  }

  /// Of the ratio the other way round.
  var inverted: Answer {
    var answer = self
    answer.estimate = estimate.map { 1 / $0 }
    answer.interval = interval.map { Bounds(lower: 1 / $0.upper, upper: 1 / $0.lower) }
    answer.arms = exchangedArms
    return answer
  }

  private var exchangedArms: Arms? {
    arms.map { Arms(candidate: $0.production, production: $0.candidate) }
  }
}

extension SequentialPath {
  /// Of the difference the other way round.
  var negated: SequentialPath { turned(answer.negated) { -$0 } }
  var inverted: SequentialPath { turned(answer.inverted) { 1 / $0 } }

  private func turned(_ answer: Answer, _ turn: (Double) -> Double) -> SequentialPath {
    var path = self
    path.answer = answer
    path.marks = marks.map { mark in
      Mark(
        rows: mark.rows, estimate: turn(mark.estimate),
        interval: Bounds(lower: turn(mark.interval.upper), upper: turn(mark.interval.lower)),
        p: mark.p)
    }
    return path
  }
}

extension TwoArms {
  /// With the arms' names exchanged.
  var exchanged: TwoArms { TwoArms(candidate: production, production: candidate) }
}

extension PairSample {
  var exchanged: PairSample {
    var pairs = self
    (pairs.candidate, pairs.production) = (production, candidate)
    pairs.denominators = denominators.map {
      Denominators(candidate: $0.production, production: $0.candidate)
    }
    return pairs
  }
}

extension Question {
  /// The same question of the difference the other way round, for `.less`: then only `.different` and `.greater` are
  /// left to answer.
  func exchanged(null: (Double) -> Double) -> Question {
    var question = self
    question.null = self.null.map(null)
    question.alternative = .greater
    return question
  }
}

import Probability

/// Confidence sequences for means of values in a known range, over tables; exact at every look.
package struct BoundedMethods: Sendable {
  package enum Rule: Sendable { case empiricalBernstein, hoeffdingMixture, betting }

  package let rule: Rule
  package let question: Question

  package init(_ rule: Rule, _ question: Question) {
    self.rule = rule
    self.question = question
  }

  /// The difference of two means: rows are matched in the order of time, so that each match is one difference.
  package func path(of arms: TwoArms) throws(Unavailable) -> SequentialPath {
    guard question.alternative != .less else {
      return try turned.path(of: arms.exchanged).negated
    }
    let range = try checkedRange(arms.candidate.values, arms.production.values)
    var path = try path(of: MatchedRows(arms), range: range)
    let (x, y) = (mean(arms.candidate.values), mean(arms.production.values))
    path.answer.estimate = x - y
    path.answer.arms = .init(candidate: x, production: y)
    return path
  }

  /// The mean of the pairs' differences; the two answers of a pair may depend on each other in any way.
  package func path(of pairs: PairSample) throws(Unavailable) -> SequentialPath {
    guard question.alternative != .less else {
      return try turned.path(of: pairs.exchanged).negated
    }
    let range = try checkedRange(pairs.candidate, pairs.production)
    return try path(of: MatchedRows(pairs), range: range)
  }

  private var turned: BoundedMethods { BoundedMethods(rule, question.exchanged { -$0 }) }

  private func checkedRange(
    _ first: [Double], _ second: [Double]
  ) throws(Unavailable) -> ClosedRange<Double> {
    guard let range = question.range, range.lowerBound < range.upperBound else {
      throw .needsRange
    }
    guard !first.isEmpty, !second.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    for value in first where !range.contains(value) { throw .outsideRange(value) }
    for value in second where !range.contains(value) { throw .outsideRange(value) }
    let width = range.upperBound - range.lowerBound
    guard width.isFinite else { throw .needsRange }
    guard (question.null ?? 0).magnitude <= width else {
      throw .nullOutside(lower: -width, upper: width)
    }
    return range
  }

  private func mean(_ values: [Double]) -> Double {
    var sum = ExactSum()
    for value in values { sum.add(value / Double(values.count)) }
    return sum.value
  }

  private func path(
    of matches: MatchedRows, range: ClosedRange<Double>
  ) throws(Unavailable) -> SequentialPath {
    let width = range.upperBound - range.lowerBound
    switch rule {
    case .empiricalBernstein:
      return run(BernsteinEnds(question, width: width), matches, width: width)
    case .betting: return run(BettingEnds(question, width: width), matches, width: width)
    case .hoeffdingMixture:
      return run(HoeffdingEnds(question, matches, width: width), matches, width: width)
    }
  }

  private func run(
    _ ends: some BoundedEnds, _ matches: MatchedRows, width: Double
  ) -> SequentialPath {
    var ends = ends
    let isOneSided = question.alternative == .greater
    // Each end of a two-sided interval errs with half of alpha, unless one mixture serves both.
    let lnFactor = isOneSided || ends.isOneMixture ? 0 : 0.693_147_180_559_945_3
    var record = SequentialRecord(bar: lnFactor - Elementary.log(1 - question.level))
    record.add(lower: -1, upper: isOneSided ? .infinity : 1)
    var schedule = LookSchedule(
      rows: matches.count, looks: question.monitoring.looks ?? ends.defaultLooks)
    var marks = LookSchedule(rows: matches.count, looks: SequentialPath.mostMarks)
    var path = SequentialPath(marks: [], looks: 0, firstCrossing: nil, answer: Answer())
    var sum = 0.0
    for i in 0..<matches.count {
      let difference = matches.differences[i] / width
      sum += difference
      ends.add(difference, varianceAtMost: matches.variances[i])
      let isLook = schedule.isDue(i + 1)
      if isLook || ends.mustLook {
        path.looks += 1
        record.add(lnEvidence: ends.lnEvidence(isOneSided: isOneSided), row: matches.rows[i])
        ends.look(isOneSided: isOneSided, into: &record)
      }
      if marks.isDue(i + 1) {
        path.marks.append(
          SequentialPath.Mark(
            rows: matches.rows[i], estimate: width * (sum / Double(i + 1)),
            interval: scaled(record, width), p: record.p(lnFactor: lnFactor)))
      }
    }
    path.firstCrossing = record.firstCrossing
    path.answer = Answer(
      estimate: width * (sum / Double(matches.count)), interval: scaled(record, width),
      p: record.p(lnFactor: lnFactor))
    if record.isContradictory { path.answer.cautions.append(.contradictoryLooks) }
    return path
  }

  private func scaled(_ record: SequentialRecord, _ width: Double) -> Bounds {
    let inner = record.interval
    return Bounds(lower: width * inner.lower, upper: width * inner.upper)
  }
}

// MARK: - The rules behind one loop

/// A confidence sequence for a mean in −1...1 that a null value was given to.
protocol BoundedEnds {
  /// Whether the evidence against the null is one mixture of both directions.
  var isOneMixture: Bool { get }
  /// How many looks are made where the question does not say; nil for one after every row.
  var defaultLooks: Int? { get }
  /// Whether a look must not wait: the null value has just fallen.
  var mustLook: Bool { get }
  mutating func add(_ difference: Double, varianceAtMost bound: Double)
  mutating func look(isOneSided: Bool, into record: inout SequentialRecord)
  func lnEvidence(isOneSided: Bool) -> Double
}

private struct BernsteinEnds: BoundedEnds {
  private var sequence: EmpiricalBernstein
  private let null: Double

  init(_ question: Question, width: Double) {
    sequence = EmpiricalBernstein(alphaOfEnd: question.alphaOfEnd)
    null = ((question.null ?? 0) / width + 1) / 2
  }

  var isOneMixture: Bool { false }
  var defaultLooks: Int? { nil }
  var mustLook: Bool { false }

  mutating func add(_ difference: Double, varianceAtMost: Double) {
    sequence.add((difference + 1) / 2)
  }

  func look(isOneSided: Bool, into record: inout SequentialRecord) {
    record.add(
      lower: 2 * sequence.lower - 1, upper: isOneSided ? .infinity : 2 * sequence.upper - 1)
  }

  func lnEvidence(isOneSided: Bool) -> Double {
    let above = sequence.lnEvidence(above: null)
    return isOneSided ? above : max(above, sequence.lnEvidence(below: null))
  }
}

private struct BettingEnds: BoundedEnds {
  private var sequence: BettingSequence
  private let isOneSided: Bool
  private var hasFallen = false

  init(_ question: Question, width: Double) {
    isOneSided = question.alternative == .greater
    sequence = BettingSequence(
      alphaOfEnd: question.alphaOfEnd, null: ((question.null ?? 0) / width + 1) / 2)
  }

  var isOneMixture: Bool { false }
  /// Moving an end takes time in proportion to the rows.
  var defaultLooks: Int? { 100 }
  var mustLook: Bool {
    let out = sequence.isNullOut
    return !hasFallen && (out.above || (!isOneSided && out.below))
  }

  mutating func add(_ difference: Double, varianceAtMost: Double) {
    sequence.add((difference + 1) / 2)
  }

  mutating func look(isOneSided: Bool, into record: inout SequentialRecord) {
    if mustLook { hasFallen = true }
    sequence.look()
    record.add(
      lower: 2 * sequence.lower - 1, upper: isOneSided ? .infinity : 2 * sequence.upper - 1)
  }

  func lnEvidence(isOneSided: Bool) -> Double {
    isOneSided
      ? sequence.lnEvidenceAbove : max(sequence.lnEvidenceAbove, sequence.lnEvidenceBelow)
  }
}

private struct HoeffdingEnds: BoundedEnds {
  private var sequence: HoeffdingMixture
  private let null: Double

  init(_ question: Question, _ matches: MatchedRows, width: Double) {
    null = (question.null ?? 0) / width
    // As many matches as the expected rows make, each with the mean bound of those here.
    let expected = Double(question.monitoring.expectedRows) / matches.rowsOfMatch
    sequence = HoeffdingMixture(
      alpha: 1 - question.level, tightestAt: expected * matches.meanVariance)
  }

  var isOneMixture: Bool { true }
  var defaultLooks: Int? { nil }
  var mustLook: Bool { false }

  mutating func add(_ difference: Double, varianceAtMost bound: Double) {
    sequence.add(difference, varianceAtMost: bound)
  }

  func look(isOneSided: Bool, into record: inout SequentialRecord) {
    let reach = isOneSided ? sequence.reachOneSided : sequence.reach
    record.add(
      lower: sequence.mean - reach, upper: isOneSided ? .infinity : sequence.mean + reach)
  }

  func lnEvidence(isOneSided: Bool) -> Double {
    isOneSided ? sequence.lnEvidence(above: null) : sequence.lnEvidence(against: null)
  }
}

extension Question {
  /// The error of each end where both ends have their own.
  var alphaOfEnd: Double { alternative == .different ? (1 - level) / 2 : 1 - level }
}

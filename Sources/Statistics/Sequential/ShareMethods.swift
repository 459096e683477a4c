import Probability

/// Shares and counts under repeated looks, exact, over tables.
package struct ShareMethods: Sendable {
  package let question: Question

  package init(_ question: Question) { self.question = question }

  private var isOneSided: Bool { question.alternative == .greater }
  private var bar: Double { -Elementary.log(1 - question.level) }

  /// The difference of two shares, whatever the allocation.
  package func shares(of arms: TwoArms) throws(Unavailable) -> SequentialPath {
    guard question.alternative != .less else {
      return try ShareMethods(question.exchanged { -$0 }).shares(of: arms.exchanged).negated
    }
    let (x, y) = (arms.candidate.values, arms.production.values)
    guard !x.isEmpty, !y.isEmpty else { throw .tooFew(has: min(x.count, y.count), needs: 1) }
    try Self.checkBinary(x)
    try Self.checkBinary(y)
    let null = question.null ?? 0
    guard null > -1, null < 1 else { throw .nullOutside(lower: -1, upper: 1) }
    var order = RowOrder(arms)
    var follower = SharesFollower(null: null, bar: bar, isOneSided: isOneSided)
    var run = Run(question, rows: order.rows)
    for row in 1...order.rows {
      if order.next() {
        follower.add(candidate: x[order.candidate - 1] == 1)
      } else {
        follower.add(production: y[order.production - 1] == 1)
      }
      guard order.isSettled, run.isLook(row), let estimate = follower.shares.estimate else {
        continue
      }
      follower.look(row: row)
      run.record = follower.record
      run.mark(row, estimate: estimate)
    }
    let shares = follower.shares
    var path = run.path(estimate: shares.estimate)
    path.answer.arms = .init(
      candidate: shares.candidate.share, production: shares.production.share)
    return path
  }

  /// Over pairs of zeros and ones, the odds with which the one that is right alone is the candidate.
  package func discordantOdds(of pairs: PairSample) throws(Unavailable) -> SequentialPath {
    guard question.alternative != .less else {
      return try ShareMethods(question.exchanged { 1 / $0 }).discordantOdds(of: pairs.exchanged)
        .inverted
    }
    try Self.checkBinary(pairs.candidate)
    try Self.checkBinary(pairs.production)
    let odds = try checkedRatio()
    var run = Run(question, rows: pairs.candidate.count)
    run.record.add(lower: 0, upper: .infinity)
    var mixture = BernoulliMixture(successes: 0, trials: 0)
    var hasNews = false
    for row in pairs.candidate.indices {
      let isFirst = pairs.candidate[row] == 1
      let isDiscordant = isFirst != (pairs.production[row] == 1)
      if isDiscordant {
        mixture.add(isFirst)
        hasNews = true
      }
      guard run.isLook(row + 1), mixture.trials > 0 else { continue }
      if hasNews { look(mixture, null: odds / (1 + odds), row: row + 1, at: &run.record) }
      hasNews = false
      run.mark(row + 1, estimate: mixture.odds)
    }
    guard mixture.trials > 0 else { throw .noVariation }
    var path = run.path(estimate: mixture.odds)
    let n = Double(pairs.candidate.count)
    path.answer.arms = .init(
      candidate: pairs.candidate.reduce(0, +) / n, production: pairs.production.reduce(0, +) / n)
    return path
  }

  /// The ratio of two rates of events: given that an event happened in a match of rows, whose it was is the toss of
  /// a coin that their exposures and the ratio load.
  package func rates(of arms: TwoArms) throws(Unavailable) -> SequentialPath {
    guard question.alternative != .less else {
      return try ShareMethods(question.exchanged { 1 / $0 }).rates(of: arms.exchanged).inverted
    }
    let (x, y) = (arms.candidate.values, arms.production.values)
    guard !x.isEmpty, !y.isEmpty else { throw .tooFew(has: min(x.count, y.count), needs: 1) }
    guard arms.candidate.denominators == nil, arms.production.denominators == nil else {
      throw .notCounts
    }
    try Self.checkCounts(x)
    try Self.checkCounts(y)
    let null = try checkedRatio()
    var counts = MatchedCounts(arms)
    var run = Run(question, rows: counts.matches)
    run.record.add(lower: 0, upper: .infinity)
    for match in 1...counts.matches {
      counts.addMatch()
      guard run.isLook(match), counts.events > 0 else { continue }
      let row = counts.rows
      if counts.hasNews, !isOneSided || counts.excessEvents(under: null) > 0 {
        run.record.add(lnEvidence: counts.lnEvidence(against: null), row: row)
      }
      if counts.hasNews { narrow(&run.record, by: counts) }
      counts.hasNews = false
      run.mark(match, rows: row, estimate: counts.rateRatio)
    }
    guard counts.events > 0 else { throw .noVariation }
    var path = run.path(estimate: counts.rateRatio)
    path.answer.arms = .init(
      candidate: x.reduce(0, +) / Double(x.count), production: y.reduce(0, +) / Double(y.count))
    return path
  }

  private func narrow(_ record: inout SequentialRecord, by counts: MatchedCounts) {
    let (low, high) = (record.lower, record.upper)
    if counts.excessEvents(under: low) > 0, counts.lnEvidence(against: low) > bar {
      record.add(
        lower: counts.lowerEnd(bar: bar, from: low), upper: isOneSided ? .infinity : high)
    }
    if !isOneSided, counts.excessEvents(under: high) < 0, counts.lnEvidence(against: high) > bar {
      record.add(lower: record.lower, upper: counts.upperEnd(bar: bar, from: high))
    }
  }

  /// A look at the share of discordant pairs, told as odds.
  private func look(
    _ mixture: BernoulliMixture, null: Double, row: Int, at record: inout SequentialRecord
  ) {
    let (low, high) = (share(record.lower), share(record.upper))
    if isOneSided {
      record.add(lnEvidence: mixture.lnEvidence(above: null), row: row)
      guard mixture.lnEvidence(above: low) > bar else { return }
      let bound = mixture.lowerBound(alpha: 1 - question.level)
      return record.add(lower: odds(bound), upper: .infinity)
    }
    record.add(lnEvidence: mixture.lnEvidence(against: null), row: row)
    if mixture.share > low, mixture.lnEvidence(against: low) > bar {
      record.add(lower: odds(mixture.lowerEnd(bar: bar, from: low)), upper: record.upper)
    }
    if mixture.share < high, mixture.lnEvidence(against: high) > bar {
      record.add(lower: record.lower, upper: odds(mixture.upperEnd(bar: bar, from: high)))
    }
  }

  private func odds(_ share: Double) -> Double { share / (1 - share) }
  private func share(_ odds: Double) -> Double { odds < .infinity ? odds / (1 + odds) : 1 }

  private func checkedRatio() throws(Unavailable) -> Double {
    let null = question.null ?? 1
    guard null > 0, null.isFinite else { throw .nullOutside(lower: 0, upper: .infinity) }
    return null
  }

  private static func checkBinary(_ values: [Double]) throws(Unavailable) {
    guard !values.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    for value in values where value != 0 && value != 1 { throw .notBinary }
  }

  private static func checkCounts(_ values: [Double]) throws(Unavailable) {
    for value in values where !(value >= 0 && value == value.rounded(.down) && value < 0x1p53) {
      throw .notCounts
    }
  }
}

extension ShareMethods {
  /// One pass over a table.
  private struct Run {
    var record: SequentialRecord
    private var schedule: LookSchedule
    private var marks: LookSchedule
    private var path = SequentialPath(marks: [], looks: 0, firstCrossing: nil, answer: Answer())

    init(_ question: Question, rows: Int) {
      record = SequentialRecord(bar: -Elementary.log(1 - question.level))
      schedule = LookSchedule(rows: rows, looks: question.monitoring.looks)
      marks = LookSchedule(rows: rows, looks: SequentialPath.mostMarks)
    }

    mutating func isLook(_ row: Int) -> Bool { schedule.isDue(row) }

    mutating func mark(_ step: Int, rows: Int? = nil, estimate: @autoclosure () -> Double) {
      path.looks += 1
      guard marks.isDue(step) else { return }
      path.marks.append(
        SequentialPath.Mark(
          rows: rows ?? step, estimate: estimate(), interval: record.interval,
          p: record.p(lnFactor: 0)))
    }

    func path(estimate: Double?) -> SequentialPath {
      var path = path
      path.firstCrossing = record.firstCrossing
      path.answer = Answer(
        estimate: estimate, interval: record.interval, p: record.p(lnFactor: 0))
      if record.isContradictory { path.answer.cautions.append(.contradictoryLooks) }
      return path
    }
  }
}

extension BernoulliMixture {
  var odds: Double { Double(successes) / Double(trials - successes) }
}

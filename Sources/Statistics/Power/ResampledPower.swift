import Probability

/// How often a method finds an effect in arms, or pairs, that are drawn anew from the rows of a table: the power of
/// anything that the catalogue can run, on values of the shape that somebody has.
///
/// Units are drawn with replacement, each with all of its rows; the effect is then put on the candidate's rows. Run i draws
/// from entity i of the streams "plan/…", so that neither the number of runs nor their order shows in a run.
package struct ResampledPower: Sendable {
  /// What rows are drawn from.
  package enum Rows: Sendable {
    /// Both arms draw from these, which are of one kind of traffic.
    case arms(ArmSample)
    /// Both answers of a drawn pair stay together.
    case pairs(PairSample)
  }

  /// What is put on the candidate's values.
  package enum Effect: Sendable, Equatable {
    /// Added to each value; of a ratio's numerator, times the denominator.
    case shift(Double)
    /// Each value is multiplied with 1 + this.
    case scale(Double)
    /// Of values that are 0 or 1: added to their share, by turning as many rows as it takes.
    case share(Double)
  }

  package let method: Method
  package var question: Question
  package let seed: UInt64
  private let rows: Rows
  /// The rows of each unit; nil where every row is one.
  private let unitRows: [[Int]]?
  private let rowCount: Int
  /// Of arms: the share of ones. Of pairs: the mean of candidate − production.
  private let centre: Double

  /// - Parameters:
  ///   - rows: units are numbered 0..<k, each with a row; at least one row.
  ///   - question: at which level, against which value.
  package init(_ method: Method, from rows: Rows, question: Question, seed: UInt64) {
    self.method = method
    self.rows = rows
    self.question = question
    self.seed = seed
    let (values, units): ([Double], [Int]?)
    switch rows {
    case .arms(let sample): (values, units) = (sample.values, sample.units)
    case .pairs(let pairs):
      values = pairs.candidate.indices.map { pairs.candidate[$0] - pairs.production[$0] }
      units = pairs.units
    }
    precondition(!values.isEmpty, "nothing to draw from")
    rowCount = values.count
    centre = (try? Moments(of: values).mean) ?? values[0]
    unitRows = units.map { units in
      var rows = [[Int]](repeating: [], count: (units.max() ?? -1) + 1)
      for (row, unit) in units.enumerated() { rows[unit].append(row) }
      return rows
    }
  }

  /// As many units as there are to draw from.
  package var unitCount: Int { unitRows?.count ?? rowCount }

  /// Whether "no difference" was rejected in run `run`; nil where the method had no answer.
  ///
  /// A method without a p-value rejects where its interval leaves the tested value out.
  ///
  /// - Parameters:
  ///   - candidate: units; of pairs, the number of both.
  ///   - production: units; not read of pairs.
  /// - Throws: the reason for no answer.
  package func rejects(
    run: Int, candidate: Int, production: Int, effect: Effect
  ) throws(Unavailable) -> Bool {
    let answer = try answer(run: UInt64(run), candidate, production, effect)
    if let p = answer.p { return p.value <= 1 - question.level }
    guard let interval = answer.interval else { throw .noVariation }
    return !interval.contains(question.null ?? method.estimand.noDifference)
  }

  private func answer(
    run: UInt64, _ candidate: Int, _ production: Int, _ effect: Effect
  ) throws(Unavailable) -> Answer {
    var question = question
    question.seed = seed &+ run
    switch (method.body, rows) {
    case (.arms(let body), .arms(let sample)):
      let first = draw(sample, candidate, .candidate, run)
      return try body(
        TwoArms(
          candidate: changed(first, effect, run),
          production: draw(sample, production, .production, run)), question)
    case (.pairs(let body), .pairs(let pairs)):
      return try body(draw(pairs, candidate, effect, run), question)
    default: preconditionFailure("\(method.name) does not take such rows")
    }
  }

  // MARK: Drawing

  /// The rows of `count` units, and which of these made each; nil where every row is a unit.
  private func drawn(
    _ count: Int, _ stream: StreamName, _ run: UInt64
  ) -> (rows: [Int], units: [Int]?) {
    var luck = RandomStream(seed: seed, stream, entity: run)
    let most = unitCount
    func next() -> Int { min(most - 1, Int(luck.nextUnit() * Double(most))) }
    guard let unitRows else { return ((0..<count).map { _ in next() }, nil) }
    var (rows, units): ([Int], [Int]) = ([], [])
    for unit in 0..<count {
      let own = unitRows[next()]
      rows += own
      units += Array(repeating: unit, count: own.count)
    }
    return (rows, units)
  }

  private func draw(
    _ sample: ArmSample, _ count: Int, _ stream: StreamName, _ run: UInt64
  ) -> ArmSample {
    let (rows, units) = drawn(count, stream, run)
    return ArmSample(
      values: rows.map { sample.values[$0] },
      denominators: sample.denominators.map { column in rows.map { column[$0] } }, units: units,
      covariates: sample.covariates.map { column in rows.map { column[$0] } })
  }

  private func changed(_ sample: ArmSample, _ effect: Effect, _ run: UInt64) -> ArmSample {
    var sample = sample
    switch effect {
    case .shift(let amount):
      for row in sample.values.indices {
        sample.values[row] += amount * (sample.denominators?[row] ?? 1)
      }
    case .scale(let part): for row in sample.values.indices { sample.values[row] *= 1 + part }
    case .share(let amount):
      var luck = RandomStream(seed: seed, .effect, entity: run)
      // Of the zeros or of the ones, so many turn that the share changes by the amount.
      let from = amount > 0 ? 0.0 : 1.0
      let chance = abs(amount) / (amount > 0 ? 1 - centre : centre)
      for row in sample.values.indices {
        let turns = luck.nextUnit() < chance
        if turns, sample.values[row] == from { sample.values[row] = 1 - from }
      }
    }
    return sample
  }

  /// Pairs whose candidate's answers are moved until the mean difference is the effect; of answers that are 0 or 1, pairs
  /// that differ draw anew which of the two is 1.
  private func draw(
    _ pairs: PairSample, _ count: Int, _ effect: Effect, _ run: UInt64
  ) -> PairSample {
    let (rows, units) = drawn(count, .production, run)
    var candidate = rows.map { pairs.candidate[$0] }
    var production = rows.map { pairs.production[$0] }
    switch effect {
    case .shift(let amount):
      for row in candidate.indices { candidate[row] += amount - centre }
    case .scale(let part):
      for row in candidate.indices { candidate[row] = (candidate[row] - centre) * (1 + part) }
    case .share(let amount):
      var luck = RandomStream(seed: seed, .effect, entity: run)
      let discordance = discordance(pairs)
      let first = discordance > 0 ? (discordance + amount) / (2 * discordance) : 0
      for row in candidate.indices {
        let isAhead = luck.nextUnit() < first
        guard candidate[row] != production[row] else { continue }
        (candidate[row], production[row]) = isAhead ? (1, 0) : (0, 1)
      }
    }
    return PairSample(candidate: candidate, production: production, units: units)
  }

  private func discordance(_ pairs: PairSample) -> Double {
    let differing = pairs.candidate.indices.count { pairs.candidate[$0] != pairs.production[$0] }
    return Double(differing) / Double(rowCount)
  }
}

extension StreamName {
  fileprivate static let production = StreamName("plan/production")
  fileprivate static let candidate = StreamName("plan/candidate")
  fileprivate static let effect = StreamName("plan/effect")
}

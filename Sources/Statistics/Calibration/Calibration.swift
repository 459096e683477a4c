/// The runs of one cell: every method that applies, on data drawn with a truth that is known.
package struct Calibration: CalibrationTrials {
  package let cell: CalibrationCell
  package let contestants: [Contestant]
  private let draws: CalibrationDraws
  private let truths: [Double?]
  /// Of a method that draws.
  package static let resamples = 999

  /// - Parameter methods: those that do not apply are left out.
  package init(_ cell: CalibrationCell, methods: [Method] = Catalogue.all) {
    self.cell = cell
    contestants = methods.filter(cell.admits).flatMap { Contestant.all(of: $0, in: cell) }
    draws = CalibrationDraws(cell)
    let truth = CalibrationTruth(cell)
    truths = contestants.map { truth.value(for: $0.method) }
  }

  package var name: String { cell.name }
  package var isNull: Bool { cell.effect == .null }

  package var entrants: [CalibrationEntrant] {
    zip(contestants, truths).map { contestant, truth in
      CalibrationEntrant(
        name: contestant.name, estimand: contestant.method.estimand.rawValue, truth: truth,
        gate: cell.gate(of: contestant.method))
    }
  }

  /// A method with what is fixed before the data.
  package struct Contestant: Sendable {
    package var name: String
    package var method: Method
    var monitoring: Monitoring
    /// It is asked in every run whose number this divides.
    package var stride: Int

    /// Whether all that it sees is how often values are 1.
    var isOfTables: Bool { method.needs.contains(.binary) && method.guarantee != .anytime }

    /// A method that may be read at any time is tried with 100 looks and with a look at every row.
    static func all(of method: Method, in cell: CalibrationCell) -> [Contestant] {
      let rows = cell.isPaired ? cell.n : 2 * cell.n
      let stride = CalibrationPlan.stride(of: method, in: cell)
      guard method.guarantee == .anytime else {
        return [
          Contestant(
            name: method.name, method: method, monitoring: Monitoring(expectedRows: rows),
            stride: stride)
        ]
      }
      return [("100 looks", 100), ("every row", nil)].map { words, looks in
        Contestant(
          name: "\(method.name), \(words)", method: method,
          monitoring: Monitoring(expectedRows: rows, looks: looks), stride: stride)
      }
    }
  }

  /// - Parameter runs: numbers of runs, from 0; any split of them adds up to the same tally.
  package func tally(runs: Range<Int>) -> [MethodTally] {
    var tallies = contestants.map { _ in MethodTally() }
    var known = KnownTables(methods: contestants.count)
    for run in runs {
      var samples = Samples(draws: draws, run: run)
      var question = Question(
        seed: draws.questionSeed(of: run), resamples: Self.resamples, range: cell.range)
      for (index, contestant) in contestants.enumerated() {
        let method = contestant.method
        guard run % contestant.stride == 0 else { continue }
        question.monitoring = contestant.monitoring
        question.probability =
          method.estimand == .medianDifference ? 0.5 : CalibrationTruth.probability
        let data = samples.data(for: method)
        let table = contestant.isOfTables ? data.table : nil
        let trial =
          known[index, table]
          ?? MethodTrial(method, on: data, asking: question, truth: truths[index])
        known[index, table] = trial
        tallies[index].add(trial)
      }
    }
    return tallies
  }
}

extension MethodTrial {
  /// Beside 95 %, in the places 0 and 2 of `covers`.
  private static let furtherLevels = [0.9, 0.99]

  init(_ method: Method, on data: CalibrationData, asking question: Question, truth: Double?) {
    do {
      var question = question
      question.furtherLevels = Self.furtherLevels
      let answer = try data.answer(of: method, to: question)
      question.furtherLevels = []
      p = method.estimand.isTestOfArms ? answer.p?.value : nil
      estimate = answer.estimate
      guard let interval = answer.interval else { return }
      width = interval.width
      guard let truth else { return }
      covers[1] = interval.contains(truth)
      let isGiven = answer.furtherIntervals.count == Self.furtherLevels.count
      for (place, level) in Self.furtherLevels.enumerated() {
        question.level = level
        // A method may answer at 95 % and abstain at 99 %.
        let bounds =
          isGiven
          ? answer.furtherIntervals[place]
          : (try? data.answer(of: method, to: question))?.interval
        covers[2 * place] = bounds?.contains(truth)
      }
    } catch {
      reason = error.key
    }
  }
}

/// A run's data as a method takes them.
enum CalibrationData: Sendable {
  case arms(TwoArms)
  case pairs(PairSample)

  func answer(of method: Method, to question: Question) throws(Unavailable) -> Answer {
    switch (method.body, self) {
    case (.arms(let body), .arms(let arms)): try body(arms, question)
    case (.pairs(let body), .pairs(let pairs)): try body(pairs, question)
    default: preconditionFailure("\(method.name) was given the other design")
    }
  }

  /// Of values that are 0 or 1, all that a method of shares can see.
  var table: BinaryTable? {
    switch self {
    case .arms(let arms):
      BinaryTable(
        first: arms.candidate.values.reduce(0) { $0 + ($1 == 1 ? 1 : 0) },
        second: arms.production.values.reduce(0) { $0 + ($1 == 1 ? 1 : 0) }, both: 0)
    case .pairs(let pairs):
      BinaryTable(
        first: pairs.candidate.reduce(0) { $0 + ($1 == 1 ? 1 : 0) },
        second: pairs.production.reduce(0) { $0 + ($1 == 1 ? 1 : 0) },
        both: pairs.candidate.indices.reduce(0) {
          $0 + (pairs.candidate[$1] == 1 && pairs.production[$1] == 1 ? 1 : 0)
        })
    }
  }
}

struct BinaryTable: Hashable {
  var first: Int
  var second: Int
  var both: Int
}

/// What methods said of tables that came before: exact tests are dear, and rare events give few tables.
private struct KnownTables {
  private var trials: [[BinaryTable: MethodTrial]]

  init(methods: Int) { trials = Array(repeating: [:], count: methods) }

  subscript(method: Int, table: BinaryTable?) -> MethodTrial? {
    get { table.flatMap { trials[method][$0] } }
    set { if let table { trials[method][table] = newValue } }
  }
}

/// A run's data for each set of needs, each made when it is first asked for.
private struct Samples {
  let draws: CalibrationDraws
  let run: Int
  private var made: [Set<Method.Need>: CalibrationData] = [:]

  init(draws: CalibrationDraws, run: Int) {
    self.draws = draws
    self.run = run
  }

  mutating func data(for method: Method) -> CalibrationData {
    let columns = method.needs.intersection([.covariates, .strata, .denominators, .counts])
    if let data = made[columns] { return data }
    let data: CalibrationData =
      if case .pairs = method.body {
        .pairs(draws.pairs(run: run, needs: columns))
      } else {
        .arms(draws.arms(run: run, needs: columns))
      }
    made[columns] = data
    return data
  }
}

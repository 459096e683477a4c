import Documents
import Simulation
import Statistics
import Synchronization

/// The plan of a method without a formula: rows are drawn from those that somebody has, and the method is run on them.
///
/// All sizes and effects meet the same draws, so that more units seldom find less, and a search by halving ends where the
/// simulated power crosses what was asked for.
struct PlanSimulation {
  private let request: PlanRequest
  private let ground: PlanGround
  private let rows: PlanRows
  private let method: Method
  private let isCancelled: @Sendable () -> Bool

  /// - Precondition: the request names a method, and the ground has rows.
  init(
    _ request: PlanRequest, _ ground: PlanGround, isCancelled: @escaping @Sendable () -> Bool
  ) throws(PlanRequest.Mistake) {
    guard let method = request.method.flatMap(Catalogue.method(named:)), let rows = ground.rows
    else { preconditionFailure("a simulation without a method or rows") }
    self.request = request
    self.ground = ground
    self.rows = rows
    self.method = method
    self.isCancelled = isCancelled
    if let misfit = Self.misfit(method, rows) {
      throw .init(
        "--method \(method.name) \(misfit)",
        help: "understudy analyze --method \(method.name) --explain tells what it asks for")
    }
  }

  private static func misfit(_ method: Method, _ rows: PlanRows) -> String? {
    var facts: DataFacts
    switch rows.drawn {
    case .arms(let sample):
      facts = DataFacts(TwoArms(candidate: sample, production: sample), asked: rows.asked)
    case .pairs(let pairs): facts = DataFacts(pairs, asked: rows.asked)
    }
    facts.hasPlaces = false
    facts.hasRange = rows.isShare
    // Its own limit is kept by the search.
    facts.count = 0
    if let layout = method.misfit(layout: facts.layout) { return layout }
    if method.needs.contains(.places) { return "needs rows in time, and rows drawn anew have none" }
    if let misfit = method.misfit(design: facts) { return misfit }
    if method.needs.contains(.range), !rows.isShare {
      return "needs to know where every value lies, which is known of 0 and 1 alone"
    }
    if rows.asked == .quantile, !method.answers(.quantile) { return "compares no quantiles" }
    return method.misfit(values: facts)
  }

  // MARK: One power

  /// Of one size and one effect.
  struct Chances: Sendable {
    var found = 0
    var unanswered = 0
    var runs: Int
    /// Why the first run without an answer had none.
    var reason: (run: Int, text: String)?

    var power: Double { Double(found) / Double(runs) }
    var interval: ClosedRange<Double> {
      Wilson.interval(successes: found, trials: runs, level: 0.95)
    }
  }

  private func chances(units: Int, effect: Double) throws -> Chances {
    if isCancelled() { throw StudyError.interrupted }
    let arms = counts(units)
    let resampled = ResampledPower(
      method, from: rows.drawn, question: question(units), seed: request.seed ?? 1)
    let put = self.put(effect)
    let tally = Mutex(Chances(runs: request.runs))
    let isCancelled = self.isCancelled
    Parallel.each(request.runs, threads: request.threads) { run in
      if isCancelled() { return }
      do throws(Unavailable) {
        let rejects = try resampled.rejects(
          run: run, candidate: arms.candidate, production: arms.production, effect: put)
        if rejects { tally.withLock { $0.found += 1 } }
      } catch {
        tally.withLock { tally in
          tally.unanswered += 1
          if run < tally.reason?.run ?? .max { tally.reason = (run, error.text) }
        }
      }
    }
    if isCancelled() { throw StudyError.interrupted }
    let chances = tally.withLock { $0 }
    guard chances.unanswered < request.runs else {
      throw PlanRequest.Mistake(
        "--method \(method.name) has no answer for \(units) \(ground.unitWord): "
          + (chances.reason?.text ?? "it gives none"))
    }
    return chances
  }

  private func counts(_ units: Int) -> (candidate: Int, production: Int) {
    if isOfPairs { return (units, units) }
    let production = max(1, Int((Double(units) * request.shares[0]).rounded()))
    return (max(1, units - production), production)
  }

  private var isOfPairs: Bool { if case .pairs = rows.drawn { true } else { false } }

  private func question(_ units: Int) -> Question {
    Question(
      level: request.level, seed: request.seed ?? 1, resamples: 999,
      probability: rows.probability, range: rows.isShare ? 0...1 : nil,
      monitoring: Monitoring(
        expectedRows: max(1, Int(Double(units) * max(1, ground.unitSize)))))
  }

  /// An effect in percent multiplies every value, any other is added to each; shares move.
  private func put(_ effect: Double) -> ResampledPower.Effect {
    if rows.isShare { return .share(effect) }
    if isScaled, let baseline = ground.baseline, baseline != 0 { return .scale(effect / baseline) }
    return .shift(effect)
  }

  private var isScaled: Bool { request.effect?.isRelative == true && !isOfPairs }

  // MARK: The answer

  func findings() throws -> PlanFindings {
    let formula = try PlanSolver(request, ground)
    let effect = try formula.amount(request.effect, "--effect")
    let units = try formula.givenUnits().map { Int($0) }
    if let effect, !possible.contains(effect) {
      throw PlanRequest.Mistake(
        "--effect is \(PlanWording.short(effect)), which \(ground.name) cannot differ by",
        help: ground.baseline.map { "production has \(PlanWording.short($0))" })
    }
    let solved: PlanFindings.Solved = units == nil ? .units : effect == nil ? .effect : .power
    if let units, units > most { throw tooMany() }
    let answer: (units: Int, effect: Double)
    switch (units, effect) {
    case (nil, let effect?): answer = (try search(effect: effect, formula), effect)
    case (let units?, nil): answer = (units, try search(units: units, formula))
    case (let units?, let effect?): answer = (units, effect)
    case (nil, nil): preconditionFailure("neither units nor an effect")
    }
    return try findings(answer.units, answer.effect, solved)
  }

  private func findings(
    _ units: Int, _ effect: Double, _ solved: PlanFindings.Solved
  ) throws -> PlanFindings {
    let main = try chances(units: units, effect: effect)
    var findings = PlanFindings(
      name: ground.name, metric: ground.metric, goal: .different, solved: solved,
      level: request.level, main: row(units, effect, main))
    findings.baseline = ground.baseline
    findings.isPaired = isOfPairs
    findings.lowerIsBetter = request.lowerIsBetter
    findings.perDay = ground.perDay
    findings.unitWord = ground.unitWord
    findings.rowsPerUnit = ground.unitSize
    findings.rows = try curve(units, effect, solved, findings.main)
    findings.measured = ground.measured
    findings.methods = [
      "\(method.title), run on \(request.runs) draws from these rows"
    ]
    findings.assumptions = assumptions(main)
    findings.simulation = PlanFindings.Simulation(
      method: method.name, runs: request.runs, seed: request.seed ?? 1,
      unanswered: main.unanswered)
    return findings
  }

  private func assumptions(_ main: Chances) -> [String] {
    let effect =
      switch (isOfPairs, rows.isShare) {
      case (true, true): "Pairs differ as often as these, and the effect says which way."
      case (true, false): "The differences are moved until their mean is the effect."
      case (false, true): "The effect turns as many rows as it takes, whichever."
      case (false, false) where isScaled: "The effect multiplies every value alike."
      case (false, false): "The effect is added to every value alike."
      }
    var sentences = ["Rows to come are like these, drawn unit by unit.", effect]
    if main.unanswered > 0 {
      sentences.append(
        "In \(main.unanswered) draws it has no answer (\(main.reason?.text ?? "none")), "
          + "which counts as not found.")
    }
    return sentences
  }

  private func row(_ units: Int, _ effect: Double, _ chances: Chances) -> PlanFindings.Row {
    let arms = counts(units)
    let perDay = ground.perDay
    var row = PlanFindings.Row(
      effect: effect, units: units,
      unitsPerArm: isOfPairs ? [units] : [arms.production, arms.candidate],
      power: chances.power,
      days: perDay.map { Int(min(1e15, (Double(units) / $0 * (1 - 1e-12)).rounded(.up))) })
    row.powerInterval = chances.interval
    return row
  }

  /// The power of other sizes, or of other effects where the effect is the answer.
  private func curve(
    _ units: Int, _ effect: Double, _ solved: PlanFindings.Solved, _ main: PlanFindings.Row
  ) throws -> [PlanFindings.Row] {
    var rows: [PlanFindings.Row] = []
    for factor in [0.5, 0.75, 1, 1.5, 2] {
      if factor == 1 {
        rows.append(main)
        continue
      }
      let isOfEffects = solved == .effect
      let units = isOfEffects ? units : Int((Double(units) * factor).rounded())
      let effect = isOfEffects ? effect * factor : effect
      guard units >= fewest, units <= most, possible.contains(effect) else { continue }
      guard let chances = try? chances(units: units, effect: effect) else { continue }
      rows.append(row(units, effect, chances))
    }
    return rows
  }

  // MARK: Searching

  private var power: Double { request.numbers["power"] ?? 0.8 }

  /// Units of all arms together, at which each has two.
  private var fewest: Int {
    isOfPairs ? 2 : Int((2 / min(request.shares[0], request.shares[1])).rounded(.up))
  }

  /// Above it a simulation takes too long, or the method itself.
  private var most: Int {
    let rows = method.needs.contains(.smallSample) ? 2 * Method.mostRowsOfSmallSample : 1_000_000
    return max(fewest, Int(Double(rows) / max(1, ground.unitSize)))
  }

  private func tooMany() -> PlanRequest.Mistake {
    .init(
      "--method \(method.name) is simulated with at most \(most) \(ground.unitWord)",
      help: "plan by a formula, without --method")
  }

  /// What a share, or the pairs that differ, leave room for.
  private var possible: ClosedRange<Double> {
    guard rows.isShare else { return -.infinity...(.infinity) }
    switch rows.drawn {
    case .arms:
      let share = ground.baseline ?? 0
      return -share...(1 - share)
    case .pairs(let pairs):
      let differing = pairs.candidate.indices.count { pairs.candidate[$0] != pairs.production[$0] }
      let discordance = Double(differing) / Double(pairs.candidate.count)
      return -discordance...discordance
    }
  }

  /// The fewest units that find `effect`, to a fiftieth.
  private func search(effect: Double, _ formula: PlanSolver) throws -> Int {
    let guess = (try? formula.answer().units) ?? 4 * fewest
    var high = min(most, max(fewest, guess))
    var low = fewest - 1
    while try chances(units: high, effect: effect).power < power {
      guard high < most else {
        throw PlanRequest.Mistake(
          "a power of \(PlanWording.short(100 * power)) % is not reached with \(most) "
            + "\(ground.unitWord) by --method \(method.name)",
          help: "ask for a larger effect")
      }
      (low, high) = (high, min(most, 2 * high))
    }
    // A guess may be far too high for a method that finds more.
    while low < fewest, high > fewest {
      let half = max(fewest, high / 2)
      if try chances(units: half, effect: effect).power >= power { high = half } else { low = half }
    }
    while Double(high - low) > max(1, 0.02 * Double(high)) {
      let middle = (low + high) / 2
      if try chances(units: middle, effect: effect).power >= power {
        high = middle
      } else {
        low = middle
      }
    }
    return high
  }

  /// The smallest effect that `units` find, to a fiftieth.
  private func search(units: Int, _ formula: PlanSolver) throws -> Double {
    guard units >= fewest else {
      throw PlanRequest.Mistake(
        "so few units say nothing", help: "at least \(fewest) are needed")
    }
    let sign = request.lowerIsBetter ? -1.0 : 1.0
    let limit = request.lowerIsBetter ? -possible.lowerBound : possible.upperBound
    func isFound(_ size: Double) throws -> Bool {
      try chances(units: units, effect: sign * size).power >= power
    }
    let guess = (try? formula.answer().effect).map { abs($0) } ?? abs(ground.baseline ?? 1) / 10
    var high = min(limit, guess > 0 ? guess : 1)
    var low = 0.0
    for _ in 0..<40 where try !isFound(high) {
      guard high < limit else { break }
      (low, high) = (high, min(limit, 2 * high))
    }
    guard try isFound(high) else {
      throw PlanRequest.Mistake(
        "a power of \(PlanWording.short(100 * power)) % is not reached with \(units) "
          + "\(ground.unitWord) by --method \(method.name)",
        help: "ask for more units")
    }
    while high - low > 0.02 * high {
      let middle = (low + high) / 2
      if try isFound(middle) { high = middle } else { low = middle }
    }
    return sign * high
  }
}

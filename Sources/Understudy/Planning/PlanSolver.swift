import Simulation
import Statistics

/// From a request and its ground to the answer.
struct PlanSolver {
  private let request: PlanRequest
  private let ground: PlanGround
  private let plan: PowerPlan
  /// The part of all units that the compared pair of arms has.
  private let pairShare: Double
  private let isUp: Bool

  init(_ request: PlanRequest, _ ground: PlanGround) throws(PlanRequest.Mistake) {
    self.request = request
    self.ground = ground
    let isOneSample = ground.comparison.isOneSample
    let candidate = ground.candidateShare ?? request.shares.dropFirst().min() ?? 0.5
    let pairShare = isOneSample ? 1 : request.shares[0] + candidate
    self.pairShare = pairShare
    isUp = !request.lowerIsBetter
    let goal = Self.goal(request, ratio: candidate / request.shares[0])
    plan = PowerPlan(
      ground.comparison, goal: goal, candidateShare: candidate / (request.shares[0] + candidate),
      varianceFactor: ground.factor, unitSize: max(1, ground.unitSize),
      looks: Self.looks(request, goal)?.prepared(power: request.numbers["power"] ?? 0.8))
  }

  private static func goal(_ request: PlanRequest, ratio: Double) -> PowerGoal {
    let goal = PowerGoal(.different, level: request.level)
    let count = request.comparisons ?? request.shares.count - 1
    guard count > 1 else { return goal }
    switch request.adjustment {
    case .none: return goal
    case .bonferroni: return goal.shared(among: count)
    case .dunnett: return goal.dunnett(candidates: count, ratio: ratio)
    }
  }

  private static func looks(_ request: PlanRequest, _ goal: PowerGoal) -> PlannedLooks? {
    guard request.looks != nil || request.spending != nil else { return nil }
    let isTwoSided = request.question == .different
    switch request.spending ?? .obrienFleming {
    case .alwaysValid:
      return PlannedLooks(mixtureAt: request.looks ?? 30, tail: goal.tail, isTwoSided: isTwoSided)
    case .obrienFleming, .pocock:
      return PlannedLooks(
        count: request.looks ?? 5,
        spending: request.spending == .pocock ? .pocock : .obrienFleming, tail: goal.tail,
        isTwoSided: isTwoSided)
    }
  }

  // MARK: The answer

  /// The answer alone, without the rows beside it.
  func answer() throws -> PlanFindings.Row { try solvedRow().row }

  private func solvedRow() throws -> (solved: PlanFindings.Solved, row: PlanFindings.Row) {
    let effect =
      try amount(request.effect, "--effect") ?? (request.question == .different ? nil : 0)
    let margin = try amount(request.margin, "--margin")
    let units = try givenUnits()
    let power = request.numbers["power"] ?? 0.8
    let solved = self.solved(effect, margin, units)
    return (
      solved, try row(solved, effect: effect, margin: margin, units: units, power: power)
    )
  }

  func findings() throws -> PlanFindings {
    let (solved, main) = try solvedRow()
    let power = request.numbers["power"] ?? 0.8
    var findings = PlanFindings(
      name: ground.name, metric: ground.metric, goal: goal(margin: main.margin), solved: solved,
      level: request.level, main: main)
    findings.baseline = ground.baseline
    findings.isPaired = ground.comparison.isOneSample
    findings.lowerIsBetter = request.lowerIsBetter
    findings.perDay = ground.perDay
    findings.unitWord = ground.unitWord
    findings.rowsPerUnit = ground.unitSize
    findings.rows = others(solved, main, power: power)
    findings.methods = ground.methods + methods
    findings.assumptions = ground.assumptions
    findings.measured = ground.measured
    findings.shadow = try ground.shadow.map { try self.shadow($0, main, solved) }
    return findings
  }

  private func solved(
    _ effect: Double?, _ margin: Double?, _ units: Double?
  ) -> PlanFindings.Solved {
    guard units != nil else { return .units }
    let hasMargin = request.question == .notWorse || request.question == .equivalent
    if hasMargin, margin == nil { return .margin }
    if request.question == .better, request.effect == nil { return .effect }
    return effect == nil ? .effect : .power
  }

  func givenUnits() throws(PlanRequest.Mistake) -> Double? {
    if let units = request.numbers["units"] { return units }
    guard let days = request.numbers["days"] else { return nil }
    guard let perDay = ground.perDay else {
      throw .init("--days needs --per-day", help: "the table's times do not say it")
    }
    return (days * perDay).rounded(.down)
  }

  /// In the metric's unit.
  func amount(
    _ amount: PlanRequest.Amount?, _ flag: String
  ) throws(PlanRequest.Mistake) -> Double? {
    guard let amount else { return nil }
    let isBare = [.riskRatio, .rateRatio].contains(ground.metric)
    guard amount.isRelative, !isBare else { return amount.value }
    guard let baseline = ground.baseline else {
      throw .init(
        "\(flag) is in percent, and there is no --baseline", help: "say it in the metric's unit")
    }
    guard baseline != 0 else {
      throw .init(
        "\(flag) is in percent, and the baseline is 0", help: "say it in the metric's unit")
    }
    return amount.value * abs(baseline)
  }

  // MARK: One row

  private func row(
    _ solved: PlanFindings.Solved, effect: Double?, margin: Double?, units: Double?, power: Double
  ) throws -> PlanFindings.Row {
    let none = ground.comparison.noDifference
    var plan = self.plan
    plan.goal.claim = claim(margin: margin)
    try checkPossible(effect, margin)
    do throws(Unavailable) {
      if let units, units * rowsPerUnit <= plan.fewestRows {
        throw .tooFewIndependent(has: units * rowsPerUnit, needs: plan.fewestRows)
      }
      switch solved {
      case .units:
        let rows = try plan.rows(power: power, effect: none + (effect ?? 0))
        let units = rows / rowsPerUnit
        guard units <= 1e15 else { throw .unreachable(best: 0) }
        return row(plan, effect ?? 0, units: units, margin)
      case .effect:
        let rows = (units ?? 0) * rowsPerUnit
        let found = try plan.effect(power: power, rows: rows, isUp: isUp)
        return row(plan, found - none, units: units ?? 0, margin)
      case .margin:
        let rows = (units ?? 0) * rowsPerUnit
        let found = try plan.margin(
          power: power, rows: rows, effect: none + (effect ?? 0), isUp: isUp,
          isEquivalence: request.question == .equivalent)
        plan.goal.claim = claim(margin: found)
        return row(plan, effect ?? 0, units: units ?? 0, found)
      case .power: return row(plan, effect ?? 0, units: units ?? 0, margin)
      }
    } catch { throw mistake(error, power) }
  }

  /// Neither a truth nor a margin lies where the metric cannot be.
  private func checkPossible(_ effect: Double?, _ margin: Double?) throws(PlanRequest.Mistake) {
    let (none, possible) = (ground.comparison.noDifference, ground.comparison.possible)
    for (flag, value) in [
      ("--effect", effect), ("--margin", margin), ("--margin", margin.map { -$0 }),
    ] {
      guard let value, !possible.contains(none + value) else { continue }
      if flag == "--margin", request.question != .equivalent, (value < 0) != isMarginBelow {
        continue
      }
      throw .init(
        "\(flag) is \(PlanWording.short(flag == "--margin" ? abs(value) : value)), "
          + "which \(ground.name) cannot differ by",
        help: ground.baseline.map { "production has \(PlanWording.short($0))" })
    }
  }

  /// Whether the tested value lies below "no difference".
  private var isMarginBelow: Bool { isUp == (request.question == .notWorse) }

  private func row(
    _ plan: PowerPlan, _ effect: Double, units: Double, _ margin: Double?
  ) -> PlanFindings.Row {
    let isOneSample = ground.comparison.isOneSample
    // A hair below a whole number is that number.
    func whole(_ units: Double) -> Int { Int((units * (1 - 1e-12)).rounded(.up)) }
    let perArm = isOneSample ? [whole(units)] : request.shares.map { whole(units * $0) }
    let total = isOneSample ? perArm[0] : perArm.reduce(0, +)
    let truth = ground.comparison.noDifference + effect
    let chances = plan.chances(rows: Double(total) * rowsPerUnit, effect: truth)
    return PlanFindings.Row(
      effect: effect, units: total, unitsPerArm: perArm,
      power: chances.power, margin: margin,
      days: ground.perDay.map { Int(min(1e15, (Double(total) / $0 * (1 - 1e-12)).rounded(.up))) },
      expectedShare: chances.expectedShare)
  }

  /// Rows of the compared arms that a unit of all arms makes.
  private var rowsPerUnit: Double { pairShare * max(1, ground.unitSize) }

  private func claim(margin: Double?) -> PowerGoal.Claim {
    let none = ground.comparison.noDifference
    switch request.question {
    case .different: return .different
    case .notWorse:
      return isUp ? .greater(than: none - (margin ?? 0)) : .less(than: none + (margin ?? 0))
    case .better:
      return isUp ? .greater(than: none + (margin ?? 0)) : .less(than: none - (margin ?? 0))
    case .equivalent: return .within((none - (margin ?? 0))...(none + (margin ?? 0)))
    }
  }

  private func goal(margin: Double?) -> PlanFindings.Goal {
    switch request.question {
    case .different: .different
    case .notWorse: .better(by: -(margin ?? 0))
    case .better: .better(by: margin ?? 0)
    case .equivalent: .equivalent(margin: margin ?? 0)
    }
  }

  private func mistake(_ reason: Unavailable, _ power: Double) -> PlanRequest.Mistake {
    let percent = PlanWording.short(100 * power)
    switch reason {
    case .unreachable(let best):
      return .init(
        "a power of \(percent) % is out of reach: it rises to \(PlanWording.short(100 * best)) % at most",
        help: request.question == .different
          ? "ask for a larger effect, or more units"
          : "the effect has to lie inside of what the margin allows")
    case .tooFewIndependent(_, let needs):
      return .init(
        "so few units say nothing",
        help: "at least \(PlanWording.short((needs / rowsPerUnit).rounded(.up) + 1)) are needed")
    default: return .init("it cannot be planned: \(reason.text)")
    }
  }

  // MARK: Beside it

  private func others(
    _ solved: PlanFindings.Solved, _ main: PlanFindings.Row, power: Double
  ) -> [PlanFindings.Row] {
    let factors = solved == .units ? [0.5, 0.75, 1, 1.5, 2] : [0.25, 0.5, 1, 2, 4]
    return factors.compactMap { factor -> PlanFindings.Row? in
      if factor == 1 { return main }
      switch solved {
      case .units where main.effect == 0:
        return try? row(
          .units, effect: 0, margin: main.margin.map { $0 * factor }, units: nil, power: power)
      case .units:
        return try? row(
          .units, effect: main.effect * factor, margin: main.margin, units: nil, power: power)
      case .effect, .margin, .power:
        let units = (Double(main.units) * factor).rounded()
        let isEffect = solved == .effect
        return try? row(
          solved, effect: isEffect ? nil : main.effect,
          margin: solved == .margin ? nil : main.margin, units: units, power: power)
      }
    }
  }

  private var methods: [String] {
    var methods: [String] = []
    let count = request.comparisons ?? request.shares.count - 1
    if count > 1, request.adjustment != .none {
      methods.append(
        request.adjustment == .dunnett
          ? "\(count) candidates by Dunnett"
          : "\(count) comparisons by Bonferroni (Holm's first step)")
    }
    guard plan.looks != nil else { return methods }
    switch request.spending ?? .obrienFleming {
    case .alwaysValid:
      methods.append("a normal mixture that holds at every look, read \(request.looks ?? 30) times")
    case .obrienFleming:
      methods.append("\(request.looks ?? 5) looks, O'Brien and Fleming's spending")
    case .pocock: methods.append("\(request.looks ?? 5) looks, Pocock's spending")
    }
    return methods
  }

  // MARK: From shadow to A/B

  /// The A/B test of the same question.
  private func shadow(
    _ shadow: ShadowPlan, _ main: PlanFindings.Row, _ solved: PlanFindings.Solved
  ) throws -> PlanFindings.Shadow {
    let share = plan.candidateShare
    func row(isAdjusted: Bool) -> PlanFindings.Row? {
      guard
        let unpaired = try? shadow.unpaired(
          plan.goal, candidateShare: share, isAdjusted: isAdjusted)
      else { return nil }
      var ground = self.ground
      ground.comparison = unpaired.comparison
      ground.factor = 1
      ground.shadow = nil
      let power = request.numbers["power"] ?? 0.8
      return try? PlanSolver(request, ground).row(
        solved, effect: solved == .effect ? nil : main.effect,
        margin: solved == .margin ? nil : main.margin,
        units: solved == .units ? nil : Double(main.units), power: power)
    }
    return PlanFindings.Shadow(
      pairCount: shadow.pairCount, correlation: shadow.correlation,
      requestsPerPair: shadow.requestsPerPair(candidateShare: share),
      adjustedRequestsPerPair: shadow.requestsPerPair(candidateShare: share, isAdjusted: true),
      variancesLeft: [shadow.variancesLeft.candidate, shadow.variancesLeft.production],
      covariate: request.covariate, unpaired: row(isAdjusted: false),
      adjusted: row(isAdjusted: true))
  }
}

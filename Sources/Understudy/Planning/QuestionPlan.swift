import Scenarios
import Simulation
import Statistics

/// One question of a scenario about one candidate, in the three designs that could answer it.
struct QuestionPlan {
  let request: PlanRequest
  let question: ComparisonPlan
  /// The candidate's index.
  let arm: Int
  let scenario: Scenario
  /// What all questions have in common.
  let frame: ScenarioPlanFindings

  private var metric: Metric { question.metric }
  /// Latencies are told in milliseconds.
  private var scale: Double { metric.unit == .nanoseconds ? 1e-6 : 1 }
  private var margin: Double? {
    switch question.question {
    case .different: nil
    case .notWorse(let margin), .equivalent(let margin): margin * scale
    }
  }

  func comparison(
    _ run: Timeline.Run, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> ScenarioPlanFindings.Comparison {
    var comparison = ScenarioPlanFindings.Comparison(
      metric: metric, arm: scenario.arms[arm].name, goal: goal, level: asked.level)
    let parts: MetricParts
    let shadow: ShadowPlan
    do throws(Unavailable) {
      guard metric.isComparable, metric != .costPerThousand else { throw .onlyNoDifference }
      parts = try MetricParts(metric, arm: arm, of: run)
      shadow = try ShadowPlan(
        candidate: parts.candidate.map { $0 * scale },
        production: parts.production.map { $0 * scale },
        units: scenario.deployment.splitsRequests ? nil : parts.units, isSeries: true)
    } catch {
      comparison.absence =
        error == .onlyNoDifference ? "it is no metric that varies by request" : error.text
      return comparison
    }
    let designs = Designs(shadow, self)
    comparison.facts = facts(shadow)
    comparison.reach = try reach(designs)
    comparison.steps = try steps(designs, comparison.reach)
    if request.method != nil {
      comparison.simulated = try simulated(designs, parts, isCancelled: isCancelled)
    }
    return comparison
  }

  private var goal: PlanFindings.Goal {
    switch question.question {
    case .different: .different
    case .notWorse: .better(by: -(margin ?? 0))
    case .equivalent: .equivalent(margin: margin ?? 0)
    }
  }

  private func facts(_ shadow: ShadowPlan) -> ScenarioPlanFindings.Facts {
    let units = shadow.units.map {
      ScenarioPlanFindings.Units(
        count: $0.facts.count, size: $0.facts.size, sizeVariation: $0.facts.sizeVariation,
        correlation: $0.facts.correlation, designEffect: $0.facts.designEffect)
    }
    let share = candidateShare
    return ScenarioPlanFindings.Facts(
      requests: shadow.pairCount, production: shadow.productionMean,
      candidate: shadow.productionMean + shadow.difference,
      productionDeviation: shadow.productionDeviation,
      candidateDeviation: shadow.candidateDeviation,
      differenceDeviation: shadow.differenceDeviation, correlation: shadow.correlation,
      serialFactor: shadow.serialFactor, units: units,
      variancesLeft: [shadow.variancesLeft.production, shadow.variancesLeft.candidate],
      requestsPerPair: shadow.requestsPerPair(candidateShare: share),
      adjustedRequestsPerPair: shadow.requestsPerPair(candidateShare: share, isAdjusted: true))
  }

  /// Of the compared pair.
  private var candidateShare: Double { frame.shares[arm] / (frame.shares[arm] + frame.shares[0]) }

  /// What every design is asked.
  private var asked: PlanRequest {
    var asked = PlanRequest(metric: "mean")
    asked.numbers["power"] = frame.power
    asked.level = request.isLevelGiven ? request.level : question.level
    asked.shares = frame.shares
    asked.lowerIsBetter = metric.direction == .lowerIsBetter
    asked.looks = request.looks
    asked.spending = request.spending
    asked.adjustment = request.adjustment
    asked.comparisons = frame.family
    switch question.question {
    case .different: break
    case .notWorse: asked.question = .notWorse
    case .equivalent: asked.question = .equivalent
    }
    return asked
  }

  // MARK: Designs

  /// A shadow, an A/B test, and an A/B test that adjusts for the other model's answer; nil where nothing varies.
  private struct Designs {
    var shadow: PlanGround?
    var split: PlanGround
    var adjusted: PlanGround?

    init(_ plan: ShadowPlan, _ question: QuestionPlan) {
      let name = question.metric.name
      func ground(_ comparison: any PlannedComparison, share: Double) -> PlanGround {
        var ground = PlanGround(name: name, metric: .mean, comparison)
        ground.baseline = plan.productionMean
        ground.candidateShare = question.frame.shares[question.arm]
        ground.unitWord = "requests"
        ground.perDay = question.frame.days.map { Double(plan.pairCount) / $0 * share }
        return ground
      }
      func split(isAdjusted: Bool) -> PlanGround? {
        let deviations = plan.deviations(isAdjusted: isAdjusted)
        guard deviations.candidate > 0, deviations.production > 0 else { return nil }
        return ground(
          PlannedMeans(
            candidateDeviation: deviations.candidate, productionDeviation: deviations.production),
          share: 1)
      }
      if plan.differenceDeviation > 0 {
        var paired = ground(
          PlannedPairs(deviation: plan.differenceDeviation), share: question.mirror)
        paired.factor = plan.pairFactor
        shadow = paired
      }
      self.split =
        split(isAdjusted: false)
        ?? ground(PlannedMeans(deviation: plan.productionDeviation), share: 1)
      adjusted = split(isAdjusted: true)
    }
  }

  /// The share of requests that a shadow pairs.
  private var mirror: Double {
    if case .shadow(let mirror) = scenario.deployment { mirror } else { 1 }
  }

  // MARK: What the length finds

  /// The requests of a design at the length that was asked for, or else at the scenario's.
  private func units(of ground: PlanGround) -> Double? {
    if let units = request.numbers["units"] { return units }
    guard let perDay = ground.perDay else { return nil }
    return (perDay * (request.numbers["days"] ?? frame.days ?? 0) * (1 + 1e-12)).rounded(.down)
  }

  private func reach(_ designs: Designs) throws -> ScenarioPlanFindings.Reach {
    func found(_ ground: PlanGround?) throws -> Double? {
      guard let ground, let units = units(of: ground), units >= 2 else { return nil }
      var asked = self.asked
      asked.numbers["units"] = units
      guard let row = try answer(asked, ground) else { return nil }
      return margin == nil ? row.effect : row.margin
    }
    return .init(
      shadow: try found(designs.shadow), split: try found(designs.split),
      adjusted: try found(designs.adjusted))
  }

  /// Nil where nothing is enough.
  private func answer(_ asked: PlanRequest, _ ground: PlanGround) throws -> PlanFindings.Row? {
    do {
      return try PlanSolver(asked, ground).answer()
    } catch is PlanRequest.Mistake {
      return nil
    }
  }

  // MARK: What effects take

  private static let ladder = [0.005, 0.01, 0.02, 0.05, 0.1]
  private static let factors = [0.5, 0.75, 1, 1.5, 2]

  private func steps(
    _ designs: Designs, _ reach: ScenarioPlanFindings.Reach?
  ) throws -> [ScenarioPlanFindings.Step] {
    let effects = try effects(designs, reach)
    return try
      (margin.map { margin in Self.factors.map { ($0 * margin) as Double? } }
      ?? effects.map { _ in nil }).enumerated().map { index, margin in
        try step(designs, effect: margin == nil ? effects[index] : effects[0], margin: margin)
      }
  }

  /// The truths that are planned for, better ones; one where margins are the ladder.
  private func effects(
    _ designs: Designs, _ reach: ScenarioPlanFindings.Reach?
  ) throws -> [Double] {
    let stated = try PlanSolver(asked, designs.split).amount(request.effect, "--effect")
    if margin != nil { return [stated ?? 0] }
    if let stated { return Self.factors.map { $0 * stated } }
    let sign = asked.lowerIsBetter ? -1.0 : 1
    let baseline = abs(designs.split.baseline ?? 0)
    if baseline > 0 { return Self.ladder.map { sign * $0 * baseline } }
    return (reach?.split ?? reach?.shadow).map { found in Self.factors.map { $0 * found } } ?? []
  }

  private func step(
    _ designs: Designs, effect: Double, margin: Double?
  ) throws -> ScenarioPlanFindings.Step {
    func need(_ ground: PlanGround?) throws -> ScenarioPlanFindings.Need? {
      guard let ground else { return nil }
      var asked = self.asked
      asked.effect = PlanRequest.Amount(value: effect, isRelative: false)
      asked.margin = margin.map { PlanRequest.Amount(value: $0, isRelative: false) }
      guard var row = try answer(asked, ground) else { return nil }
      let fewest = fewest(ground)
      if row.units < fewest {
        asked.numbers["units"] = Double(fewest)
        asked.numbers["power"] = nil
        row = try answer(asked, ground) ?? row
      }
      return .init(
        requests: row.units, days: ground.perDay.map { Double(row.units) / $0 },
        power: row.power, expectedShare: row.expectedShare)
    }
    return .init(
      effect: effect, margin: margin, shadow: try need(designs.shadow),
      split: try need(designs.split), adjusted: try need(designs.adjusted))
  }

  /// Fewer requests than these no formula speaks of: ten independent values an arm, and of a quantile ten beyond it.
  private func fewest(_ ground: PlanGround) -> Int {
    var values = 10.0
    if case .latencyQuantile(let p) = metric { values /= min(p, 1 - p) }
    if ground.comparison.isOneSample { return Int((values * ground.factor).rounded(.up)) }
    return Int((values / min(frame.shares[0], frame.shares[arm])).rounded(.up))
  }

  // MARK: Simulation

  /// Nil where the metric is no mean of the requests' own values.
  private func simulated(
    _ designs: Designs, _ parts: MetricParts, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> PlanFindings? {
    guard parts.isMean, margin == nil, let method = request.method.flatMap(Catalogue.method)
    else { return nil }
    let production = parts.production.map { $0 * scale }
    let candidate = parts.candidate.map { $0 * scale }
    let isOfPairs: Bool
    if case .pairs = method.body { isOfPairs = true } else { isOfPairs = false }
    guard var ground = isOfPairs ? designs.shadow : designs.split else { return nil }
    ground.name = metric.name
    let units = parts.units.flatMap { Set($0).count < $0.count ? $0 : nil }
    ground.rows = PlanRows(
      drawn: isOfPairs
        ? .pairs(PairSample(candidate: candidate, production: production, units: units))
        : .arms(ArmSample(values: production, units: units)),
      asked: .mean, isShare: parts.isShare)
    if let units {
      ground.unitSize = Double(units.count) / Double((units.max() ?? 0) + 1)
      ground.unitWord = "units"
      ground.perDay = ground.perDay.map { $0 / ground.unitSize }
    }
    var asked = self.asked
    (asked.method, asked.runs, asked.seed) = (request.method, request.runs, scenario.seed)
    (asked.threads, asked.effect) = (request.threads, request.effect)
    // Bonferroni, as the formulas have it.
    if request.adjustment != .none { asked.level = 1 - (1 - asked.level) / Double(frame.family) }
    asked.comparisons = 1
    asked.shares = [1 - candidateShare, candidateShare]
    ground.candidateShare = nil
    if request.numbers["units"] != nil || request.numbers["days"] != nil || request.effect == nil {
      asked.numbers["units"] = self.units(of: ground)
    }
    if request.effect != nil, asked.numbers["units"] != nil { asked.numbers["power"] = nil }
    return try PlanSimulation(asked, ground, isCancelled: isCancelled).findings()
  }
}

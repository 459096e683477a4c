import Probability
import Testing

@testable import Statistics

@Suite("Power") struct PowerTests {
  private static let comparisons: [any PlannedComparison] = [
    PlannedMeans(deviation: 4), PlannedMeans(candidateDeviation: 1, productionDeviation: 9),
    PlannedPairs(deviation: 3), PlannedShares(production: 0.2),
    PlannedShares(production: 0.2, test: .arcsine), PlannedShareRatio(production: 0.2),
    PlannedRates(production: 3), PlannedRates(production: 3, scale: .ratio),
    PlannedMatchedShares(discordance: 0.3), PlannedMannWhitney(),
    PlannedAUC(production: 0.8, positives: 0.3),
    PlannedAUC(production: 0.8, positives: 0.3, correlation: 0.5), PlannedAssignment(planned: 0.3),
    PlannedMeans.quantile(probability: 0.9, density: 0.1),
    PlannedMeans.ratio(
      2, denominatorMean: 3, deviations: (numerator: 5, denominator: 1), correlation: 0.3),
  ]

  @Test(
    "of power, rows and effect, any one follows from the others", arguments: comparisons.indices)
  func roundTrips(_ index: Int) throws {
    let comparison = Self.comparisons[index]
    let none = comparison.noDifference
    for (share, claim) in [
      (0.5, PowerGoal.Claim.different), (0.3, .different), (0.5, .greater(than: none - 0.01)),
    ] {
      let plan = PowerPlan(
        comparison, goal: PowerGoal(claim, level: 0.95), candidateShare: share,
        varianceFactor: 1.3)
      let rows = try plan.rows(power: 0.8, effect: none + 0.05)
      #expect(abs(plan.power(rows: rows, effect: none + 0.05) - 0.8) < 1e-10)
      #expect(abs(try plan.effect(power: 0.8, rows: rows) / (none + 0.05) - 1) < 1e-9)
      #expect(plan.power(rows: 1.5 * rows, effect: none + 0.05) > 0.8)
    }
  }

  @Test("a margin is found again, of not worse in both directions and of equivalent")
  func margins() throws {
    for comparison in Self.comparisons.prefix(5) {
      var plan = PowerPlan(comparison, goal: PowerGoal(.different, level: 0.95))
      for isUp in [true, false] {
        let margin = try plan.margin(power: 0.9, rows: 5_000, effect: 0, isUp: isUp)
        plan.goal.claim = isUp ? .greater(than: -margin) : .less(than: margin)
        #expect(abs(plan.power(rows: 5_000, effect: 0) - 0.9) < 1e-9)
      }
      let margin = try plan.margin(power: 0.9, rows: 5_000, effect: 0, isEquivalence: true)
      plan.goal.claim = .within(-margin...margin)
      #expect(abs(plan.power(rows: 5_000, effect: 0) - 0.9) < 1e-9)
    }
  }

  /// By an integral over the error's law with mpmath, 25 digits.
  private static let equivalencePowers: [(rows: Double, effect: Double, power: Double)] = [
    (60, 0, 0.214_288_369_177_385_09), (60, 0.1, 0.199_491_422_500_017_51),
    (200, 0.2, 0.680_035_680_018_761_7), (24, 0, 0.001_904_422_477_976_465_2),
  ]

  @Test("two one-sided t tests have the power of the double integral")
  func equivalence() {
    let plan = PowerPlan(
      PlannedMeans(deviation: 1, test: .pooled), goal: PowerGoal(.within(-0.5...0.5), tail: 0.05))
    for (rows, effect, power) in Self.equivalencePowers {
      #expect(abs(plan.power(rows: rows, effect: effect) / power - 1) < 1e-9)
    }
  }

  @Test("scale does not matter, from 1e-150 to 1e140")
  func scale() throws {
    for scale in [1e-150, 1, 1e140] {
      let plan = PowerPlan(
        PlannedMeans(candidateDeviation: 2 * scale, productionDeviation: scale),
        goal: PowerGoal(.different, level: 0.95))
      #expect(abs(try plan.rows(power: 0.8, effect: 0.3 * scale) - 874.1) < 1)
      #expect(abs(plan.power(rows: 800, effect: 0.3 * scale) - 0.7634) < 0.001)
    }
  }

  @Test("a noncentral t far out is the integral that takes over there", arguments: [3.0, 20, 400])
  func farOut(degreesOfFreedom: Double) {
    for (noncentrality, tail) in [(59.9, 1e-5), (60.1, 1e-5), (90, 1e-12), (61, 1e-60)] {
      let planned = PlannedEstimate(
        distance: noncentrality, standardError: 1, degreesOfFreedom: degreesOfFreedom)
      let exact = NoncentralT(
        degreesOfFreedom: degreesOfFreedom, noncentrality: noncentrality
      ).survival(planned.critical(tail))
      #expect(abs(planned.powerAbove(tail: tail) - exact) <= 1e-11 * exact + 1e-300)
    }
  }

  @Test("what cannot be reached is told with the most there is")
  func unreachable() {
    let plan = PowerPlan(
      PlannedShares(production: 0.5), goal: PowerGoal(.greater(than: 0.1), level: 0.95))
    #expect(throws: Unavailable.self) { try plan.rows(power: 0.8, effect: 0.05) }
    #expect(throws: Unavailable.self) { try plan.effect(power: 0.8, rows: 4) }
    #expect(throws: Unavailable.tooFewIndependent(has: 1, needs: 2.000_002)) {
      try plan.effect(power: 0.8, rows: 1)
    }
  }

  @Test("several comparisons: Dunnett asks for more than one, and for less than Bonferroni")
  func several() {
    let goal = PowerGoal(.different, level: 0.95)
    let (dunnett, bonferroni) = (goal.dunnett(candidates: 3), goal.shared(among: 3))
    #expect(bonferroni.tail < dunnett.tail && dunnett.tail < goal.tail)
    // Dunnett's table for infinitely many degrees of freedom, three candidates, 5 % on both sides.
    #expect(abs(Normal.upperQuantile(dunnett.tail) - 2.349) < 0.001)
  }

  @Test("looks cost what the tables say, and the mixture more")
  func looks() throws {
    // Jennison and Turnbull (2000), tables 2.1 and 2.3 have 1.028 and 1.229 for the classical shapes.
    func inflation(_ looks: PlannedLooks) throws -> Double {
      var plan = PowerPlan(
        PlannedMeans(deviation: 1, test: .normal), goal: PowerGoal(.different, level: 0.95))
      let single = try plan.rows(power: 0.8, effect: 0.1)
      plan.looks = looks
      let rows = try plan.rows(power: 0.8, effect: 0.1)
      #expect(abs(plan.power(rows: rows, effect: 0.1) - 0.8) < 1e-9)
      #expect((plan.chances(rows: rows, effect: 0.1).expectedShare ?? 2) < 1)
      return rows / single
    }
    let five = { PlannedLooks(count: 5, spending: $0, tail: 0.025, isTwoSided: true) }
    let early = try inflation(five(.obrienFleming))
    let even = try inflation(five(.pocock))
    let mixture = try inflation(PlannedLooks(mixtureAt: 10, tail: 0.025, isTwoSided: true))
    #expect(abs(early - 1.025) < 0.005 && abs(even - 1.21) < 0.02)
    #expect(mixture > even && mixture < 2)
  }

  @Test("exact tests keep their level, and their power is what is counted by hand")
  func exact() throws {
    for test in ExactSharePower.Test.allCases {
      let power = try ExactSharePower(test, candidateCount: 12, productionCount: 9)
      for share in [0.1, 0.35, 0.5] {
        for alternative in Question.Alternative.allCases {
          #expect(
            power.power(candidate: share, production: share, alternative: alternative) <= 0.05)
        }
      }
    }
    // Of 3 against 3, Fisher's one-sided test rejects 3 : 0 alone (p = 1/20).
    let three = try ExactSharePower(.fisher, candidateCount: 3, productionCount: 3)
    let power = three.power(candidate: 0.9, production: 0.2, alternative: .greater, alpha: 0.051)
    #expect(abs(power - 0.729 * 0.512) < 1e-12)
    let fisher = try ExactSharePower(.fisher, candidateCount: 15, productionCount: 15)
    let boschloo = try ExactSharePower(.boschloo, candidateCount: 15, productionCount: 15)
    #expect(
      boschloo.power(candidate: 0.7, production: 0.2, alternative: .greater)
        > fisher.power(candidate: 0.7, production: 0.2, alternative: .greater))
    #expect(throws: Unavailable.self) {
      try ExactSharePower(.fisher, candidateCount: 300, productionCount: 300)
    }
  }

  @Test("McNemar's exact power is near the formula's, from below")
  func matched() {
    let plan = PowerPlan(
      PlannedMatchedShares(discordance: 0.2), goal: PowerGoal(.different, level: 0.95))
    let exact = PlannedMatchedShares(discordance: 0.2)
      .exactPower(effect: 0.06, pairs: 500, tail: 0.025)
    let formula = plan.power(rows: 500, effect: 0.06)
    #expect(exact < formula && exact > formula - 0.04)
    #expect(
      PlannedMatchedShares(discordance: 0.2).exactPower(effect: 0, pairs: 60, tail: 0.025) < 0.05)
  }

  @Test("the formulas meet what the methods do when they run", arguments: [7])
  func simulated(seed: UInt64) throws {
    let law = try Distribution.normal(mean: 10, standardDeviation: 4).checked()
    func check(_ name: String, _ arms: SimulatedPower.Arms, _ expected: Double) throws {
      let method = try #require(Catalogue.method(named: name), "\(name)")
      let found = SimulatedPower(method, arms, question: Question(), runs: 600, seed: seed)
      #expect(found.unanswered == 0)
      #expect(
        abs(found.power - expected) < 0.1, "\(name): \(found), not \(expected), seed \(seed)")
      #expect(found.interval.contains(found.power))
    }
    let means = PowerPlan(PlannedMeans(deviation: 4), goal: PowerGoal(.different, level: 0.95))
    try check(
      "welch", SimulatedPower.Arms(law, shift: 2, candidateCount: 60, productionCount: 60),
      means.power(rows: 120, effect: 2))
    let shares = PowerPlan(PlannedShares(production: 0.3), goal: PowerGoal(.different, level: 0.95))
    try check(
      "z-pooled",
      SimulatedPower.Arms(
        production: .bernoulli(probability: 0.3), candidate: .bernoulli(probability: 0.5),
        candidateCount: 80, productionCount: 80),
      shares.power(rows: 160, effect: 0.2))
  }

  @Test("a simulation of more runs begins like one of fewer, and the seed alone decides")
  func repeatable() throws {
    let method = try #require(Catalogue.method(named: "welch"))
    let arms = SimulatedPower.Arms(
      .exponential(mean: 2), factor: 1.5, candidateCount: 20, productionCount: 30)
    let few = SimulatedPower(method, arms, question: Question(), runs: 50, seed: 3)
    #expect(SimulatedPower(method, arms, question: Question(), runs: 50, seed: 3) == few)
    #expect(
      SimulatedPower(method, arms, question: Question(), runs: 90, seed: 3).found >= few.found)
  }

  @Test("units that are alike multiply the variance; covariates take their part away")
  func factors() {
    #expect(abs(VarianceFactor.clusters(size: 10, correlation: 0.3) - 3.7) < 1e-12)
    #expect(VarianceFactor.clusters(size: 1, correlation: 0.3) == 1)
    #expect(
      abs(
        VarianceFactor.clusters(size: 10, correlation: 0.3, sizeVariation: 1) - 6.7) < 1e-12)
    #expect(VarianceFactor.covariates(explaining: 0.4) == 0.6)
    #expect(VarianceFactor.serial(autocorrelation: 0.5) == 3)
  }

  @Test("what is measured of units agrees with the mean over units")
  func measuredUnits() throws {
    var luck = RandomStream(seed: 11, StreamName("test"), entity: 0)
    var (values, units, counts, sums): ([Double], [Int], [Int], [Double]) = ([], [], [], [])
    for unit in 0..<200 {
      let level = luck.nextNormal()
      let count = 1 + unit % 7
      counts.append(count)
      sums.append(0)
      for _ in 0..<count {
        let value = 1e9 + 3 * level + luck.nextNormal()
        values.append(value)
        units.append(unit)
        sums[unit] += value
      }
    }
    let measured = try MeasuredMetric(mean: values, units: units, isSeries: false)
    let found = try #require(measured.units)
    let clustered = try ClusteredMean(
      counts: counts, sums: sums.indices.map { sums[$0] - 1e9 * Double(counts[$0]) })
    let error = measured.deviation * (found.designEffect / Double(values.count)).squareRoot()
    #expect(abs(error / clustered.standardError - 1) < 1e-6)
    #expect(abs(found.correlation - 0.9) < 0.05)
    #expect(found.count == 200 && measured.rowCount == values.count)
    let alone = try MeasuredMetric(mean: values, units: Array(values.indices), isSeries: false)
    #expect(alone.units == nil)
  }

  @Test("a ratio of a constant denominator is a mean, a share is one, and a quantile has its error")
  func measuredForms() throws {
    var luck = RandomStream(seed: 5, StreamName("test"), entity: 0)
    let values = (0..<4_000).map { _ in luck.nextNormal() }
    let mean = try MeasuredMetric(mean: values, units: nil, isSeries: true)
    let ratio = try MeasuredMetric(
      numerators: values, denominators: values.map { _ in 2 }, units: nil, isSeries: false)
    #expect(abs(2 * ratio.deviation / mean.deviation - 1) < 1e-12)
    #expect((mean.series?.autocorrelation ?? 1) < 0.05)
    #expect(
      try MeasuredMetric(mean: values.map { $0 > 0 ? 1 : 0 }, units: nil, isSeries: false).isShare)
    let median = try MeasuredMetric(quantile: 0.5, of: values, units: nil, isSeries: false)
    #expect(abs(median.deviation - 1.2533) < 0.2)
    #expect(throws: Unavailable.noVariation) {
      try MeasuredMetric(mean: [1, 1, 1], units: nil, isSeries: false)
    }
    #expect(throws: Unavailable.tooFew(has: 0, needs: 2)) {
      try MeasuredMetric(mean: [], units: nil, isSeries: false)
    }
    #expect(throws: Unavailable.zeroDenominator) {
      try MeasuredMetric(numerators: [1, 2], denominators: [1, -1], units: nil, isSeries: false)
    }
  }

  @Test("a shadow tells how many more requests an A/B test needs")
  func shadow() throws {
    var luck = RandomStream(seed: 9, StreamName("test"), entity: 0)
    var (candidate, production, score): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<3_000 {
      let common = luck.nextNormal()
      score.append(common)
      production.append(common + 0.5 * luck.nextNormal())
      candidate.append(common + 0.5 * luck.nextNormal())
    }
    let plan = try ShadowPlan(candidate: candidate, production: production, covariate: score)
    // Variances 1.25 each, 0.5 of the difference: 2 · 2 · 1.25 / 0.5; and a fifth of that with the score.
    #expect(abs(plan.requestsPerPair() - 10) < 0.7)
    #expect(abs(plan.requestsPerPair(isAdjusted: true) - 2) < 0.15)
    let goal = PowerGoal(.different, level: 0.95)
    let paired = try plan.paired(goal).rows(power: 0.8, effect: 0.05)
    let unpaired = try plan.unpaired(goal).rows(power: 0.8, effect: 0.05)
    #expect(abs(unpaired / paired / plan.requestsPerPair() - 1) < 0.01)
    let same = try ShadowPlan(candidate: score.map { $0 + 1 }, production: score)
    #expect(same.requestsPerPair() > 1e20)
  }
}

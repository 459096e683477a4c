import Probability
import Statistics
import Testing

@Suite("ResampledPower") struct ResampledPowerTests {
  private static func power(
    _ name: String, _ rows: ResampledPower.Rows, _ count: Int, _ effect: ResampledPower.Effect,
    runs: Int = 400, seed: UInt64 = 5
  ) throws -> Double {
    let method = try #require(Catalogue.method(named: name), "\(name)")
    let resampled = ResampledPower(
      method, from: rows, question: Question(resamples: 99), seed: seed)
    var found = 0
    for run in 0..<runs
    where try resampled.rejects(run: run, candidate: count, production: count, effect: effect) {
      found += 1
    }
    return Double(found) / Double(runs)
  }

  /// As a quantile function has them, so that their moments are known.
  private static let normal = (1...500).map { 10 + 4 * Normal.quantile((Double($0) - 0.5) / 500) }

  @Test("rows of a normal table give the power of the formula", arguments: [0.0, 1, 2])
  func formula(effect: Double) throws {
    let plan = PowerPlan(PlannedMeans(deviation: 4), goal: PowerGoal(.different, level: 0.95))
    let found = try Self.power("welch", .arms(ArmSample(values: Self.normal)), 60, .shift(effect))
    #expect(abs(found - plan.power(rows: 120, effect: effect)) < 0.1, "\(found), seed 5")
  }

  @Test("a share is moved by the effect, up and down", arguments: [-0.15, 0.15])
  func share(effect: Double) throws {
    let values = (0..<400).map { $0 % 10 < 4 ? 1.0 : 0 }
    let plan = PowerPlan(PlannedShares(production: 0.4), goal: PowerGoal(.different, level: 0.95))
    let found = try Self.power("z-pooled", .arms(ArmSample(values: values)), 120, .share(effect))
    #expect(abs(found - plan.power(rows: 240, effect: effect)) < 0.1, "\(found), seed 5")
  }

  @Test("whole units are drawn: methods that know them pay for their likeness")
  func units() throws {
    let units = (0..<500).map { $0 / 5 }
    let values = units.map { Self.normal[$0 * 5] }
    let rows = ResampledPower.Rows.arms(ArmSample(values: values, units: units))
    #expect(try Self.power("clustered", rows, 60, .shift(0)) < 0.12)
    #expect(try Self.power("welch", rows, 60, .shift(0)) > 0.25)
  }

  @Test("pairs keep what they have in common, and take the effect that is asked for")
  func pairs() throws {
    let production = Self.normal
    let candidate = production.indices.map {
      production[$0] + 0.5 + Self.normal[($0 * 237) % 500] / 8
    }
    let rows = ResampledPower.Rows.pairs(
      PairSample(candidate: candidate, production: production))
    let plan = PowerPlan(PlannedPairs(deviation: 0.5), goal: PowerGoal(.different, level: 0.95))
    for effect in [0.0, 0.2] {
      let found = try Self.power("paired-t", rows, 40, .shift(effect))
      #expect(abs(found - plan.power(rows: 40, effect: effect)) < 0.1, "\(found), \(effect)")
    }
  }

  @Test("pairs of 0 and 1 keep how often they differ")
  func binaryPairs() throws {
    let candidate = (0..<500).map { $0 % 5 < 3 ? 1.0 : 0 }
    let production = (0..<500).map { $0 % 5 < 2 ? 1.0 : 0 }
    let rows = ResampledPower.Rows.pairs(
      PairSample(candidate: candidate, production: production))
    #expect(try Self.power("mcnemar", rows, 200, .share(0)) < 0.1)
    #expect(try Self.power("mcnemar", rows, 200, .share(0.2)) == 1)
  }

  @Test("a run is a function of the seed and its number alone")
  func repeatable() throws {
    let method = try #require(Catalogue.method(named: "welch"))
    func verdicts(_ runs: [Int], seed: UInt64) throws -> [Bool] {
      let resampled = ResampledPower(
        method, from: .arms(ArmSample(values: Self.normal)), question: Question(), seed: seed)
      return try runs.map {
        try resampled.rejects(run: $0, candidate: 30, production: 20, effect: .scale(0.2))
      }
    }
    let forwards = try verdicts(Array(0..<60), seed: 5)
    #expect(try verdicts((0..<60).reversed(), seed: 5).reversed() == forwards)
    #expect(try verdicts(Array(0..<60), seed: 6) != forwards)
  }

  @Test("a shadow's units multiply what an A/B test needs, and its own pairs less")
  func shadowUnits() throws {
    let units = (0..<1000).map { $0 / 10 }
    let production = units.indices.map {
      Self.normal[units[$0] * 5] + Self.normal[($0 * 37) % 500]
    }
    let candidate = production.indices.map { production[$0] + Self.normal[($0 * 119) % 500] }
    let plain = try ShadowPlan(candidate: candidate, production: production)
    let clustered = try ShadowPlan(candidate: candidate, production: production, units: units)
    let found = try #require(clustered.units)
    #expect(found.facts.count == 100 && found.facts.size == 10)
    #expect(abs(found.facts.correlation - 0.5) < 0.1 && found.production > 4)
    #expect(found.difference < 2)
    #expect(
      abs(
        clustered.requestsPerPair() * clustered.pairFactor
          / (plain.requestsPerPair() * plain.pairFactor) - 1) > 2)
    #expect(
      try ShadowPlan(
        candidate: candidate, production: production, units: Array(0..<1000)
      ).units == nil)
  }
}

import Probability
import Testing
import Traffic

/// Requests at even times with these features.
private func plan(
  _ features: [SyntheticPlan.Feature], requests: Int, units: Int? = nil,
  label: SyntheticPlan.Label = .none
) -> SyntheticPlan {
  var plan = SyntheticPlan(
    start: monday, arrivals: .constant(rate: 1_000), features: features, label: label)
  plan.requests = requests
  plan.units = units.map { SyntheticPlan.Units(count: $0) }
  return plan
}

@Suite("Synthetic features") struct SynthesisFeatureTests {
  @Test(
    "a drawn feature has its law, tenth by tenth",
    arguments: [
      Distribution.normal(mean: -3, standardDeviation: 2), .normal(mean: 0, standardDeviation: 1),
      .uniform(low: -5, high: 12), .exponential(mean: 3), .lognormal(mu: 1, sigma: 0.5),
      .weibull(shape: 0.7, scale: 2), .pareto(minimum: 1, shape: 1.5), .gamma(shape: 2, scale: 3),
    ])
  func law(_ distribution: Distribution) throws {
    let values = try synthesise(
      plan([.init(name: "x", kind: .drawn(distribution))], requests: 10_000)
    ).feature(0)
    for tenth in 1..<10 {
      let bound = Float(distribution.quantile(Double(tenth) / 10))
      let law = CountLaw.binomial(trials: 10_000, probability: Double(tenth) / 10)
      let count = values.count { $0 <= bound }
      #expect(law.allows(count, missing: 1e-7), "\(tenth) tenths: \(count) of 10,000, seed 7")
    }
  }

  @Test("each value is the quantile at the request's own draw", arguments: [1, 5, 4_096])
  func address(blockSize: Int) throws {
    let laws: [Distribution] = [
      .exponential(mean: 3), .lognormal(mu: 1, sigma: 2), .uniform(low: -7, high: 0.1),
      .bernoulli(probability: 0.3), .gamma(shape: 2, scale: 1), .constant(4),
    ]
    var features = laws.enumerated().map {
      SyntheticPlan.Feature(name: "x\($0)", kind: .drawn($1))
    }
    features.append(
      .init(name: "z", kind: .drawn(.normal(mean: 5, standardDeviation: 2))))
    let whole = try synthesise(plan(features, requests: 500), blockSize: blockSize)
    for (index, law) in laws.enumerated() {
      var luck = RandomStream(seed: 7, StreamName("feature/x\(index)"), entity: 0)
      #expect(whole.feature(index) == (0..<500).map { _ in Float(law.quantile(luck.nextUnit())) })
    }
    var luck = RandomStream(seed: 7, StreamName("feature/z"), entity: 0)
    #expect(whole.feature(6) == (0..<500).map { _ in 5 + 2 * luck.nextFloatNormal() })
  }

  @Test("features are independent of each other and of themselves one request on")
  func independence() throws {
    let features = (0..<4).map {
      SyntheticPlan.Feature(
        name: "x\($0)", kind: .drawn(.normal(mean: 0, standardDeviation: 1)))
    }
    let whole = try synthesise(plan(features, requests: 20_000))
    let columns = (0..<4).map { whole.feature($0).map { Double($0) } }
    // The standard error of each is 1 / √20,000 = 0.0071; 5.5 of them.
    for (i, left) in columns.enumerated() {
      for right in columns[(i + 1)...] { #expect(abs(correlation(left, right)) < 0.039) }
      for lag in 1...4 {
        let own = correlation(Array(left.dropLast(lag)), Array(left.dropFirst(lag)))
        #expect(abs(own) < 0.039)
      }
    }
  }

  @Test("categories come by their weights, and one of weight 0 never")
  func categories() throws {
    let weights = [3.0, 0, 1, 5.5, 0.5, 0]
    let kind = SyntheticPlan.Feature.Kind.categorical(
      names: ["a", "b", "c", "d", "e", "f"], weights: weights)
    let codes = try synthesise(plan([.init(name: "k", kind: kind)], requests: 20_000)).feature(0)
    for (code, weight) in weights.enumerated() {
      let count = codes.count { $0 == Float(code) }
      if weight == 0 {
        #expect(count == 0)
      } else {
        let law = CountLaw.binomial(trials: 20_000, probability: weight / 10)
        #expect(law.allows(count, missing: 1e-7), "category \(code): \(count) of 20,000, seed 7")
      }
    }
  }

  @Test(
    "an autoregressive series is stationary with its correlation", arguments: [-0.5, 0, 0.6, 0.95])
  func autoregressive(rho: Double) throws {
    let n = 40_000
    let series = try synthesise(
      plan([.init(name: "x", kind: .autoregressive(rho: rho))], requests: n), blockSize: 777
    ).feature(0).map { Double($0) }
    // Bartlett (1946): n · var r₁ = 1 − ρ², and n · var s² = 2 (1 + ρ²) / (1 − ρ²); 5.5 standard errors.
    let own = correlation(Array(series.dropLast()), Array(series.dropFirst()))
    #expect(abs(own - rho) < 5.5 * ((1 - rho * rho) / Double(n)).squareRoot() + 1e-4)
    let variance = series.reduce(0) { $0 + $1 * $1 } / Double(n)
    let spread = (2 * (1 + rho * rho) / (1 - rho * rho) / Double(n)).squareRoot()
    #expect(abs(variance - 1) < 5.5 * spread, "variance \(variance)")
    let second = correlation(Array(series.dropLast(2)), Array(series.dropFirst(2)))
    #expect(abs(second - rho * rho) < 0.05)
  }

  @Test("a feature per unit is the same in all requests of the unit, and has its law over units")
  func perUnit() throws {
    let law = Distribution.uniform(low: 0, high: 1)
    let whole = try synthesise(
      plan([.init(name: "taste", kind: .perUnit(law))], requests: 20_000, units: 4_000))
    var tastes: [UInt64: Float] = [:]
    for (unit, value) in zip(whole.units, whole.feature(0)) {
      #expect(tastes[unit, default: value] == value)
      tastes[unit] = value
    }
    let below = tastes.values.count { $0 < 0.3 }
    #expect(
      CountLaw.binomial(trials: tastes.count, probability: 0.3).allows(below), "\(below), seed 7")
  }

  @Test("a unit's feature does not depend on how many units there are")
  func manyUnits() throws {
    let features = [SyntheticPlan.Feature(name: "taste", kind: .perUnit(.exponential(mean: 2)))]
    for count in [5, 1 << 20, (1 << 20) + 1, 1 << 60] {
      let whole = try synthesise(plan(features, requests: 300, units: count))
      for (unit, value) in zip(whole.units, whole.feature(0)) {
        var luck = RandomStream(seed: 7, StreamName("feature/taste"), entity: unit)
        #expect(value == Float(Distribution.exponential(mean: 2).quantile(luck.nextUnit())))
      }
    }
  }

  @Test("units are all equally likely")
  func units() throws {
    let whole = try synthesise(plan([], requests: 30_000, units: 7))
    for unit in 0..<7 as Range<UInt64> {
      let count = whole.units.count { $0 == unit }
      #expect(
        CountLaw.binomial(trials: 30_000, probability: 1 / 7).allows(count, missing: 1e-7),
        "unit \(unit): \(count), seed 7")
    }
    #expect(whole.units.allSatisfy { $0 < 7 })
  }

  @Test("labels are drawn, or follow the model, or are missing")
  func labels() throws {
    let feature = SyntheticPlan.Feature(
      name: "x", kind: .drawn(.normal(mean: 0, standardDeviation: 1)))
    let drawn = try synthesise(
      plan([feature], requests: 20_000, label: .bernoulli(probability: 0.23))
    ).labelValues
    #expect(
      CountLaw.binomial(trials: 20_000, probability: 0.23).allows(drawn.count { $0 == 1 }))
    #expect(drawn.allSatisfy { $0 == 0 || $0 == 1 })
    let followed = try synthesise(
      plan([feature], requests: 3_000, label: .labeller(index: 1, output: .real)),
      labellers: [ConstantLabeller(value: 3), SignLabeller()])
    #expect(followed.labelValues == followed.feature(0).map { $0 > 0 ? 1 : 0 })
    let none = try synthesise(plan([feature], requests: 10))
    #expect(none.labelValues.allSatisfy { $0.isNaN })
    let real = try synthesise(
      plan([feature], requests: 5_000, label: .real(.uniform(low: 2, high: 4)))
    ).labelValues
    #expect(real.allSatisfy { $0 >= 2 && $0 <= 4 })
    #expect(CountLaw.binomial(trials: 5_000, probability: 0.5).allows(real.count { $0 < 3 }))
  }
}

struct ConstantLabeller: Labeller {
  var value: Float

  func label(_ block: RequestBlock, seed: UInt64, into labels: inout [Float]) {
    for row in 0..<block.count { labels[row] = value }
  }
}

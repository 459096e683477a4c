import Documents
import Probability
import Testing
import Traffic

/// A plan with every kind of arrival rate, feature, unit and label in it.
func richPlan(requests: Int = 5_000) -> SyntheticPlan {
  var plan = SyntheticPlan(
    start: monday + .hours(5),
    arrivals: .piecewise(period: .days(1), rates: [0.01, 0.2, 0, 0.05]),
    features: [
      .init(name: "load", kind: .drawn(.normal(mean: 3, standardDeviation: 2))),
      .init(name: "sector", kind: .categorical(names: ["a", "b", "c"], weights: [5, 3, 2])),
      .init(name: "trend", kind: .autoregressive(rho: 0.9)),
      .init(name: "taste", kind: .perUnit(.uniform(low: 0, high: 1))),
      .init(name: "wait", kind: .drawn(.exponential(mean: 4))),
      .init(name: "phase", kind: .drawn(.uniform(low: -1, high: 1))),
    ],
    label: .labeller(index: 0, output: .classes(names: ["no", "yes"])))
  plan.requests = requests
  plan.units = SyntheticPlan.Units(count: 300)
  plan.segments = ["sector"]
  return plan
}

@Suite("Synthetic traffic") struct SynthesisContractTests {
  @Test("has the same bits for any block size", arguments: [1, 2, 3, 7, 1_000])
  func blockSize(_ size: Int) throws {
    let plan = richPlan(requests: 4_500)
    #expect(
      try synthesise(plan, blockSize: size, labellers: [SignLabeller()])
        == synthesise(plan, labellers: [SignLabeller()]))
  }

  @Test(
    "has the same bits for any block size, whatever the arrivals and labels",
    arguments: [
      SyntheticPlan.Arrivals.constant(rate: 3), .poisson(rate: 1e7),
      .piecewise(period: .seconds(1), rates: [0, 5, 0, 0, 900]),
    ], [SyntheticPlan.Label.none, .bernoulli(probability: 0.3), .real(.uniform(low: 2, high: 9))])
  func blockSizeOfOthers(_ arrivals: SyntheticPlan.Arrivals, _ label: SyntheticPlan.Label) throws {
    var plan = SyntheticPlan(
      start: monday, arrivals: arrivals,
      features: [.init(name: "x", kind: .drawn(.bernoulli(probability: 0.5)))], label: label)
    plan.requests = 2_001
    #expect(try synthesise(plan, blockSize: 13) == synthesise(plan, blockSize: 512))
  }

  @Test("is a function of the seed")
  func seeds() throws {
    let labellers = [SignLabeller()]
    let first = try synthesise(richPlan(), labellers: labellers)
    #expect(try synthesise(richPlan(), labellers: labellers) == first)
    let other = try synthesise(richPlan(), seed: 8, labellers: labellers)
    #expect(other.arrivals != first.arrivals)
    for index in first.features.indices { #expect(other.features[index] != first.features[index]) }
    #expect(other.units != first.units)
  }

  @Test("keeps the bits of all other columns when one feature's law changes", arguments: 0..<6)
  func oneFeatureChanges(_ changed: Int) throws {
    var plan = richPlan()
    plan.label = .bernoulli(probability: 0.4)
    let before = try synthesise(plan)
    plan.features[changed].kind = .drawn(.uniform(low: 100, high: 200))
    plan.segments = []
    let after = try synthesise(plan)
    #expect(after.features[changed] != before.features[changed])
    for index in before.features.indices where index != changed {
      #expect(after.features[index] == before.features[index])
    }
    #expect(after.arrivals == before.arrivals)
    #expect(after.units == before.units)
    #expect(after.labels == before.labels)
  }

  @Test("keeps the bits of all columns when a feature is added before them")
  func addedFeature() throws {
    var plan = richPlan()
    plan.label = .bernoulli(probability: 0.4)
    let before = try synthesise(plan)
    plan.features.insert(.init(name: "new", kind: .drawn(.uniform(low: 0, high: 1))), at: 0)
    let after = try synthesise(plan)
    #expect(Array(after.features.dropFirst()) == before.features)
    #expect(after.labels == before.labels)
  }

  @Test("keeps its features when the arrivals change, and its arrivals when the features go")
  func arrivalsAndFeatures() throws {
    var plan = richPlan()
    plan.label = .none
    let before = try synthesise(plan)
    plan.arrivals = .poisson(rate: 12)
    #expect(try synthesise(plan).features == before.features)
    plan = richPlan()
    plan.features = []
    plan.segments = []
    plan.label = .none
    #expect(try synthesise(plan).arrivals == before.arrivals)
  }

  @Test("a longer run begins with the bits of a shorter one")
  func prefix() throws {
    let labellers = [SignLabeller()]
    let long = try synthesise(richPlan(requests: 3_000), labellers: labellers)
    let short = try synthesise(richPlan(requests: 1_234), labellers: labellers)
    #expect(Array(long.arrivals.prefix(1_234)) == short.arrivals)
    #expect(long.features.map { Array($0.prefix(1_234)) } == short.features)
    #expect(Array(long.labels.prefix(1_234)) == short.labels)
  }

  @Test("ends at the number of requests or before the duration, whichever comes first")
  func ends() throws {
    var plan = SyntheticPlan(
      start: monday, arrivals: .constant(rate: 10), features: [], label: .none)
    plan.duration = .seconds(5)
    let byTime = try synthesise(plan, blockSize: 7)
    // The request that would come at the end itself is outside.
    #expect(byTime.count == 50)
    #expect(byTime.arrivals.last == (monday.nanoseconds + 4_900_000_000))
    plan.requests = 20
    #expect(try synthesise(plan).count == 20)
    plan.requests = 60
    #expect(try synthesise(plan).count == 50)
    plan.requests = 0
    #expect(try synthesise(plan).count == 0)
  }

  @Test("tells its columns, and reports by segment what the feature says")
  func schema() throws {
    let source = SyntheticSource(plan: richPlan(), labellers: [SignLabeller()], seed: 1)
    #expect(source.schema.features.map(\.name) == richPlan().features.map(\.name))
    #expect(source.schema.features[1].kind == .categorical(categories: ["a", "b", "c"]))
    #expect(source.schema.features[0].kind == .numeric)
    #expect(source.schema.label == .classes(names: ["no", "yes"]))
    #expect(source.schema.segments == ["sector"])
    #expect(source.schema.hasUnits && !source.schema.hasLatency && source.counts.isEmpty)
    let whole = try synthesise(richPlan(), labellers: [SignLabeller()])
    #expect(whole.segments[0] == whole.feature(1).map { UInt32($0) })
    #expect(whole.latencies.allSatisfy { $0 == -1 } && whole.shifted.allSatisfy { $0 == 0 })
  }

  @Test("without units, every request is its own")
  func ownUnits() throws {
    var plan = richPlan(requests: 100)
    plan.units = nil
    #expect(try synthesise(plan, blockSize: 9, labellers: [SignLabeller()]).units == Array(0..<100))
  }

  @Test("an antithetic run mirrors its draws")
  func antithetic() throws {
    var plan = SyntheticPlan(
      start: monday, arrivals: .poisson(rate: 1),
      features: [
        .init(name: "u", kind: .drawn(.uniform(low: 0, high: 1))),
        .init(name: "z", kind: .drawn(.normal(mean: 0, standardDeviation: 1))),
      ], label: .real(.uniform(low: 0, high: 1)))
    plan.requests = 4_000
    let one = try synthesise(plan)
    let other = try synthesise(plan, antithetic: true)
    for (u, mirrored) in zip(one.feature(0) + one.labelValues, other.feature(0) + other.labelValues)
    {
      #expect(abs(u + mirrored - 1) < 1e-7)
    }
    for (z, mirrored) in zip(one.feature(1), other.feature(1)) { #expect(abs(z + mirrored) < 1e-6) }
    func gaps(_ whole: WholeTraffic) -> [Double] {
      zip(whole.arrivals.dropFirst(), whole.arrivals).map { Double($0 - $1) }
    }
    // The correlation of −log u and −log (1 − u) is 1 − π²/6 = −0.645.
    #expect(abs(correlation(gaps(one), gaps(other)) + 0.645) < 0.1)
  }

  @Test("a plan that no traffic can follow is refused in words, all of it at once")
  func mistakes() throws {
    func words(_ arrivals: SyntheticPlan.Arrivals) -> [String] {
      SyntheticPlan(start: monday, arrivals: arrivals, features: [], label: .none).mistakes
        .map(\.message)
    }
    #expect(
      words(.poisson(rate: 2e9)) == [
        "a rate of 2000000000.0 requests a second is not between 0 and 10⁹"
      ])
    #expect(
      words(.piecewise(period: .days(1), rates: [-1, .nan])) == [
        "a rate of -1.0 requests a second is not between 0 and 10⁹",
        "a rate of nan requests a second is not between 0 and 10⁹",
      ])
    #expect(
      words(.piecewise(period: .days(1), rates: [0, 0])) == [
        "no rate of arrivals is above 0, so no request would come"
      ])
    #expect(
      words(.piecewise(period: SimulatedDuration(nanoseconds: 1), rates: [1, 2])) == [
        "a period of 1 ns has no room for 2 rates"
      ])
    var plan = richPlan()
    plan.units = SyntheticPlan.Units(count: 0)
    plan.label = .bernoulli(probability: 1.5)
    plan.segments = ["load", "colour"]
    plan.features[1].kind = .categorical(names: ["a", "b"], weights: [0, 0])
    plan.features[2].kind = .autoregressive(rho: 1)
    let expected = [
      "the weights of \"sector\" are not one a category, from 0 up, with one above 0",
      "the autoregression of \"trend\" is 1.0, not between −1 and 1",
      "there are 0 units, and every request needs one",
      "a label's probability of 1.5 is not between 0 and 1",
      "the segment \"load\" is not one of the categorical features",
      "the segment \"colour\" is not one of the categorical features",
    ]
    #expect(plan.mistakes.map(\.message) == expected)
    #expect(throws: TrafficError.badData(Diagnostics(plan.mistakes))) { try synthesise(plan) }
  }
}

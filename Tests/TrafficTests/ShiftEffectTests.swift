import Probability
import Testing
import Traffic

@Suite("What a shift does") struct ShiftEffectTests {
  private let original: WholeTraffic
  private let count = 2_000

  init() throws { original = try unshifted() }

  @Test("scale multiplies, along a ramp by 1 + s (factor − 1)")
  func scale() throws {
    let plan = ShiftPlan(
      .scale(feature: "x", factor: 0.1),
      schedule: .between(.hours(10), nil).ramping(.hours(10), .linear))
    let scaled = try shift([plan]).traffic.feature(0)
    for (request, x) in original.feature(0).enumerated() {
      if x.isNaN {
        #expect(scaled[request].isNaN)
      } else if request <= 600 {
        #expect(scaled[request] == x)
      } else if request >= 1_200 {
        #expect(scaled[request] == Float(Double(x) * 0.1))
      } else {
        let strength = Double(request - 600) / 600
        #expect(abs(Double(scaled[request]) - Double(x) * (1 - 0.9 * strength)) < 1e-6)
      }
    }
  }

  @Test("offset adds, along a ramp by its share")
  func offset() throws {
    let plan = ShiftPlan(
      .offset(feature: "x", amount: 8),
      schedule: .between(nil, .hours(20)).ramping(.hours(10), .sigmoid))
    let moved = try shift([plan]).traffic.feature(0)
    for (request, x) in original.feature(0).enumerated() where !x.isNaN {
      let share = Double(min(request, 600)) / 600
      let strength = request < 1_200 ? ShiftPlan.Schedule.Ramp.Shape.sigmoid.strength(at: share) : 0
      #expect(abs(Double(moved[request] - x) - 8 * strength) < 1e-5)
    }
  }

  @Test("noise is normal with the given deviation, and missing stays missing")
  func noise() throws {
    let noisy = try shift(
      [ShiftPlan(.noise(feature: "x", standardDeviation: 2))],
      source: TableSource(requests: 20_000)
    ).traffic.feature(0)
    let before = try unshifted(TableSource(requests: 20_000)).feature(0)
    #expect(zip(before, noisy).allSatisfy { $0.isNaN == $1.isNaN })
    let steps = zip(before, noisy).filter { !$0.0.isNaN }.map { Double($1 - $0) }
    for (bound, probability) in [(-2.0, 0.158_655), (0, 0.5), (1, 0.691_462), (4, 0.977_250)] {
      let law = CountLaw.binomial(trials: steps.count, probability: probability)
      let below = steps.count { $0 <= bound }
      #expect(law.allows(below, missing: 1e-7), "\(below) steps up to \(bound), seed 7")
    }
  }

  @Test("missing empties the stated share", arguments: [0.01, 0.3, 1])
  func missing(rate: Double) throws {
    let result = try shift([ShiftPlan(.missing(feature: "x", rate: rate))])
    let present = original.feature(0).count { !$0.isNaN }
    if rate == 1 {
      #expect(result.truth[0].affected == present)
    } else {
      let law = CountLaw.binomial(trials: present, probability: rate)
      #expect(law.allows(result.truth[0].affected), "\(result.truth[0].affected) of \(present)")
    }
    #expect(
      result.traffic.feature(0).count { $0.isNaN } == count - present + result.truth[0].affected)
  }

  @Test("a swap makes one category another, new ones are added to the columns")
  func swap() throws {
    let plan = ShiftPlan(
      .swapCategory(feature: "sector", from: "trade", to: "online", rate: 0.4))
    let result = try shift([plan])
    #expect(
      result.schema.features[2].kind
        == .categorical(categories: ["retail", "trade", "public", "online"]))
    let trade = original.feature(2).count { $0 == 1 }
    #expect(
      CountLaw.binomial(trials: trade, probability: 0.4).allows(result.truth[0].affected))
    for (before, after) in zip(original.feature(2), result.traffic.feature(2)) {
      #expect(after == before || before.isNaN && after.isNaN || before == 1 && after == 3)
    }
    let known = try shift(
      [ShiftPlan(.swapCategory(feature: "sector", from: "trade", to: "retail", rate: 1))])
    #expect(known.schema == TableSource().schema)
    #expect(!known.traffic.feature(2).contains(1))
    #expect(known.truth[0].affected == trade)
  }

  @Test("a swap may go on from the category that another one brought")
  func swapChain() throws {
    let chain = try shift([
      ShiftPlan(.swapCategory(feature: "sector", from: "trade", to: "online", rate: 1)),
      ShiftPlan(.swapCategory(feature: "sector", from: "online", to: "public", rate: 1)),
    ])
    #expect(chain.truth[0].affected == chain.truth[1].affected)
    #expect(!chain.traffic.feature(2).contains(3))
  }

  @Test("a flipped label is another class, each of the others equally often")
  func flip() throws {
    let source = TableSource(requests: 20_000)
    let before = try unshifted(source).labelValues
    let result = try shift([ShiftPlan(.flipLabel(rate: 0.3))], source: source)
    let after = result.traffic.labelValues
    let present = before.count { !$0.isNaN }
    #expect(CountLaw.binomial(trials: present, probability: 0.3).allows(result.truth[0].affected))
    #expect(zip(before, after).allSatisfy { $0.isNaN == $1.isNaN })
    for old in [0, 1, 2] as [Float] {
      let flips = zip(before, after).filter { $0 == old && $1 != old }.map(\.1)
      #expect(flips.allSatisfy { [0, 1, 2].contains($0) })
      let lower = flips.count { $0 == (old == 0 ? 1 : 0) }
      #expect(
        CountLaw.binomial(trials: flips.count, probability: 0.5).allows(lower),
        "\(lower) of \(flips.count) from \(old)")
    }
    let binary = TableSource(label: .classes(names: ["no", "yes"]))
    let labels = try unshifted(binary).labelValues
    let flipped = try shift([ShiftPlan(.flipLabel(rate: 1))], source: binary).traffic.labelValues
    #expect(zip(labels, flipped).allSatisfy { $0.isNaN ? $1.isNaN : $1 == 1 - $0 })
  }

  @Test("a concept change gives the labels of the other model, gradually along a ramp")
  func concept() throws {
    let labellers: [any Labeller] = [ConstantLabeller(value: 2), ConstantLabeller(value: 0)]
    let sudden = try shift([ShiftPlan(.concept(labeller: 1))], labellers: labellers)
    #expect(sudden.traffic.labelValues.allSatisfy { $0.isNaN || $0 == 0 })
    let source = TableSource(requests: 20_000)
    let gradual = try shift(
      [
        ShiftPlan(
          .concept(labeller: 0),
          schedule: ShiftPlan.Schedule().ramping(.seconds(60 * 20_000), .linear))
      ], source: source, labellers: labellers)
    let before = try unshifted(source).labelValues
    let after = gradual.traffic.labelValues
    // In the tenth tenth of the ramp 95 % follow the other model, in the first 5 %.
    for tenth in 0..<10 {
      let rows = (2_000 * tenth..<2_000 * (tenth + 1)).filter {
        before[$0] != 2 && !before[$0].isNaN
      }
      let followed = rows.count { after[$0] == 2 }
      let law = CountLaw.binomial(trials: rows.count, probability: (Double(tenth) + 0.5) / 10)
      #expect(law.allows(followed, missing: 1e-7), "tenth \(tenth): \(followed) of \(rows.count)")
    }
  }

  @Test("resampling gives a request the whole of a recent one that meets the conditions")
  func resample() throws {
    let conditions = [
      Condition(feature: "sector", test: .category("public")),
      Condition(feature: "x", test: .above(1)),
    ]
    let source = TableSource(requests: 14_000)
    let before = try unshifted(source)
    let result = try shift(
      [ShiftPlan(.resample(toward: conditions, share: 0.3))], source: source, blockSize: 500)
    let after = result.traffic
    let (x, sector) = (before.feature(0), before.feature(2))
    let donors = (0..<before.count).filter { sector[$0] == 2 && x[$0] > 1 }
    var ages: [Int] = []
    for request in 0..<before.count {
      guard after.shifted[request] == 1 else {
        #expect(after.isSame(request, as: before))
        continue
      }
      // The logged latency names the donor.
      let donor = Int(after.latencies[request] / 1_000)
      #expect(donor < request && sector[donor] == 2 && x[donor] > 1)
      for index in 0..<3 {
        #expect(after.features[index][request] == before.features[index][donor])
      }
      #expect(after.labels[request] == before.labels[donor])
      #expect(after.logged[0][request] == before.logged[0][donor])
      #expect(after.units[request] == before.units[donor])
      #expect(after.segments[0][request] == before.segments[0][donor])
      if request > 12_000 {
        ages.append(donors.count { $0 < request } - donors.count { $0 < donor })
      }
    }
    #expect(after.arrivals == before.arrivals)
    // Ages are uniform over the last 1,024 donors, of which there were more.
    #expect(donors.count > 1_400)
    #expect(ages.allSatisfy { $0 >= 1 && $0 <= 1_024 })
    let young = ages.count { $0 <= 512 }
    #expect(CountLaw.binomial(trials: ages.count, probability: 0.5).allows(young), "\(young)")
    #expect(
      CountLaw.binomial(trials: before.count, probability: 0.3).allows(result.truth[0].affected))
  }

  @Test("a resampling finds donors before its schedule starts")
  func earlyDonors() throws {
    let late = ShiftPlan(
      .resample(toward: [Condition(feature: "y", test: .below(100))], share: 1),
      schedule: .between(.hours(20), nil))
    let result = try shift([late], blockSize: 64)
    #expect(result.truth[0].affected == 800)
    #expect(result.counts.isEmpty)
    #expect(result.traffic.feature(1)[1_200...].allSatisfy { $0 < 100 })
  }

  @Test("where no donor came before, the request is kept, and that is counted")
  func noDonor() throws {
    let plan = ShiftPlan(
      .resample(toward: [Condition(feature: "y", test: .atLeast(100))], share: 1)
    ).named("late")
    let result = try shift([plan])
    #expect(result.truth[0].affected == 2_000 - 101)
    #expect(
      result.counts == [
        TrafficCount(
          key: "resampledWithoutDonor", count: 101,
          sentence:
            "101 requests were kept by the shift \"late\", because none that meets its conditions had come before"
        )
      ])
    #expect(
      Array(result.traffic.features[1].prefix(101)) == Array(original.features[1].prefix(101)))
  }

  @Test("conditions choose the rows that they say, and none where the value is missing")
  func conditions() throws {
    let y = original.feature(1)
    func chosen(_ test: Condition.Test) throws -> [Int] {
      let plan = ShiftPlan(
        .resample(toward: [Condition(feature: "x", test: .above(-9))], share: 1),
        segment: [Condition(feature: "y", test: test)])
      let result = try shift([plan]).traffic
      return (1..<count).filter { result.shifted[$0] == 1 }
    }
    func rows(_ isMet: (Float) -> Bool) -> [Int] { (1..<count).filter { isMet(y[$0]) } }
    #expect(try chosen(.above(700)) == rows { $0 > 700 })
    #expect(try chosen(.atLeast(700)) == rows { $0 >= 700 })
    #expect(try chosen(.below(30)) == rows { $0 < 30 })
    #expect(try chosen(.atMost(30)) == rows { $0 <= 30 })
    #expect(try chosen(.equals(77)) == [77])
    #expect(try chosen(.isOneOf([1, 2, 4_000])) == [1, 2])
    #expect(try chosen(.missing) == rows { $0.isNaN })
  }

  @Test("a condition on 0.1 is met by the feature that was read from 0.1")
  func roundedBound() {
    let schema = TrafficSchema(features: [.init(name: "x", kind: .numeric)], label: .none)
    var block = RequestBlock(schema: schema, capacity: 3)
    block.count = 3
    block.features = [0.1, Float(0.1).nextUp, Float(0.1).nextDown]
    func met(_ test: Condition.Test) -> [Double] {
      var weights = [1.0, 1, 1]
      ConditionSet([Condition(feature: "x", test: test)], schema: schema)
        .restrict(&weights, to: block, rows: 0..<3)
      return weights
    }
    #expect(met(.equals(0.1)) == [1, 0, 0])
    #expect(met(.above(0.1)) == [0, 1, 0])
    #expect(met(.atMost(0.1)) == [1, 0, 1])
  }

  @Test("a category that the source meets only while reading keeps its name under a swap")
  func openCategories() throws {
    let plan = ShiftPlan(
      .swapCategory(feature: "kind", from: "c", to: "new", rate: 1),
      segment: [Condition(feature: "kind", test: .isOneOfCategories(["a", "c"]))])
    var source = try ShiftedSource(source: GrowingSource(), shifts: [plan], labellers: [], seed: 1)
    var block = RequestBlock(schema: source.schema, capacity: 4)
    var names: [String] = []
    while try source.next(into: &block) {
      guard case .categorical(let categories) = source.schema.features[0].kind else { break }
      names += block.features[0..<block.count].map { categories[Int($0)] }
    }
    #expect(names == ["a", "b", "a", "b", "a", "b", "new", "a", "b", "new", "d"])
    #expect(
      source.schema.features[0].kind == .categorical(categories: ["new", "a", "b", "c", "d"]))
  }
}

/// Meets the categories a, b, c, d one after the other and names them as they come.
private struct GrowingSource: TrafficSource {
  var counts: [TrafficCount] { [] }
  var openFeatures: [String] { ["kind"] }
  private var categories: [String] = []
  private var ordinal = 0
  private let codes: [Float] = [0, 1, 0, 1, 0, 1, 2, 0, 1, 2, 3]

  var schema: TrafficSchema {
    TrafficSchema(
      features: [.init(name: "kind", kind: .categorical(categories: categories))], label: .none)
  }

  mutating func next(into block: inout RequestBlock) throws(TrafficError) -> Bool {
    block.count = min(block.capacity, codes.count - ordinal)
    block.firstOrdinal = UInt64(ordinal)
    for row in 0..<block.count {
      let code = codes[ordinal + row]
      if Int(code) == categories.count { categories.append(["a", "b", "c", "d"][Int(code)]) }
      block.features[row] = code
      block.arrivals[row] = monday
    }
    ordinal += block.count
    return block.count > 0
  }
}

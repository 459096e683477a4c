import Probability
import Testing
import Traffic

@testable import Simulation

@Suite("A service time that follows the request") struct SizedTimesTests {
  private static let schema: TrafficSchema = {
    var schema = TrafficSchema(
      features: [
        TrafficSchema.Feature(name: "pixels", kind: .numeric),
        TrafficSchema.Feature(name: "depth", kind: .numeric),
      ], label: .none)
    schema.hasInputTokens = true
    return schema
  }()

  /// Row i of `count` has i pixels, a depth of -2 i, and i tokens; row 3 has no pixels.
  private static func block(_ count: Int, first: Int = 0, capacity: Int) -> RequestBlock {
    var block = RequestBlock(schema: schema, capacity: capacity)
    block.count = count
    block.firstOrdinal = UInt64(first)
    for row in 0..<count {
      let number = first + row
      block.arrivals[row] = SimulatedTime(nanoseconds: Int64(number) * 3_000)
      block.features[row] = number == 3 ? .nan : Float(number)
      block.features[capacity + row] = Float(-2 * number)
      block.inputTokens[row] = Int32(number)
    }
    return block
  }

  private static func time(
    _ base: Double, _ terms: [(SizedTime.Source, Double)], noise: Distribution = .constant(1)
  ) -> SizedTime {
    SizedTime(
      base: base,
      terms: terms.map { source, perUnit in
        var term = SizedTime.Term(column: "x", perUnit: perUnit)
        term.source = source
        return term
      }, noise: noise)
  }

  private static func rows(
    _ plans: [ServicePlan], requests: Int, capacity: Int, by road: Serving.Road
  ) -> (rows: [[OutcomeRow]], facts: [ServingFacts]) {
    let serving = Serving(
      names: plans.indices.map { "arm\($0)" }, services: plans, seed: 9, capacity: capacity,
      by: road)
    var outcomes = BlockOutcomes(armCount: plans.count, capacity: capacity)
    var blocks: [BlockOutcomes] = []
    for first in stride(from: 0, to: requests, by: capacity) {
      let count = min(capacity, requests - first)
      serving.admit(
        block(count, first: first, capacity: capacity),
        sent: Array(repeating: 1, count: plans.count * capacity))
      while serving.takeCompleted(into: &outcomes) { blocks.append(outcomes) }
    }
    serving.drain()
    while serving.takeCompleted(into: &outcomes) { blocks.append(outcomes) }
    return (ServingTrial.rows(of: blocks), serving.facts)
  }

  @Test("is the base and what each column adds, on every road", arguments: Serving.Road.allCases)
  func sums(road: Serving.Road) {
    let time = Self.time(1e-6, [(.feature(0), 20e-9), (.inputTokens, 0.5e-9)])
    let (rows, facts) = Self.rows(
      [ServicePlan(time: .sized(time))], requests: 9, capacity: 4, by: road)
    for (number, row) in rows[0].enumerated() where number != 3 {
      let exact = 1_000 + 20.5 * Double(number)
      #expect(row.fate == .answered)
      #expect(row.service == Int64(exact.rounded(.toNearestOrEven)), "row \(number)")
    }
    #expect(rows[0][3] == OutcomeRow(fate: .failed))
    #expect(facts[0].missingLatency == 1 && facts[0].failed == 1)
    #expect(facts[0].attempts.made == 8)
  }

  @Test("is never below zero, and what is, is counted")
  func belowZero() {
    let time = Self.time(5e-9, [(.feature(1), 1e-9)])
    let (rows, facts) = Self.rows(
      [ServicePlan(time: .sized(time))], requests: 6, capacity: 8, by: .shortest)
    #expect(rows[0].map(\.service) == [5, 3, 1, 0, 0, 0])
    #expect(facts[0].negativeTimes == 3)
  }

  @Test("has the same bits on every road and in blocks of any size")
  func roads() {
    let noise = Distribution.lognormal(mu: -0.02, sigma: 0.2)
    var plan = ServicePlan(
      time: .sized(Self.time(2e-6, [(.inputTokens, 1e-8)], noise: noise)))
    plan.replicas = 2
    var other = ServicePlan(
      time: .sized(Self.time(3e-6, [(.feature(0), 3e-9)], noise: noise)))
    other.timeout = SimulatedDuration(nanoseconds: 9_000)
    let expected = Self.rows([plan, other], requests: 400, capacity: 400, by: .shortest).rows
    #expect(Set(expected[0].map(\.service)).count > 350)
    for road in Serving.Road.allCases {
      for capacity in [1, 7, 64] {
        #expect(
          Self.rows([plan, other], requests: 400, capacity: capacity, by: road).rows == expected)
      }
    }
  }

  @Test("a retry takes the request's own time, with noise of its own")
  func retries() {
    var plan = ServicePlan(
      time: .sized(Self.time(1e-6, [(.inputTokens, 1e-6)], noise: .uniform(low: 1, high: 2))))
    plan.replicas = 1_000
    plan.errorRate = 0.5
    plan.client.retry = RetryPlan(attempts: 4, delay: .drawn(.constant(0)))
    let (rows, facts) = Self.rows([plan], requests: 300, capacity: 64, by: .shortest)
    #expect(facts[0].attempts.retries > 100)
    for (number, row) in rows[0].enumerated() where row.fate == .answered {
      let own = Int64(1_000 * (number + 1))
      #expect((own...8 * own).contains(row.latency), "row \(number): \(row)")
      #expect(row.service >= own)
    }
  }
}

import Probability
import Statistics
import Testing

@testable import Simulation

@Suite("Decisions") struct DecisionTests {
  private static func contrast(_ index: Int) -> Contrast {
    switch index {
    case 0: .mean(TEstimate(value: 0.02, standardError: 0.01, degreesOfFreedom: 30))
    case 1: .mean(TEstimate(value: -0.05, standardError: 0.01, degreesOfFreedom: .infinity))
    case 2: .mean(TEstimate(value: 0.001, standardError: 0.004, degreesOfFreedom: 200))
    case 3: .mean(TEstimate(value: 0, standardError: 0.02, degreesOfFreedom: 9))
    case 4: shares(56, 70, 48, 80)
    case 5: shares(700, 1000, 702, 1000)
    case 6: shares(0, 40, 0, 50)
    default: shares(8, 9, 30, 30)
    }
  }

  private static func shares(_ a: Int, _ n: Int, _ b: Int, _ m: Int) -> Contrast {
    .shares(
      ShareContrast(
        TwoProportions(
          candidate: .init(successes: a, trials: n), production: .init(successes: b, trials: m))))
  }

  @Test(
    "a verdict about a margin is the interval's side of it",
    arguments: 0..<8, [0.8, 0.95, 0.99])
  func dual(index: Int, level: Double) {
    let contrast = Self.contrast(index)
    let interval = contrast.interval(level: level)
    for margin in [0.001, 0.01, 0.03, 0.1, 0.4] {
      for metric in [Metric.accuracy, .logLoss] {
        let isNotWorse =
          metric == .accuracy ? interval.low > -margin : interval.high < margin
        #expect(
          verdict(.notWorse(margin: margin), metric, contrast, level)
            == (isNotWorse ? .notWorse : .notShownNotWorse))
      }
      let isInside = interval.low > -margin && interval.high < margin
      #expect(
        verdict(.equivalent(margin: margin), .accuracy, contrast, level)
          == (isInside ? .equivalent : .notShownEquivalent))
    }
  }

  @Test("a difference is better or worse by the metric's direction")
  func direction() {
    let less = Contrast.mean(
      TEstimate(value: -3, standardError: 1, degreesOfFreedom: .infinity))
    #expect(verdict(.different, .accuracy, less, 0.95) == .worse)
    #expect(verdict(.different, .logLoss, less, 0.95) == .better)
    #expect(verdict(.different, .disagreement, less, 0.95) == .different)
    #expect(verdict(.different, .accuracy, less, 0.999) == .noDifferenceFound)
  }

  @Test("statistics are called t with degrees of freedom and z without")
  func names() {
    let t = Contrast.mean(TEstimate(value: 2, standardError: 1, degreesOfFreedom: 12))
    let z = Contrast.mean(TEstimate(value: 2, standardError: 1, degreesOfFreedom: .infinity))
    #expect(t.statistic(against: 1) == TestFinding.NamedNumber(name: "t", value: 1))
    #expect(z.statistic(against: 0) == TestFinding.NamedNumber(name: "z", value: 2))
  }

  @Test("p-values against a margin fall from 1 to 0 as the margin recedes", arguments: 4..<8)
  func monotone(index: Int) {
    let contrast = Self.contrast(index)
    let bounds = (-18...18).map { Double($0) / 20 }
    let greater = bounds.map { contrast.pGreater(than: $0).value }
    let less = bounds.map { contrast.pLess(than: $0).value }
    #expect(zip(greater, greater.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(zip(less, less.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(greater[0] < 1e-6 && greater[36] > 1 - 1e-6)
  }

  @Test("of several comparisons, Holm's adjustment decides")
  func holm() throws {
    var play = Play(
      arms: ["production", "one", "two", "three"], task: Play.binary, metrics: [.accuracy])
    var luck = RandomStream(seed: 12, StreamName("test/holm"), entity: 0)
    play.traffic.rows = (0..<500).map { row in
      TableTraffic.Row(
        time: .seconds(Double(row)), label: 1,
        logged: [0.8, 0.84, 0.86, 0.7].map { luck.nextUnit() < $0 ? 1 : 0 })
    }
    let comparisons = try play.findings().comparisons
    let p = try comparisons.map { try #require($0.main.p) }
    #expect(comparisons.map(\.adjustedP) == Multiplicity.holm(p))
    for comparison in comparisons {
      let rejects = try #require(comparison.adjustedP) <= 0.05
      #expect((comparison.verdict == .noDifferenceFound) == !rejects)
    }
    play.gates = [GateRule(metric: .accuracy, arm: "two", requirement: .better)]
    let gate = try play.findings().gates[0]
    #expect(gate.passed == (p[1] <= 0.05 && comparisons[1].armValue > comparisons[1].baselineValue))
  }

  @Test("a gate on an arm's own value asks it of the whole interval")
  func gates() throws {
    var play = Play(
      arms: ["production", "candidate"], task: Play.binary, metrics: [.accuracy, .costPerThousand])
    play.ledger.arms[1].costPerThousand = 0.4
    play.traffic.rows = (0..<100).map { row in
      TableTraffic.Row(
        time: .seconds(Double(row)), label: 1, logged: [1, row % 10 == 3 ? 0 : 1])
    }
    let requirements: [(Metric, GateRule.Requirement, Bool)] = [
      (.accuracy, .atLeast(0.5), true), (.accuracy, .atLeast(0.9), false),
      (.accuracy, .atMost(0.99), true), (.accuracy, .atMost(0.9), false),
      (.costPerThousand, .atMost(0.4), true), (.costPerThousand, .atMost(0.39), false),
      (.auc, .atLeast(0.1), false),
    ]
    play.gates = requirements.map { GateRule(metric: $0.0, arm: "candidate", requirement: $0.1) }
    #expect(try play.findings().gates.map(\.passed) == requirements.map(\.2))
  }

  private func verdict(
    _ question: ComparisonPlan.Question, _ metric: Metric, _ contrast: Contrast, _ level: Double
  ) -> Verdict {
    let decision = Decision(question: question, level: level, metric: metric)
    return decision.verdict(
      estimate: contrast.value, adjustedP: decision.familyP(decision.p(contrast)))
  }
}

import Foundation
import Probability
import Simulation
import Statistics
import Testing

@testable import Understudy

@Suite("Analysis of policies") struct AnalysisPolicyTests {
  private typealias Round = (reward: Double, logged: Double, new: Double, q: Double, v: Double)

  private static let rounds: [Round] = {
    var luck = RandomStream(seed: 8, StreamName("log"), entity: 0)
    return (0..<150).map { _ in
      let isFirst = luck.nextUnit() < 0.6
      let reward = luck.nextUnit() < (isFirst ? 0.5 : 0.3) ? 1.0 : 0
      return (
        reward, isFirst ? 0.6 : 0.4, isFirst ? 0.9 : 0.1, isFirst ? 0.45 : 0.3,
        0.435 + luck.nextUnit() / 50
      )
    }
  }()

  private static let table =
    "r,p,new,q,v,user\n"
    + rounds.enumerated().map { row, round in
      "\(round.reward),\(round.logged),\(round.new),\(round.q),\(round.v),u\(row / 3)\n"
    }.joined()

  private func policy(
    _ change: (inout AnalysisRequest) -> Void = { _ in }
  ) throws -> AnalysisFindings {
    try analysed(Self.table, layout: .policies(columns: ["new"]), metrics: ["r"]) {
      ($0.reward, $0.propensity) = ("r", "p")
      change(&$0)
    }.findings
  }

  private static let log: LoggedDecisions? = try? LoggedDecisions(
    rewards: rounds.map(\.reward), logged: rounds.map(\.logged), evaluated: rounds.map(\.new),
    model: .init(ofLoggedAction: rounds.map(\.q), underPolicy: rounds.map(\.v)))

  private static let estimators: [(String, OffPolicyEstimator)] = [
    ("inverse-propensity", .inversePropensity), ("clipped", .clipped(at: 1.2)),
    ("self-normalized", .selfNormalized), ("direct-method", .directMethod),
    ("doubly-robust", .doublyRobust), ("doubly-robust-normalized", .selfNormalizedDoublyRobust),
    ("switch", .switching(at: 1.2)), ("shrinkage", .shrinkage(1.44)),
  ]

  @Test("every estimator gives its own numbers", arguments: estimators)
  func numbers(name: String, estimator: OffPolicyEstimator) throws {
    let log = try #require(Self.log)
    let finding = try policy {
      ($0.method, $0.rewardModel, $0.weightLimit) = (name, ["q", "v"], 1.2)
    }.comparisons[0]
    let expected = try estimator.candidateMinusProduction(log)
    #expect(finding.estimate == expected.value)
    #expect(finding.interval == Bounds(expected.interval(level: 0.95)))
    #expect(finding.p == expected.pTwoSided())
    #expect(abs((finding.armValue ?? .nan) - (try estimator.value(of: log).value)) < 1e-12)
    #expect(finding.estimand == .policyDifference && finding.direction == .higherIsBetter)
  }

  @Test("the model decides the default, and the overlap is told")
  func choice() throws {
    let plain = try policy()
    #expect(plain.comparisons[0].method.name == "self-normalized")
    #expect(
      try policy { $0.rewardModel = ["q", "v"] }.comparisons[0].method.name == "doubly-robust")
    let overlap = try #require(plain.health.policies.first)
    let expected = try Overlap(of: try #require(Self.log))
    #expect(overlap.effectiveSampleSize == expected.effectiveSampleSize)
    #expect(plain.layout == .policies && plain.baseline == "logged")
    #expect(plain.health.sampleRatio == nil && plain.health.overlap.isEmpty)
  }

  @Test("rounds of one unit are taken together")
  func units() throws {
    let alone = try policy().comparisons[0]
    let together = try policy { $0.unit = "user" }.comparisons[0]
    #expect(abs((together.estimate ?? .nan) - (alone.estimate ?? 1)) < 1e-12)
    #expect(together.interval != alone.interval && together.degreesOfFreedom == 49)
  }

  @Test("a policy that does what was logged differs in nothing but rounding")
  func same() throws {
    let text =
      "r,p,new,t,other\n"
      + (0..<90).map { "0.\($0 % 7),0.3,0.3,0.7,0.\(1 + $0 % 2)\n" }.joined()
    for policy in ["new", "t"] {
      let found = try analysed(
        text, layout: .policies(columns: [policy, "other"]), metrics: ["r"]
      ) { ($0.reward, $0.propensity) = ("r", "p") }.findings
      #expect(found.comparisons[0].verdict == .undetermined(.noVariation))
      #expect(found.comparisons[0].p == nil && found.comparisons[1].p != nil)
    }
  }

  @Test("weights that do not average 1 are a warning")
  func meanWeight() throws {
    let text =
      "r,p,new\n"
      + (0..<200).map { "\($0 % 3 == 0 ? 1 : 0),0.9,\($0 % 2 == 0 ? 0.1 : 0.3)\n" }.joined()
    let answer = try analysed(text, layout: .policies(columns: ["new"]), metrics: ["r"]) {
      ($0.reward, $0.propensity) = ("r", "p")
    }.answer()
    #expect(answer.contains("! The weights of new average 0.22, not 1 (p = "))
  }
}

@Suite("Analysis of beliefs") struct AnalysisBeliefTests {
  private static let table =
    "arm,x,n\n"
    + (0..<90).map { row in
      "\(["A", "B", "C"][row % 3]),\(row % (7 + row % 3) == 0 ? 1 : 0),\((row * row) % 5)\n"
    }.joined()

  @Test("shares have beta posteriors, and all arms stand beside each other")
  func shares() throws {
    let found = try analysed(Self.table, metrics: ["x"]) {
      ($0.method, $0.margin, $0.question) = ("beta-binomial", 0.05, .equivalent)
    }.findings
    let posteriors = ["A", "B", "C"].enumerated().map { index, _ in
      let ones = (0..<90).count { $0 % 3 == index && $0 % (7 + $0 % 3) == 0 }
      return Posterior.share(successes: ones, trials: 30)
    }
    let contest = PosteriorContest(posteriors)
    #expect(found.contests.first?.probabilityBest == contest.probabilityBest)
    #expect(found.contests.first?.expectedLoss == contest.expectedLoss)
    #expect(found.contests.first?.prior == "Beta(1, 1), the uniform one")
    let finding = found.comparisons[0]
    let difference = PosteriorDifference(candidate: posteriors[1], production: posteriors[0])
    #expect(finding.estimate == difference.mean && finding.p == nil)
    #expect(finding.belief?.probabilityLarger == difference.probabilityAbove(0))
    #expect(
      finding.belief?.probabilityWithinMargin == difference.probability(within: -0.05...0.05))
    #expect(finding.verdict == .notShownEquivalent && found.adjustment == nil)
  }

  @Test("a prior that is said is taken, and told")
  func prior() throws {
    let result = try analysed(Self.table, metrics: ["n"]) {
      ($0.method, $0.prior) = ("normal-posterior", (2, 0.001))
    }
    #expect(abs((result.findings.comparisons[0].armValue ?? 0) - 2) < 1e-3)
    #expect(result.findings.contests[0].prior == "Normal(2, 0.001)")
    #expect(result.answer().contains("prior Normal(2, 0.001)."))
    let counts = try analysed(Self.table, metrics: ["n"]) {
      ($0.method, $0.higherIsBetter) = ("gamma-poisson", false)
    }.findings.contests[0]
    #expect(counts.smallestIsBest)
    #expect(abs(counts.probabilityBest.reduce(0, +) - 1) < 1e-9)
  }
}

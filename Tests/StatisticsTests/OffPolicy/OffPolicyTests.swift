import Probability
import Testing

@testable import Statistics

@Suite("Off-policy evaluation") struct OffPolicyTests {
  /// Row-major matrices as the cases' rule builds them: (offset + u) over the row's sum, and the model's u as they are.
  private struct Rounds {
    let log: LoggedDecisions
    let lambda: Double

    init(_ reference: ReferenceCase) throws {
      let actions = reference.options["actions"].int
      func rows(_ name: String) -> [[Double]] {
        let values = reference.column(name)
        return stride(from: 0, to: values.count, by: actions).map {
          Array(values[$0..<($0 + actions)])
        }
      }
      func shares(_ name: String, _ offset: Double) -> [[Double]] {
        rows(name).map { row in
          let raised = row.map { offset + $0 }
          let sum = raised.reduce(0, +)
          return raised.map { $0 / sum }
        }
      }
      let behaviour = shares("behaviour_raw", 0.1)
      let evaluation = shares("evaluation_raw", 0.02)
      let model = rows("reward_model_raw")
      let action = reference.column("action").map { Int($0) }
      log = try LoggedDecisions(
        rewards: reference.column("reward"),
        logged: action.indices.map { behaviour[$0][action[$0]] },
        evaluated: action.indices.map { evaluation[$0][action[$0]] },
        model: LoggedDecisions.RewardModel(
          ofLoggedAction: action.indices.map { model[$0][action[$0]] },
          underPolicy: zip(evaluation, model).map { chances, rewards in
            zip(chances, rewards).reduce(0) { $0 + $1.0 * $1.1 }
          }))
      lambda = reference.options["lam"].number
    }
  }

  @Test(
    "the estimators and bounds of the reference cases",
    arguments: ReferenceCase.of("off_policy_estimators"))
  func reference(reference: ReferenceCase) throws {
    let rounds = try Rounds(reference)
    func value(_ estimator: OffPolicyEstimator) throws -> Double {
      try estimator.value(of: rounds.log).value
    }
    let overlap = try Overlap(of: rounds.log)
    let ips = try OffPolicyEstimator.inversePropensity.value(of: rounds.log)
    let terms = try OffPolicyEstimator.inversePropensity.influence(rounds.log)
    // The cases take the largest term that was seen for the bound.
    let bounds = try OffPolicyBounds(terms: terms, most: terms.max() ?? 0)
    reference.expect([
      ("ips", ips.value), ("clipped_ips", try value(.clipped(at: rounds.lambda))),
      ("snips", try value(.selfNormalized)), ("dm", try value(.directMethod)),
      ("dr", try value(.doublyRobust)), ("sndr", try value(.selfNormalizedDoublyRobust)),
      ("switch_dr", try value(.switching(at: rounds.lambda))),
      ("dr_os", try value(.shrinkage(rounds.lambda))),
      ("subgaussian_ips", try value(.subgaussian(0.1))),
      ("effective_sample_size", overlap.effectiveSampleSize),
      ("max_weight", overlap.largestWeight), ("mean_weight", overlap.meanWeight),
      ("ips_se", ips.standardError), ("ips_student_t_lower_95", ips.lowerBound(level: 0.95)),
      ("ips_bernstein_lower_95", bounds.empiricalBernstein(level: 0.95)),
      ("ips_hoeffding_lower_95", bounds.hoeffding(level: 0.95)),
    ])
  }

  /// Rounds with two actions, in a context u: the logging policy takes the first with 0.2 + 0.6u, the other policy with
  /// 0.7, and the reward comes with chance u/2 for the first and 0.3 for the second.
  private func log(rounds: Int, run: Int) throws -> LoggedDecisions {
    var luck = Luck(seed: 41, run: run)
    var (rewards, logged, evaluated): ([Double], [Double], [Double]) = ([], [], [])
    var (expected, under): ([Double], [Double]) = ([], [])
    for _ in 0..<rounds {
      let context = luck.unit()
      let first = luck.unit() < 0.2 + 0.6 * context
      let chance = first ? context / 2 : 0.3
      logged.append(first ? 0.2 + 0.6 * context : 0.8 - 0.6 * context)
      evaluated.append(first ? 0.7 : 0.3)
      rewards.append(luck.unit() < chance ? 1 : 0)
      // A model that is wrong about the first action.
      expected.append(first ? 0.4 * context : 0.3)
      under.append(0.7 * 0.4 * context + 0.3 * 0.3)
    }
    return try LoggedDecisions(
      rewards: rewards, logged: logged, evaluated: evaluated,
      model: .init(ofLoggedAction: expected, underPolicy: under))
  }

  @Test(
    "intervals of the unbiased estimators cover the policy's true value",
    arguments: [
      OffPolicyEstimator.inversePropensity, .selfNormalized, .doublyRobust,
      .selfNormalizedDoublyRobust,
    ])
  func coverage(estimator: OffPolicyEstimator) throws {
    let truth = 0.7 * 0.25 + 0.3 * 0.3
    var covered = 0
    let runs = 400
    for run in 0..<runs {
      let interval = try estimator.value(of: log(rounds: 300, run: run)).interval(level: 0.9)
      if interval.contains(truth) { covered += 1 }
    }
    #expect(plausible(0.9, of: runs).contains(Double(covered) / Double(runs)))
  }

  @Test("a policy that is the logging policy is worth what was logged")
  func onPolicy() throws {
    let rewards = [1.0, 0, 0, 1, 1]
    let chances = [0.5, 0.25, 1, 0.125, 0.5]
    let log = try LoggedDecisions(rewards: rewards, logged: chances, evaluated: chances)
    #expect(try OffPolicyEstimator.inversePropensity.value(of: log).value == 0.6)
    #expect(try OffPolicyEstimator.selfNormalized.value(of: log).value == 0.6)
    let overlap = try Overlap(of: log)
    #expect(overlap.effectiveSampleSize == 5 && overlap.meanWeightP == nil)
    #expect(throws: Unavailable.noVariation) {
      try OffPolicyEstimator.inversePropensity.candidateMinusProduction(log)
    }
    #expect(throws: Unavailable.noRewardModel) {
      try OffPolicyEstimator.doublyRobust.value(of: log)
    }
  }

  @Test("propensities that cannot be are refused with their row")
  func faults() {
    func fault(_ logged: [Double], _ evaluated: [Double]) -> LoggedDecisions.Fault? {
      do {
        _ = try LoggedDecisions(rewards: [1, 0], logged: logged, evaluated: evaluated)
        return nil
      } catch {
        return error
      }
    }
    #expect(fault([0.5, -0.1], [1, 1]) == .loggedPropensity(row: 1, value: -0.1))
    #expect(fault([0, 0.5], [1, 1]) == .loggedPropensity(row: 0, value: 0))
    #expect(fault([0.5, 1.5], [1, 1]) == .loggedPropensity(row: 1, value: 1.5))
    #expect(fault([0.5, 0.5], [1, 1.01]) == .evaluatedPropensity(row: 1, value: 1.01))
    #expect(fault([0.5, 0.5], [0, 0]) == .noOverlap)
  }
}

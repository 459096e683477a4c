import Probability
import Testing

@testable import Statistics

@Suite("Power: reference cases") struct PowerReferenceTests {
  private static func plan(_ test: PlannedMeans.Test, alpha: Double, share: Double) -> PowerPlan {
    PowerPlan(
      PlannedMeans(deviation: 1, test: test), goal: PowerGoal(.different, tail: alpha / 2),
      candidateShare: share)
  }

  @Test("power of two arms, by t and by z", arguments: ReferenceCase.of("power_two_sample"))
  func power(_ reference: ReferenceCase) {
    let (n, m) = (reference.input["n1"].number, reference.input["n2"].number)
    let alpha = reference.input["alpha"].number
    let effect = reference.input["effect_d"].number
    let isOneSided = reference.options["alternative"].string == "greater"
    let goal =
      isOneSided
      ? PowerGoal(.greater(than: 0), tail: alpha) : PowerGoal(.different, tail: alpha / 2)
    func power(_ test: PlannedMeans.Test) -> Double {
      PowerPlan(
        PlannedMeans(deviation: 1, test: test), goal: goal, candidateShare: n / (n + m)
      ).power(rows: n + m, effect: effect, countsWrongSide: true)
    }
    reference.expect([("power_t", power(.pooled)), ("power_z", power(.normal))])
  }

  @Test(
    "units of two arms, by t and by z, as numbers and as counts",
    arguments: ReferenceCase.of("sample_size_two_sample"))
  func sizes(_ reference: ReferenceCase) throws {
    let ratio = reference.input["ratio"].number
    func first(_ test: PlannedMeans.Test) throws -> Double {
      let plan = Self.plan(
        test, alpha: reference.input["alpha"].number, share: 1 / (1 + ratio))
      return try plan.rows(
        power: reference.input["power"].number, effect: reference.input["effect_d"].number)
        / (1 + ratio)
    }
    let (t, z) = (try first(.pooled), try first(.normal))
    reference.expect([
      ("n1_t_continuous", t), ("n1_t", t.rounded(.up)), ("n1_z_continuous", z),
      ("n1_z", z.rounded(.up)),
    ])
  }

  @Test("units of two shares", arguments: ReferenceCase.of("sample_size_two_proportions"))
  func shares(_ reference: ReferenceCase) throws {
    let (p1, p2) = (reference.input["p1"].number, reference.input["p2"].number)
    let ratio = reference.input["ratio"].number
    func first(_ test: PlannedShares.Test) throws -> Double {
      // The first arm is production here: n₁ belongs to p₁.
      let plan = PowerPlan(
        PlannedShares(production: p1, test: test),
        goal: PowerGoal(.different, tail: reference.input["alpha"].number / 2),
        candidateShare: ratio / (1 + ratio))
      return try plan.rows(power: reference.input["power"].number, effect: p2 - p1) / (1 + ratio)
    }
    reference.expect([
      ("n1_pooled_null", try first(.score)), ("n1_unpooled", try first(.unpooled)),
      ("n1_cohen_h", try first(.arcsine)),
      ("cohen_h", PlannedShares.cohenH(candidate: p1, production: p2)),
    ])
  }

  @Test("the smallest effect that is found", arguments: ReferenceCase.of("mde_normal"))
  func effect(_ reference: ReferenceCase) throws {
    let (n, m) = (reference.input["n1"].number, reference.input["n2"].number)
    let plan = PowerPlan(
      PlannedMeans(deviation: reference.input["sd"].number, test: .normal),
      goal: PowerGoal(.different, tail: reference.input["alpha"].number / 2),
      candidateShare: n / (n + m))
    let power = reference.input["power"].number
    reference.expect([("mde", try plan.effect(power: power, rows: n + m))])
    let below = try plan.effect(power: power, rows: n + m, isUp: false)
    reference.expect([("mde", -below)])
  }
}

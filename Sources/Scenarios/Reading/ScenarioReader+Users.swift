import Documents
import Probability
import Simulation
import Traffic

/// What users in a closed loop need of the rest of a scenario.
extension ScenarioReader {
  func checkUsers(_ traffic: JSONNode?, _ scenario: Scenario) {
    if case .replay(let plan) = scenario.traffic, plan.isFromUsers,
      let flag = traffic?["fromUsers"]
    {
      checkServices(of: scenario, at: flag)
    }
    guard case .synthetic(let plan) = scenario.traffic, case .users(_, let think) = plan.arrivals,
      let arrivals = traffic?["synthetic"]?["arrivals"], let users = arrivals["users"]
    else { return }
    checkServices(of: scenario, at: users)
    if !scenario.shifts.isEmpty { complaints.add(.usersWithShifts, at: users) }
    if scenario.twinWithoutMirror { complaints.add(.usersWithTwin, at: users) }
    if plan.requests == nil, !(think.mean.map { $0 > 0 } ?? true) {
      complaints.add(.usersWithoutEnd, at: arrivals["think"] ?? users)
    }
  }

  private func checkServices(of scenario: Scenario, at node: JSONNode) {
    for arm in scenario.arms where answers(arm, scenario) {
      guard let service = arm.service else {
        // One that could not be read has been told of.
        if context.armsWithService.contains(arm.name) { continue }
        complaints.add(.usersNeedService(arm: arm.name), at: node)
        continue
      }
      if service.language != nil { complaints.add(.usersOfLanguageModel(arm: arm.name), at: node) }
    }
  }

  /// Whether users wait for what becomes of a request at this arm.
  private func answers(_ arm: ArmPlan, _ scenario: Scenario) -> Bool {
    if case .split = scenario.deployment { return true }
    return arm.name == scenario.arms.first?.name
  }
}

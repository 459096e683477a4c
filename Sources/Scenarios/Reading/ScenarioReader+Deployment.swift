import Documents
import Simulation

extension ScenarioReader {
  func deployment(_ object: ObjectReader) -> (DeploymentPlan, MirrorSparing?) {
    let usual = DeploymentPlan.shadow(mirror: 1)
    guard let deployment = object.object("deployment"),
      let (kind, node) = deployment.choice(among: ["shadow", "ab"]),
      let plan = deployment.object(kind, node)
    else { return (usual, nil) }
    guard kind == "ab" else {
      return (.shadow(mirror: plan.number("mirror") ?? 1), mirrorSparing(plan))
    }
    if context.armNames.count == 1 { complaints.add(.oneArmSplit, at: node) }
    let split = DeploymentPlan.split(
      shares: shares(plan) ?? equalShares, salt: plan.text("salt") ?? "deployment",
      by: plan.word("by").flatMap { .init(rawValue: $0) } ?? .unit)
    return (split, nil)
  }

  private func mirrorSparing(_ shadow: ObjectReader) -> MirrorSparing? {
    guard let spare = shadow.object("spare"), spare.required("queue") != nil,
      let queue = spare.integer("queue")
    else { return nil }
    if !context.armsWithService.contains("production"), let node = shadow.value("spare") {
      complaints.add(.sparingWithoutService, at: node)
    }
    var plan = MirrorSparing(queue: queue)
    plan.interval = spare.duration("interval") ?? plan.interval
    plan.least = spare.number("least") ?? plan.least
    plan.step = spare.number("step") ?? plan.step
    return plan
  }

  private var equalShares: [Double] {
    let count = max(1, context.armNames.count)
    return Array(repeating: 1 / Double(count), count: count)
  }

  /// In the order of the arms; they must add up to 1, which "rest" does for one of them.
  private func shares(_ object: ObjectReader) -> [Double]? {
    guard let node = object.value("shares"), let members = object.named("shares", node) else {
      return nil
    }
    guard !context.armNames.isEmpty else { return nil }
    var shares: [String: Double] = [:]
    var rest: JSONMember?
    for member in members {
      guard context.armNames.contains(member.key) else {
        complaints.add(
          .unknownArmKey(member.key, in: "shares", known: context.armNames), atKeyOf: member)
        return nil
      }
      if member.value.string == "rest" {
        guard rest == nil else {
          complaints.add(.secondRest, at: member.value)
          return nil
        }
        rest = member
      } else if let share = member.value.number, (0...1).contains(share) {
        shares[member.key] = share
      } else {
        complaints.add(
          .wrongValue(
            key: member.key, found: member.value.inWords,
            expected: "a number from 0 to 1 or \"rest\"", example: nil), at: member.value)
        return nil
      }
    }
    return complete(shares, rest: rest, node: node, members)
  }

  private func complete(
    _ given: [String: Double], rest: JSONMember?, node: JSONNode, _ members: [JSONMember]
  ) -> [Double]? {
    var shares = given
    let missing = context.armNames.filter { shares[$0] == nil && $0 != rest?.key }
    guard missing.isEmpty else {
      complaints.add(.noShare(arms: missing), at: node)
      return nil
    }
    let total = context.armNames.compactMap { shares[$0] }.reduce(0, +)
    let last = members.last { shares[$0.key] != nil }
    if let rest {
      guard total <= 1 + Self.shareTolerance else {
        if let last { complaints.add(.sharesAboveOne(total: total), at: last.value) }
        return nil
      }
      shares[rest.key] = max(0, 1 - total)
    } else if abs(total - 1) > Self.shareTolerance {
      if let last { complaints.add(.sharesNotOne(total: total, last: last.key), at: last.value) }
      return nil
    }
    return context.armNames.compactMap { shares[$0] }
  }

  /// Decimal shares such as 0.1 add up to 1 only nearly.
  private static let shareTolerance = 1e-9
}

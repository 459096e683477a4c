import Documents
import Models
import Probability
import Simulation

extension ScenarioReader {
  /// Production first, then the candidates in the order of the text.
  mutating func arms(_ object: ObjectReader, _ node: JSONNode) -> [ArmPlan] {
    guard var members = object.named("arms", node) else { return [] }
    guard !members.isEmpty else {
      complaints.add(.noArms, at: node)
      return []
    }
    if let index = members.firstIndex(where: { $0.key == "production" }) {
      members.insert(members.remove(at: index), at: 0)
    }
    context.armNames = members.map(\.key)
    context.armsWithService = Set(members.filter { $0.value["service"] != nil }.map(\.key))
    context.hasLanguageModel = members.contains { $0.value["service"]?["llm"] != nil }
    context.armsWithoutModel = members.filter { $0.value["model"]?.string == "none" }.map(\.key)
    context.armsWithCost = Set(members.filter { $0.value["cost"] != nil }.map(\.key))
    for member in members where member.key.isEmpty { complaints.add(.emptyName, atKeyOf: member) }
    let arms = members.compactMap { arm($0) }
    checkSharing(arms, members)
    return arms
  }

  private func arm(_ member: JSONMember) -> ArmPlan? {
    guard let object = ObjectReader(member.value, as: "arm", behind: member.key, complaints) else {
      return nil
    }
    let model = object.required("model").flatMap {
      $0.string == "none" ? noModel(object, $0) : self.model(object, "model", $0, salt: member.key)
    }
    var service = object.object("service").flatMap { self.service($0) }
    if !object.has("service") { object.refuse(["client", "route"], beside: "no service") }
    service?.client = object.object("client").map { client($0) } ?? ClientPlan()
    service?.route = route(object)
    let cost = object.number("cost")
    guard let model else { return nil }
    var arm = ArmPlan(name: member.key, model: model, service: service)
    arm.costPerThousand = cost
    return arm
  }

  // MARK: Models

  /// An arm without a model is a service alone.
  private func noModel(_ object: ObjectReader, _ node: JSONNode) -> ModelReference? {
    if object.has("service") { return .noModel }
    complaints.add(.neitherModelNorService, at: node)
    return nil
  }

  func model(
    _ object: ObjectReader, _ key: String, _ node: JSONNode, salt: String
  ) -> ModelReference? {
    if let path = node.string, !path.isEmpty { return .file(path: path) }
    for kind in ["command", "endpoint"] where node[kind] != nil {
      complaints.add(.notInThisVersion(kind), at: node)
      return nil
    }
    if node["synthetic"] != nil {
      let outer = ObjectReader(node, as: "model.synthetic", behind: key, complaints)
      return outer?.object("synthetic").flatMap { syntheticModel($0, salt: salt) }
        .map { .synthetic($0) }
    }
    guard node["column"] != nil else {
      if let member = node.members?.first {
        complaints.add(
          .unknownKey(member.key, in: "a model", known: ["column", "synthetic"]), atKeyOf: member)
      } else {
        object.reject(key, node)
      }
      return nil
    }
    guard let column = ObjectReader(node, as: "model.column", behind: key, complaints),
      let name = column.text("column")
    else { return nil }
    return .column(name: name, output: column.word("output") == "value" ? .value : .probability)
  }

  private func syntheticModel(_ object: ObjectReader, salt: String) -> SyntheticModelPlan? {
    guard let (kind, _) = object.choice(among: ["accuracy", "error"]),
      let quality = kind == "accuracy" ? accuracy(object) : error(object)
    else { return nil }
    return SyntheticModelPlan(
      kind: quality, latent: object.text("latent"), salt: object.text("salt") ?? salt)
  }

  private func accuracy(_ object: ObjectReader) -> SyntheticModelPlan.Kind? {
    guard let accuracy = object.number("accuracy") else { return nil }
    guard let node = object.value("confidence") else {
      if accuracy <= 0.5 { complaints.add(.noConfidence(accuracy: accuracy), at: object.node) }
      return .accuracy(accuracy, confidence: accuracy)
    }
    guard let confidence = object.number("confidence") else { return nil }
    if confidence <= 0.5 { complaints.add(.lowConfidence(found: node.literal), at: node) }
    return .accuracy(accuracy, confidence: confidence)
  }

  private func error(_ object: ObjectReader) -> SyntheticModelPlan.Kind? {
    object.refuse(["confidence"], beside: "error")
    guard let error = object.object("error"), let deviation = error.requiredNumber("sd") else {
      return nil
    }
    return .error(bias: error.number("bias") ?? 0, standardDeviation: deviation)
  }

  // MARK: Sharing

  /// An arm may use the replicas of another that has replicas of its own.
  private func checkSharing(_ arms: [ArmPlan], _ members: [JSONMember]) {
    for member in members {
      guard let node = member.value["service"]?["sharedWith"], let owner = node.string else {
        continue
      }
      guard let other = members.first(where: { $0.key == owner }) else {
        complaints.add(
          .unknownName(
            owner, kind: "other arm", known: context.armNames.filter { $0 != member.key }),
          at: node)
        continue
      }
      if owner == member.key {
        complaints.add(.sharedWithItself(owner), at: node)
      } else if other.value["service"] == nil {
        complaints.add(.sharedWithoutService(owner), at: node)
      } else if other.value["service"]?["sharedWith"] != nil {
        complaints.add(.sharedInChain(owner), at: node)
      } else if other.value["service"]?["llm"] != nil {
        complaints.add(.serving(.sharedLanguage(owner)), at: node)
      }
    }
  }
}

import Documents
import Models
import Simulation
import Traffic

/// From the tree of a scenario's text to the checked `Scenario`, telling all mistakes on the way.
///
/// The parts stand in one file each; `context` is what later parts need of earlier ones.
struct ScenarioReader {
  let complaints = Complaints()
  /// Models that labels follow, in order of appearance.
  var labellers: [ModelReference] = []
  var context = Context()

  /// What checks across parts need to know; filled while parts are read.
  struct Context {
    /// Production first, also those whose plan could not be read.
    var armNames: [String] = []
    /// Arms that have a service, and arms that have a cost.
    var armsWithService: Set<String> = []
    var armsWithCost: Set<String> = []
    /// Whether an arm's service is a language model's engine.
    var hasLanguageModel = false
    /// Arms whose answers nobody judges, in order.
    var armsWithoutModel: [String] = []
    /// False only where it is sure that requests carry no label, or no latency.
    var mayHaveLabels = true
    var mayHaveLoggedLatency = true
    /// Whether requests carry the tokens of prompt and answer.
    var mayHaveTokens = true
    var mayHaveUnits = true
    var mayHavePriorities = true
    /// Those whose plan could be read.
    var stationNames: [String] = []
    var production: String? { armNames.first }
    var candidates: ArraySlice<String> { armNames.dropFirst() }
  }

  /// nil only when something is wrong, which `complaints` then tells.
  mutating func scenario(_ root: JSONNode) -> Scenario? {
    guard root.members != nil else {
      complaints.add(.notAScenario(found: root.inWords), at: root)
      return nil
    }
    guard let object = ObjectReader(root, as: "scenario", behind: "scenario", complaints) else {
      return nil
    }
    let trafficNode = object.required("traffic")
    let armsNode = object.required("arms")
    let traffic = trafficNode.flatMap { self.traffic($0) }
    if let trafficNode { readServingColumns(trafficNode) }
    let stations = self.stations(object)
    context.stationNames = stations.map(\.name)
    let arms = armsNode.map { self.arms(object, $0) } ?? []
    checkServices(arms, armsNode, stations, object.value("stations"))
    let shifts = self.shifts(object)
    var scenario = Scenario(
      title: object.text("title") ?? "Untitled", seed: UInt64(object.integer("seed") ?? 1),
      traffic: traffic ?? .replay(RecordingPlan(path: "")), arms: arms)
    scenario.stations = stations
    scenario.shifts = shifts
    scenario.labellers = labellers
    (scenario.deployment, scenario.mirrorSparing) = deployment(object)
    scenario.labels = labels(object)
    readAnalysis(object, into: &scenario)
    scenario.replications = object.integer("replications") ?? 1
    scenario.truthRequests = truth(object, scenario.traffic)
    scenario.twinWithoutMirror = twin(object, scenario)
    scenario.shufflesTies = object.word("ties") == "shuffled"
    checkUsers(trafficNode, scenario)
    checkPrefixes(trafficNode, scenario)
    scenario.addLoggedColumns()
    return complaints.isEmpty ? scenario : nil
  }

  private func labels(_ object: ObjectReader) -> LabelPlan {
    var plan = LabelPlan()
    guard let labels = object.object("labels") else { return plan }
    if let node = labels.value("delay") {
      plan.delay = distribution(labels, "delay", node, .duration) ?? plan.delay
    }
    plan.lost = labels.number("lost") ?? plan.lost
    return plan
  }

  private func truth(_ object: ObjectReader, _ traffic: TrafficPlan) -> Int? {
    guard let truth = object.object("truth") else { return nil }
    if case .replay = traffic, let node = object.value("truth") {
      complaints.add(.truthOfReplay, at: node)
    }
    return truth.integer("requests")
  }

  private func twin(_ object: ObjectReader, _ scenario: Scenario) -> Bool {
    guard let node = object.value("twinWithoutMirror"), object.flag("twinWithoutMirror") == true
    else { return false }
    let ofProduction = scenario.arms.first?.service?.stationNames ?? []
    let shares = scenario.arms.dropFirst().contains { arm in
      arm.service?.sharedWith != nil
        || arm.service?.stationNames.contains(where: ofProduction.contains) == true
    }
    guard case .shadow = scenario.deployment, shares else {
      complaints.add(.twinWithoutSharing, at: node)
      return false
    }
    return true
  }
}

extension Scenario {
  /// The recording must carry every column that an arm or a labeller answers with.
  fileprivate mutating func addLoggedColumns() {
    guard case .replay(var plan) = traffic else { return }
    for reference in arms.map(\.model) + labellers {
      if case .column(let name, _) = reference, !plan.loggedColumns.contains(name) {
        plan.loggedColumns.append(name)
      }
    }
    traffic = .replay(plan)
  }
}

extension ObjectReader {
  /// The one of several keys that is there; tells when it is none or more than one.
  func choice(among keys: [String]) -> (key: String, node: JSONNode)? {
    let found = keys.compactMap { key in value(key).map { (key: key, node: $0) } }
    if found.count == 1 { return found.first }
    if found.isEmpty {
      // A key that is not known was meant to be the choice; it has been told of.
      guard node.members?.allSatisfy({ known($0.key) }) ?? true else { return nil }
      complaints.add(.noChoice(in: section.title, among: keys), at: node)
    } else {
      complaints.add(.severalChoices(in: section.title, found: found.map(\.key)), at: node)
    }
    return nil
  }

  /// Tells of keys that mean nothing beside the one that was chosen.
  func refuse(_ keys: [String], beside chosen: String) {
    for key in keys where has(key) {
      guard let member = node.members?.first(where: { $0.key == key }) else { continue }
      complaints.add(.pointlessKey(key, beside: chosen), atKeyOf: member)
    }
  }
}

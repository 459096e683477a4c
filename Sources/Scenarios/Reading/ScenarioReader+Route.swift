import Documents
import Probability
import Simulation

extension ScenarioReader {
  /// Empty for an arm whose requests visit its own service and nothing else.
  func route(_ object: ObjectReader) -> [RouteStep] {
    guard let node = object.value("route"), let elements = object.elements("route") else {
      return []
    }
    let steps = elements.compactMap { routeStep(object, $0) }
    guard steps.count == elements.count else { return [] }
    checkHolds(steps, elements)
    let own = steps.indices.filter { if case .own = steps[$0] { true } else { false } }
    if own.isEmpty { complaints.add(.serving(.routeWithoutOwn), at: node) }
    if own.count > 1 { complaints.add(.serving(.ownTwice), at: elements[own[1]]) }
    // A route that only comes to the own service once is none.
    return steps == [.own(again: 0)] ? [] : steps
  }

  private func routeStep(_ object: ObjectReader, _ node: JSONNode) -> RouteStep? {
    if let name = node.string {
      return name == "own" ? .own(again: 0) : station(name, at: node).map { .visit($0) }
    }
    if node["fanOut"] != nil { return fanOut(node) }
    if node["hold"] != nil {
      return ObjectReader(node, as: "route.hold", behind: "route", complaints)
        .flatMap { $0.text("hold", node["hold"] ?? node) }
        .flatMap { station($0, at: node["hold"] ?? node) }.map { .hold($0) }
    }
    guard node["own"] != nil else {
      object.rejectElement("route", node, Self.routeWords)
      return nil
    }
    let own = ObjectReader(node, as: "route.own", behind: "route", complaints)?.object("own")
    return own.map { .own(again: $0.number("again") ?? 0) }
  }

  private static let routeWords =
    "the name of a station, \"own\", { fanOut: … }, { hold: … } or { own: … }"

  private func station(_ name: String, at node: JSONNode) -> String? {
    if context.stationNames.contains(name) { return name }
    complaints.add(
      .unknownName(name, kind: "station", known: context.stationNames), at: node)
    return nil
  }

  private func fanOut(_ node: JSONNode) -> RouteStep? {
    guard let object = ObjectReader(node, as: "route.fanOut", behind: "route", complaints),
      let names = object.texts("fanOut"), let list = object.value("fanOut")
    else { return nil }
    guard !names.isEmpty else {
      complaints.add(.empty(key: "fanOut"), at: list)
      return nil
    }
    let known = zip(names, list.elements ?? []).compactMap { station($0, at: $1) }
    let needed = object.integer("needed") ?? names.count
    if needed > names.count, let node = object.value("needed") {
      complaints.add(.serving(.neededAboveCount(needed: needed, count: names.count)), at: node)
    }
    return known.count == names.count ? .fanOut(names, needed: needed) : nil
  }

  /// Who holds a place and asks for another one there may wait for itself.
  private func checkHolds(_ steps: [RouteStep], _ nodes: [JSONNode]) {
    var held: [String] = []
    for (step, node) in zip(steps, nodes) {
      if case .hold(let name) = step {
        if held.contains(name) { complaints.add(.serving(.heldTwice(name)), at: node) }
        held.append(name)
      } else if let name = step.visited.first(where: held.contains) {
        complaints.add(.serving(.heldAndVisited(name)), at: node)
      }
    }
  }
}

extension RouteStep {
  /// The stations that it takes service time of.
  var visited: [String] {
    switch self {
    case .own, .hold: []
    case .visit(let name): [name]
    case .fanOut(let names, _): names
    }
  }

  /// All stations that it names.
  var named: [String] { if case .hold(let name) = self { [name] } else { visited } }
}

// MARK: - What only shows with all services read

extension ScenarioReader {
  /// What requests carry for services.
  mutating func readServingColumns(_ traffic: JSONNode) {
    let place = traffic["synthetic"] ?? traffic
    context.mayHaveTokens = place["inputTokens"] != nil && place["outputTokens"] != nil
    context.mayHaveUnits = place["unit"] != nil || place["units"] != nil
    context.mayHavePriorities = place["priority"] != nil
  }

  func checkServices(
    _ arms: [ArmPlan], _ armsNode: JSONNode?, _ stations: [NamedStation], _ stationsNode: JSONNode?
  ) {
    for arm in arms {
      guard let service = arm.service, let node = armsNode?[arm.name]?["service"] else { continue }
      check(
        service, node, arms.filter { $0.name == arm.name || $0.service?.sharedWith == arm.name })
    }
    for station in stations {
      guard let node = stationsNode?[station.name] else { continue }
      check(station, node, arms.filter { $0.names(station.name) })
    }
  }

  /// What a queue goes by, and its requests may lack.
  private func check(_ service: ServicePlan, _ node: JSONNode, _ users: [ArmPlan]) {
    let station = service.station
    if station.discipline == .deadline, let place = node["discipline"], !users.isEmpty,
      !users.contains(where: \.hasDeadline)
    {
      complaints.add(.serving(.deadlineWithoutOne), at: place)
    }
    if station.balancing == .sticky, !context.mayHaveUnits, let place = node["balancing"] {
      complaints.warn(.serving(.stickyWithoutUnits), at: place)
    }
    guard !context.mayHavePriorities, Set(users.compactMap(\.service?.client.priority)).count == 1
    else { return }
    if station.discipline == .priority, let place = node["discipline"] {
      complaints.warn(.serving(.equalPriorities(key: "discipline")), at: place)
    }
    if station.shedding == .leastUrgent, let place = node["shed"] {
      complaints.warn(.serving(.equalPriorities(key: "shed")), at: place)
    }
  }

  private func check(_ station: NamedStation, _ node: JSONNode, _ users: [ArmPlan]) {
    if users.isEmpty, !["", "own"].contains(station.name) {
      complaints.add(.serving(.unvisited(station.name)), at: node)
    }
    let serving = station.service.station
    if serving.batch != nil || serving.discipline == .processorSharing,
      users.contains(where: { $0.holds(station.name) })
    {
      complaints.add(.serving(.noPlaces(station.name)), at: node)
    }
    if node["time"] == nil, users.contains(where: { $0.visits(station.name) }) {
      complaints.add(.serving(.timelessVisit(station.name)), at: node)
    }
    check(station.service, node, users)
  }
}

extension ArmPlan {
  fileprivate var hasDeadline: Bool {
    service.map { $0.timeout != nil || $0.client.deadline != nil } ?? false
  }

  fileprivate func names(_ station: String) -> Bool {
    service?.route.contains { $0.named.contains(station) } ?? false
  }

  fileprivate func holds(_ station: String) -> Bool {
    service?.route.contains(.hold(station)) ?? false
  }

  fileprivate func visits(_ station: String) -> Bool {
    service?.route.contains { $0.visited.contains(station) } ?? false
  }
}

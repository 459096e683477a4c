import Documents
import Probability
import Simulation
import Traffic

extension ScenarioReader {
  /// Without client and route, which stand beside it.
  func service(_ object: ObjectReader) -> ServicePlan? {
    var plan = ServicePlan(time: .drawn(.constant(0)))
    if object.has("llm") {
      plan.language = object.object("llm").flatMap { language($0) }
      object.refuse(["time", "batch", "discipline", "coldCache", "sharedWith"], beside: "llm")
      if !context.mayHaveTokens, let node = object.value("llm") {
        complaints.add(.serving(.noTokens), at: node)
      }
    } else if let time = object.required("time").flatMap({ serviceTime(object, $0) }) {
      plan.time = time
    }
    plan.timeout = object.durationUnlessNone("timeout")
    plan.timeoutCancels = object.flag("timeoutCancels") ?? plan.timeoutCancels
    plan.sharedWith = object.text("sharedWith")
    if let owner = plan.sharedWith {
      let owned = ["replicas", "queue"] + KeyTable.howItServes.map(\.name)
      object.refuse(owned, beside: "sharedWith: \"\(owner)\"")
    }
    readStation(object, into: &plan)
    return plan
  }

  private func serviceTime(
    _ object: ObjectReader, _ node: JSONNode
  ) -> ServicePlan.ServiceTime? {
    if node["base"] != nil || node["per"] != nil {
      return ObjectReader(node, as: "service.sized", behind: "time", complaints)
        .flatMap { sized($0) }
    }
    var scale: Double?
    if node.string == "logged" {
      scale = 1
    } else if node["logged"] != nil {
      guard let logged = object.object("time", node), let number = logged.number("logged") else {
        return nil
      }
      scale = number
    }
    guard let scale else {
      return distribution(object, "time", node, .duration).map { .drawn($0) }
    }
    if !context.mayHaveLoggedLatency { complaints.add(.noLoggedLatency, at: node) }
    return .logged(scale: scale)
  }

  /// Whether the columns are there shows when the traffic is opened.
  private func sized(_ object: ObjectReader) -> ServicePlan.ServiceTime? {
    let base = object.required("base").flatMap { _ in object.seconds("base") }
    let members = object.required("per").flatMap { object.named("per", $0) }
    let noise = object.value("noise").map { distribution(object, "noise", $0, .number) }
    guard let base, let members else { return nil }
    let terms = members.compactMap { member -> SizedTime.Term? in
      guard let text = member.value.string, let seconds = DurationText.seconds(text),
        seconds >= 0, seconds.isFinite
      else {
        complaints.add(
          member.value.string.map { .badDuration(key: member.key, found: $0) }
            ?? .durationWithoutUnit(key: member.key, found: member.value.literal),
          at: member.value)
        return nil
      }
      return SizedTime.Term(column: member.key, perUnit: seconds)
    }
    var time = SizedTime(base: base, terms: terms)
    if let noise {
      guard let noise else { return nil }
      time.noise = noise
      if noise.quantile(0) < 0, let node = object.value("noise") {
        complaints.add(.serving(.noiseBelowZero), at: node)
      }
    }
    return .sized(time)
  }

  // MARK: Stations

  func stations(_ object: ObjectReader) -> [NamedStation] {
    (object.named("stations") ?? []).compactMap { member in
      if member.key.isEmpty { complaints.add(.serving(.emptyStationName), atKeyOf: member) }
      if member.key == "own" { complaints.add(.serving(.stationCalledOwn), atKeyOf: member) }
      guard
        let station = ObjectReader(member.value, as: "station", behind: member.key, complaints)
      else { return nil }
      var plan = ServicePlan(time: .drawn(.constant(0)))
      if let node = station.value("time"),
        let time = distribution(station, "time", node, .duration)
      {
        plan.time = .drawn(time)
      }
      readStation(station, into: &plan)
      return NamedStation(name: member.key, service: plan)
    }
  }

  /// What services and stations have in common.
  private func readStation(_ object: ObjectReader, into plan: inout ServicePlan) {
    if let queue = object.value("queue"), queue.string != "unlimited" {
      plan.queueLimit = object.integer("queue")
    }
    plan.errorRate = object.number("errorRate") ?? plan.errorRate
    plan.luck = object.word("luck").flatMap { .init(rawValue: $0) } ?? plan.luck
    readQueueing(object, into: &plan)
    readReplicas(object, into: &plan)
    plan.station.failures = failures(object)
    plan.station.onFailure =
      object.word("onFailure").flatMap { .init(rawValue: $0) } ?? plan.station.onFailure
    if plan.station.failures.isEmpty { object.refuse(["onFailure"], beside: "no failures") }
  }

  private func readQueueing(_ object: ObjectReader, into plan: inout ServicePlan) {
    plan.station.discipline =
      object.word("discipline").flatMap { .init(rawValue: $0) } ?? .fifo
    plan.station.balancing = balancing(object) ?? .central
    plan.station.shedding = object.word("shed").flatMap { .init(rawValue: $0) } ?? .newest
    if plan.queueLimit == nil { object.refuse(["shed"], beside: "no queue") }
    plan.station.batch = object.object("batch").flatMap { batch($0) }
    if let size = plan.station.batch?.largest, let queue = plan.queueLimit, size > max(queue, 1),
      let node = object.value("batch")
    {
      complaints.add(.serving(.batchAboveQueue(size: size, queue: queue)), at: node)
    }
    guard plan.station.discipline == .processorSharing else { return }
    let idle = ["batch"] + (plan.queueLimit == nil ? [] : ["queue", "shed"])
    for key in idle {
      guard let node = object.value(key) else { continue }
      complaints.add(.serving(.withoutWaiting(key)), at: node)
    }
  }

  private func balancing(_ object: ObjectReader) -> StationPlan.Balancing? {
    guard let node = object.value("balancing") else { return nil }
    if node.members != nil {
      return object.object("balancing", node).flatMap { choices in
        choices.required("choices").flatMap { _ in choices.integer("choices") }
      }.map { .choices($0) }
    }
    switch object.word("balancing", node) {
    case "roundRobin": return .roundRobin
    case "random": return .random
    case "leastLoaded": return .leastLoaded
    case "twoChoices": return .choices(2)
    case "sticky": return .sticky
    default: return .central
    }
  }

  // MARK: Batches

  private func batch(_ object: ObjectReader) -> BatchPlan? {
    let wait = object.duration("wait") ?? .zero
    guard object.required("size") != nil, let size = object.integer("size") else { return nil }
    var plan = BatchPlan(largest: size, longestWait: wait)
    plan.preferred = preferred(object, size: size)
    if object.has("curve") {
      object.refuse(["time"], beside: "curve")
      if let curve = curve(object, size: size) { plan.time = .curve(curve) }
    } else {
      plan.time = object.word("time") == "sum" ? .sum : .slowest
    }
    return plan
  }

  private func preferred(_ object: ObjectReader, size: Int) -> [Int] {
    guard let node = object.value("preferred"), let sizes = object.integers("preferred") else {
      return []
    }
    for (before, next) in zip(sizes, sizes.dropFirst()) where next <= before {
      complaints.add(.serving(.preferredOutOfOrder(next, before: before)), at: node)
      return []
    }
    if let largest = sizes.last, largest > size {
      complaints.add(.serving(.preferredAboveSize(largest, size: size)), at: node)
    }
    return sizes
  }

  private func curve(_ object: ObjectReader, size: Int) -> [BatchPlan.CurvePoint]? {
    guard let node = object.value("curve"), let points = object.points("curve") else { return nil }
    guard points.count > 1 else {
      complaints.add(.serving(.onePoint), at: node)
      return nil
    }
    if points[0].size != 1 {
      complaints.add(.serving(.firstPoint(found: "\(points[0].size)")), at: node)
    }
    for (before, next) in zip(points, points.dropFirst()) where next.size <= before.size {
      complaints.add(.serving(.pointsOutOfOrder(next.size, before: before.size)), at: node)
      return nil
    }
    let plan = points.map { BatchPlan.CurvePoint(size: $0.size, factor: $0.value) }
    if BatchPlan.factor(at: size, on: plan) <= 0 {
      complaints.add(.serving(.curveBelowZero(size: size)), at: node)
    }
    return plan
  }
}

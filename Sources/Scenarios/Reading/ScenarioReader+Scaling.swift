import Documents
import Probability
import Simulation
import Traffic

/// How many replicas there are, and how they come and go.
extension ScenarioReader {
  func readReplicas(_ object: ObjectReader, into plan: inout ServicePlan) {
    if let node = object.value("replicas"), node.members != nil {
      readSchedule(object, node, into: &plan)
    } else {
      plan.replicas = object.integer("replicas") ?? plan.replicas
    }
    readAutoscaler(object, into: &plan)
    if object.has("speeds") {
      plan.station.speeds = object.numbers("speeds") ?? []
      if let node = object.value("speeds"), node.elements?.isEmpty ?? false {
        complaints.add(.empty(key: "speeds"), at: node)
      }
    }
    plan.station.coldStart = spell(object, "coldStart")
    if plan.station.scaling == .fixed, !object.has("autoscale"),
      object.value("replicas")?.members == nil, let node = object.value("coldStart")
    {
      complaints.add(.serving(.nobodyToWaitFor(key: "coldStart")), at: node)
    }
    plan.station.setUp = spell(object, "setUp")
    plan.station.coldCache = object.object("coldCache").flatMap { cache in
      both(cache.requiredNumber("factor"), cache.requiredNumber("halvedAfter"))
        .map { ColdCachePlan(factor: $0, halvedAfter: $1) }
    }
  }

  // MARK: Schedules

  private func readSchedule(
    _ object: ObjectReader, _ node: JSONNode, into plan: inout ServicePlan
  ) {
    guard let schedule = object.object("replicas", node), schedule.required("schedule") != nil,
      let elements = schedule.elements("schedule")
    else { return }
    let period = schedule.durationUnlessNone("period")
    let steps = elements.compactMap { element -> ReplicaSchedule.Step? in
      guard
        let step = ObjectReader(element, as: "schedule.step", behind: "schedule", complaints)
      else { return nil }
      return both(
        step.requiredDuration("from"),
        step.required("replicas").flatMap { _ in step.integer("replicas") }
      ).map { ReplicaSchedule.Step(from: $0, replicas: $1) }
    }
    guard steps.count == elements.count else { return }
    guard let first = steps.first else {
      complaints.add(.empty(key: "schedule"), at: node)
      return
    }
    check(steps, elements, period: period)
    plan.replicas = first.replicas
    plan.station.scaling = .schedule(ReplicaSchedule(steps: steps, period: period))
  }

  private func check(
    _ steps: [ReplicaSchedule.Step], _ nodes: [JSONNode], period: SimulatedDuration?
  ) {
    if steps[0].from != .zero {
      complaints.add(.serving(.lateSchedule(found: steps[0].from.text)), at: nodes[0])
    }
    for index in steps.indices.dropFirst() {
      let (before, from) = (steps[index - 1].from, steps[index].from)
      if from <= before {
        complaints.add(
          .serving(.stepsOutOfOrder(from.text, before: before.text)), at: nodes[index])
      } else if let period, from >= period {
        complaints.add(
          .serving(.stepBeyondPeriod(from.text, period: period.text)), at: nodes[index])
      }
    }
  }

  // MARK: Autoscalers

  private func readAutoscaler(_ object: ObjectReader, into plan: inout ServicePlan) {
    guard let node = object.value("autoscale"), let outer = object.object("autoscale"),
      let (kind, inner) = outer.choice(among: ["kubernetes", "knative"]),
      let scaler = outer.object(kind, inner),
      let autoscaler = kind == "knative" ? knative(scaler) : kubernetes(scaler)
    else { return }
    if case .schedule = plan.station.scaling {
      complaints.add(.serving(.twoScalings), at: node)
    }
    plan.station.scaling = .automatic(autoscaler)
    let (fewest, most) = (autoscaler.fewest, autoscaler.most)
    if case .drawn(let time) = plan.time, time.mean == nil {
      complaints.add(.serving(.noMeanForTarget), at: node)
    }
    guard fewest <= most else {
      complaints.add(.serving(.fewestAboveMost(fewest: fewest, most: most)), at: inner)
      return
    }
    if !object.has("replicas") {
      plan.replicas = max(1, fewest)
    } else if let given = object.value("replicas"), given.members == nil,
      !(fewest...most).contains(plan.replicas)
    {
      complaints.add(
        .serving(.replicasOutside(plan.replicas, fewest: fewest, most: most)), at: given)
    }
  }

  private func kubernetes(_ object: ObjectReader) -> AutoscalerPlan? {
    var own = AutoscalerPlan.HorizontalPlan()
    own.tolerance = object.number("tolerance") ?? own.tolerance
    own.stabilisation = object.duration("stabilisation") ?? own.stabilisation
    own.growth = object.number("growth") ?? own.growth
    own.growthBy = object.integer("growthBy") ?? own.growthBy
    if let node = object.value("shrinkBy"), node.string != "unlimited" {
      own.shrinkBy = object.integer("shrinkBy") ?? own.shrinkBy
    }
    own.ratePeriod = object.duration("ratePeriod") ?? own.ratePeriod
    return autoscaler(
      object, .horizontal(own), .utilisation, interval: SimulatedDuration(seconds: 15))
  }

  private func knative(_ object: ObjectReader) -> AutoscalerPlan? {
    var own = AutoscalerPlan.KnativePlan()
    own.stableWindow = object.duration("stableWindow") ?? own.stableWindow
    own.panicShare = object.number("panicShare") ?? own.panicShare
    own.panicThreshold = object.number("panicThreshold") ?? own.panicThreshold
    own.maximumGrowth = object.number("growth") ?? own.maximumGrowth
    own.maximumShrink = object.number("shrink") ?? own.maximumShrink
    own.scaleDownDelay = object.duration("scaleDownDelay") ?? own.scaleDownDelay
    own.graceToZero = object.duration("graceToZero") ?? own.graceToZero
    if object.value("fewest")?.integer != 0 {
      object.refuse(["graceToZero"], beside: "no fewest: 0")
    }
    return autoscaler(object, .knative(own), .concurrency, interval: SimulatedDuration(seconds: 2))
  }

  private func autoscaler(
    _ object: ObjectReader, _ kind: AutoscalerPlan.Kind, _ usual: AutoscalerPlan.Signal,
    interval: SimulatedDuration
  ) -> AutoscalerPlan? {
    let signal = object.word("on").flatMap { AutoscalerPlan.Signal(rawValue: $0) } ?? usual
    let most = object.required("most").flatMap { _ in object.integer("most") }
    let interval = object.duration("interval") ?? interval
    let fewest = object.integer("fewest") ?? 1
    guard let (target, most) = both(object.requiredNumber("target"), most) else { return nil }
    if signal == .utilisation, target > 1, let node = object.value("target") {
      complaints.add(.serving(.targetAboveOne(found: node.literal)), at: node)
    }
    var plan = AutoscalerPlan(
      kind: kind, signal: signal, target: target, most: most,
      interval: interval)
    plan.fewest = fewest
    return plan
  }

  // MARK: Failures

  func failures(_ object: ObjectReader) -> [FailurePlan] {
    let elements = object.elements("failures") ?? []
    if elements.count > 32, let node = object.value("failures") {
      complaints.add(.serving(.tooManyFailures(elements.count)), at: node)
    }
    return elements.compactMap { element in
      guard let outer = ObjectReader(element, as: "failure", behind: "failures", complaints),
        let (kind, node) = outer.choice(among: ["breakdown", "outage", "slow"]),
        let failure = outer.object(kind, node)
      else { return nil }
      switch kind {
      case "breakdown": return breakdown(failure)
      case "outage": return outage(failure)
      default: return slowness(failure)
      }
    }
  }

  private func breakdown(_ object: ObjectReader) -> FailurePlan? {
    both(requiredSpell(object, "lasting"), requiredSpell(object, "every"))
      .map { .breakdowns(lasting: $0, every: $1) }
  }

  private func slowness(_ object: ObjectReader) -> FailurePlan? {
    both(
      both(requiredSpell(object, "lasting"), requiredSpell(object, "every")),
      object.requiredNumber("factor")
    ).map { .slowness(lasting: $0.0, every: $0.1, factor: $1) }
  }

  private func outage(_ object: ObjectReader) -> FailurePlan? {
    let share = object.number("share") ?? 1
    return both(outageTimes(object), requiredSpell(object, "lasting"))
      .map { .outages($0, lasting: $1, share: share) }
  }

  private func outageTimes(_ object: ObjectReader) -> FailurePlan.OutageTimes? {
    guard let (key, node) = object.choice(among: ["every", "at"]) else { return nil }
    guard key == "at" else { return spell(object, "every").map { .every($0) } }
    guard let times = object.durations("at") else { return nil }
    if times.isEmpty { complaints.add(.empty(key: "at"), at: node) }
    for (before, next) in zip(times, times.dropFirst()) where next <= before {
      complaints.add(.serving(.timesOutOfOrder(next.text, before: before.text)), at: node)
    }
    return .at(times)
  }
}

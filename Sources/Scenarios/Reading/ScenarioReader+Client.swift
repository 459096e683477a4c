import Documents
import Probability
import Simulation
import Traffic

extension ScenarioReader {
  func client(_ object: ObjectReader) -> ClientPlan {
    var plan = ClientPlan()
    plan.deadline = object.durationUnlessNone("deadline")
    plan.patience = spell(object, "patience")
    plan.retry = object.object("retry").flatMap { retry($0) }
    plan.hedge = object.object("hedge").flatMap { hedge($0) }
    plan.rateLimit = object.object("rateLimit").flatMap { limit in
      let burst = limit.number("burst") ?? 1
      return limit.requiredNumber("perSecond").map { RateLimitPlan(perSecond: $0, burst: burst) }
    }
    plan.breaker = object.object("breaker").flatMap { breaker($0) }
    plan.priority = object.integer("priority") ?? plan.priority
    return plan
  }

  private func hedge(_ object: ObjectReader) -> HedgePlan? {
    let attempts = object.integer("attempts") ?? 2
    let cancelsOthers = object.flag("cancelsOthers") ?? true
    return object.requiredDuration("after").map { after in
      var plan = HedgePlan(after: after, attempts: attempts)
      plan.cancelsOthers = cancelsOthers
      return plan
    }
  }

  private func breaker(_ object: ObjectReader) -> BreakerPlan? {
    let times = both(object.requiredDuration("window"), object.requiredDuration("rest"))
    let (fewest, probes) = (object.integer("fewest") ?? 20, object.integer("probes") ?? 1)
    return both(object.requiredNumber("failureShare"), times).map { share, times in
      var plan = BreakerPlan(
        failureShare: share, fewest: fewest, window: times.0, rest: times.1)
      plan.probes = probes
      return plan
    }
  }

  // MARK: Retries

  private func retry(_ object: ObjectReader) -> RetryPlan? {
    let attempts = object.required("attempts").flatMap { _ in object.integer("attempts") }
    let delay = object.required("delay").flatMap { self.delay(object, $0) }
    let budget = object.object("budget").flatMap { self.budget($0) }
    let causes = causes(object)
    guard let (attempts, delay) = both(attempts, delay) else { return nil }
    var plan = RetryPlan(attempts: attempts, delay: delay, budget: budget)
    plan.onTimeout = causes.contains("timeout")
    plan.onError = causes.contains("error")
    plan.onShed = causes.contains("shed")
    return plan
  }

  private func causes(_ object: ObjectReader) -> [String] {
    guard let node = object.value("on") else { return KeyTable.retryCauses }
    let words = ValueType.words(KeyTable.retryCauses).words
    let causes = object.list("on", words) { element in
      element.string.flatMap { KeyTable.retryCauses.contains($0) ? $0 : nil }
    }
    if causes?.isEmpty ?? false { complaints.add(.empty(key: "on"), at: node) }
    return causes ?? KeyTable.retryCauses
  }

  private func delay(_ object: ObjectReader, _ node: JSONNode) -> RetryPlan.Delay? {
    guard node["backoff"] != nil else {
      return distribution(object, "delay", node, .duration).map { .drawn($0) }
    }
    guard let delay = object.object("delay", node), let backoff = delay.object("backoff") else {
      return nil
    }
    let factor = backoff.number("factor") ?? 2
    let jitter = backoff.word("jitter").flatMap { RetryPlan.Jitter(rawValue: $0) } ?? .full
    guard
      let (first, longest) = both(
        backoff.requiredDuration("first"), backoff.requiredDuration("longest"))
    else { return nil }
    if longest < first, let place = backoff.value("longest") {
      complaints.add(
        .serving(.longestBelowFirst(first: first.text, longest: longest.text)), at: place)
    }
    return .backoff(
      RetryPlan.Backoff(
        first: first, factor: factor, longest: longest, jitter: jitter))
  }

  private func budget(_ object: ObjectReader) -> RetryBudget? {
    guard let (kind, node) = object.choice(among: ["earned", "tokens", "concurrent"]),
      let budget = object.object(kind, node)
    else { return nil }
    switch kind {
    case "earned":
      let perSecond = budget.number("perSecond") ?? 0
      return both(budget.requiredNumber("share"), budget.requiredNumber("burst")).map {
        .earned(share: $0, perSecond: perSecond, burst: $1)
      }
    case "tokens": return tokens(budget)
    default:
      return .concurrent(
        share: budget.number("share") ?? 0.2, atLeast: budget.integer("atLeast") ?? 3)
    }
  }

  /// gRPC retries while more than half of the tokens are there, and the first failure takes one.
  private func tokens(_ object: ObjectReader) -> RetryBudget? {
    guard let node = object.required("most"),
      let (most, success) = both(
        object.number("most", node), object.requiredNumber("perSuccess"))
    else { return nil }
    if most <= 2 { complaints.add(.serving(.smallTokenBudget(found: node.literal)), at: node) }
    return .tokens(most: most, perSuccess: success)
  }
}

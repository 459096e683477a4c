import Documents
import Simulation
import Traffic

extension ScenarioReader {
  func language(_ object: ObjectReader) -> LanguagePlan? {
    let memory = object.required("memory").flatMap { _ in object.integer("memory") }
    let pool = object.object("prefillPool").flatMap { self.pool($0) }
    guard let (times, memory) = both(requiredSteps(object), memory) else { return nil }
    var plan = LanguagePlan(
      steps: times, sequences: object.integer("sequences") ?? 256,
      tokenBudget: object.integer("tokenBudget") ?? 2048, memoryTokens: memory)
    plan.blockTokens = object.integer("blockTokens") ?? plan.blockTokens
    plan.chunkedPrefill = object.flag("chunkedPrefill") ?? plan.chunkedPrefill
    plan.prefixCaching = object.flag("prefixCaching") ?? plan.prefixCaching
    plan.prefillPool = pool
    plan.costPerHour = object.number("costPerHour")
    check(plan, object)
    return plan
  }

  private func check(_ plan: LanguagePlan, _ object: ObjectReader) {
    if plan.tokenBudget < plan.sequences,
      let node = object.value("tokenBudget") ?? object.value("sequences")
    {
      complaints.add(
        .serving(.budgetBelowSequences(budget: plan.tokenBudget, sequences: plan.sequences)),
        at: node)
    }
    if plan.memoryTokens < plan.blockTokens, let node = object.value("memory") {
      complaints.add(
        .serving(.memoryBelowBlock(memory: plan.memoryTokens, block: plan.blockTokens)), at: node)
    }
  }

  private func requiredSteps(_ object: ObjectReader) -> StepTimes? {
    guard let node = object.required("steps"), let steps = object.object("steps") else {
      return nil
    }
    let required = ["base", "perPrefillToken"].map { key in
      steps.required(key).flatMap { _ in steps.seconds(key) }
    }
    let times = StepTimes(
      base: required[0] ?? 0, perPrefillToken: required[1] ?? 0,
      perPrefillTokenSquared: steps.seconds("perPrefillTokenSquared") ?? 0,
      perSequence: steps.seconds("perSequence") ?? 0,
      perCachedToken: steps.seconds("perCachedToken") ?? 0)
    guard !required.contains(nil) else { return nil }
    if times.base == 0, times.perSequence == 0 {
      complaints.add(.serving(.timelessSteps), at: node)
    }
    return times
  }

  private func pool(_ object: ObjectReader) -> PrefillPoolPlan? {
    let replicas = object.integer("replicas") ?? 1
    let transfer = object.seconds("transferPerToken") ?? 0
    return requiredSteps(object).map {
      PrefillPoolPlan(replicas: replicas, steps: $0, transferPerToken: transfer)
    }
  }
}

extension ScenarioReader {
  /// A cached block of a prompt must be whole blocks of the memory.
  func checkPrefixes(_ traffic: JSONNode?, _ scenario: Scenario) {
    guard case .replay(let recording) = scenario.traffic, recording.prefixColumn != nil,
      let node = traffic?["prefixBlock"] ?? traffic?["prefixes"]
    else { return }
    let prefix = recording.prefixBlockTokens
    for arm in scenario.arms {
      guard let plan = arm.service?.language, plan.prefixCaching, plan.blockTokens > 0,
        prefix % plan.blockTokens != 0
      else { continue }
      complaints.add(
        .serving(.unevenPrefix(prefix: prefix, block: plan.blockTokens, arm: arm.name)), at: node)
    }
  }
}

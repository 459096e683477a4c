import Simulation
import Testing

/// What holds for any language model and any requests.
@Suite("Laws of language models") struct LanguageLawTests {
  static let seeds = UInt64(100_000)..<100_030

  @Test("the size of blocks of requests cannot show")
  func blockSizes() {
    for seed in Self.seeds {
      let trial = LanguageTrial(seed: seed)
      let outcome = trial.outcome(capacity: 1)
      #expect(trial.outcome(capacity: 7) == outcome, "seed \(seed)")
      #expect(trial.outcome(capacity: 64) == outcome, "seed \(seed)")
    }
  }

  @Test("every request has one end, and every token of an answer one step")
  func conservation() {
    for seed in Self.seeds {
      let trial = LanguageTrial(seed: seed)
      let outcome = trial.outcome()
      for (arm, rows) in outcome.rows.enumerated() {
        let facts = outcome.facts[arm]
        let ends = facts.answered + facts.timedOut + facts.failed + facts.shed
        #expect(facts.sent == trial.sent[arm].count { $0 }, "seed \(seed)")
        #expect(ends == facts.sent, "seed \(seed)")
        let answered = rows.indices.filter { rows[$0].fate == .answered }
        #expect(answered.count == facts.answered, "seed \(seed)")
        let tokens = answered.reduce(0) { $0 + Int(trial.tokens.outputs[$1]) }
        #expect(facts.language?.answeredOutputTokens == tokens, "seed \(seed)")
        #expect((facts.language?.memoryPeakTokens ?? 0) <= Self.memory(trial, arm), "seed \(seed)")
      }
    }
  }

  private static func memory(_ trial: LanguageTrial, _ arm: Int) -> Int {
    let owner = trial.services[arm].sharedWith.flatMap { trial.names.firstIndex(of: $0) } ?? arm
    return trial.services[owner].language?.memoryTokens ?? 0
  }

  @Test("areas are the sums of waits and services: Little's law on every path")
  func areas() {
    for seed in Self.seeds {
      let outcome = LanguageTrial(seed: seed).outcome()
      for (arm, rows) in outcome.rows.enumerated() {
        let facts = outcome.facts[arm]
        let waits = rows.reduce(Int128(0)) { $0 + Int128($1.wait) }
        let services = rows.reduce(Int128(0)) { $0 + Int128($1.service) }
        #expect(facts.waitingArea == waits, "seed \(seed)")
        #expect(facts.language?.serviceArea == services, "seed \(seed)")
        #expect(facts.servingArea == services, "seed \(seed)")
      }
    }
  }

  @Test("a token costs what the replicas' time costs, over the tokens of answers")
  func cost() {
    var plan = LanguagePlan(
      steps: StepTimes(base: 0.5, perPrefillToken: 0), sequences: 4, tokenBudget: 100,
      memoryTokens: 1000)
    plan.costPerHour = 36
    var trial = LanguageTrial(plan, replicas: 2)
    trial.add(at: 0, input: 5, output: 20)
    let facts = trial.outcome().facts[0]
    // 20 steps of half a second; two replicas at 0.01 a second.
    #expect(facts.outputTokensPerSecond == 2)
    #expect(abs((facts.costPerMillionOutputTokens ?? 0) - 10_000) < 1e-6)
    #expect(facts.utilisation == 0.5)
  }
}

import Simulation
import Testing
import Traffic

/// Prefill and decode on separate replicas, worked out by hand in nanoseconds: a prefill step takes 10 and
/// 1 a token, a decode step 10, 2 for each sequence and 1 for each token looked back on; a token takes 2
/// from one replica to the other.
@Suite("Prefill on replicas of its own") struct LanguageHandoverTests {
  private static func plan(prefillReplicas: Int = 1) -> LanguagePlan {
    var plan = LanguagePlan(
      steps: StepTimes(base: 10e-9, perPrefillToken: 1e-9, perSequence: 2e-9, perCachedToken: 1e-9),
      sequences: 4, tokenBudget: 100, memoryTokens: 1000)
    plan.blockTokens = 1
    plan.watermark = 0
    plan.prefillPool = PrefillPoolPlan(
      replicas: prefillReplicas, steps: StepTimes(base: 10e-9, perPrefillToken: 1e-9),
      transferPerToken: 2e-9)
    return plan
  }

  @Test("the prefill brings the first token, and the second waits for the keys and values")
  func one() {
    var trial = LanguageTrial(Self.plan())
    trial.add(at: 100, input: 5, output: 4)
    let outcome = trial.outcome()
    // 15 for the prompt, 10 on the way, then 17, 18 and 19: tokens at 115, 142, 160 and 179.
    #expect(
      outcome.rows[0] == [
        LanguageRow(
          fate: .answered, wait: 0, service: 79, latency: 79, firstToken: 15, gap: 21,
          longestGap: 27)
      ])
    let facts = outcome.facts[0].language
    #expect(facts?.replicas == 2 && facts?.steps == 4)
    #expect(facts?.prefilledTokens == 5 && facts?.decodedTokens == 3)
    #expect(outcome.facts[0].busyArea == 15 + 17 + 18 + 19)
  }

  @Test("a prompt that comes later does not hold up who decodes")
  func two() {
    var trial = LanguageTrial(Self.plan())
    trial.add(at: 0, input: 5, output: 3)
    trial.add(at: 5, input: 4, output: 2)
    // Prefills end at 15 and 29, transfers at 25 and 37. Decode steps end at 42 (one over 5) and 66 (two
    // over 6 + 4).
    #expect(
      trial.outcome().rows[0] == [
        LanguageRow(
          fate: .answered, wait: 0, service: 66, latency: 66, firstToken: 15, gap: 26,
          longestGap: 27),
        LanguageRow(
          fate: .answered, wait: 10, service: 51, latency: 61, firstToken: 24, gap: 37,
          longestGap: 37),
      ])
    // With a second replica for prompts the other one begins at once: a token at 19, there at 27.
    trial.services[0].language = Self.plan(prefillReplicas: 2)
    #expect(
      trial.outcome().rows[0] == [
        LanguageRow(
          fate: .answered, wait: 0, service: 66, latency: 66, firstToken: 15, gap: 26,
          longestGap: 27),
        LanguageRow(
          fate: .answered, wait: 0, service: 61, latency: 61, firstToken: 14, gap: 47,
          longestGap: 47),
      ])
  }

  @Test("an answer of one token ends with its prefill")
  func oneToken() {
    var trial = LanguageTrial(Self.plan())
    trial.add(at: 0, input: 6, output: 1)
    let outcome = trial.outcome()
    #expect(outcome.rows[0].first?.latency == 16)
    #expect(outcome.facts[0].language?.steps == 1)
  }
}

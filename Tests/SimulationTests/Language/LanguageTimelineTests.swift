import Simulation
import Testing
import Traffic

/// Timelines worked out by hand, in nanoseconds. A step takes 10, 1 for each prompt token prefilled, 2 for
/// each sequence that decodes and 1 for each token that those look back on.
@Suite("Timelines of language models") struct LanguageTimelineTests {
  private static func plan(
    memory: Int = 1000, budget: Int = 100, sequences: Int = 4, block: Int = 1
  ) -> LanguagePlan {
    var plan = LanguagePlan(
      steps: StepTimes(base: 10e-9, perPrefillToken: 1e-9, perSequence: 2e-9, perCachedToken: 1e-9),
      sequences: sequences, tokenBudget: budget, memoryTokens: memory)
    plan.blockTokens = block
    plan.watermark = 0
    return plan
  }

  @Test("one sequence: its prompt's step brings the first token, each decode step one more")
  func one() {
    var trial = LanguageTrial(Self.plan())
    trial.add(at: 100, input: 5, output: 3)
    let outcome = trial.outcome()
    // 15 for the prompt, then 10 + 2 + 5 and 10 + 2 + 6.
    #expect(
      outcome.rows[0] == [
        LanguageRow(
          fate: .answered, wait: 0, service: 50, latency: 50, firstToken: 15, gap: 18,
          longestGap: 18)
      ])
    let facts = outcome.facts[0].language
    #expect(facts?.steps == 3)
    #expect(facts?.prefilledTokens == 5)
    #expect(facts?.decodedTokens == 2)
    #expect(facts?.memoryPeakTokens == 7)
    #expect(outcome.facts[0].busyArea == 50)
  }

  @Test("two sequences: a prompt is prefilled beside who decodes, or before")
  func two() {
    var trial = LanguageTrial(Self.plan())
    trial.add(at: 0, input: 5, output: 3)
    trial.add(at: 5, input: 4, output: 2)
    // Steps end at 15 (5 prefilled), 36 (4 prefilled, one decodes over 5), 60 (two decode over 6 + 4).
    #expect(
      trial.outcome().rows[0] == [
        LanguageRow(
          fate: .answered, wait: 0, service: 60, latency: 60, firstToken: 15, gap: 23,
          longestGap: 24),
        LanguageRow(
          fate: .answered, wait: 10, service: 45, latency: 55, firstToken: 31, gap: 24,
          longestGap: 24),
      ])
    trial.services[0].language?.chunkedPrefill = false
    // Steps end at 15, 29 (4 prefilled), 52 (two decode over 5 + 4), 70 (one over 6).
    #expect(
      trial.outcome().rows[0] == [
        LanguageRow(
          fate: .answered, wait: 0, service: 70, latency: 70, firstToken: 15, gap: 28,
          longestGap: 37),
        LanguageRow(
          fate: .answered, wait: 10, service: 37, latency: 47, firstToken: 24, gap: 23,
          longestGap: 23),
      ])
  }

  @Test("a prompt beyond the budget is prefilled in chunks")
  func chunks() {
    var trial = LanguageTrial(Self.plan(budget: 4, sequences: 2))
    trial.add(at: 0, input: 10, output: 2)
    // Chunks of 4, 4 and 2: 14, 28, 40; then one decodes over 10.
    let outcome = trial.outcome()
    #expect(
      outcome.rows[0] == [
        LanguageRow(
          fate: .answered, wait: 0, service: 62, latency: 62, firstToken: 40, gap: 22,
          longestGap: 22)
      ])
    #expect(outcome.facts[0].language?.steps == 4)
    trial.services[0].language?.steps.perPrefillTokenSquared = 0.5e-9
    // Squares of where chunks end: 16, 64, 100, halved; the whole adds 50.
    #expect(trial.outcome().rows[0][0].firstToken == 90)
  }

  @Test("without memory for a step the last come goes back to the line and is prefilled anew")
  func preemption() {
    var trial = LanguageTrial(Self.plan(memory: 12, sequences: 2))
    trial.add(at: 0, input: 5, output: 4)
    trial.add(at: 0, input: 4, output: 3)
    // Steps end at 19 (9 prefilled), 42 (two decode over 5 + 4: 11 of 12 tokens are held); the second goes.
    // 60 (one over 6), 79 (one over 7), 95 (4 + 2 tokens prefilled anew bring the third).
    let outcome = trial.outcome()
    #expect(
      outcome.rows[0] == [
        LanguageRow(
          fate: .answered, wait: 0, service: 79, latency: 79, firstToken: 19, gap: 20,
          longestGap: 23),
        LanguageRow(
          fate: .answered, wait: 0, service: 95, latency: 95, firstToken: 19, gap: 38,
          longestGap: 53),
      ])
    let facts = outcome.facts[0].language
    #expect(facts?.preemptions == 1)
    #expect(facts?.recomputedTokens == 5)
    #expect(facts?.steps == 5)
    #expect(facts?.memoryPeakTokens == 11)
  }

  @Test("cached blocks of a prompt are not prefilled again")
  func prefixes() {
    var trial = LanguageTrial(Self.plan(block: 4))
    trial.services[0].language?.prefixCaching = true
    trial.tokens.prefixTokens = 4
    trial.add(at: 0, input: 10, output: 1, prefix: [7, 8])
    trial.add(at: 100, input: 10, output: 1, prefix: [7, 8])
    let outcome = trial.outcome()
    // All 10 tokens, then the 2 that stand in no cached block.
    #expect(outcome.rows[0].map(\.latency) == [20, 12])
    #expect(outcome.rows[0].map(\.gap) == [-1, -1])
    #expect(outcome.facts[0].language?.cacheHitTokens == 8)
    #expect(outcome.facts[0].language?.prefilledTokens == 12)
  }

  @Test("who gives up leaves at the end of the step, and its memory serves the next")
  func timeout() {
    var trial = LanguageTrial(Self.plan(memory: 10))
    trial.services[0].timeout = SimulatedDuration(nanoseconds: 30)
    trial.services[0].timeoutCancels = true
    trial.add(at: 0, input: 6, output: 4)
    trial.add(at: 25, input: 6, output: 1)
    // Steps end at 16 (6 prefilled), 34 (one decodes over 6; it gave up at 30), 50 (6 prefilled).
    #expect(
      trial.outcome().rows[0] == [
        LanguageRow(
          fate: .timedOut, wait: 0, service: 34, latency: 30, firstToken: 16, gap: 18,
          longestGap: 18),
        LanguageRow(
          fate: .answered, wait: 9, service: 16, latency: 25, firstToken: 25, gap: -1,
          longestGap: -1),
      ])
  }

  @Test("a batch of one is a queue whose service is the prefill and the decode steps")
  func lone() {
    var trial = LanguageTrial(Self.plan(budget: 64, sequences: 1, block: 16))
    var free: Int64 = 0
    var expected: [LanguageRow] = []
    for request in Int64(0)..<200 {
      let arrival = request * 90
      let (input, output) = (1 + request * 37 % 60, 1 + request * 11 % 7)
      trial.add(at: arrival, input: Int32(input), output: Int32(output))
      let decodes = (0..<output - 1).reduce(0) { $0 + 12 + input + $1 }
      let start = max(arrival, free)
      free = start + 10 + input + decodes
      var row = LanguageRow(
        fate: .answered, wait: start - arrival, service: free - start, latency: free - arrival,
        firstToken: start + 10 + input - arrival)
      if output > 1 {
        row.gap = (decodes + (output - 1) / 2) / (output - 1)
        row.longestGap = 12 + input + output - 2
      }
      expected.append(row)
    }
    let outcome = trial.outcome()
    #expect(outcome.rows[0] == expected)
    #expect(expected.contains { $0.wait > 0 } && expected.contains { $0.wait == 0 })
    // With a single sequence at a time, an engine's busy time is the sum of services.
    #expect(outcome.facts[0].busyArea == expected.reduce(0) { $0 + Int128($1.service) })
  }
}

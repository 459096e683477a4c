import Foundation
import Simulation
import Testing

@Suite("Language models") struct LanguageTests {
  static let isLong = ProcessInfo.processInfo.environment["UNDERSTUDY_CALIBRATION"] == "full"
  static let portions = UInt64(0)..<(isLong ? 200 : 12)
  static let portion = UInt64(isLong ? 250 : 20)

  @Test("runs of steps give the bits of single steps", arguments: portions)
  func reference(portion: UInt64) {
    for seed in portion * Self.portion..<(portion + 1) * Self.portion {
      let trial = LanguageTrial(seed: seed)
      let outcome = trial.outcome()
      for arm in trial.names.indices where trial.services[arm].sharedWith == nil {
        let reference = LanguageReference(trial, owner: arm)
        for (member, index) in reference.members.enumerated() {
          #expect(outcome.rows[index] == reference.rows[member], "seed \(seed), arm \(index)")
        }
        compare(outcome.facts[arm], reference, seed)
      }
    }
  }

  private func compare(_ facts: ServingFacts, _ reference: LanguageReference, _ seed: UInt64) {
    guard let language = facts.language else {
      Issue.record("no facts of the engines")
      return
    }
    #expect(language.steps == reference.facts.steps, "seed \(seed)")
    #expect(language.prefilledTokens == reference.facts.prefilledTokens, "seed \(seed)")
    #expect(language.cacheHitTokens == reference.facts.cacheHitTokens, "seed \(seed)")
    #expect(language.decodedTokens == reference.facts.decodedTokens, "seed \(seed)")
    #expect(language.preemptions == reference.facts.preemptions, "seed \(seed)")
    #expect(language.recomputedTokens == reference.facts.recomputedTokens, "seed \(seed)")
    #expect(language.memoryPeakTokens == reference.facts.memoryPeakTokens, "seed \(seed)")
    #expect(facts.busyArea == reference.up(reference.busy), "seed \(seed)")
  }
}

import Probability
import TestSupport
import Testing

@Suite("Trials") struct TrialCountTests {
  @Test("a count is implausible exactly where its tail is below the bound")
  func bound() {
    let (rate, missing) = (0.05, 1e-3)
    let law = Binomial(trials: 200, probability: rate)
    for hits in 0...40 {
      let isPlausible = TrialCount(hits: hits, trials: 200, seed: 0)
        .isPlausible(under: rate, missing: missing)
      let tail = min(
        (0...hits).reduce(0) { $0 + law.pmf($1) }, (hits...200).reduce(0) { $0 + law.pmf($1) })
      #expect(isPlausible == (tail > missing / 2), "\(hits) hits, tail \(tail)")
    }
  }

  @Test("too few hits are plausible for a procedure that may err less often than it says")
  func atMost() {
    #expect(TrialCount(hits: 0, trials: 1_000, seed: 0).isPlausible(underAtMost: 0.05))
    #expect(!TrialCount(hits: 0, trials: 1_000, seed: 0).isPlausible(under: 0.05))
    #expect(!TrialCount(hits: 95, trials: 1_000, seed: 0).isPlausible(underAtMost: 0.05))
  }

  @Test("each trial has luck of its own, and the same luck every time")
  func luck() {
    var seen: [Double] = []
    let first = trials(50, seed: 3) { luck in
      seen.append(luck.nextUnit())
      return seen.count.isMultiple(of: 2)
    }
    #expect(first == TrialCount(hits: 25, trials: 50, seed: 3))
    #expect(Set(seen).count == 50)
  }
}

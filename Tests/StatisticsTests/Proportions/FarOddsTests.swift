import Probability
import Testing

@testable import Statistics

@Suite("Odds ratios far out") struct FarOddsTests {
  @Test(
    "the score falls all the way, and an empty cell leaves its side without an end",
    arguments: [(6, 2_000, 0, 2_000), (0, 40, 3, 50), (30, 30, 11, 25), (5, 9, 9, 9)])
  func monotonic(k1: Int, n1: Int, k2: Int, n2: Int) {
    let shares = TwoProportions(
      candidate: .init(successes: k1, trials: n1), production: .init(successes: k2, trials: n2))
    var last = Double.infinity
    for exponent in stride(from: -300.0, through: 300, by: 7.5) {
      let score = shares.oddsScore(null: Elementary.exp(exponent))
      #expect(score <= last + 1e-12, "at exp(\(exponent))")
      last = score
    }
    let isUp = k2 == 0 || k1 == n1
    let ends = shares.oddsScoreEnds(z: 1.96)
    #expect(isUp ? ends.high == .infinity && ends.low > 0 : ends.low == 0 && ends.high < .infinity)
  }
}

import Probability
import Testing

@testable import Statistics

@Suite("Difference of posteriors") struct PosteriorDifferenceTests {
  private static let pairs: [(Posterior, Posterior)] = [
    (.share(successes: 12, trials: 100), .share(successes: 8, trials: 110)),
    (.share(successes: 0, trials: 2_000), .share(successes: 6, trials: 2_000)),
    (.share(successes: 990, trials: 1_000), .share(successes: 400, trials: 1_000)),
    (.rate(events: 30, exposure: 10), .rate(events: 25, exposure: 11)),
    (.rate(events: 0, exposure: 1e6), .rate(events: 3, exposure: 1e5)),
    (.normal(mean: 1, standardDeviation: 2), .normal(mean: -1, standardDeviation: 0.5)),
  ]

  @Test("is larger than 0 as often as the candidate is best of two", arguments: 0..<pairs.count)
  func best(index: Int) {
    let (candidate, production) = Self.pairs[index]
    let difference = PosteriorDifference(candidate: candidate, production: production)
    let contest = PosteriorContest([candidate, production])
    let (above, best) = (difference.probabilityAbove(0), contest.probabilityBest[0])
    #expect(abs(above - best) <= 1e-9 * best)
    #expect(abs(above + difference.probabilityBelow(0) - 1) < 1e-9)
    #expect(abs(difference.expectedLossOfCandidate - contest.expectedLoss[0]) < 1e-15)
    let turned = PosteriorDifference(candidate: production, production: candidate)
    #expect(abs(turned.probabilityBelow(0) - above) <= 1e-9)
  }

  @Test("quantiles are where the probability says, and intervals widen", arguments: 0..<pairs.count)
  func quantiles(index: Int) {
    let (candidate, production) = Self.pairs[index]
    let difference = PosteriorDifference(candidate: candidate, production: production)
    for p in [0.005, 0.025, 0.5, 0.975] {
      #expect(abs(difference.probabilityBelow(difference.quantile(p)) - p) < 1e-8)
    }
    let (narrow, wide) = (
      difference.interval(level: 0.9, .different), difference.interval(level: 0.99, .different)
    )
    #expect(wide.lower < narrow.lower && narrow.upper < wide.upper)
    let region = narrow.lower...narrow.upper
    #expect(abs(difference.probability(within: region) - 0.9) < 1e-7)
    let sided = difference.interval(level: 0.95, .greater)
    #expect(abs(difference.probabilityBelow(sided.lower) - 0.05) < 1e-8)
    #expect(sided.upper == .infinity)
  }

  @Test("with much data agrees with two normal laws")
  func normal() {
    let one = Posterior.share(successes: 5_200, trials: 10_000)
    let other = Posterior.share(successes: 5_000, trials: 10_000)
    let difference = PosteriorDifference(candidate: one, production: other)
    let error = (0.52 * 0.48 / 10_000 + 0.25 / 10_000).squareRoot()
    #expect(abs(difference.quantile(0.975) - (0.02 + 1.959_964 * error)) < 1e-4)
  }

  @Test("chances of all arms add up to 1, however much data there are", arguments: [1e3, 1e6, 2e9])
  func total(events: Double) {
    let laws: [Posterior] = [
      .gamma(shape: events, rate: 1e3), .gamma(shape: events + events.squareRoot(), rate: 1e3),
      .gamma(shape: 0.5, rate: 1e3),
    ]
    #expect(abs(PosteriorContest(laws).probabilityBest.reduce(0, +) - 1) < 1e-9)
    let contest = PosteriorContest(Array(laws.prefix(2)))
    // √a apart, with √(2a) as the spread of the difference.
    #expect(abs(contest.probabilityBest[1] - 0.760_25) < 0.01)
  }

  @Test("small is best as large is of what is turned around")
  func smallest() {
    let shares = [(12, 100), (8, 110), (30, 250)]
    let straight = PosteriorContest(shares.map { .share(successes: $0.0, trials: $0.1) })
    let turned = PosteriorContest(shares.map { .share(successes: $0.1 - $0.0, trials: $0.1) })
    for arm in shares.indices {
      #expect(abs(straight.probabilitySmallest[arm] - turned.probabilityBest[arm]) < 1e-10)
      #expect(abs(straight.expectedExcess[arm] - turned.expectedLoss[arm]) < 1e-12)
    }
  }

  @Test("a method's name gives each arm its posterior, or says why there is none")
  func named() throws {
    let arm = ArmSample(values: [0, 1, 1, 0, 1])
    #expect(
      try Posterior(named: "beta-binomial", arm, prior: nil) == .share(successes: 3, trials: 5))
    #expect(
      try Posterior(named: "beta-binomial", arm, prior: .init(2, 7)) == .beta(Beta(5, 9)))
    #expect(
      try Posterior(named: "gamma-poisson", arm, prior: nil) == .rate(events: 3, exposure: 5))
    #expect(throws: Unavailable.notBinary) {
      try Posterior(named: "beta-binomial", ArmSample(values: [0, 2]), prior: nil)
    }
    #expect(throws: Unavailable.notCounts) {
      try Posterior(named: "gamma-poisson", ArmSample(values: [0.5]), prior: nil)
    }
    #expect(throws: Unavailable.notPositive) {
      try Posterior(named: "beta-binomial", arm, prior: .init(-1, 1))
    }
    #expect(throws: Unavailable.noVariation) {
      try Posterior(named: "normal-posterior", ArmSample(values: [2, 2]), prior: nil)
    }
    #expect(Posterior.priorText(named: "normal-posterior", nil) == "flat")
  }
}

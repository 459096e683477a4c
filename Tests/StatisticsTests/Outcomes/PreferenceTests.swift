import Probability
import Testing

@testable import Statistics

@Suite("Preferences") struct PreferenceTests {
  private let x: [Double] = [5, 3, 8, 1, 9, 3, 7]
  private let y: [Double] = [2, 3, 6, 4, 1, 5, 3, 3]

  @Test("win ratio and net benefit agree with NumPy's covariances of all pairs")
  func winRatio() throws {
    for ratio in [
      try WinRatio(TieBlocks(candidate: x, production: y)),
      try WinRatio(prioritised: [x], [y], margins: [0]),
    ] {
      #expect(near(ratio.wins, 0.6071428571428571) && near(ratio.losses, 0.25))
      #expect(near(ratio.netBenefit.value, 0.3571428571428571))
      #expect(near(ratio.netBenefit.standardError, 0.30499366719038457))
      let logarithm = try ratio.logRatio()
      #expect(near(logarithm.value, 0.8873031950009027))
      #expect(near(logarithm.standardError, 0.8268190578492839))
    }
  }

  @Test("with ties split, net benefit is Brunner and Munzel's estimate, doubled")
  func brunnerMunzel() throws {
    let blocks = try TieBlocks(candidate: x, production: y)
    let (benefit, test) = (try WinRatio(blocks).netBenefit, try BrunnerMunzel(blocks))
    #expect(near(benefit.value, 2 * test.estimate.value - 1))
    #expect(near(benefit.standardError, 2 * test.estimate.standardError))
  }

  @Test("the first outcome that differs by more than its margin decides a pair")
  func prioritised() throws {
    let ratio = try WinRatio(
      prioritised: [[1, 1], [5, 0]], [[0.5, 3], [1, 2]], margins: [0.6, 0])
    // Row 0: near the first on outcome 0, then 5 > 1; beaten by the second. Row 1: 0 < 1; beaten.
    #expect(ratio.wins == 0.25 && ratio.losses == 0.75)
  }

  @Test("the trinomial test agrees with 40-digit sums of multinomial terms")
  func trinomial() throws {
    func p(_ wins: Int, _ losses: Int, _ ties: Int) throws -> PValue {
      try TrinomialTest(wins: wins, losses: losses, ties: ties).p(.greater)
    }
    #expect(try near(p(12, 5, 23).value, 0.057075649215595309, 1e-11))
    #expect(try near(p(40, 2, 8).value, 4.0794626865756343e-10, 1e-11))
    #expect(try near(p(120, 0, 30).value, 2.9935733001957503e-32, 1e-11))
    let far = try p(3000, 0, 600)
    #expect(far.ln < -700 && far.ln.isFinite)
    let plain = try p(30, 14, 0).value
    #expect(near(plain, FairCoin.tail(atMost: 14, of: 44).value))
    #expect(try p(0, 0, 7) == .one)
  }

  @Test("Davidson's strengths agree with 40 digits of mpmath")
  func davidson() throws {
    let strengths = try PreferenceStrengths(
      arms: 3,
      [
        .init(first: 0, second: 1, firstWins: 7, secondWins: 12, ties: 4),
        .init(first: 0, second: 2, firstWins: 5, secondWins: 9, ties: 6),
        .init(first: 1, second: 2, firstWins: 10, secondWins: 8, ties: 3),
      ])
    #expect(near(strengths.logStrengths[1], 0.61984550764072544, 1e-11))
    #expect(near(strengths.logStrengths[2], 0.44279547350348696, 1e-11))
    #expect(near(strengths.logTies, -0.6479540627498122, 1e-11))
    #expect(near(strengths.logRatio(of: 1).standardError, 0.40172276859018735, 1e-11))
    #expect(near(strengths.logRatio(of: 2).standardError, 0.41151276985025337, 1e-11))
    #expect(near(strengths.logRatio(of: 1, to: 2).standardError, 0.40311537374487703, 1e-11))
  }

  @Test("two arms without ties are the log odds; an arm that never lost has no strength")
  func twoArms() throws {
    let strengths = try PreferenceStrengths(
      arms: 2, [.init(first: 1, second: 0, firstWins: 30, secondWins: 10)])
    #expect(near(strengths.logStrengths[1], Elementary.log(3)))
    #expect(near(strengths.logRatio(of: 1).standardError, (1.0 / 30 + 0.1).squareRoot(), 1e-11))
    #expect(strengths.logTies == nil)
    #expect(throws: Unavailable.separated) {
      try PreferenceStrengths(
        arms: 2, [.init(first: 1, second: 0, firstWins: 30, secondWins: 0)])
    }
    #expect(throws: Unavailable.emptyCell) {
      try PreferenceStrengths(
        arms: 2, [.init(first: 1, second: 0, firstWins: 0, secondWins: 0, ties: 4)])
    }
  }

  @Test("net benefit keeps its error with ties, and finds a difference")
  func calibration() throws {
    let runs = 400
    var (alarms, found) = (0, 0)
    for run in 0..<runs {
      var luck = Luck(seed: 8, run: run)
      let one = (0..<60).map { _ in (luck.normal() * 2).rounded() }
      let other = (0..<50).map { _ in (luck.normal() * 2).rounded() }
      func p(_ one: [Double]) throws -> Double {
        try WinRatio(TieBlocks(candidate: one, production: other)).netBenefit.pTwoSided().value
      }
      if try p(one) <= 0.05 { alarms += 1 }
      if try p(one.map { $0 + 2 }) <= 0.05 { found += 1 }
    }
    #expect(plausible(0.055, of: runs).contains(Double(alarms) / Double(runs)), "\(alarms)")
    #expect(found > runs * 9 / 10)
  }
}

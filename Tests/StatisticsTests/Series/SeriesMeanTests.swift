import Probability
import Testing

@testable import Statistics

@Suite("Means of dependent series") struct SeriesMeanTests {
  /// Alarms and refusals of two arms that do not differ, as shares.
  private func rates(
    _ rho: Double, count: Int, runs: Int, level: Double
  ) -> (alarms: Double, refusals: Double) {
    var (alarms, refusals) = (0, 0)
    for run in 0..<runs {
      var luck = Luck(seed: 61, run: run)
      let arms = TwoArms(
        candidate: luck.autoregression(rho, count: count),
        production: luck.autoregression(rho, count: count))
      guard case .arms(let method)? = Catalogue.method(named: "series-difference")?.body,
        let answer = try? method(arms, Question(level: level)), let p = answer.p
      else {
        refusals += 1
        continue
      }
      if p.value <= 1 - level { alarms += 1 }
    }
    return (Double(alarms) / Double(runs), Double(refusals) / Double(runs))
  }

  @Test(
    "two arms of 30 or 60 dependent values keep the level", arguments: [30, 60], [0, 0.5, 0.8, 0.9])
  func canary(count: Int, rho: Double) {
    let runs = 1_000
    let found = rates(rho, count: count, runs: runs, level: 0.95)
    #expect(found.alarms <= plausible(0.05, of: runs).upperBound, "\(found)")
    if rho == 0 { #expect(found.refusals <= 0.01, "\(found)") }
    if rho >= 0.9 { #expect(found.refusals >= 0.8, "\(found)") }
  }

  @Test("plain errors alarm far too often on the same series")
  func plainTest() throws {
    var alarms = 0
    for run in 0..<400 {
      var luck = Luck(seed: 62, run: run)
      let estimate = try TTests.welch(
        candidate: Moments(of: luck.autoregression(0.8, count: 60)),
        production: Moments(of: luck.autoregression(0.8, count: 60)))
      if estimate.pTwoSided().value <= 0.05 { alarms += 1 }
    }
    #expect(alarms > 160)
  }

  @Test("an effect of four standard errors is found in independent series")
  func power() throws {
    var found = 0
    for run in 0..<300 {
      var luck = Luck(seed: 63, run: run)
      let shift = 4 * (2.0 / 60).squareRoot()
      let difference = try SeriesMean.difference(
        candidate: SeriesMean((0..<60).map { _ in luck.normal() + shift }),
        production: SeriesMean((0..<60).map { _ in luck.normal() }))
      let p = difference.autoregressive.pTwoSided().both(difference.cosine.pTwoSided())
      if p.value <= 0.05 { found += 1 }
    }
    #expect(found > 270)
  }

  @Test("what an answer needs grows with the level, and too few values are named")
  func needed() throws {
    #expect(SeriesMean.needed(level: 0.95, share: 0.5) == 7)
    #expect(SeriesMean.needed(level: 0.8, share: 1) == 10)
    #expect(SeriesMean.needed(level: 0.99, share: 1) > 13)
    #expect(throws: Unavailable.tooFew(has: 15, needs: 16)) {
      try SeriesMean(Array(repeating: 1, count: 15))
    }
    var luck = Luck(seed: 64, run: 0)
    let walk = luck.autoregression(0.999, count: 60)
    let refused = #expect(throws: Unavailable.self) {
      try SeriesMean(walk).require(level: 0.95, share: 0.5)
    }
    guard case .tooFewIndependent(let has, _)? = refused else {
      Issue.record("another reason: \(String(describing: refused))")
      return
    }
    #expect(has < 7)
  }

  @Test("long series are met through sums of neighbours")
  func long() throws {
    var luck = Luck(seed: 65, run: 0)
    let mean = try SeriesMean(luck.autoregression(0.6, count: 20_000))
    // (1 + ρ) / (1 − ρ) = 4.
    let wanted = (4.0 / 20_000).squareRoot()
    #expect(abs(mean.autoregressive.standardError / wanted - 1) < 0.05)
    #expect(abs(mean.cosine.standardError / wanted - 1) < 0.2)
  }

  @Test("interleaved arms on one drifting clock keep their level where plain errors do not matter")
  func interleaved() throws {
    var alarms = 0
    let runs = 300
    for run in 0..<runs {
      var luck = Luck(seed: 66, run: run)
      let values = luck.autoregression(0.9, count: 240)
      // Blocks of ten rows go to either arm.
      let isCandidate = (0..<24).flatMap { block in
        Array(repeating: block % 2 == run % 2, count: 10)
      }
      let mean = try SeriesMean(ArmsInTime(values: values, isCandidate: isCandidate))
      let p = mean.autoregressive.pTwoSided().both(mean.cosine.pTwoSided())
      if p.value <= 0.05 { alarms += 1 }
    }
    #expect(Double(alarms) / Double(runs) <= plausible(0.05, of: runs).upperBound, "\(alarms)")
  }
}

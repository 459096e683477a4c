import Probability
import Testing

@testable import Statistics

@Suite("Relative lifts") struct RelativeLiftTests {
  private func estimate(_ value: Double, _ error: Double) -> TEstimate {
    TEstimate(value: value, standardError: error, degreesOfFreedom: .infinity)
  }

  private func lift(
    _ candidate: (Double, Double), _ production: (Double, Double), correlation: Double = 0
  ) throws -> RelativeLift {
    try RelativeLift(
      candidate: estimate(candidate.0, candidate.1),
      production: estimate(production.0, production.1), correlation: correlation)
  }

  @Test("Fieller's set holds the lifts whose t test does not reject", arguments: [-0.6, 0, 0.6])
  func inversion(correlation: Double) throws {
    for (production, critical) in [
      (2.0, 1.96), (-2.0, 1.96), (0.3, 1.96), (0.3, 3.5), (-0.3, 1.96),
    ] {
      let lift = try lift((2.5, 0.3), (production, 0.2), correlation: correlation)
      let set = lift.fieller(critical: critical)
      for step in -400...400 {
        let value = Double(step) / 20
        let isInside = abs(lift.contrast(lift: value).statistic()) <= critical
        let isAtEnd = abs(value - set.lower) < 1e-9 || abs(value - set.upper) < 1e-9
        #expect(isAtEnd || set.contains(value) == isInside, "\(production) \(critical) \(value)")
      }
    }
  }

  @Test("one-sided sets hold the lifts whose one-sided test does not reject")
  func oneSided() throws {
    for production in [2.0, -2, 0.3, -0.3] {
      let lift = try lift((2.5, 0.3), (production, 0.2))
      for upper in [false, true] {
        let set = lift.fiellerOneSided(critical: 1.645, upper: upper)
        for step in -400...400 {
          let value = Double(step) / 20
          let statistic = lift.contrast(lift: value).statistic()
          let isInside = upper ? statistic >= -1.645 : statistic <= 1.645
          let isAtEnd = abs(value - set.lower) < 1e-9 || abs(value - set.upper) < 1e-9
          #expect(isAtEnd || set.contains(value) == isInside, "\(production) \(upper) \(value)")
        }
      }
    }
  }

  @Test("a production mean that may be 0 makes the interval unbounded, and the answer says so")
  func unbounded() throws {
    let gap = try lift((2.5, 0.3), (0.2, 0.2)).answer(.fieller, to: Question())
    #expect(gap.interval?.isComplement == true && gap.cautions == [.unboundedRatio])
    let all = try lift((0.1, 0.3), (0.1, 0.2)).answer(.fieller, to: Question())
    #expect(all.interval == Bounds(lower: -.infinity, upper: .infinity))
    #expect(all.cautions == [.unboundedRatio])
    let good = try lift((2.5, 0.3), (2, 0.1)).answer(.fieller, to: Question())
    #expect(good.interval?.isBounded == true && good.cautions.isEmpty)
  }

  @Test("of a negative production mean, up is up")
  func negative() throws {
    let better = try lift((-5, 0.1), (-10, 0.1)).answer(.fieller, to: Question())
    #expect(better.estimate == 0.5)
    #expect((better.interval?.lower ?? 0) > 0.4)
    let greater = try lift((-5, 0.1), (-10, 0.1)).answer(
      .fieller, to: Question(alternative: .greater))
    #expect((greater.p?.value ?? 1) < 1e-9)
    #expect(throws: Unavailable.notPositive) {
      try lift((-5, 0.1), (-10, 0.1)).answer(.logarithm, to: Question())
    }
    #expect(throws: Unavailable.zeroDenominator) { try lift((1, 1), (0, 1)) }
  }

  @Test("Fieller's set covers the true lift as often as it says, the delta method does not")
  func coverage() throws {
    var (exact, delta) = (0, 0)
    let runs = 4_000
    for run in 0..<runs {
      var luck = Luck(seed: 81, run: run)
      let lift = try lift(
        (1.5 + 0.3 * luck.normal(), 0.3), (1 + 0.3 * luck.normal(), 0.3))
      if lift.fieller(critical: Normal.upperQuantile(0.025)).contains(0.5) { exact += 1 }
      if lift.delta(degreesOfFreedom: .infinity).interval(level: 0.95).contains(0.5) { delta += 1 }
    }
    #expect(plausible(0.95, of: runs).contains(Double(exact) / Double(runs)), "\(exact)")
    #expect(!plausible(0.95, of: runs).contains(Double(delta) / Double(runs)), "\(delta)")
  }

  @Test("a paired lift with a shared value knows that production's error is candidate's too")
  func paired() throws {
    var luck = Luck(seed: 82, run: 0)
    let production = (0..<200).map { _ in 10 + 3 * luck.normal() }
    let candidate = production.map { 1.1 * $0 + 0.1 * luck.normal() }
    let ratios = try PairSample(candidate: candidate, production: production).ratios()
    #expect(ratios.correlation > 0.99)
    guard case .pairs(let method)? = Catalogue.method(named: "paired-relative-lift")?.body else {
      Issue.record("no method")
      return
    }
    let interval = try #require(
      try method(PairSample(candidate: candidate, production: production), Question()).interval)
    #expect(interval.contains(0.1) && interval.width < 0.01)
  }
}

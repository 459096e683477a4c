import Probability
import Testing

@testable import Statistics

@Suite("Tests and intervals") struct PropertyTests {
  @Test("tests of tiny, huge and plain numbers say the same", arguments: [-600, -490, 0, 460])
  func scale(exponent: Int) throws {
    var luck = Luck(seed: 41, run: 0)
    let scale = Double(sign: .plus, exponent: exponent, significand: 1)
    let x = (0..<40).map { _ in luck.normal() }
    let y = (0..<30).map { _ in luck.normal() + 0.3 }
    let plain = try TTests.welch(candidate: Moments(of: x), production: Moments(of: y))
    let scaled = try TTests.welch(
      candidate: Moments(of: x.map { $0 * scale }), production: Moments(of: y.map { $0 * scale }))
    #expect(scaled.statistic() == plain.statistic())
    #expect(scaled.pTwoSided() == plain.pTwoSided())
  }

  @Test("a large mean does not drown a small variance")
  func largeMean() throws {
    var luck = Luck(seed: 42, run: 0)
    let x = (0..<1000).map { _ in 1e9 + luck.normal() }
    #expect((0.9...1.1).contains(try Moments(of: x).standardDeviation))
  }

  @Test("tails that underflow keep their logarithm")
  func logarithms() {
    let far = TEstimate(value: 60, standardError: 1, degreesOfFreedom: .infinity)
    #expect(far.pTwoSided().value == 0)
    #expect(abs(far.pTwoSided().ln + 1804.32) < 0.01)
    let t = TEstimate(value: 12, standardError: 1, degreesOfFreedom: 4000)
    #expect(abs(t.pTwoSided().value / 1.28e-32 - 1) < 0.01)
    let pairs = McNemar(onlyFirst: 0, onlySecond: 3000)
    #expect(pairs.exact.value == 0)
    #expect(abs(pairs.exact.ln + 2999 * 0.693_147_180_559_945_3) < 1e-6)
    #expect(abs(pairs.midP.ln + 3000 * 0.693_147_180_559_945_3) < 1e-6)
  }

  @Test("intervals contain their estimate and grow with the level")
  func nested() {
    let shares = TwoProportions(
      candidate: .init(successes: 17, trials: 60), production: .init(successes: 9, trials: 70))
    let pairs = PairedProportions(both: 30, onlyFirst: 9, onlySecond: 4, neither: 20)
    func intervals(_ level: Double) -> [ClosedRange<Double>] {
      [
        shares.newcombeInterval(level: level), shares.scoreInterval(level: level),
        shares.agrestiCaffoInterval(level: level), pairs.tangoInterval(level: level),
        pairs.newcombeInterval(level: level),
      ]
    }
    for (inner, outer) in zip(intervals(0.8), intervals(0.95)) {
      #expect(outer.lowerBound < inner.lowerBound && inner.upperBound < outer.upperBound)
    }
    #expect(intervals(0.8)[1].contains(shares.candidateMinusProduction))
    #expect(intervals(0.8)[3].contains(pairs.firstMinusSecond))
  }

  @Test("exchanging the arms turns the interval round")
  func exchange() {
    let a = TwoProportions.Share(successes: 17, trials: 60)
    let b = TwoProportions.Share(successes: 9, trials: 70)
    let there = TwoProportions(candidate: a, production: b).scoreInterval(level: 0.95)
    let back = TwoProportions(candidate: b, production: a).scoreInterval(level: 0.95)
    #expect(abs(there.lowerBound + back.upperBound) < 1e-12)
    #expect(abs(there.upperBound + back.lowerBound) < 1e-12)
    let pairs = PairedProportions(both: 30, onlyFirst: 9, onlySecond: 4, neither: 20)
    let swapped = PairedProportions(both: 30, onlyFirst: 4, onlySecond: 9, neither: 20)
    let tango = pairs.tangoInterval(level: 0.9)
    let mirrored = swapped.tangoInterval(level: 0.9)
    #expect(abs(tango.lowerBound + mirrored.upperBound) < 1e-12)
  }

  @Test("units on an arm that was to get none fail the sample-ratio check")
  func unplanned() throws {
    let failed = try SampleRatio(observed: [500, 500, 1], planned: [0.5, 0.5, 0])
    #expect(failed.hasUnplannedUnits && failed.p.value == 0)
    let passed = try SampleRatio(observed: [500, 500, 0], planned: [0.5, 0.5, 0])
    #expect(passed.degreesOfFreedom == 1 && passed.p.value == 1)
    #expect(throws: Unavailable.tooFew(has: 0, needs: 1)) {
      try SampleRatio(observed: [0, 0], planned: [1, 1])
    }
  }

  @Test("one request a unit: the clustered difference is Welch's up to its degrees of freedom")
  func unitsOfOne() throws {
    var luck = Luck(seed: 43, run: 0)
    let x = (0..<30).map { _ in luck.normal() }
    let y = (0..<50).map { _ in luck.normal() }
    let ones = { Array(repeating: 1, count: $0) }
    let clustered = try ClusteredMean.difference(
      candidate: ClusteredMean(counts: ones(30), sums: x),
      production: ClusteredMean(counts: ones(50), sums: y))
    let welch = try TTests.welch(candidate: Moments(of: x), production: Moments(of: y))
    #expect(abs(clustered.standardError / welch.standardError - 1) < 1e-12)
    #expect(abs(clustered.degreesOfFreedom / welch.degreesOfFreedom - 1) < 1e-12)
  }

  @Test("users with many like requests: the clustered test keeps its level, the plain one does not")
  func clusterCalibration() throws {
    let runs = 400
    var clustered = 0
    var plain = 0
    for run in 0..<runs {
      var luck = Luck(seed: 44, run: run)
      func arm() throws -> (ClusteredMean, Moments) {
        var values: [Double] = []
        var counts: [Int] = []
        var sums: [Double] = []
        for _ in 0..<40 {
          let user = luck.normal()
          let count = 1 + Int(luck.unit() * 9)
          let answers = (0..<count).map { _ in user + luck.normal() }
          values += answers
          counts.append(count)
          sums.append(answers.reduce(0, +))
        }
        return (try ClusteredMean(counts: counts, sums: sums), try Moments(of: values))
      }
      let (first, second) = (try arm(), try arm())
      let honest = try ClusteredMean.difference(candidate: first.0, production: second.0)
      let naive = try TTests.welch(candidate: first.1, production: second.1)
      if honest.pTwoSided().value <= 0.05 { clustered += 1 }
      if naive.pTwoSided().value <= 0.05 { plain += 1 }
    }
    #expect(plausible(0.055, of: runs).contains(Double(clustered) / Double(runs)), "\(clustered)")
    #expect(plain > 60)
  }

  @Test("values without variation give a reason")
  func noVariation() {
    let still = Moments(count: 9, mean: 1, standardDeviation: 0)
    #expect(throws: Unavailable.noVariation) {
      try TTests.welch(candidate: still, production: still)
    }
    #expect(throws: Unavailable.tooFew(has: 1, needs: 2)) { try Moments(of: [1]) }
  }
}

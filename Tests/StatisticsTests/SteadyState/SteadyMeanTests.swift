import Probability
import TestSupport
import Testing

@testable import Statistics

@Suite("Steady-state means") struct SteadyMeanTests {
  private func series(_ values: [Double]) -> OutputSeries {
    var series = OutputSeries()
    for value in values { series.append(Int64((value * 1e6).rounded())) }
    return series
  }

  @Test("of independent batches has the textbook's error, and no merging where none is seen")
  func textbook() throws {
    // Batch means that alternate look less than independent, so that nothing is merged or corrected.
    let values = (0..<32).map { $0 % 2 == 0 ? 3.0 : 5.0 }
    let batches = try FittedBatches(values)
    #expect(batches.count == 32 && batches.merged == 1 && batches.areIndependent)
    #expect(batches.autocorrelation == 0 && batches.skewness == 0)
    #expect(batches.degreesOfFreedom == 31)
    #expect((batches.standardError - (32.0 / 31 / 32).squareRoot()).magnitude < 1e-15)
    let t = StudentT(degreesOfFreedom: 31).quantile(0.975)
    let (lower, upper) = batches.quantiles(level: 0.95)
    #expect((upper - t).magnitude < 1e-12 && (lower + t).magnitude < 1e-12)
  }

  @Test("merges batches that depend on each other, and says where that does not end")
  func merging() throws {
    var luck = Luck(seed: 5, run: 0)
    let slow = luck.autoregression(0.9, count: 4_096)
    let batches = try FittedBatches(slow)
    #expect(batches.merged >= 4 && batches.count >= 16)
    let trend = try FittedBatches((0..<256).map(Double.init))
    #expect(trend.count == 16 && !trend.areIndependent)
    #expect(trend.degreesOfFreedom == 3)
  }

  @Test("never rests on more than 32 batches, so that no test of many short ones is trusted")
  func mostBatches() throws {
    for count in [16, 32, 33, 100, 4_096] {
      let batches = try FittedBatches((0..<count).map { $0 % 2 == 0 ? 3.0 : 5.0 + Double($0 % 7) })
      #expect((FittedBatches.fewest...FittedBatches.most).contains(batches.count), "\(count)")
      #expect(batches.count == count / batches.merged, "\(count)")
    }
  }

  @Test("Hall's transformation is undone by its formula")
  func transformation() throws {
    let values = (0..<32).map { $0 % 4 == 0 ? 10.0 : $0 % 2 == 0 ? 1.0 : 0.0 }
    let batches = try FittedBatches(values)
    #expect(batches.skewness > 1)
    let beta = batches.skewness / (6 * Double(batches.count).squareRoot())
    let t = StudentT(degreesOfFreedom: batches.degreesOfFreedom).quantile(0.975)
    let ends = batches.quantiles(level: 0.95)
    for (end, wanted) in [(ends.lower, -t), (ends.upper, t)] {
      // ((1 + 2β z)³ − 1) / 6β + β = t.
      let root = 1 + 2 * beta * end
      #expect(((root * root * root - 1) / (6 * beta) + beta - wanted).magnitude < 1e-9)
    }
    #expect(-ends.lower > ends.upper)
  }

  @Test("covers the mean of independent values, and of an AR(1), as often as it says")
  func coverage() throws {
    for rho in [0, 0.8] {
      let covered = try (0..<400).count { run in
        var luck = Luck(seed: 17, run: run)
        let mean = try SteadyMean(series(luck.autoregression(rho, count: 4_000)))
        return mean.interval(level: 0.95).contains(0)
      }
      // MSER looks for a calm end, which costs a little.
      #expect(plausible(0.94, of: 400).contains(Double(covered) / 400), "\(rho): \(covered)")
    }
  }

  @Test("is that of what the warm-up leaves, the open batch with it")
  func truncation() throws {
    let values = (0..<1_003).map { $0 < 100 ? 0 : 100 + Double($0 % 7) }
    let mean = try SteadyMean(series(values))
    let left = Int(mean.warmUp.length)
    #expect((100...120).contains(left))
    #expect(mean.length == Int128(1_003 - left))
    let expected = values.dropFirst(left).reduce(0, +) / Double(1_003 - left) * 1e6
    #expect((mean.value - expected).magnitude < 1e-6 * expected)
  }

  @Test("does not exist without variation, nor of too few batches")
  func edges() {
    #expect(throws: Unavailable.noVariation) {
      try SteadyMean(series(Array(repeating: 0, count: 1_000)))
    }
    for count in [0, 1, 49] {
      #expect(throws: Unavailable.tooFew(has: count / 5, needs: 10)) {
        try SteadyMean(series(Array(repeating: 1, count: count)))
      }
    }
    #expect(throws: Unavailable.self) { try SteadyMean(series((0..<60).map(Double.init))) }
  }

  @Test("moves and scales with the unit")
  func units() throws {
    var luck = Luck(seed: 23, run: 0)
    let values = (0..<2_000).map { _ in Int64(luck.unit() * 1_000) }
    var (plain, moved) = (OutputSeries(), OutputSeries())
    for value in values {
      plain.append(value)
      moved.append(4 * value + 1_000_000)
    }
    let (one, other) = (try SteadyMean(plain), try SteadyMean(moved))
    #expect((other.value - (4 * one.value + 1e6)).magnitude < 1e-9 * other.value)
    #expect((other.standardError - 4 * one.standardError).magnitude < 1e-9 * one.standardError)
  }
}

@Suite("Steady-state quantiles") struct SteadyQuantileTests {
  @Test("of small whole numbers lie in the right bucket, with bounds that hold the truth")
  func uniform() throws {
    var luck = Luck(seed: 29, run: 0)
    var quantiles = SteadyQuantiles()
    for _ in 0..<20_000 { quantiles.append(Int64(luck.unit() * 10_000)) }
    for p in [0.1, 0.5, 0.9, 0.99] {
      let quantile = try quantiles.quantile(p)
      #expect((quantile.value - 10_000 * p).magnitude < 150)
      #expect(quantile.interval(level: 0.999_999).contains(10_000 * p))
      let independent = (p * (1 - p) / 20_000).squareRoot()
      #expect((0.6...1.8).contains(quantile.rankError / independent))
      #expect(quantile.interval(level: 0.5).upperBound < quantile.interval(level: 0.9).upperBound)
    }
  }

  @Test("leave the warm-up's batches out whole")
  func warmUp() throws {
    var quantiles = SteadyQuantiles(maximumBatches: 64)
    for index in 0..<6_400 { quantiles.append(index < 1_000 ? 1 << 40 : Int64(index % 101)) }
    let quantile = try quantiles.quantile(0.5, after: 1_000)
    // Batches are 128 long: eight of them hold the warm-up.
    #expect(quantile.count == 6_400 - 1_024)
    #expect((quantile.value - 50).magnitude < 2)
  }

  @Test("do not exist where all values share a bucket, or are too few")
  func edges() {
    var zeros = SteadyQuantiles()
    #expect(throws: Unavailable.tooFew(has: 0, needs: 16)) { try zeros.quantile(0.5) }
    for _ in 0..<1_000 { zeros.append(0) }
    #expect(throws: Unavailable.noVariation) { try zeros.quantile(0.5) }
    #expect(throws: Unavailable.self) { try zeros.quantile(0.5, after: 5_000) }
    var two = SteadyQuantiles()
    two.append(0)
    two.append(.max)
    #expect(throws: Unavailable.tooFew(has: 2, needs: 16)) { try two.quantile(0.5) }
  }
}

import Probability
import Testing

@testable import Statistics

@Suite("Quantile differences") struct QuantileDifferenceTests {
  private func nanoseconds(_ value: Double) -> Int64 { Int64(value * 1e6) }

  /// The short form of a calibration with 600 runs of 5,000 pairs at p 0.5, 0.9 and 0.99, where 92.8 to
  /// 96.8 % covered: lognormal pairs (correlation 0.6 and 0.95, 95.0-96.8), lognormal under a shared AR(1)
  /// load (95.3-96.7), M/M/1 at load 0.3 (94.0-95.3), 0.5 (94.0-94.7) and 0.7 (92.8-96.3; four of
  /// five intervals at p 0.99 are open there).
  @Test("95 % intervals of a paired difference cover the truth", arguments: [0.5, 0.9])
  func pairedCoverage(p: Double) throws {
    let z = Normal.quantile(p)
    let truth = 1e6 * (Elementary.exp(0.2 + 0.8 * z) - Elementary.exp(z))
    let runs = 150
    let covered = try (0..<runs).count { run in
      var luck = Luck(seed: 21, run: run)
      var pairs = LatencyPairs(maximumBlocks: 64)
      for ordinal in 0..<500 {
        let (a, b) = (luck.normal(), luck.normal())
        pairs.add(
          candidate: nanoseconds(Elementary.exp(0.2 + 0.8 * (0.6 * a + 0.8 * b))),
          production: nanoseconds(Elementary.exp(a)), at: UInt64(ordinal))
      }
      return try QuantileDifference(paired: pairs, p: p).interval(level: 0.95).contains(truth)
    }
    #expect(plausible(0.955, of: runs).contains(Double(covered) / Double(runs)), "\(covered)")
  }

  private func arms(_ shift: Double, seed: UInt64) -> (LatencySketch, LatencySketch) {
    var luck = Luck(seed: seed, run: 0)
    var first = LatencySketch()
    var second = LatencySketch()
    for ordinal in 0..<3000 {
      first.add(nanoseconds(Elementary.exp(shift + luck.normal())), at: UInt64(ordinal % 1024))
      second.add(nanoseconds(Elementary.exp(luck.normal())), at: UInt64(ordinal % 1024))
    }
    return (first, second)
  }

  @Test("independent arms: p and interval agree", arguments: [0.5, 0.9, 0.99])
  func coherent(p: Double) throws {
    let (candidate, production) = arms(0.05, seed: 22)
    for dependence in [QuantileInference.Dependence.none, .withinGroups, .serial] {
      let difference = try QuantileDifference(
        candidate: candidate, production: production, p: p, dependence: dependence)
      for level in [0.5, 0.8, 0.95] {
        let excludesZero = !difference.interval(level: level).contains(0)
        #expect(excludesZero == (difference.pTwoSided.value < 1 - level))
      }
      let low = difference.interval(level: 0.9).lowerBound
      #expect(abs(difference.pGreater(than: low).value - 0.05) < 1e-6)
      #expect(abs(difference.pLess(than: low).value - 0.95) < 1e-6)
    }
  }

  @Test("finds a slower candidate")
  func power() throws {
    let (candidate, production) = arms(0.3, seed: 23)
    let difference = try QuantileDifference(
      candidate: candidate, production: production, p: 0.5, dependence: .withinGroups)
    #expect(difference.pGreater(than: 0).value < 1e-6)
    #expect(difference.pEquivalent(within: -1e6...1e6).value < 1e-6)
  }

  @Test("a quantile that too few values lie beyond has an open interval")
  func open() throws {
    var sketch = LatencySketch()
    for ordinal in 0..<200 { sketch.add(Int64(1000 + ordinal * 37 % 200), at: UInt64(ordinal)) }
    let inference = try QuantileInference(sketch, p: 0.999, dependence: .none)
    #expect(inference.interval(level: 0.95).upperBound == .infinity)
    #expect(inference.interval(level: 0.95).lowerBound > 1000)
  }

  @Test("groups that answer alike count as groups, not as requests")
  func groups() throws {
    var luck = Luck(seed: 24, run: 0)
    var sketch = LatencySketch()
    for group in 0..<200 {
      let latency = nanoseconds(Elementary.exp(luck.normal()))
      for _ in 0..<25 { sketch.add(latency, at: UInt64(group)) }
    }
    let grouped = try QuantileInference(sketch, p: 0.5, dependence: .withinGroups)
    #expect((150.0...260).contains(grouped.effectiveSampleSize))
    #expect(grouped.degreesOfFreedom == 199)
  }

  @Test("latencies that are all alike have no interval, and say so")
  func alike() {
    var pairs = LatencyPairs()
    for ordinal in UInt64(0)..<100 {
      pairs.add(candidate: 5_000_000, production: 5_000_000, at: UInt64(ordinal))
    }
    #expect(throws: Unavailable.noVariation) { try QuantileDifference(paired: pairs, p: 0.5) }
  }
}

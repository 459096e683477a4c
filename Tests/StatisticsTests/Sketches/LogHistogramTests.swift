import Probability
import Testing

@testable import Statistics

@Suite("Log histogram") struct LogHistogramTests {
  @Test(
    "every value lies inside its bucket, and buckets follow each other", arguments: [0, 3, 7, 10])
  func buckets(bits: Int) {
    var values: [Int64] = Array(0...5000)
    for exponent in 12..<63 {
      let power = Int64(1) << Int64(exponent)
      values += [power - 1, power, power + 1, power + power / 3]
    }
    values.append(.max)
    var last = 0
    for value in values.sorted() {
      let bucket = LogHistogram.bucket(of: value, bits: bits)
      let (low, high) = LogHistogram.ends(of: bucket, bits: bits)
      #expect(bucket >= last)
      #expect(Double(value) >= low && (Double(value) < high || value > 1 << 53))
      #expect(high - low <= max(1, low / Double(1 << bits)))
      last = bucket
    }
    #expect(LogHistogram.ends(of: 2 << bits, bits: bits).low == Double(2 << bits))
  }

  private func latencies(_ count: Int, seed: UInt64) -> [Int64] {
    var luck = Luck(seed: seed, run: 0)
    return (0..<count).map { _ in Int64(Elementary.exp(16 + 1.5 * luck.normal())) }
  }

  @Test("a quantile is within the stated error of the exact one", arguments: [3, 7])
  func quantiles(bits: Int) throws {
    let values = latencies(2000, seed: 1)
    var histogram = LogHistogram(subBucketBits: bits)
    for value in values { histogram.add(value) }
    let sorted = values.sorted()
    for p in [0, 0.001, 0.07, 0.5, 0.9, 0.99, 0.999, 1] {
      let rank = max(1, Int((p * 2000 - 1e-9).rounded(.up)))
      let exact = Double(sorted[rank - 1])
      let got = try #require(histogram.quantile(p))
      #expect(abs(got - exact) <= histogram.relativeError * exact, "p \(p)")
    }
    #expect(histogram.relativeError < (bits == 7 ? 0.0039 : 0.0626))
  }

  @Test("small values are exact")
  func small() {
    var histogram = LogHistogram()
    for value in [Int64(0), 3, 3, 200, 255] { histogram.add(value) }
    #expect(histogram.quantile(0.5) == 3)
    #expect(histogram.quantile(0) == 0)
    #expect(histogram.quantile(1) == 255)
    #expect(histogram.mean == 92.2)
    #expect(histogram.bins.map(\.count) == [1, 2, 1, 1])
  }

  @Test("an empty histogram has no quantile and no mean")
  func empty() {
    #expect(LogHistogram().quantile(0.5) == nil)
    #expect(LogHistogram().mean == nil)
  }

  @Test("merged parts, in any order, are the whole")
  func merging() {
    let values = latencies(900, seed: 2)
    var whole = LogHistogram()
    for value in values { whole.add(value) }
    var parts = (0..<3).map { _ in LogHistogram() }
    for (index, value) in values.enumerated() { parts[index % 3].add(value) }
    for order in [[0, 1, 2], [2, 0, 1]] {
      var merged = LogHistogram()
      for part in order { merged.merge(parts[part]) }
      #expect(merged == whole)
      #expect(merged.mean == whole.mean)
    }
  }

  @Test("the share below a spread quantile is p")
  func roundTrip() throws {
    var histogram = LogHistogram()
    for value in latencies(500, seed: 3) { histogram.add(value) }
    for p in [0.01, 0.3, 0.5, 0.99] {
      let value = try #require(histogram.spreadQuantile(p))
      let share = try #require(histogram.shareBelow(value))
      #expect(abs(share - p) < 1e-12)
    }
  }
}

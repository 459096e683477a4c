import Probability
import Testing

@testable import Statistics

@Suite("Blocked histogram") struct BlockedHistogramTests {
  private func pairs(_ count: Int) -> [(ordinal: UInt64, value: Int64)] {
    var luck = Luck(seed: 4, run: 0)
    return (0..<count).map { (UInt64($0 * 3), Int64(Elementary.exp(14 + 2 * luck.normal()))) }
  }

  private func contents(_ histogram: BlockedHistogram, _ p: Double) -> [Int] {
    let edge = histogram.edge(nearest: p)
    return histogram.blockCounts + histogram.countsBelow(edge: edge?.bucket ?? 0)
      + [edge?.below ?? -1, Int(histogram.blockLength)]
  }

  @Test("what it holds depends neither on the order nor on how the values were split")
  func merging() {
    let all = pairs(700)
    func holding(_ part: [(ordinal: UInt64, value: Int64)]) -> BlockedHistogram {
      var histogram = BlockedHistogram(maximumBlocks: 16)
      for (ordinal, value) in part { histogram.add(value, at: ordinal) }
      return histogram
    }
    let whole = holding(all)
    var backwards = holding(Array(all[300...].reversed()))
    backwards.merge(holding(Array(all[..<300])))
    var short = holding(Array(all[..<5]))
    short.merge(holding(Array(all[5...])))
    for p in [0.5, 0.99] {
      #expect(contents(backwards, p) == contents(whole, p))
      #expect(contents(short, p) == contents(whole, p))
    }
  }

  @Test("memory stays bounded: never more blocks than were allowed")
  func bounded() {
    var histogram = BlockedHistogram(maximumBlocks: 8)
    for (ordinal, value) in pairs(300) { histogram.add(value, at: ordinal) }
    #expect(histogram.blockCounts.count <= 8)
    #expect(histogram.blockCounts.reduce(0, +) == 300)
    #expect(histogram.blockLength == 128)
  }

  @Test("the edge nearest a quantile splits the values as it says")
  func edges() throws {
    var histogram = BlockedHistogram()
    let all = pairs(400)
    for (ordinal, value) in all { histogram.add(value, at: ordinal) }
    let edge = try #require(histogram.edge(nearest: 0.9))
    let low = LogHistogram.ends(of: edge.bucket, bits: 4).low
    #expect(edge.below == all.count { Double($0.value) < low })
    #expect(histogram.countsBelow(edge: edge.bucket).reduce(0, +) == edge.below)
    #expect(abs(Double(edge.below) / 400 - 0.9) < 0.02)
  }

  @Test("values that share a bucket have no edge")
  func noEdge() {
    var histogram = BlockedHistogram()
    for ordinal in 0..<50 { histogram.add(1_000_000, at: UInt64(ordinal)) }
    #expect(histogram.edge(nearest: 0.5) == nil)
  }
}

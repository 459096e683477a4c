import Testing

@testable import Statistics

@Suite("Output series") struct OutputSeriesTests {
  private func series(_ values: [Int64], capacity: Int = 32) -> OutputSeries {
    var series = OutputSeries(capacity: capacity)
    for value in values { series.append(value) }
    return series
  }

  /// Values of many sizes and both signs.
  private func values(_ count: Int) -> [Int64] {
    var luck = Luck(seed: 3, run: count)
    return (0..<count).map { _ in Int64((luck.normal() * 1e12).rounded()) }
  }

  @Test("holds exact sums of batches of 5, which double when they are full")
  func batches() {
    let values = values(1_000)
    for count in [0, 1, 4, 5, 159, 160, 164, 165, 170, 319, 320, 325, 330, 641, 1_000] {
      let series = series(Array(values.prefix(count)))
      let batches = series.batches
      let length = Int(batches.length)
      var expected: Int64 = 5
      while Int64(count) / expected > 32 { expected *= 2 }
      // A batch that fills up when there is no room waits for its other half.
      #expect(batches.length == expected || batches.length == 2 * expected)
      #expect(batches.sums.count <= 32)
      for (batch, sum) in batches.sums.enumerated() {
        let part = values[(batch * length)..<((batch + 1) * length)]
        #expect(sum == part.reduce(Int128(0)) { $0 + Int128($1) })
      }
      #expect(series.sum == values.prefix(count).reduce(Int128(0)) { $0 + Int128($1) })
      #expect(batches.totalLength == Int128(count))
    }
  }

  @Test("keeps at least half of its batches once they doubled")
  func fullness() {
    var series = OutputSeries(capacity: 64)
    for value in 0..<100_000 {
      series.append(Int64(value))
      if series.batchLength > 5 { #expect((32...64).contains(series.closedCount)) }
    }
    #expect(series.batchLength == 5 * 512)
  }

  @Test("has the same bits for any division into blocks", arguments: [1, 2, 7, 64, 999, 5_000])
  func blocks(size: Int) {
    let values = values(5_000)
    var blocked = OutputSeries(capacity: 64)
    for start in stride(from: 0, to: values.count, by: size) {
      let block = Array(values[start..<min(values.count, start + size)])
      blocked.append(contentsOf: block.span)
    }
    #expect(blocked == series(values, capacity: 64))
  }

  @Test("takes the extremes of Int64 without losing a unit", arguments: [Int64.min, Int64.max])
  func extremes(value: Int64) throws {
    let series = series(Array(repeating: value, count: 1_003))
    #expect(series.sum == Int128(value) * 1_003)
    #expect(series.mean == Double(value))
    #expect(series.batches.deviations.allSatisfy { $0 == 0 })
    let mixed = self.series((0..<1_000).map { $0 % 2 == 0 ? .min : .max })
    #expect(mixed.sum == -500)
    #expect(mixed.mean == -0.5)
  }

  @Test("a far offset costs the deviations no digit")
  func offset() {
    let values = (0..<200).map { Int64($0 * $0 % 97) }
    let near = series(values)
    let far = series(values.map { $0 + (1 << 61) })
    #expect(near.batches.deviations == far.batches.deviations)
  }

  @Test("has no mean without values, and the value's own with one")
  func few() {
    #expect(series([]).mean == nil)
    #expect(series([]).batches.deviations.isEmpty)
    #expect(series([-7]).mean == -7)
  }
}

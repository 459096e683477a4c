import Probability
import Statistics
import Testing

/// Columns with gaps, cut anywhere, leave what single values leave.
@Suite("Columns of a block") struct ColumnTests {
  /// (values in all, rows a column, the share of gaps)
  static let shapes: [(Int, Int, Double)] = [
    (1, 1, 0), (500, 7, 0.3), (20_000, 4_096, 0), (30_000, 4_096, 0.05), (3_000, 1, 0.9),
  ]

  /// Row `i` of the series with its luck.
  private func luck(_ row: Int) -> RandomStream {
    RandomStream(seed: 11, StreamName("test/columns"), entity: UInt64(row))
  }

  private func value(_ row: Int, gaps: Double) -> Double {
    var luck = luck(row)
    if luck.nextUnit() < gaps { return .nan }
    let normal = luck.nextNormal()
    return [0, 1, -1, normal, normal * 1e9][row % 5]
  }

  @Test("a series takes columns as it takes values", arguments: shapes)
  func series(count: Int, size: Int, gaps: Double) throws {
    let values = (0..<count).map { value($0, gaps: gaps) }
    var single = SeriesAccumulator()
    var columns = SeriesAccumulator()
    for (row, value) in values.enumerated() where !value.isNaN {
      single.add(value, at: UInt64(row))
    }
    for start in stride(from: 0, to: count, by: size) {
      let end = min(count, start + size)
      columns.add(values.span.extracting(start..<end), from: UInt64(start))
    }
    #expect(columns.count == single.count)
    #expect(columns.sum == single.sum)
    #expect(columns.independentVariance == single.independentVariance)
    #expect((try? columns.inference()) == (try? single.inference()))
    // The next value comes after the last one that was added, not after a gap.
    single.add(0.5)
    columns.add(0.5)
    #expect((try? columns.inference()) == (try? single.inference()))
  }

  @Test("a latency sketch takes columns as it takes values", arguments: shapes)
  func sketch(count: Int, size: Int, gaps: Double) {
    let values = (0..<count).map { row -> Int64 in
      var luck = luck(row)
      if luck.nextUnit() < gaps { return -1 }
      // From the exact buckets to years.
      return Int64(Elementary.exp(40 * luck.nextUnit())) - 1
    }
    var single = LatencySketch()
    var columns = LatencySketch()
    var column = LatencyColumn(capacity: size)
    for (row, value) in values.enumerated() where value >= 0 {
      single.add(value, at: UInt64(row))
    }
    for start in stride(from: 0, to: count, by: size) {
      column.fill(values.span.extracting(start..<min(count, start + size)))
      columns.add(column, from: UInt64(start))
    }
    #expect(columns.histogram == single.histogram)
    #expect(columns.histogram.sum == single.histogram.sum)
    #expect(columns.blocks.blockLength == single.blocks.blockLength)
    #expect(columns.blocks.blockCounts == single.blocks.blockCounts)
    for p in [0.01, 0.5, 0.95] {
      let (ours, theirs) = (
        try? QuantileInference(columns, p: p, dependence: .serial),
        try? QuantileInference(single, p: p, dependence: .serial)
      )
      #expect(ours?.rankError == theirs?.rankError)
    }
  }

  @Test("pairs of columns keep the requests that have both")
  func pairs() {
    let rows = 1_000
    var single = LatencyPairs()
    var columns = LatencyPairs()
    let candidate = (0..<rows).map { row -> Int64 in row % 7 == 0 ? -1 : Int64(1_000 + row) }
    let production = (0..<rows).map { row -> Int64 in row % 5 == 0 ? -1 : Int64(3_000 + 2 * row) }
    for row in 0..<rows where candidate[row] >= 0 && production[row] >= 0 {
      single.add(candidate: candidate[row], production: production[row], at: UInt64(row))
    }
    var first = LatencyColumn(capacity: rows)
    var second = LatencyColumn(capacity: rows)
    first.fill(candidate.span)
    second.fill(production.span)
    columns.add(candidate: first, production: second, from: 0)
    #expect(columns.candidate.histogram == single.candidate.histogram)
    #expect(columns.production.histogram == single.production.histogram)
    #expect(columns.production.blocks.blockCounts == single.production.blocks.blockCounts)
  }

  @Test("calibration bins take columns as they take values, cut to [0, 1]")
  func calibration() {
    let probabilities = (0..<500).map { row -> Double in (Double(row) - 5) / 480 }
    let labels = (0..<500).map { row -> Float in row % 11 == 0 ? .nan : Float(row % 2) }
    var single = CalibrationBins()
    var columns = CalibrationBins()
    for (probability, label) in zip(probabilities, labels) where !label.isNaN {
      single.add(min(max(probability, 0), 1), isPositive: label == 1)
    }
    columns.add(probabilities.span, labels: labels.span)
    #expect(columns == single)
  }
}

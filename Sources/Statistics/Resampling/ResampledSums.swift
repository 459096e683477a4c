import Probability

/// The sums of columns over multinomial resamples: n draws with replacement from n units.
enum ResampledSums {
  /// In the order and with the indices that `source` gives: n draws a resample.
  ///
  /// - Returns: one sum a resample, column by column.
  /// - Complexity: O(resamples · n · columns) time.
  static func draw(
    _ columns: [FixedColumn], resamples: Int, from source: inout some IndexSource
  ) -> [[Int64]] {
    let count = columns[0].count
    var sums = columns.map { _ in Array(repeating: Int64(0), count: resamples) }
    var indices = Array(repeating: 0, count: count)
    for resample in 0..<resamples {
      source.startResample(resample)
      for draw in indices.indices { indices[draw] = source.nextIndex(below: count) }
      for column in columns.indices {
        sums[column][resample] = sum(of: columns[column].multiples, at: indices)
      }
    }
    return sums
  }

  private static func sum(of multiples: [Int64], at indices: [Int]) -> Int64 {
    var sum: Int64 = 0
    for index in indices { sum &+= multiples[index] }
    return sum
  }

  /// From a seed and a name of the group that is resampled.
  ///
  /// - Complexity: O(resamples · n · columns) time, a fraction of a nanosecond a draw.
  static func draw(
    _ columns: [FixedColumn], resamples: Int, seed: UInt64, name: String
  ) -> [[Int64]] {
    guard columns[0].count >= BlockDraw.fewestUnits else {
      var source = StreamIndexSource(seed: seed, StreamName("bootstrap/\(name)"))
      return draw(columns, resamples: resamples, from: &source)
    }
    var scheme = BlockDraw(columns, seed: seed, name: name)
    var sums = columns.map { _ in Array(repeating: Int64(0), count: resamples) }
    for resample in 0..<resamples {
      scheme.draw(resample)
      for column in columns.indices { sums[column][resample] = scheme.sums[column] }
    }
    return sums
  }
}

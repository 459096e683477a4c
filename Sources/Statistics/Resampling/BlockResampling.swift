import Probability

/// Resamples of a series by blocks of neighbours, which keep its dependence at lags below the block's length.
///
/// Blocks that reach beyond the end go on at the start, so that every value is drawn equally often.
///
/// - Source: Künsch (1989) and Politis and Romano (1992) for blocks of one length; Politis and Romano (1994)
///   for random lengths.
enum BlockResampling: Sendable {
  case fixedLength
  /// Geometric lengths, which make the resampled series stationary.
  case randomLengths

  /// The sums of columns over resamples of as many values as there are.
  ///
  /// - Parameter length: of a block, or its mean; at least 1.
  /// - Returns: one sum a resample, column by column.
  /// - Complexity: O(n + resamples · n / length) time a column.
  func sums(
    _ columns: [FixedColumn], length: Double, resamples: Int, seed: UInt64, name: String
  ) -> [[Int64]] {
    let key = DrawKey(seed: seed, StreamName("block-bootstrap/\(name)"))
    let prefixes = columns.map(Self.prefix)
    let count = columns[0].count
    var sums = columns.map { _ in Array(repeating: Int64(0), count: resamples) }
    for resample in 0..<resamples {
      var stream = RandomStream(key, entity: UInt64(resample))
      var missing = count
      while missing > 0 {
        let start = stream.nextIndex(below: count)
        let size = min(missing, blockSize(length, &stream))
        for column in prefixes.indices {
          sums[column][resample] &+= Self.sum(prefixes[column], start, size)
        }
        missing -= size
      }
    }
    return sums
  }

  private func blockSize(_ length: Double, _ stream: inout RandomStream) -> Int {
    switch self {
    case .fixedLength: return Int(length.rounded())
    case .randomLengths:
      if length <= 1 { return 1 }
      let size = Elementary.log(stream.nextUnit()) / Elementary.log1p(-1 / length)
      return 1 + Int(min(size, 0x1p52))
    }
  }

  private static func prefix(_ column: FixedColumn) -> [Int64] {
    var prefix = [Int64(0)]
    prefix.reserveCapacity(column.count + 1)
    var sum: Int64 = 0
    for multiple in column.multiples {
      sum &+= multiple
      prefix.append(sum)
    }
    return prefix
  }

  private static func sum(_ prefix: [Int64], _ start: Int, _ size: Int) -> Int64 {
    let count = prefix.count - 1
    let end = start + size
    return end <= count
      ? prefix[end] &- prefix[start]
      : (prefix[count] &- prefix[start]) &+ prefix[end - count]
  }
}

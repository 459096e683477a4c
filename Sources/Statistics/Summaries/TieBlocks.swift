/// The values of some groups, pooled and sorted, as how many of each group share each distinct value: all that
/// a rank statistic needs, in integers.
///
/// - Complexity: O(n k) time after the sort of n values in k groups.
package struct TieBlocks: Sendable, Equatable {
  /// How many values each group has.
  package let sizes: [Int]
  /// Of block b and group g at b · (number of groups) + g, blocks ascending by value.
  package let counts: [UInt32]

  /// - Parameter groups: at least one, each with at least one value and no NaN.
  package init(_ groups: [[Double]]) throws(Unavailable) {
    for group in groups where group.isEmpty { throw .tooFew(has: 0, needs: 1) }
    let columns = groups.map { RadixSort.sortedKeys(of: $0) }
    sizes = groups.map(\.count)
    counts =
      columns.count == 2
      ? Self.merged(columns[0], columns[1]) : Self.merged(columns)
  }

  package init(candidate: [Double], production: [Double]) throws(Unavailable) {
    try self.init([candidate, production])
  }

  package var groups: Int { sizes.count }
  package var blocks: Int { counts.count / sizes.count }
  package var total: Int { sizes.reduce(0, +) }

  /// How many values block b holds.
  package func size(_ block: Int) -> Int {
    var size = 0
    for place in (block * groups)..<((block + 1) * groups) { size += Int(counts[place]) }
    return size
  }

  package var hasTies: Bool { blocks < total }

  /// Σ t³ − t over the blocks of t values.
  package var tieCubes: Double {
    var sum = Int128(0)
    for block in 0..<blocks {
      let t = Int128(size(block))
      if t > 1 { sum += t * t * t - t }
    }
    return Double(sum)
  }

  /// Twice the rank sum of each group, ties sharing the middle of their ranks.
  package var twiceRankSums: [Int128] {
    var sums = [Int128](repeating: 0, count: groups)
    var below = 0
    for block in 0..<blocks {
      let size = size(block)
      let twiceRank = Int128(2 * below + size + 1)
      for group in 0..<groups { sums[group] += twiceRank * Int128(counts[block * groups + group]) }
      below += size
    }
    return sums
  }

  private static func merged(_ first: [UInt64], _ second: [UInt64]) -> [UInt32] {
    var counts: [UInt32] = []
    counts.reserveCapacity(2 * (first.count + second.count))
    var (i, j) = (0, 0)
    while i < first.count || j < second.count {
      let key =
        i == first.count
        ? second[j] : j == second.count ? first[i] : min(first[i], second[j])
      let (iStart, jStart) = (i, j)
      while i < first.count, first[i] == key { i += 1 }
      while j < second.count, second[j] == key { j += 1 }
      counts.append(UInt32(i - iStart))
      counts.append(UInt32(j - jStart))
    }
    return counts
  }

  private static func merged(_ columns: [[UInt64]]) -> [UInt32] {
    var counts: [UInt32] = []
    var places = [Int](repeating: 0, count: columns.count)
    while true {
      var key: UInt64?
      for (column, place) in zip(columns, places) where place < column.count {
        key = key.map { min($0, column[place]) } ?? column[place]
      }
      guard let key else { return counts }
      for group in columns.indices {
        let start = places[group]
        while places[group] < columns[group].count, columns[group][places[group]] == key {
          places[group] += 1
        }
        counts.append(UInt32(places[group] - start))
      }
    }
  }
}

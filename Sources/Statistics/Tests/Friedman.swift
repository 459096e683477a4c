import Probability

/// Does one of several answers to each request rank higher than the others?
///
/// - Source: Friedman (1937), corrected for ties.
package struct Friedman: Sendable, Equatable {
  package let statistic: Double
  package let degreesOfFreedom: Int

  /// - Parameter columns: two or more, each with one value a request.
  package init(_ columns: [[Double]]) throws(Unavailable) {
    guard columns.count > 1 else { throw .tooFew(has: columns.count, needs: 2) }
    let (k, n) = (columns.count, columns[0].count)
    precondition(columns.allSatisfy { $0.count == n }, "columns of different lengths")
    guard n > 0 else { throw .tooFew(has: 0, needs: 1) }
    var twiceExcess = [Int](repeating: 0, count: k)
    var cubes = 0
    for row in 0..<n {
      for column in 0..<k {
        let value = columns[column][row]
        var (below, equal) = (0, 0)
        for other in columns {
          below += other[row] < value ? 1 : 0
          equal += other[row] == value ? 1 : 0
        }
        precondition(equal > 0, "a value to rank is not a number")
        twiceExcess[column] += 2 * below + equal - k
        // Each of t equal values adds its share of t³ − t.
        cubes += equal * equal - 1
      }
    }
    let perfect = n * (k * k * k - k)
    guard cubes < perfect else { throw .noVariation }
    let spread = twiceExcess.reduce(0.0) { $0 + Double($1) * Double($1) } / 4
    statistic = 12 * Double(k - 1) * spread / Double(perfect - cubes)
    degreesOfFreedom = k - 1
  }

  package var p: PValue {
    PValue(chiSquare: statistic, degreesOfFreedom: degreesOfFreedom)
  }
}

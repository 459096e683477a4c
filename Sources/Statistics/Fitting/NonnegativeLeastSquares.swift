import Probability

/// Coefficients of at least 0 that make a weighted sum of squares least.
///
/// Every subset of the columns is solved; of those whose coefficients are all above 0 the best is the answer. Exact, and for the
/// few columns of a time quicker than a search.
///
/// - Complexity: O(n k²) for the sums, O(2^k k³) for the subsets; k <= `mostColumns`.
/// - Source: Lawson and Hanson (1974) for the problem; a solution has its support's free solution, which is what is
///   tried.
package enum NonnegativeLeastSquares {
  package static let mostColumns = 8

  /// - Parameters:
  ///   - columns: k of n finite numbers each.
  ///   - target, weights: n numbers; weights at least 0.
  /// - Returns: k coefficients of at least 0.
  package static func coefficients(
    _ columns: [[Double]], target: [Double], weights: [Double]
  ) -> [Double] {
    precondition(columns.count <= mostColumns, "\(columns.count) columns")
    let (gram, products) = sums(columns, target, weights)
    var answer = [Double](repeating: 0, count: columns.count)
    var mostExplained = 0.0
    for subset in 1..<(1 << columns.count) {
      let chosen = columns.indices.filter { subset >> $0 & 1 == 1 && gram[$0, $0] > 0 }
      guard chosen.count == subset.nonzeroBitCount,
        let solution = solve(gram, products, chosen)
      else { continue }
      // What the free solution takes from the sum of squares.
      let explained = dot(solution, chosen.map { products[$0] })
      if explained > mostExplained, solution.allSatisfy({ $0 > 0 }) {
        mostExplained = explained
        answer = [Double](repeating: 0, count: columns.count)
        for (index, value) in zip(chosen, solution) { answer[index] = value }
      }
    }
    return answer
  }

  private static func sums(
    _ columns: [[Double]], _ target: [Double], _ weights: [Double]
  ) -> (SymmetricMatrix, [Double]) {
    var gram = SymmetricMatrix(size: columns.count)
    var products = [Double](repeating: 0, count: columns.count)
    for (i, column) in columns.enumerated() {
      let weighted = column.indices.map { weights[$0] * column[$0] }
      for j in 0...i { gram[i, j] = dot(weighted, columns[j]) }
      products[i] = dot(weighted, target)
    }
    return (gram, products)
  }

  /// Columns are brought to one length first; nil where one follows from others.
  private static func solve(
    _ gram: SymmetricMatrix, _ products: [Double], _ chosen: [Int]
  ) -> [Double]? {
    let lengths = chosen.map { gram[$0, $0].squareRoot() }
    var scaled = SymmetricMatrix(size: chosen.count)
    for (i, a) in chosen.enumerated() {
      for (j, b) in chosen.enumerated() where j <= i {
        scaled[i, j] = gram[a, b] / (lengths[i] * lengths[j])
      }
    }
    do throws(Unavailable) {
      let solution = try Cholesky(scaled).solve(zip(chosen, lengths).map { products[$0] / $1 })
      return zip(solution, lengths).map { $0 / $1 }
    } catch { return nil }
  }
}

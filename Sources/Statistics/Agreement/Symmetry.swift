/// Do two answers of k classes to the same requests change class as often one way as the other?
extension ClassTable {
  /// Bowker's test that every pair of classes is exchanged evenly.
  ///
  /// Pairs of classes that were never exchanged say nothing and give no degree of freedom.
  ///
  /// - Source: Bowker (1948).
  package var bowker: ChiSquareResult {
    var statistic = 0.0
    var degrees = 0
    for row in 0..<classCount {
      for column in 0..<row {
        let (there, back) = (self[row, column], self[column, row])
        guard there + back > 0 else { continue }
        let distance = Double(there - back)
        statistic += distance * distance / Double(there + back)
        degrees += 1
      }
    }
    return ChiSquareResult(statistic: statistic, degreesOfFreedom: degrees)
  }

  /// The test that either answers each class equally often (marginal homogeneity).
  ///
  /// Its covariance matrix is the Laplacian of a graph whose edges are the classes that were exchanged; one class of
  /// each connected part is left out, and the rest solved by elimination without pivots, which such matrices allow.
  ///
  /// - Complexity: O(k³).
  /// - Source: Stuart (1955); Maxwell (1970).
  package var stuartMaxwell: ChiSquareResult {
    let kept = classesBesideOneOfEachPart
    let (rows, columns) = (candidateTotals, productionTotals)
    var rest = kept.map { Double(rows[$0] - columns[$0]) }
    var matrix = kept.map { i in
      kept.map { j in
        i == j
          ? Double(rows[i] + columns[i] - 2 * self[i, i]) : -Double(self[i, j] + self[j, i])
      }
    }
    var statistic = 0.0
    for pivot in kept.indices {
      statistic += rest[pivot] * rest[pivot] / matrix[pivot][pivot]
      for row in kept.indices where row > pivot {
        let factor = matrix[row][pivot] / matrix[pivot][pivot]
        guard factor != 0 else { continue }
        rest[row] -= factor * rest[pivot]
        for column in kept.indices where column > pivot {
          matrix[row][column] -= factor * matrix[pivot][column]
        }
      }
    }
    return ChiSquareResult(statistic: statistic, degreesOfFreedom: kept.count)
  }

  private var classesBesideOneOfEachPart: [Int] {
    var isReached = Array(repeating: false, count: classCount)
    var kept: [Int] = []
    for start in 0..<classCount where !isReached[start] {
      isReached[start] = true
      var open = [start]
      while let from = open.popLast() {
        for to in 0..<classCount where !isReached[to] && self[from, to] + self[to, from] > 0 {
          isReached[to] = true
          kept.append(to)
          open.append(to)
        }
      }
    }
    return kept.sorted()
  }
}

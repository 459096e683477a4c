/// How often the candidate answered a class (row) where production answered a class (column), k classes each.
package struct ClassTable: Sendable, Equatable {
  package let classCount: Int
  private let counts: [Int]

  /// - Parameter rows: k rows of k counts >= 0; k >= 1.
  package init(rows: [[Int]]) {
    precondition(!rows.isEmpty && rows.allSatisfy { $0.count == rows.count }, "not square")
    precondition(rows.allSatisfy { $0.allSatisfy { $0 >= 0 } }, "a negative count")
    classCount = rows.count
    counts = rows.flatMap { $0 }
  }

  /// - Parameters:
  ///   - candidate: each request's class, 0..<classCount.
  ///   - production: as many.
  package init(candidate: [Int], production: [Int], classCount: Int) {
    precondition(candidate.count == production.count, "\(candidate.count), \(production.count)")
    self.classCount = classCount
    var counts = Array(repeating: 0, count: classCount * classCount)
    for row in candidate.indices { counts[candidate[row] * classCount + production[row]] += 1 }
    self.counts = counts
  }

  /// The classes are the different values that occur; at most 512, so that a column of scores is not taken for
  /// classes.
  package init(_ pairs: PairSample) throws(Unavailable) {
    guard !pairs.candidate.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    var classes: [Double] = []
    for value in (pairs.candidate + pairs.production).sorted()
    where classes.last.map({ $0 != value }) ?? true {
      classes.append(value)
    }
    guard classes.count <= ClassTable.mostClasses, classes.allSatisfy(\.isFinite) else {
      throw .notClasses(distinct: classes.count)
    }
    func number(_ value: Double) -> Int {
      var (low, high) = (0, classes.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if classes[middle] < value { low = middle + 1 } else { high = middle }
      }
      return low
    }
    self.init(
      candidate: pairs.candidate.map(number), production: pairs.production.map(number),
      classCount: classes.count)
  }

  package static let mostClasses = 512

  package subscript(candidate: Int, production: Int) -> Int {
    counts[candidate * classCount + production]
  }

  package var total: Int { counts.reduce(0, +) }

  package var candidateTotals: [Int] {
    (0..<classCount).map { row in (0..<classCount).reduce(0) { $0 + self[row, $1] } }
  }

  package var productionTotals: [Int] {
    (0..<classCount).map { column in (0..<classCount).reduce(0) { $0 + self[$1, column] } }
  }

  package var agreeing: Int { (0..<classCount).reduce(0) { $0 + self[$1, $1] } }
}

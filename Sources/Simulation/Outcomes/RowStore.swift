/// Every answer and label of a run, for the methods that need all values (exact AUC, DeLong, calibration
/// error with its interval).
///
/// Memory: 8 bytes a request and arm, and 4 a request.
package struct RowStore: Sendable {
  /// One column an arm: the answer of request i, NaN where the arm has none.
  package private(set) var scores: [[Double]]
  /// The label of request i; NaN where none arrived.
  package private(set) var labels: [Float] = []

  package init(arms: Int) { scores = Array(repeating: [], count: arms) }

  package mutating func append(labels block: [Float], count: Int) {
    labels.append(contentsOf: block[..<count])
  }

  package mutating func append(arm: Int, scores column: [Double], named: [Int32], count: Int) {
    // Nothing is reserved: room for one block at a time would copy the column with every block.
    for row in 0..<count { scores[arm].append(named[row] < 0 ? .nan : column[row]) }
  }
}

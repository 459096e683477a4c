/// Cochran's test that k answers to the same requests are right equally often.
///
/// - Source: Cochran (1950).
package enum CochranQ {
  /// - Parameter columns: k >= 2 arms, each with one yes or no a request, in the same order.
  /// - Returns: with k − 1 degrees of freedom; requests on which all agree say nothing.
  package static func test(_ columns: [[Bool]]) throws(Unavailable) -> ChiSquareResult {
    precondition(columns.count > 1, "\(columns.count) arms")
    let rows = columns[0].count
    precondition(columns.allSatisfy { $0.count == rows }, "arms of different length")
    let k = columns.count
    let totals = columns.map { $0.reduce(0) { $0 + ($1 ? 1 : 0) } }
    // Σ over the requests of (yeses)(k − yeses).
    var spread = 0
    for row in 0..<rows {
      let yes = columns.reduce(0) { $0 + ($1[row] ? 1 : 0) }
      spread += yes * (k - yes)
    }
    guard spread > 0 else { throw .noVariation }
    let mean = Double(totals.reduce(0, +)) / Double(k)
    let between = totals.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return ChiSquareResult(
      statistic: Double(k * (k - 1)) * between / Double(spread), degreesOfFreedom: k - 1)
  }
}

/// Rows of both arms matched in the order of time, so that each match gives one difference of means.
///
/// Each row of the arm that has fewer meets the next rows of the other arm, as many as the ratio of the counts asks
/// for: all differences have the same mean, and none shares a row with another. The matching looks at the counts and
/// never at a value.
struct MatchedRows: Sendable {
  /// Candidate − production, in the unit of the values.
  private(set) var differences: [Double]
  /// The largest variance that a difference of values in a range of width 1 can have.
  private(set) var variances: [Double]
  /// After how many rows of both arms (or pairs) a match is complete.
  private(set) var rows: [Int]
  /// Rows of a match in the mean.
  let rowsOfMatch: Double

  var count: Int { differences.count }
  var meanVariance: Double { variances.reduce(0, +) / Double(variances.count) }

  /// - Precondition: no arm is empty.
  init(_ arms: TwoArms) {
    let (x, y) = (arms.candidate.values, arms.production.values)
    let isCandidateFewer = x.count <= y.count
    let (fewer, more) = isCandidateFewer ? (x, y) : (y, x)
    var order = RowOrder(arms)
    var row = 0
    differences = []
    variances = []
    rows = []
    differences.reserveCapacity(fewer.count)
    variances.reserveCapacity(fewer.count)
    rows.reserveCapacity(fewer.count)
    for match in 0..<fewer.count {
      let start = match * more.count / fewer.count
      let end = (match + 1) * more.count / fewer.count
      var sum = 0.0
      for i in start..<end { sum += more[i] / Double(end - start) }
      differences.append(isCandidateFewer ? fewer[match] - sum : sum - fewer[match])
      variances.append((1 + 1 / Double(end - start)) / 4)
      let (needsX, needsY) = isCandidateFewer ? (match + 1, end) : (end, match + 1)
      while order.candidate < needsX || order.production < needsY {
        _ = order.next()
        row += 1
      }
      rows.append(row)
    }
    rowsOfMatch = Double(x.count + y.count) / Double(fewer.count)
  }

  /// Pairs are matches already; their answers may depend on each other, so that only the range of the difference bounds
  /// its variance.
  init(_ pairs: PairSample) {
    differences = pairs.candidate.indices.map { pairs.candidate[$0] - pairs.production[$0] }
    variances = differences.map { _ in 1 }
    rows = differences.indices.map { $0 + 1 }
    rowsOfMatch = 1
  }
}

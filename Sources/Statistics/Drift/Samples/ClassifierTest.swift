import Probability

/// The classifier two-sample test: can a logistic regression tell current rows from reference rows that it did not learn from?
///
/// It learns on the even rows of each sample (from 0) with a ridge penalty and is judged on the odd ones: by its share of right
/// answers against guessing, and by the area under its curve, which is Mann and Whitney's statistic of its scores.
///
/// - Source: Lopez-Paz and Oquab (2017), "Revisiting classifier two-sample tests"; Kim et al. (2021) for the power of the accuracy.
package struct ClassifierTest: Sendable, Equatable {
  /// The intercept, then a weight a column; above 0 speaks for the current sample.
  package let weights: [Double]
  /// Of `tested` odd rows, how many the classifier got right.
  package let right: Int
  package let tested: Int
  /// The chance that a current row has the larger score.
  package let areaUnderCurve: Double
  /// That guessing would be right as often: a binomial tail, exact where both samples are of one size.
  package let pAccuracy: PValue
  /// That the area is as far from ½ by chance: Mann and Whitney's test, two-sided.
  package let pArea: PValue

  /// - Parameters:
  ///   - reference: two rows or more.
  ///   - current: two rows or more, of as many columns.
  ///   - penalty: half of it times the sum of the squared weights is added to the loss; the intercept is free.
  package init(
    reference: RowMatrix, current: RowMatrix, penalty: Double = 1
  ) throws(Unavailable) {
    guard min(reference.rows, current.rows) > 1 else {
      throw .tooFew(has: min(reference.rows, current.rows), needs: 2)
    }
    let model = try RidgeLogistic(
      reference: Self.half(reference, from: 0), current: Self.half(current, from: 0),
      penalty: penalty)
    weights = model.weights
    let negatives = model.scores(of: Self.half(reference, from: 1))
    let positives = model.scores(of: Self.half(current, from: 1))
    right = negatives.count { $0 <= 0 } + positives.count { $0 > 0 }
    tested = negatives.count + positives.count
    let law = Binomial(trials: tested, probability: 0.5)
    pAccuracy =
      right == 0
      ? .one : PValue(value: law.survival(right - 1), ln: law.logSurvival(right - 1))
    let ranks = try MannWhitney(candidate: positives, production: negatives)
    areaUnderCurve = ranks.shareOfWins
    pArea = try ranks.pNormal(.different)
  }

  private static func half(_ rows: RowMatrix, from first: Int) -> [[Double]] {
    stride(from: first, to: rows.rows, by: 2).map { Array(rows.row($0)) }
  }
}

/// A logistic regression with a ridge penalty, by Newton's steps.
private struct RidgeLogistic {
  private(set) var weights: [Double]

  init(reference: [[Double]], current: [[Double]], penalty: Double) throws(Unavailable) {
    let columns = reference[0].count
    weights = Array(repeating: 0, count: columns + 1)
    let rows = (reference + current).map { [1] + $0 }
    let labels =
      Array(repeating: 0.0, count: reference.count) + Array(repeating: 1, count: current.count)
    for _ in 0..<100 {
      var information = SymmetricMatrix(size: columns + 1)
      var slope = Array(repeating: 0.0, count: columns + 1)
      for (row, label) in zip(rows, labels) {
        let p = Elementary.logistic(dot(row, weights))
        for i in 0...columns {
          slope[i] += (label - p) * row[i]
          for j in 0...i { information[i, j] += p * (1 - p) * row[i] * row[j] }
        }
      }
      for i in 1...columns {
        slope[i] -= penalty * weights[i]
        information[i, i] += penalty
      }
      let step = try Cholesky(information).solve(slope)
      for i in 0...columns { weights[i] += step[i] }
      let size = dot(weights, weights).squareRoot()
      if dot(step, step).squareRoot() <= 1e-13 * (1 + size) { return }
    }
    throw .separated
  }

  /// The logarithms of the odds.
  func scores(of rows: [[Double]]) -> [Double] { rows.map { dot([1] + $0, weights) } }
}

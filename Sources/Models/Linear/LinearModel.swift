import Probability
import Traffic

/// A linear model: a weighted sum of scaled features, in Double on Float32 features.
///
/// The order of operations is fixed: once, w = coef / scale for each feature; then for each row s = 0; for
/// each feature in order s += (x − mean) · w; s += intercept; then the link. A missing feature gives no
/// answer.
struct LinearModel: Model {
  enum Link: Sendable, Equatable { case identity, logistic, softmax }

  let inputs: [String]
  let output: ModelOutput
  let summary: String
  private let means: [Double]
  /// coef / scale: one list for each sum, in the order of `inputs`.
  private let weights: [[Double]]
  private let intercepts: [Double]
  private let link: Link

  var loggedInputs: [String] { [] }

  init(
    features: [String], means: [Double], scales: [Double], coefficients: [[Double]],
    intercepts: [Double], link: Link
  ) {
    inputs = features
    self.means = means
    weights = coefficients.map { zip($0, scales).map { $0 / $1 } }
    self.intercepts = intercepts
    self.link = link
    let count = features.count == 1 ? "1 feature" : "\(features.count) features"
    switch link {
    case .identity:
      output = .value
      summary = "linear regression, \(count)"
    case .logistic:
      output = .probability
      summary = "logistic regression, \(count)"
    case .softmax where coefficients.count == 2:
      output = .probability
      summary = "logistic regression, \(count)"
    case .softmax:
      output = .classProbabilities(count: coefficients.count)
      summary = "logistic regression, \(count), \(coefficients.count) classes"
    }
  }

  func score(
    _ block: RequestBlock, at columns: ModelColumns, seed: UInt64, into scores: inout ScoreBlock
  ) {
    precondition(columns.features.count == inputs.count, "features \(columns.features)")
    precondition(columns.features.allSatisfy { 0..<block.featureCount ~= $0 })
    precondition(scores.width == output.width && scores.capacity >= block.count)
    scores.count = block.count
    if weights.count == 1 {
      addSums(0, block, columns, to: &scores.values, at: 0)
      if link == .logistic {
        unsafe scores.values.withUnsafeMutableBufferPointer { values in
          let answered = unsafe UnsafeMutableBufferPointer(rebasing: values[..<block.count])
          var column = unsafe answered.mutableSpan
          Elementary.logistic(inPlace: &column)
        }
      }
    } else {
      softmax(block, columns, into: &scores)
    }
  }

  /// Writes sum number k of every row from `start` on.
  private func addSums(
    _ k: Int, _ block: RequestBlock, _ columns: ModelColumns, to sums: inout [Double], at start: Int
  ) {
    let count = block.count
    unsafe block.features.withUnsafeBufferPointer { features in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        guard let features = features.baseAddress, let base = sums.baseAddress else { return }
        let sums = unsafe base + start
        for row in 0..<count { unsafe sums[row] = 0 }
        var feature = 0
        while feature + 4 <= columns.features.count {
          let terms = unsafe (
            term(k, feature, features, block, columns),
            term(k, feature + 1, features, block, columns),
            term(k, feature + 2, features, block, columns),
            term(k, feature + 3, features, block, columns)
          )
          for row in 0..<count {
            var sum = unsafe sums[row]
            unsafe sum += terms.0.value(row)
            unsafe sum += terms.1.value(row)
            unsafe sum += terms.2.value(row)
            unsafe sum += terms.3.value(row)
            unsafe sums[row] = sum
          }
          feature += 4
        }
        for feature in feature..<columns.features.count {
          let term = unsafe term(k, feature, features, block, columns)
          for row in 0..<count { unsafe sums[row] += term.value(row) }
        }
        let intercept = intercepts[k]
        for row in 0..<count { unsafe sums[row] += intercept }
      }
    }
  }

  private func term(
    _ k: Int, _ feature: Int, _ features: UnsafePointer<Float>, _ block: RequestBlock,
    _ columns: ModelColumns
  ) -> Term {
    unsafe Term(
      column: features + columns.features[feature] * block.capacity, mean: means[feature],
      weight: weights[k][feature])
  }

  /// Probabilities from exp(sum − largest sum), over their total in the order of the classes.
  private func softmax(
    _ block: RequestBlock, _ columns: ModelColumns, into scores: inout ScoreBlock
  ) {
    let classCount = weights.count
    let count = block.count
    var sums = [Double](repeating: 0, count: classCount * count)
    for k in 0..<classCount { addSums(k, block, columns, to: &sums, at: k * count) }
    for row in 0..<count {
      var largest = sums[row]
      for k in 1..<classCount { largest = max(largest, sums[k * count + row]) }
      var total = 0.0
      for k in 0..<classCount {
        let weight = Elementary.exp(sums[k * count + row] - largest)
        sums[k * count + row] = weight
        total += weight
      }
      if output == .probability {
        scores.values[row] = sums[count + row] / total
      } else {
        for k in 0..<classCount {
          scores.values[k * scores.capacity + row] = sums[k * count + row] / total
        }
      }
    }
  }
}

/// What one feature adds to a sum.
@unsafe
private struct Term {
  let column: UnsafePointer<Float>
  let mean: Double
  let weight: Double

  @inline(__always)
  func value(_ row: Int) -> Double { unsafe (Double(column[row]) - mean) * weight }
}

import Probability
import Traffic

/// A linear model: a weighted sum of scaled features, in Double on Float32 features.
///
/// The order of operations is fixed: s = 0; for each feature in order, s += ((x − mean) / scale) · coef; then
/// s += intercept; then the link. (A mean of 0 with a scale of 1 is left out: the bits are the same.)
/// A missing feature gives no answer.
struct LinearModel: Model {
  enum Link: Sendable, Equatable { case identity, logistic, softmax }

  let inputs: [String]
  let output: ModelOutput
  let summary: String
  private let means: [Double]
  private let scales: [Double]
  /// One list for each sum, in the order of `inputs`.
  private let coefficients: [[Double]]
  private let intercepts: [Double]
  private let link: Link

  var loggedInputs: [String] { [] }

  init(
    features: [String], means: [Double], scales: [Double], coefficients: [[Double]],
    intercepts: [Double], link: Link
  ) {
    inputs = features
    self.means = means
    self.scales = scales
    self.coefficients = coefficients
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
    if coefficients.count == 1 {
      addSums(0, block, columns, to: &scores.values, at: 0)
      if link == .logistic {
        for row in 0..<block.count {
          scores.values[row] = Elementary.logistic(scores.values[row])
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
        for (feature, column) in columns.features.enumerated() {
          let values = unsafe features + column * block.capacity
          let coefficient = coefficients[k][feature]
          let mean = means[feature]
          let scale = scales[feature]
          if mean == 0, scale == 1 {
            for row in 0..<count { unsafe sums[row] += Double(values[row]) * coefficient }
          } else {
            for row in 0..<count {
              unsafe sums[row] += (Double(values[row]) - mean) / scale * coefficient
            }
          }
        }
        let intercept = intercepts[k]
        for row in 0..<count { unsafe sums[row] += intercept }
      }
    }
  }

  /// Probabilities from exp(sum − largest sum), over their total in the order of the classes.
  private func softmax(
    _ block: RequestBlock, _ columns: ModelColumns, into scores: inout ScoreBlock
  ) {
    let classCount = coefficients.count
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

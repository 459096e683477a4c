/// The distribution whose quantile function is straight between the points of a table: even within each step.
///
/// Equal values beside each other are an atom of the probability between them.
struct QuantileTable {
  private let probabilities: [Double]
  private let values: [Double]

  init(_ probabilities: [Double], _ values: [Double]) {
    self.probabilities = probabilities
    self.values = values
  }

  func check() throws(DistributionError) {
    guard probabilities.count == values.count, values.count > 1 else {
      throw .unequalCounts(probabilities: probabilities.count, values: values.count)
    }
    for probability in probabilities { try Distribution.finite("a probability", probability) }
    guard probabilities[0] == 0, probabilities[probabilities.count - 1] == 1,
      zip(probabilities, probabilities.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw .wrongProbabilities }
    for value in values { try Distribution.finite("a value", value) }
    for (lower, upper) in zip(values, values.dropFirst()) {
      if upper < lower { throw .falling(from: lower, to: upper) }
      try Distribution.finite("the range of the values", upper - lower)
    }
  }

  /// The smallest x with cdf(x) >= p.
  func quantile(_ p: Double) -> Double {
    let upper = max(1, Self.firstIndex(of: probabilities) { $0 >= p })
    let (low, high) = (values[upper - 1], values[upper])
    let share =
      (p - probabilities[upper - 1]) / (probabilities[upper] - probabilities[upper - 1])
    return min(high, low + share * (high - low))
  }

  func cdf(_ x: Double) -> Double {
    if x < values[0] { return 0 }
    let upper = Self.firstIndex(of: values) { $0 > x }
    if upper == values.count { return 1 }
    let share = (x - values[upper - 1]) / (values[upper] - values[upper - 1])
    let (low, high) = (probabilities[upper - 1], probabilities[upper])
    return min(high, low + share * (high - low))
  }

  var mean: Double {
    sum { low, high in low + (high - low) / 2 }
  }

  var variance: Double {
    let mean = mean
    return sum { low, high in
      let (a, b) = (low - mean, high - mean)
      return (a * a + a * b + b * b) / 3
    }
  }

  /// Of each step's own moment, by the step's probability.
  private func sum(_ moment: (Double, Double) -> Double) -> Double {
    var sum = ExactSum()
    for step in 1..<values.count {
      let share = probabilities[step] - probabilities[step - 1]
      sum.add(share * moment(values[step - 1], values[step]))
    }
    return sum.value
  }

  /// The first index whose element meets a condition that, once met, stays met; `count` where none does.
  private static func firstIndex(of sorted: [Double], where holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(sorted[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

import Probability

/// The exact null law of a statistic that takes whole values 0...largest: how often each occurs among equally
/// likely arrangements, as relative weights.
package struct ExactCounts: Sendable, Equatable {
  /// Σ weights of 0...i.
  private let atMost: [Double]
  /// Σ weights of i...largest.
  private let atLeast: [Double]

  init(weights: [Double]) {
    var sums = weights
    for i in sums.indices.dropFirst() { sums[i] += sums[i - 1] }
    atMost = sums
    var upper = weights
    for i in upper.indices.dropLast().reversed() { upper[i] += upper[i + 1] }
    atLeast = upper
  }

  package var largest: Int { atMost.count - 1 }

  /// P(statistic <= value).
  package func probability(atMost value: Int) -> PValue {
    value < 0 ? .zero : value >= largest ? .one : tail(atMost[value])
  }

  /// P(statistic >= value).
  package func probability(atLeast value: Int) -> PValue {
    value > largest ? .zero : value <= 0 ? .one : tail(atLeast[value])
  }

  /// Twice the smaller tail at `value`.
  package func probabilityTwoSided(_ value: Int) -> PValue {
    let low = probability(atMost: value)
    let high = probability(atLeast: value)
    return (low.ln < high.ln ? low : high).doubled
  }

  /// P(|statistic − mean| >= |value − mean|), the mean given as a fraction.
  package func probability(
    asFarAs value: Int, fromMean mean: (numerator: Int, denominator: Int)
  ) -> PValue {
    let distance = abs(mean.denominator * value - mean.numerator)
    if distance == 0 { return .one }
    // Floor and ceiling of mean ∓ distance.
    let low = (mean.numerator - distance).dividedDown(by: mean.denominator)
    let high = -(-(mean.numerator + distance)).dividedDown(by: mean.denominator)
    return tail((low < 0 ? 0 : atMost[low]) + (high > largest ? 0 : atLeast[high]))
  }

  private func tail(_ sum: Double) -> PValue { PValue(sum / atMost[largest]) }
}

extension Int {
  /// The quotient rounded towards −infinity, for a positive divisor.
  fileprivate func dividedDown(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

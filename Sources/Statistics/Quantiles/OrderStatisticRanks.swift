import Probability

/// Between which two order statistics a quantile of the population lies, whatever the distribution.
///
/// The number of values below the quantile is binomial, so the coverage is known exactly.
///
/// - Source: Thompson (1936).
package struct OrderStatisticRanks: Sendable, Equatable {
  /// From 1; 0 stands for −∞.
  package let lower: Int
  /// Up to n; n + 1 stands for ∞.
  package let upper: Int
  /// Of continuous values; at least the level that was asked for.
  package let coverage: Double

  /// Equal tails, each at most (1 − level) / 2.
  package init(count: Int, p: Double, level: Double) {
    let tail = (1 - level) / 2
    self.init(count: count, p: p, lowerTail: tail, upperTail: tail)
  }

  /// - Parameters:
  ///   - lowerTail: the largest probability that the quantile lies below the interval; 0 for no lower end.
  ///   - upperTail: the same above.
  package init(count: Int, p: Double, lowerTail: Double, upperTail: Double) {
    precondition(p > 0 && p < 1, "a quantile at \(p)")
    let law = Binomial(trials: count, probability: p)
    // The largest rank with P(fewer than rank below) <= tail; 1 − 0.95 may round to a little less than 0.05.
    let slack = 1 + 0x1p-40
    let first = law.quantile(min(1, lowerTail * slack))
    lower =
      lowerTail <= 0 ? 0 : law.cdf(first) <= lowerTail * slack ? min(count, first + 1) : first
    upper = upperTail <= 0 ? count + 1 : law.upperQuantile(upperTail * slack) + 1
    let within = law.cdf(upper - 1) - law.cdf(lower - 1)
    let outside = law.cdf(lower - 1) + law.survival(upper - 1)
    coverage = outside < 0.5 ? 1 - outside : within
  }

  /// The interval on ascending values.
  package func bounds(sorted values: [Double]) -> Bounds {
    Bounds(
      lower: lower < 1 ? -.infinity : values[lower - 1],
      upper: upper > values.count ? .infinity : values[upper - 1])
  }
}

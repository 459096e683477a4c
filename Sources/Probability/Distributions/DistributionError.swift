/// Why parameters do not make a distribution.
package enum DistributionError: Error, Equatable, Sendable {
  /// `name` must be finite.
  case notFinite(name: String, value: Double)
  /// `name` must be above 0.
  case notPositive(name: String, value: Double)
  /// `name` must not be below 0.
  case negative(name: String, value: Double)
  /// A probability must lie in 0...1.
  case notAProbability(name: String, value: Double)
  /// `low` must lie below `high`.
  case emptyRange(low: Double, high: Double)
  /// A heavy-tailed law has no mean unless its shape is above 1.
  case noMean(shape: Double)
  /// `upper` (a quantile) must lie above `lower` (a mean or median).
  case wrongOrder(lower: String, lowerValue: Double, upper: String, upperValue: Double)
  /// No lognormal has a p99 so far above its mean.
  case unreachable(mean: Double, p99: Double)
  /// Something that must hold at least one element holds none.
  case empty(name: String)
  /// All weights are 0.
  case noWeight
  /// A table of quantiles has as many probabilities as values, and at least two.
  case unequalCounts(probabilities: Int, values: Int)
  /// The probabilities of a table of quantiles rise from 0 to 1.
  case wrongProbabilities
  /// A table of quantiles must not fall.
  case falling(from: Double, to: Double)
}

extension DistributionError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notFinite(let name, let value):
      "\(name) is \(value); it must be a finite number"
    case .notPositive(let name, let value):
      "\(name) is \(value); it must be above 0"
    case .negative(let name, let value):
      "\(name) is \(value); it must not be below 0"
    case .notAProbability(let name, let value):
      "\(name) is \(value); it must lie between 0 and 1"
    case .emptyRange(let low, let high):
      "the range from \(low) to \(high) is empty; the low end must be below the high one"
    case .noMean(let shape):
      "a Pareto distribution with shape \(shape) has no mean; give `minimum` instead, or a shape above 1"
    case .wrongOrder(let lower, let lowerValue, let upper, let upperValue):
      "\(upper) is \(upperValue), but \(lower) is \(lowerValue); \(upper) must be above \(lower)"
    case .unreachable(let mean, let p99):
      "no lognormal with mean \(mean) has p99 \(p99), more than 14.968 times the mean; lower p99, or give the "
        + "median and p99"
    case .empty(let name):
      "\(name) is empty; it needs at least one element"
    case .noWeight:
      "all weights are 0; at least one must be above 0"
    case .unequalCounts(let probabilities, let values):
      "\(probabilities) probabilities stand beside \(values) values; a table of quantiles needs one for each, and two "
        + "or more"
    case .wrongProbabilities:
      "the probabilities of a table of quantiles must begin with 0, end with 1, and rise from one to the next"
    case .falling(let first, let second):
      "\(second) stands behind \(first); the values of a table of quantiles must not fall"
    }
  }
}

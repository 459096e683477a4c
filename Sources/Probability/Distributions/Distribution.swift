/// A distribution of one real number, given by its quantile function so that arms can share luck.
///
/// Parameters are checked once, in the factory functions; after that nobody checks them again.
package indirect enum Distribution: Sendable, Equatable {
  case constant(Double)
  case uniform(low: Double, high: Double)
  case exponential(mean: Double)
  case normal(mean: Double, standardDeviation: Double)
  /// exp of a normal with mean `mu` and standard deviation `sigma`.
  case lognormal(mu: Double, sigma: Double)
  case gamma(shape: Double, scale: Double)
  case weibull(shape: Double, scale: Double)
  /// Values from `minimum` up, survival (minimum / x)^shape.
  case pareto(minimum: Double, shape: Double)
  case bernoulli(probability: Double)
  /// Indices 0..<n with probabilities in proportion to the weights.
  case categorical(weights: [Double])
  /// The given values, each equally likely, ascending.
  case empirical(values: [Double])
  case mixture([MixturePart])
  /// A table of quantiles, straight lines between its points: `probabilities` rise from 0 to 1, `values` never fall.
  case quantiles(probabilities: [Double], values: [Double])
  /// A constant more than a draw of another distribution: a minimum below which nothing comes.
  case shifted(by: Double, Distribution)

  package struct MixturePart: Sendable, Equatable {
    package var weight: Double
    package var distribution: Distribution

    package init(weight: Double, distribution: Distribution) {
      self.weight = weight
      self.distribution = distribution
    }
  }
}

extension Distribution {
  /// The mean, or nil where it does not exist (Pareto with shape <= 1).
  package var mean: Double? {
    switch self {
    case .constant(let value): value
    case .uniform(let low, let high): low + (high - low) / 2
    case .exponential(let mean), .normal(let mean, _): mean
    case .lognormal(let mu, let sigma): Elementary.exp(mu + sigma * sigma / 2)
    case .gamma(let shape, let scale): shape * scale
    case .weibull(let shape, let scale):
      scale * Elementary.exp(GammaFunction.log(1 + 1 / shape))
    case .pareto(let minimum, let shape): shape > 1 ? minimum * (shape / (shape - 1)) : nil
    case .bernoulli(let probability): probability
    case .categorical(let weights): Self.weightedMean(Self.indexed(weights))
    case .empirical(let values): Self.weightedMean(values.map { (1, $0) })
    case .mixture(let parts):
      Self.existing(parts) { $0.mean }.map(Self.weightedMean)
    case .quantiles(let probabilities, let values):
      QuantileTable(probabilities, values).mean
    case .shifted(let amount, let law): law.mean.map { amount + $0 }
    }
  }

  /// The variance, or nil where it does not exist.
  package var variance: Double? {
    switch self {
    case .constant: 0
    case .uniform(let low, let high): (high - low) * (high - low) / 12
    case .exponential(let mean): mean * mean
    case .normal(_, let standardDeviation): standardDeviation * standardDeviation
    case .lognormal(let mu, let sigma):
      Elementary.exp(2 * mu + sigma * sigma) * Elementary.expm1(sigma * sigma)
    case .gamma(let shape, let scale): shape * scale * scale
    case .weibull(let shape, let scale): Self.weibullVariance(shape, scale)
    case .pareto(let minimum, let shape):
      shape > 2
        ? minimum * minimum * shape / ((shape - 1) * (shape - 1) * (shape - 2)) : nil
    case .bernoulli(let probability): probability * (1 - probability)
    case .categorical(let weights): Self.weightedVariance(Self.indexed(weights))
    case .empirical(let values): Self.weightedVariance(values.map { (1, $0) })
    case .mixture(let parts): Self.mixtureVariance(parts)
    case .quantiles(let probabilities, let values):
      QuantileTable(probabilities, values).variance
    case .shifted(_, let law): law.variance
    }
  }

  private static func indexed(_ weights: [Double]) -> [(weight: Double, value: Double)] {
    weights.enumerated().map { ($1, Double($0)) }
  }

  private static func weightedMean(_ points: [(weight: Double, value: Double)]) -> Double {
    var sum = ExactSum()
    var total = ExactSum()
    for point in points {
      sum.add(point.weight * point.value)
      total.add(point.weight)
    }
    return sum.value / total.value
  }

  private static func weightedVariance(_ points: [(weight: Double, value: Double)]) -> Double {
    let mean = weightedMean(points)
    return weightedMean(points.map { ($0.weight, ($0.value - mean) * ($0.value - mean)) })
  }

  /// Γ(1 + 2/k) − Γ(1 + 1/k)², as a relative excess over the squared mean.
  private static func weibullVariance(_ shape: Double, _ scale: Double) -> Double {
    let half = GammaFunction.log(1 + 1 / shape)
    return scale * scale * Elementary.exp(2 * half)
      * Elementary.expm1(GammaFunction.log(1 + 2 / shape) - 2 * half)
  }

  /// The parts of positive weight with a moment of each, or nil where one has none.
  private static func existing(
    _ parts: [MixturePart], _ moment: (Distribution) -> Double?
  ) -> [(weight: Double, value: Double)]? {
    var result: [(weight: Double, value: Double)] = []
    for part in parts where part.weight > 0 {
      guard let value = moment(part.distribution) else { return nil }
      result.append((part.weight, value))
    }
    return result
  }

  /// The mean of the variances plus the variance of the means.
  private static func mixtureVariance(_ parts: [MixturePart]) -> Double? {
    guard let means = existing(parts, { $0.mean }), let within = existing(parts, { $0.variance })
    else { return nil }
    return weightedMean(within) + weightedVariance(means)
  }
}

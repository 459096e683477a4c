/// The parameters that people know, checked; each throws what is wrong and what would be right.
///
/// The textbook's parameters are the cases themselves; `checked()` checks those.
extension Distribution {
  // MARK: Lognormal

  /// The lognormal with this mean and 99 % quantile.
  ///
  /// log(p99 / mean) = z σ − σ²/2 has two roots; the smaller σ is meant. Solvable while p99 is at most
  /// exp(z²/2) = 14.968 times the mean.
  package static func lognormal(
    mean: Double, p99: Double
  ) throws(DistributionError) -> Distribution {
    try positive("mean", mean)
    try positive("p99", p99)
    if p99 <= mean {
      throw .wrongOrder(lower: "mean", lowerValue: mean, upper: "p99", upperValue: p99)
    }
    let z = Normal.upperQuantile(0.01)
    let ratio = Elementary.log(p99 / mean)
    let discriminant = z * z - 2 * ratio
    if discriminant < 0 { throw .unreachable(mean: mean, p99: p99) }
    // z − √(z² − 2 ratio), without its cancellation.
    let sigma = 2 * ratio / (z + discriminant.squareRoot())
    return .lognormal(mu: Elementary.log(mean) - sigma * sigma / 2, sigma: sigma)
  }

  /// The lognormal with this median and 99 % quantile.
  package static func lognormal(
    median: Double, p99: Double
  ) throws(DistributionError) -> Distribution {
    try positive("median", median)
    try positive("p99", p99)
    if p99 <= median {
      throw .wrongOrder(lower: "median", lowerValue: median, upper: "p99", upperValue: p99)
    }
    return .lognormal(
      mu: Elementary.log(median),
      sigma: Elementary.log(p99 / median) / Normal.upperQuantile(0.01))
  }

  /// The lognormal with this mean and coefficient of variation (standard deviation / mean).
  package static func lognormal(
    mean: Double, cv: Double
  ) throws(DistributionError) -> Distribution {
    try positive("mean", mean)
    try positive("cv", cv)
    let variance = Elementary.log1p(cv * cv)
    return .lognormal(mu: Elementary.log(mean) - variance / 2, sigma: variance.squareRoot())
  }

  // MARK: Others on the positive numbers

  /// The exponential with this many events per unit.
  package static func exponential(rate: Double) throws(DistributionError) -> Distribution {
    try positive("rate", rate)
    return try Distribution.exponential(mean: 1 / rate).checked()
  }

  /// The gamma with this mean and coefficient of variation: shape 1/cv².
  package static func gamma(mean: Double, cv: Double) throws(DistributionError) -> Distribution {
    try positive("mean", mean)
    try positive("cv", cv)
    return try Distribution.gamma(shape: 1 / (cv * cv), scale: mean * cv * cv).checked()
  }

  /// The Weibull with this mean and coefficient of variation, the shape found by Newton's method.
  package static func weibull(mean: Double, cv: Double) throws(DistributionError) -> Distribution {
    try positive("mean", mean)
    try positive("cv", cv)
    let shape = 1 / weibullInverseShape(cv: cv)
    let scale = mean / Elementary.exp(GammaFunction.log(1 + 1 / shape))
    return try Distribution.weibull(shape: shape, scale: scale).checked()
  }

  /// The Pareto with this mean; its shape must be above 1.
  package static func pareto(
    mean: Double, shape: Double
  ) throws(DistributionError) -> Distribution {
    try positive("mean", mean)
    try positive("shape", shape)
    if shape <= 1 { throw .noMean(shape: shape) }
    return .pareto(minimum: mean * (1 - 1 / shape), shape: shape)
  }

  /// The normal with this mean and coefficient of variation.
  package static func normal(mean: Double, cv: Double) throws(DistributionError) -> Distribution {
    try positive("mean", mean)
    try positive("cv", cv)
    return try Distribution.normal(mean: mean, standardDeviation: mean * cv).checked()
  }

  /// u = 1/shape with Γ(1 + 2u) / Γ(1 + u)² = 1 + cv².
  private static func weibullInverseShape(cv: Double) -> Double {
    let target = Elementary.log1p(cv * cv)
    return newtonRoot(from: cv < 1 ? cv : 1 + Elementary.log(cv)) { trial in
      let u = max(trial, 1e-12)
      let value = GammaFunction.log(1 + 2 * u) - 2 * GammaFunction.log(1 + u)
      let slope = 2 * (GammaFunction.digamma(1 + 2 * u) - GammaFunction.digamma(1 + u))
      return (value - target, slope)
    }
  }
}

// MARK: - Checking

extension Distribution {
  /// The same distribution, its parameters checked: finite, positive where they must be; the values of `empirical`
  /// sorted.
  package func checked() throws(DistributionError) -> Distribution {
    switch self {
    case .constant(let value):
      try Self.finite("value", value)
    case .uniform(let low, let high):
      try Self.finite("low", low)
      try Self.finite("high", high)
      if low >= high { throw .emptyRange(low: low, high: high) }
      try Self.finite("high - low", high - low)
    case .exponential(let mean):
      try Self.positive("mean", mean)
    case .normal(let mean, let standardDeviation):
      try Self.finite("mean", mean)
      try Self.positive("standardDeviation", standardDeviation)
    case .lognormal(let mu, let sigma):
      try Self.finite("mu", mu)
      try Self.positive("sigma", sigma)
    case .gamma(let shape, let scale), .weibull(let shape, let scale):
      try Self.positive("shape", shape)
      try Self.positive("scale", scale)
    case .pareto(let minimum, let shape):
      try Self.positive("minimum", minimum)
      try Self.positive("shape", shape)
    case .bernoulli(let probability):
      if !(probability >= 0 && probability <= 1) {
        throw .notAProbability(name: "probability", value: probability)
      }
    case .categorical(let weights):
      try Self.weighted(weights)
    case .empirical(let values):
      if values.isEmpty { throw .empty(name: "values") }
      for value in values { try Self.finite("values", value) }
      return .empirical(values: values.sorted())
    case .mixture(let parts):
      return .mixture(try Self.checked(parts))
    case .quantiles(let probabilities, let values):
      try QuantileTable(probabilities, values).check()
    case .shifted(let amount, let law):
      try Self.finite("by", amount)
      return .shifted(by: amount, try law.checked())
    }
    return self
  }

  private static func checked(
    _ parts: [MixturePart]
  ) throws(DistributionError) -> [MixturePart] {
    try weighted(parts.map(\.weight))
    var result: [MixturePart] = []
    for part in parts {
      result.append(MixturePart(weight: part.weight, distribution: try part.distribution.checked()))
    }
    return result
  }

  private static func weighted(_ weights: [Double]) throws(DistributionError) {
    if weights.isEmpty { throw .empty(name: "weights") }
    for weight in weights {
      try finite("weight", weight)
      if weight < 0 { throw .negative(name: "weight", value: weight) }
    }
    if weights.allSatisfy({ $0 == 0 }) { throw .noWeight }
    try finite("the sum of the weights", weights.reduce(0, +))
  }

  static func finite(_ name: String, _ value: Double) throws(DistributionError) {
    if !value.isFinite { throw .notFinite(name: name, value: value) }
  }

  private static func positive(_ name: String, _ value: Double) throws(DistributionError) {
    try finite(name, value)
    if value <= 0 { throw .notPositive(name: name, value: value) }
  }
}

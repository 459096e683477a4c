extension Distribution {
  /// The smallest x with P(X <= x) >= p, for p in (0, 1).
  ///
  /// Rises with p, so that arms which share a unit share their luck. A mixture's is found by
  /// bracketing: tens of times the time of its parts.
  package func quantile(_ p: Double) -> Double {
    switch self {
    case .constant(let value): value
    case .uniform(let low, let high): low + p * (high - low)
    case .exponential(let mean): mean * Self.unitExponential(p)
    case .normal(let mean, let standardDeviation):
      mean + standardDeviation * Normal.quantile(p)
    case .lognormal(let mu, let sigma): Elementary.exp(mu + sigma * Normal.quantile(p))
    case .gamma(let shape, let scale): scale * IncompleteGamma.inverseLower(shape, p)
    case .weibull(let shape, let scale):
      scale * Elementary.pow(Self.unitExponential(p), 1 / shape)
    case .pareto(let minimum, let shape):
      minimum * Elementary.exp(Self.unitExponential(p) / shape)
    case .bernoulli(let probability): p > 1 - probability ? 1 : 0
    case .categorical(let weights): Self.categoricalQuantile(weights, p)
    case .empirical(let values): values[Self.rank(p, of: values.count)]
    case .mixture(let parts): Mixture(parts).quantile(p)
    case .quantiles(let probabilities, let values):
      QuantileTable(probabilities, values).quantile(p)
    case .shifted(let amount, let law): amount + law.quantile(p)
    }
  }

  /// −log(1 − p), and the exact complement where 1 − p is a double.
  @inline(__always)
  static func unitExponential(_ p: Double) -> Double {
    let complement = 1 - p
    return 1 - complement == p ? -Elementary.log(complement) : -Elementary.log1p(-p)
  }

  private static func categoricalQuantile(_ weights: [Double], _ p: Double) -> Double {
    let total = weights.reduce(0, +)
    var sum = 0.0
    var last = 0
    for (index, weight) in weights.enumerated() where weight > 0 {
      sum += weight
      last = index
      if sum / total >= p { break }
    }
    return Double(last)
  }

  /// The smallest i with (i + 1) / count >= p.
  private static func rank(_ p: Double, of count: Int) -> Int {
    let n = Double(count)
    var rank = max(0, min(count - 1, Int(p * n)))
    while rank > 0 && Double(rank) / n >= p { rank -= 1 }
    while rank < count - 1 && Double(rank + 1) / n < p { rank += 1 }
    return rank
  }
}

// MARK: - Probabilities

extension Distribution {
  /// P(X <= x).
  package func cdf(_ x: Double) -> Double {
    switch self {
    case .constant(let value): x >= value ? 1 : 0
    case .uniform(let low, let high): min(max((x - low) / (high - low), 0), 1)
    case .exponential(let mean): x <= 0 ? 0 : -Elementary.expm1(-x / mean)
    case .normal(let mean, let standardDeviation): Normal.cdf((x - mean) / standardDeviation)
    case .lognormal(let mu, let sigma):
      x <= 0 ? 0 : Normal.cdf((Elementary.log(x) - mu) / sigma)
    case .gamma(let shape, let scale): x <= 0 ? 0 : IncompleteGamma.lower(shape, x / scale)
    case .weibull(let shape, let scale):
      x <= 0 ? 0 : -Elementary.expm1(-Elementary.pow(x / scale, shape))
    case .pareto(let minimum, let shape):
      x <= minimum ? 0 : -Elementary.expm1(-shape * Elementary.log(x / minimum))
    case .bernoulli(let probability): x < 0 ? 0 : x < 1 ? 1 - probability : 1
    case .categorical(let weights): Self.categoricalCDF(weights, x)
    case .empirical(let values): Double(Self.count(of: values, upTo: x)) / Double(values.count)
    case .mixture(let parts): Mixture(parts).cdf(x)
    case .quantiles(let probabilities, let values): QuantileTable(probabilities, values).cdf(x)
    case .shifted(let amount, let law): law.cdf(x - amount)
    }
  }

  private static func categoricalCDF(_ weights: [Double], _ x: Double) -> Double {
    if x < 0 { return 0 }
    if x >= Double(weights.count - 1) { return 1 }
    return weights[0...Int(x)].reduce(0, +) / weights.reduce(0, +)
  }

  private static func count(of values: [Double], upTo x: Double) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= x { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// True where the distribution puts probability on single points.
  var hasAtoms: Bool {
    switch self {
    case .constant, .bernoulli, .categorical, .empirical: true
    case .uniform, .exponential, .normal, .lognormal, .gamma, .weibull, .pareto: false
    case .mixture(let parts): parts.contains { $0.weight > 0 && $0.distribution.hasAtoms }
    case .quantiles(_, let values): zip(values, values.dropFirst()).contains { $0 == $1 }
    case .shifted(_, let law): law.hasAtoms
    }
  }
}

// MARK: - Draws

extension Distribution {
  /// The draw at the quantile of the stream's next unit: one unit, two words, whatever the distribution.
  package func draw(using luck: inout RandomStream) -> Double { quantile(luck.nextUnit()) }
}

import Probability

extension Distribution {
  /// The logarithm of the density at x; −∞ where nothing can be. Only for laws that have a density.
  package func logDensity(_ x: Double) -> Double {
    switch self {
    case .exponential(let mean): return x < 0 ? -.infinity : -x / mean - Elementary.log(mean)
    case .lognormal(let mu, let sigma):
      if x <= 0 { return -.infinity }
      let log = Elementary.log(x)
      let z = (log - mu) / sigma
      return -0.5 * z * z - Elementary.log(sigma) - log - 0.9189385332046727
    case .gamma(let shape, let scale):
      if x <= 0 { return -.infinity }
      let ratio = x / scale
      return (shape - 1) * Elementary.log(ratio) - ratio - GammaFunction.log(shape)
        - Elementary.log(scale)
    case .weibull(let shape, let scale):
      if x <= 0 { return -.infinity }
      let log = Elementary.log(x / scale)
      return Elementary.log(shape / scale) + (shape - 1) * log - Elementary.exp(shape * log)
    case .shifted(let amount, let law): return law.logDensity(x - amount)
    case .mixture(let parts): return Self.logDensity(of: parts, x)
    case .quantiles(let probabilities, let values):
      return Self.logDensity(probabilities, values, x)
    case .constant, .uniform, .normal, .pareto, .bernoulli, .categorical, .empirical:
      preconditionFailure("no times are fitted by \(self)")
    }
  }

  private static func logDensity(of parts: [MixturePart], _ x: Double) -> Double {
    var total = 0.0
    var (sum, top) = (0.0, -Double.infinity)
    for part in parts where part.weight > 0 {
      total += part.weight
      let log = part.distribution.logDensity(x) + Elementary.log(part.weight)
      if log > top {
        sum = sum * Elementary.exp(top - log) + 1
        top = log
      } else if log > -.infinity {
        sum += Elementary.exp(log - top)
      }
    }
    return top == -.infinity ? top : top + Elementary.log(sum / total)
  }

  private static func logDensity(
    _ probabilities: [Double], _ values: [Double], _ x: Double
  ) -> Double {
    guard x >= values[0], x <= values[values.count - 1],
      let upper = values.firstIndex(where: { $0 >= x })
    else { return -.infinity }
    let step = max(1, upper)
    return Elementary.log(
      (probabilities[step] - probabilities[step - 1]) / (values[step] - values[step - 1]))
  }

  package func logLikelihood(_ values: [Double]) -> Double {
    var sum = 0.0
    for value in values { sum += logDensity(value) }
    return sum
  }

  /// The same law with its numbers to six digits, as a person would state it; a shift is rounded down.
  ///
  /// The values of a table that six digits would not tell apart become one.
  package var stated: Distribution {
    switch self {
    case .exponential(let mean): return .exponential(mean: mean.stated())
    case .lognormal(let mu, let sigma):
      return .lognormal(mu: mu.stated(), sigma: sigma.stated())
    case .gamma(let shape, let scale):
      return .gamma(shape: shape.stated(), scale: scale.stated())
    case .weibull(let shape, let scale):
      return .weibull(shape: shape.stated(), scale: scale.stated())
    case .shifted(let amount, let law):
      return .shifted(by: amount.stated(.down), law.stated)
    case .mixture(let parts):
      return .mixture(
        parts.map { .init(weight: $0.weight.stated(), distribution: $0.distribution.stated) })
    case .quantiles(let probabilities, let values):
      var (at, kept) = ([probabilities[0]], [values[0].stated(.down)])
      for (p, value) in zip(probabilities, values).dropFirst() {
        let value = value.stated(p == 1 ? .up : .toNearestOrAwayFromZero)
        if value > kept[kept.count - 1] {
          at.append(p)
          kept.append(value)
        } else {
          at[at.count - 1] = kept.count == 1 ? 0 : p
        }
      }
      guard kept.count > 1, at[at.count - 1] == 1 else { return self }
      return .quantiles(probabilities: at, values: kept)
    case .constant, .uniform, .normal, .pareto, .bernoulli, .categorical, .empirical: return self
    }
  }
}

extension Double {
  /// To six significant decimal digits.
  package func stated(_ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero) -> Double {
    guard isFinite, self != 0 else { return self }
    var (rest, digits) = (magnitude, 5)
    while rest >= 10, digits > -16 {
      rest /= 10
      digits -= 1
    }
    while rest < 1, digits < 22 {
      rest *= 10
      digits += 1
    }
    // Powers of ten up to 22 are exact, so the quotient is the double nearest to the decimal.
    var power = 1.0
    for _ in 0..<digits.magnitude { power *= 10 }
    return digits >= 0 ? (self * power).rounded(rule) / power : (self / power).rounded(rule) * power
  }
}

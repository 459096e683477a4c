import Probability

/// The distribution of one value of an arm, a function of a standard normal score.
enum Marginal: Sendable, Equatable {
  case normal(mean: Double, standardDeviation: Double)
  /// exp of a normal.
  case lognormal(mu: Double, sigma: Double)
  case bernoulli(Double)
  case poisson(mean: Double)

  /// The lognormal of mean `mean` whose standard deviation is `cv` times that.
  static func lognormal(mean: Double, cv: Double) -> Marginal {
    let square = Elementary.log1p(cv * cv)
    return .lognormal(mu: Elementary.log(mean) - square / 2, sigma: square.squareRoot())
  }

  var mean: Double {
    switch self {
    case .normal(let mean, _), .poisson(let mean): mean
    case .lognormal(let mu, let sigma): Elementary.exp(mu + sigma * sigma / 2)
    case .bernoulli(let p): p
    }
  }

  var variance: Double {
    switch self {
    case .normal(_, let deviation): deviation * deviation
    case .lognormal(_, let sigma): mean * mean * Elementary.expm1(sigma * sigma)
    case .bernoulli(let p): p * (1 - p)
    case .poisson(let mean): mean
    }
  }

  var isDiscrete: Bool {
    switch self {
    case .normal, .lognormal: false
    case .bernoulli, .poisson: true
    }
  }

  /// The smallest x with P(X <= x) >= p.
  func quantile(_ p: Double) -> Double {
    switch self {
    case .normal(let mean, let deviation): mean + deviation * Normal.quantile(p)
    case .lognormal(let mu, let sigma): Elementary.exp(mu + sigma * Normal.quantile(p))
    case .bernoulli(let share): p <= 1 - share ? 0 : 1
    case .poisson(let mean): Double(Poisson(mean: mean).quantile(p))
    }
  }

  /// P(X = k) of a discrete one, for k = 0, 1, … until what is left is below 1e-17.
  var masses: [Double] {
    switch self {
    case .normal, .lognormal: return []
    case .bernoulli(let p): return [1 - p, p]
    case .poisson(let mean):
      let law = Poisson(mean: mean)
      var masses: [Double] = []
      while law.survival(masses.count - 1) > 1e-17 { masses.append(law.pmf(masses.count)) }
      return masses
    }
  }

  /// The mean of what lies between the quantiles `share` and 1 − `share`, times the mass there.
  private func middle(_ share: Double) -> Double {
    switch self {
    case .normal(let mean, _): return mean * (1 - 2 * share)
    case .lognormal(_, let sigma):
      let z = Normal.quantile(1 - share)
      return mean * (Normal.cdf(z - sigma) - Normal.cdf(-z - sigma))
    case .bernoulli, .poisson:
      var below = 0.0
      var sum = 0.0
      for (value, mass) in masses.enumerated() {
        let above = min(1, below + mass)
        sum += Double(value) * max(0, min(above, 1 - share) - max(below, share))
        below = above
      }
      return sum
    }
  }

  /// The mean without the `share` at either end.
  func trimmedMean(_ share: Double) -> Double { middle(share) / (1 - 2 * share) }

  /// The mean with the `share` at either end moved to the quantile there.
  func winsorizedMean(_ share: Double) -> Double {
    middle(share) + share * (quantile(share) + quantile(1 - share))
  }
}

/// Values at normal scores, with what a discrete distribution looks up made once.
struct ScoredValues: Sendable {
  private let marginal: Marginal
  /// The scores from which on a discrete value is at least 1, 2, ….
  private let steps: [Double]

  init(_ marginal: Marginal) {
    self.marginal = marginal
    var below = 0.0
    steps = marginal.masses.dropLast().map { mass in
      below += mass
      return below < 1 ? Normal.quantile(below) : .infinity
    }
  }

  /// Turns scores into values.
  func apply(to scores: inout [Double]) {
    switch marginal {
    case .normal(let mean, let deviation):
      for index in scores.indices { scores[index] = mean + deviation * scores[index] }
    case .lognormal(let mu, let sigma):
      for index in scores.indices { scores[index] = Elementary.exp(mu + sigma * scores[index]) }
    case .bernoulli, .poisson:
      for index in scores.indices {
        var value = 0
        while value < steps.count, scores[index] > steps[value] { value += 1 }
        scores[index] = Double(value)
      }
    }
  }
}

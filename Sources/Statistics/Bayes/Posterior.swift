import Probability

/// What is believed of an arm's value after its data were seen, under a stated prior.
package enum Posterior: Sendable, Equatable {
  /// Of a share.
  case beta(Beta)
  /// Of a rate: gamma with this shape, and as `rate` the inverse of its scale.
  case gamma(shape: Double, rate: Double)
  /// Of a mean.
  case normal(mean: Double, standardDeviation: Double)

  /// A share after `successes` of `trials`.
  ///
  /// - Parameter prior: Beta(1, 1), the uniform one, unless another is stated.
  package static func share(
    successes: Int, trials: Int, prior: Beta = Beta(1, 1)
  ) -> Posterior {
    precondition(trials >= 0 && (0...trials).contains(successes), "\(successes) of \(trials)")
    return .beta(Beta(prior.a + Double(successes), prior.b + Double(trials - successes)))
  }

  /// A rate after `events` in `exposure`.
  ///
  /// - Parameter prior: shape and rate; (½, 0) is Jeffreys's and needs exposure > 0.
  package static func rate(
    events: Int, exposure: Double, prior: (shape: Double, rate: Double) = (0.5, 0)
  ) -> Posterior {
    precondition(events >= 0 && exposure + prior.rate > 0, "\(events) in \(exposure)")
    return .gamma(shape: prior.shape + Double(events), rate: prior.rate + exposure)
  }

  package var mean: Double {
    switch self {
    case .beta(let law): law.mean
    case .gamma(let shape, let rate): shape / rate
    case .normal(let mean, _): mean
    }
  }

  package func cdf(_ x: Double) -> Double {
    switch self {
    case .beta(let law): law.cdf(x)
    case .gamma(let shape, let rate): x <= 0 ? 0 : IncompleteGamma.lower(shape, x * rate)
    case .normal(let mean, let spread): Normal.cdf((x - mean) / spread)
    }
  }

  package func survival(_ x: Double) -> Double {
    switch self {
    case .beta(let law): law.survival(x)
    case .gamma(let shape, let rate): x <= 0 ? 1 : IncompleteGamma.upper(shape, x * rate)
    case .normal(let mean, let spread): Normal.survival((x - mean) / spread)
    }
  }

  package func quantile(_ p: Double) -> Double {
    switch self {
    case .beta(let law): law.quantile(p)
    case .gamma(let shape, let rate): IncompleteGamma.inverseLower(shape, p) / rate
    case .normal(let mean, let spread): mean + spread * Normal.quantile(p)
    }
  }

  package func upperQuantile(_ q: Double) -> Double {
    switch self {
    case .beta(let law): law.upperQuantile(q)
    case .gamma(let shape, let rate): IncompleteGamma.inverseUpper(shape, q) / rate
    case .normal(let mean, let spread): mean + spread * Normal.upperQuantile(q)
    }
  }

  /// The interval that leaves equal tails; holds the value with probability `level`.
  package func credibleInterval(level: Double) -> ClosedRange<Double> {
    let tail = (1 - level) / 2
    return quantile(tail)...upperQuantile(tail)
  }

  /// The shortest interval that holds the value with probability `mass`; nil where the most likely values are no
  /// interval (a beta law with both parameters below 1).
  package func highestDensityInterval(mass: Double) -> ClosedRange<Double>? {
    switch self {
    case .normal: return credibleInterval(level: mass)
    case .beta(let law) where law.a < 1 && law.b < 1: return nil
    case .beta(let law) where law.a <= 1 && law.b >= 1 && law != Beta(1, 1):
      return 0...law.quantile(mass)
    case .beta(let law) where law.b <= 1 && law.a > 1: return law.upperQuantile(mass)...1
    case .gamma(let shape, _) where shape <= 1: return 0...quantile(mass)
    default: break
    }
    // As the lower end rises, its density rises and that of the upper end falls.
    var (low, high) = (0.0, 1 - mass)
    for _ in 0..<200 {
      let tail = (low + high) / 2
      if tail == low || tail == high { break }
      if logDensity(quantile(tail)) < logDensity(upperQuantile(1 - mass - tail)) {
        low = tail
      } else {
        high = tail
      }
    }
    return quantile(low)...upperQuantile(1 - mass - low)
  }

  func logDensity(_ x: Double) -> Double {
    switch self {
    case .beta(let law): law.logDensity(x)
    case .gamma(let shape, let rate):
      x <= 0
        ? -.infinity
        : (shape - 1) * Elementary.log(x) - rate * x + shape * Elementary.log(rate)
          - GammaFunction.log(shape)
    case .normal(let mean, let spread):
      -0.5 * ((x - mean) / spread) * ((x - mean) / spread) - Elementary.log(spread)
        - 0.918_938_533_204_672_7
    }
  }
}

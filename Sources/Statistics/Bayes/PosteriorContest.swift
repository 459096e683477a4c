import Probability

/// Several arms' posteriors against each other: which is best, and what choosing wrongly costs.
///
/// All answers are integrals of products of densities and distribution functions, taken with Gauss-Legendre panels as
/// wide as one standard deviation of one arm, in a coordinate in which posteriors look normal (logit, log): relative
/// error below 1e-10, small probabilities included, since every term is positive.
package struct PosteriorContest: Sendable {
  package let arms: [Posterior]
  private let panels: [ClosedRange<Double>]

  /// - Parameter arms: at least two, all of one kind.
  package init(_ arms: [Posterior]) {
    precondition(arms.count > 1, "a contest of \(arms.count)")
    precondition(
      arms.allSatisfy { $0.coordinate == arms[0].coordinate }, "posteriors of several kinds")
    self.arms = arms
    let edges = arms.flatMap { arm -> [Double] in
      let (centre, spread) = arm.place
      return (-40...40).map { centre + Double($0) * spread }
    }.sorted()
    panels = zip(edges, edges.dropFirst()).filter { $0 < $1 }.map { $0...$1 }
  }

  /// The probability that each arm has the largest value.
  package var probabilityBest: [Double] {
    arms.indices.map { arm in
      integral { u in
        let own = arms[arm].at(u)
        return others(than: arm).reduce(own.density) { $0 * arms[$1].at(u).lower }
      }
    }
  }

  /// How much is lost by choosing an arm, in expectation: E[largest value − its value].
  package var expectedLoss: [Double] {
    arms.indices.map { arm in
      // The arm is at most x, and another one is above x.
      integral { u in
        let slope = arms[arm].coordinate.slope(u)
        return arms[arm].at(u).lower * anyAbove(u, among: others(than: arm)) * slope
      }
    }
  }

  /// The probability that each arm has the smallest value.
  package var probabilitySmallest: [Double] {
    arms.indices.map { arm in
      integral { u in
        let own = arms[arm].at(u)
        return others(than: arm).reduce(own.density) { $0 * arms[$1].at(u).upper }
      }
    }
  }

  /// How much is lost by choosing an arm where small values are good, in expectation: E[its value − smallest value].
  package var expectedExcess: [Double] {
    arms.indices.map { arm in
      // The arm is above x, and another one is at most x.
      integral { u in
        let slope = arms[arm].coordinate.slope(u)
        return arms[arm].at(u).upper * anyBelow(u, among: others(than: arm)) * slope
      }
    }
  }

  private func others(than arm: Int) -> [Int] { arms.indices.filter { $0 != arm } }

  /// 1 − Π F, without cancellation where all the F are almost 1.
  private func anyAbove(_ u: Double, among rivals: [Int]) -> Double {
    var none = 1.0
    var any = 0.0
    for rival in rivals {
      let law = arms[rival].at(u)
      any += none * law.upper
      none *= law.lower
    }
    return any
  }

  private func anyBelow(_ u: Double, among rivals: [Int]) -> Double {
    var (none, any) = (1.0, 0.0)
    for rival in rivals {
      let law = arms[rival].at(u)
      any += none * law.lower
      none *= law.upper
    }
    return any
  }

  private func integral(_ term: (Double) -> Double) -> Double {
    panels.reduce(0) { $0 + GaussLegendre.sixteen.integral(over: $1, of: term) }
  }
}

/// Where a posterior looks normal.
enum PosteriorCoordinate {
  case plain, logarithm, logit

  /// dx / du.
  func slope(_ u: Double) -> Double {
    switch self {
    case .plain: 1
    case .logarithm: Elementary.exp(u)
    case .logit:
      1 / ((1 + Elementary.exp(-u)) * (1 + Elementary.exp(u)))
    }
  }
}

extension Posterior {
  /// In the coordinate: the density, and the probabilities of less and of more.
  func at(_ u: Double) -> (density: Double, lower: Double, upper: Double) {
    switch self {
    case .beta(let law): return law.atLogit(u)
    case .gamma(let shape, let rate):
      let x = Elementary.exp(u)
      let density =
        shape < 1e3
        ? Elementary.exp(logDensity(x)) * x
        : Self.gammaDensity(shape: shape, logRatio: u - Elementary.log(shape / rate))
      return (density, cdf(x), survival(x))
    case .normal(let mean, let spread):
      let z = (u - mean) / spread
      return (Normal.density(z) / spread, Normal.cdf(z), Normal.survival(z))
    }
  }

  /// Of ln x where x / mean = e^δ: √(a / 2π) exp(−a (e^δ − 1 − δ) − 1 / 12a + …), without the difference of terms as large
  /// as a.
  ///
  /// - Parameter shape: a, large enough that two terms of Stirling's series are enough: >= 1,000.
  private static func gammaDensity(shape: Double, logRatio: Double) -> Double {
    let rest = 1 / (12 * shape) - 1 / (360 * shape * shape * shape)
    let exponent = -shape * exponentialRemainder(logRatio) - rest
    return Elementary.exp(exponent) * (shape / (2 * Double.pi)).squareRoot()
  }

  /// e^δ − 1 − δ.
  private static func exponentialRemainder(_ delta: Double) -> Double {
    guard abs(delta) < 0.3 else { return Elementary.expm1(delta) - delta }
    var sum = 0.0
    // δ²/2 (1 + δ/3 (1 + δ/4 (…))), whose terms fall below the last place by the fourteenth.
    for k in stride(from: 16.0, to: 2, by: -1) { sum = delta / k * (1 + sum) }
    return delta * delta / 2 * (1 + sum)
  }

  var coordinate: PosteriorCoordinate {
    switch self {
    case .beta: .logit
    case .gamma: .logarithm
    case .normal: .plain
    }
  }

  /// Mean and standard deviation in the coordinate, nearly: they only place the panels.
  var place: (centre: Double, spread: Double) {
    func variance(_ shape: Double) -> Double { 1 / shape + 0.5 / (shape * shape) }
    switch self {
    case .beta(let law):
      return (
        GammaFunction.digamma(law.a) - GammaFunction.digamma(law.b),
        (variance(law.a) + variance(law.b)).squareRoot()
      )
    case .gamma(let shape, let rate):
      return (
        GammaFunction.digamma(shape) - Elementary.log(rate), variance(shape).squareRoot()
      )
    case .normal(let mean, let spread): return (mean, spread)
    }
  }
}

import Probability

/// What is believed of candidate − production, of two posteriors that know nothing of each other.
///
/// P(candidate − production > d) is the integral of production's density times the candidate's survival at x + d, taken
/// with Gauss-Legendre panels as `PosteriorContest` has them; of two normal laws it is exact.
package struct PosteriorDifference: Sendable {
  package let candidate: Posterior
  package let production: Posterior

  /// - Parameters: two of one kind.
  package init(candidate: Posterior, production: Posterior) {
    precondition(candidate.coordinate == production.coordinate, "posteriors of two kinds")
    self.candidate = candidate
    self.production = production
  }

  package var mean: Double { candidate.mean - production.mean }

  private var normal: NormalEffect? {
    guard case .normal(let one, let first) = candidate,
      case .normal(let other, let second) = production
    else { return nil }
    return try? NormalEffect(
      estimate: one - other, standardError: rootOfSquares(first, second))
  }

  /// P(candidate − production > bound), in 0...1.
  package func probabilityAbove(_ bound: Double) -> Double {
    if let normal { return normal.probabilityAbove(bound).value }
    return integral(bound) { candidate.survival($0) }
  }

  /// P(candidate − production < bound), in 0...1.
  package func probabilityBelow(_ bound: Double) -> Double {
    if let normal { return normal.probabilityBelow(bound).value }
    return integral(bound) { candidate.cdf($0) }
  }

  /// P(the difference lies in a region of practical equivalence).
  ///
  /// - Source: Kruschke (2018).
  package func probability(within region: ClosedRange<Double>) -> Double {
    if let normal { return normal.probability(within: region).value }
    let outside = probabilityAbove(region.upperBound) + probabilityBelow(region.lowerBound)
    return min(1, max(0, 1 - outside))
  }

  /// The value below which the difference lies with this probability, in (0, 1).
  package func quantile(_ p: Double) -> Double {
    if let normal { return normal.mean + normal.standardDeviation * Normal.quantile(p) }
    // Where both tails together hold less than the smaller of p and 1 − p.
    let tail = min(p, 1 - p) / 2
    let low = candidate.quantile(tail) - production.upperQuantile(tail)
    let high = candidate.upperQuantile(tail) - production.quantile(tail)
    return bracketedRoot(low, high) { probabilityBelow($0) - p }
  }

  /// The interval that leaves equal tails, or of one side all of it.
  package func interval(level: Double, _ alternative: Question.Alternative) -> Bounds {
    switch alternative {
    case .different:
      let tail = (1 - level) / 2
      let (low, high) = (quantile(tail), quantile(1 - tail))
      return Bounds(lower: min(low, high), upper: max(low, high))
    case .greater: return Bounds(lower: quantile(1 - level), upper: .infinity)
    case .less: return Bounds(lower: -.infinity, upper: quantile(level))
    }
  }

  /// E[max(production − candidate, 0)]: what choosing the candidate costs in expectation.
  package var expectedLossOfCandidate: Double {
    PosteriorContest([candidate, production]).expectedLoss[0]
  }

  private func integral(_ shift: Double, _ chance: (Double) -> Double) -> Double {
    let coordinate = production.coordinate
    var edges = Self.edges(production)
    // Where the candidate's law moves, seen from production.
    for edge in Self.edges(candidate) {
      if let place = coordinate.place(of: coordinate.value(edge) - shift) { edges.append(place) }
    }
    edges.sort()
    var sum = 0.0
    for (low, high) in zip(edges, edges.dropFirst()) where low < high {
      sum += GaussLegendre.sixteen.integral(over: low...high) { u in
        production.at(u).density * chance(coordinate.value(u) + shift)
      }
    }
    return min(1, max(0, sum))
  }

  private static func edges(_ law: Posterior) -> [Double] {
    let (centre, spread) = law.place
    return (-12...12).map { centre + Double($0) * spread }
  }
}

extension PosteriorCoordinate {
  /// x at u.
  func value(_ u: Double) -> Double {
    switch self {
    case .plain: u
    case .logarithm: Elementary.exp(u)
    case .logit: Elementary.logistic(u)
    }
  }

  /// u at x; nil where x has none.
  func place(of x: Double) -> Double? {
    switch self {
    case .plain: x
    case .logarithm: x > 0 ? Elementary.log(x) : nil
    case .logit: x > 0 && x < 1 ? Elementary.log(x) - Elementary.log1p(-x) : nil
    }
  }
}

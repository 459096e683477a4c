/// Student's and Welch's tests, each as the estimate that its intervals and p-values are formed from.
package enum TTests {
  /// The mean of independent values.
  package static func oneMean(_ values: Moments) throws(Unavailable) -> TEstimate {
    guard values.count > 1 else { throw .tooFew(has: values.count, needs: 2) }
    guard values.standardDeviation > 0 else { throw .noVariation }
    return TEstimate(
      value: values.mean, standardError: values.standardError,
      degreesOfFreedom: Double(values.count - 1))
  }

  /// The mean of first − second over independent pairs.
  package static func paired(first: [Double], second: [Double]) throws(Unavailable) -> TEstimate {
    precondition(first.count == second.count, "\(first.count) and \(second.count) values")
    return try oneMean(Moments(of: first.indices.map { first[$0] - second[$0] }))
  }

  /// The difference of two independent means, candidate − production, with unequal variances.
  ///
  /// - Source: Welch (1947); Satterthwaite (1946) for the degrees of freedom.
  package static func welch(
    candidate: Moments, production: Moments
  ) throws(Unavailable) -> TEstimate {
    for side in [candidate, production] where side.count < 2 {
      throw .tooFew(has: side.count, needs: 2)
    }
    return try difference(
      estimate: candidate.minus(production),
      errors: (candidate.standardError, production.standardError),
      degreesOfFreedom: (Double(candidate.count - 1), Double(production.count - 1)))
  }

  /// The difference of two independent means, candidate − production, with one variance in both arms.
  ///
  /// - Source: Student (1908); Fisher (1925).
  package static func pooled(
    candidate: Moments, production: Moments
  ) throws(Unavailable) -> TEstimate {
    let deviation = try pooledStandardDeviation(candidate, production)
    guard deviation > 0 else { throw .noVariation }
    let inverse = 1 / Double(candidate.count) + 1 / Double(production.count)
    return TEstimate(
      value: candidate.minus(production), standardError: deviation * inverse.squareRoot(),
      degreesOfFreedom: Double(candidate.count + production.count - 2))
  }

  /// The root of the variance within the arms, with n₁ + n₂ − 2 below.
  static func pooledStandardDeviation(
    _ candidate: Moments, _ production: Moments
  ) throws(Unavailable) -> Double {
    for side in [candidate, production] where side.count < 2 {
      throw .tooFew(has: side.count, needs: 2)
    }
    let (first, second) = (Double(candidate.count - 1), Double(production.count - 1))
    return rootOfSquares(
      candidate.standardDeviation * (first / (first + second)).squareRoot(),
      production.standardDeviation * (second / (first + second)).squareRoot())
  }

  /// The difference of two independent estimates, candidate − production.
  package static func difference(
    candidate: TEstimate, production: TEstimate
  ) throws(Unavailable) -> TEstimate {
    try difference(
      estimate: candidate.value - production.value,
      errors: (candidate.standardError, production.standardError),
      degreesOfFreedom: (candidate.degreesOfFreedom, production.degreesOfFreedom))
  }

  /// The sum of two independent variances with Satterthwaite's degrees of freedom.
  static func difference(
    estimate: Double, errors: (Double, Double), degreesOfFreedom: (Double, Double)
  ) throws(Unavailable) -> TEstimate {
    let error = rootOfSquares(errors.0, errors.1)
    guard error > 0 else { throw .noVariation }
    let first = (errors.0 / error) * (errors.0 / error)
    let second = (errors.1 / error) * (errors.1 / error)
    return TEstimate(
      value: estimate, standardError: error,
      degreesOfFreedom: 1
        / (first * first / degreesOfFreedom.0 + second * second / degreesOfFreedom.1))
  }
}

import Probability

/// A mean over requests whose units (users, sessions) are what was sampled: the requests of a unit may
/// depend on each other in any way.
///
/// The mean is the ratio of two unit means, sum over count, and its variance comes from the units' residuals
/// sum − mean × count.
///
/// - Source: the delta method for a ratio (Cochran 1977, section 6.4); Deng, Knoblich and Lu (2018).
package struct ClusteredMean: Sendable, Equatable {
  package let units: Int
  package let requests: Int
  package let mean: Double
  package let standardError: Double

  /// - Parameters:
  ///   - counts: how many requests each unit made; units without requests may be left out or be 0.
  ///   - sums: the sum of the values of each unit's requests.
  package init(counts: [Int], sums: [Double]) throws(Unavailable) {
    precondition(counts.count == sums.count, "\(counts.count) counts, \(sums.count) sums")
    let units = counts.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
    guard units > 1 else { throw .tooFew(has: units, needs: 2) }
    let requests = counts.reduce(0, +)
    var total = ExactSum()
    for sum in sums { total.add(sum) }
    let mean = total.value / Double(requests)
    let residuals = sums.indices.map { sums[$0] - mean * Double(counts[$0]) }
    let largest = residuals.reduce(0) { max($0, abs($1)) }
    let scale = largest > 0 ? Double(sign: .plus, exponent: largest.exponent, significand: 1) : 1
    var squares = ExactSum()
    for residual in residuals { squares.add((residual / scale) * (residual / scale)) }
    let few = Double(units) / Double(units - 1)
    self.units = units
    self.requests = requests
    self.mean = mean
    standardError = scale * (few * squares.value).squareRoot() / Double(requests)
  }

  package var estimate: TEstimate {
    TEstimate(value: mean, standardError: standardError, degreesOfFreedom: Double(units - 1))
  }

  /// Candidate − production of two sets of units that share none.
  package static func difference(
    candidate: ClusteredMean, production: ClusteredMean
  ) throws(Unavailable) -> TEstimate {
    try TTests.difference(
      estimate: candidate.mean - production.mean,
      errors: (candidate.standardError, production.standardError),
      degreesOfFreedom: (Double(candidate.units - 1), Double(production.units - 1)))
  }
}

import Probability

/// How near the two answers to a request lie to the line on which they are equal: 1 on it, 0 without any relation.
///
/// - Source: Lin (1989), the variance as corrected by Lin (2000); variances have n below.
package struct Concordance: Sendable, Equatable {
  package let value: Double
  package let correlation: Double
  /// Of atanh(value), normal.
  package let transformed: TEstimate

  package init(_ pairs: PairSample) throws(Unavailable) {
    let n = pairs.candidate.count
    guard n > 2 else { throw .tooFew(has: n, needs: 3) }
    let (one, other) = (try Moments(of: pairs.candidate), try Moments(of: pairs.production))
    guard one.standardDeviation > 0, other.standardDeviation > 0 else { throw .noVariation }
    let (first, second) = (Centre(of: pairs.candidate), Centre(of: pairs.production))
    let scales = (first.scale, second.scale)
    let products = CentredSums.products(
      pairs.candidate, first, pairs.production, second, scales: scales)
    correlation =
      products / Double(n - 1)
      / ((one.standardDeviation / scales.0) * (other.standardDeviation / scales.1))
    let population = (Double(n - 1) / Double(n)).squareRoot()
    // The shift and the ratio of scales, in units of the geometric mean of the deviations.
    let root = one.standardDeviation.squareRoot() * other.standardDeviation.squareRoot()
    let shift = one.minus(other) / root / population
    let ratio = one.standardDeviation / other.standardDeviation
    let accuracy = 2 / (ratio + 1 / ratio + shift * shift)
    value = correlation * accuracy
    let (c, r, u) = (value, correlation, shift * shift)
    guard abs(r) < 1 || abs(c) < 1 else { throw .noVariation }
    guard r != 0 else { throw .zeroDenominator }
    let room = 1 - c * c
    let variance =
      ((1 - r * r) * c * c / room / (r * r) + 2 * c * c * c * (1 - c) * u / r / (room * room)
        - c * c * c * c * u * u / (2 * r * r) / (room * room)) / Double(n - 2)
    guard variance > 0 else { throw .noVariation }
    transformed = TEstimate(
      value: (Elementary.log1p(c) - Elementary.log1p(-c)) / 2,
      standardError: variance.squareRoot(), degreesOfFreedom: .infinity)
  }
}

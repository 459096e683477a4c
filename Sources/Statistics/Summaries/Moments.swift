import Probability

/// Count, mean and standard deviation (n − 1 below) of values.
package struct Moments: Sendable, Equatable {
  package let count: Int
  package let mean: Double
  package let standardDeviation: Double
  /// The exact mean less `mean`, nearly: below half a unit in its last place. It is what a difference of two
  /// means far from 0 would otherwise lose.
  package let meanRest: Double

  package init(count: Int, mean: Double, standardDeviation: Double, meanRest: Double = 0) {
    self.count = count
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.meanRest = meanRest
  }

  /// In two passes with exact sums, scaled so that neither huge nor tiny values are lost.
  ///
  /// - Parameter values: two at least, none of them infinite, nor so large that their sum or their spread is.
  package init(of values: [Double]) throws(Unavailable) {
    guard values.count > 1 else { throw .tooFew(has: values.count, needs: 2) }
    let centre = Centre(of: values)
    guard centre.value.isFinite else { throw .notFinite }
    let deviation = CentredSums.standardDeviation(values, centre)
    guard deviation.isFinite else { throw .notFinite }
    self.init(
      count: values.count, mean: centre.value, standardDeviation: deviation,
      meanRest: centre.rest)
  }

  package var standardError: Double { standardDeviation / Double(count).squareRoot() }

  /// This mean less another, with the digits that both have below their last place.
  package func minus(_ other: Moments) -> Double {
    (mean - other.mean) + (meanRest - other.meanRest)
  }
}

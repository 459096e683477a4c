import Probability

/// The test of Epps and Singleton: the samples' empirical characteristic functions at two places, for numbers of any kind.
///
/// With g = (cos t₁x, sin t₁x, cos t₂x, sin t₂x) and t scaled by half of the pooled interquartile range, W = N (ḡ − ḡ′)ᵀ S⁻¹ (ḡ − ḡ′) is nearly
/// chi-square with four degrees of freedom. It keeps its level for discrete values, where distances of distribution functions
/// do not.
///
/// - Source: Epps and Singleton (1986), with their correction below 25 values a sample.
package struct EppsSingleton: Sendable, Equatable {
  package let statistic: Double
  package let p: PValue

  /// - Parameters:
  ///   - reference: five values or more.
  ///   - current: five values or more; the middle halves of both together must not be one value.
  package init(
    reference: [Double], current: [Double], places: (Double, Double) = (0.4, 0.8)
  ) throws(Unavailable) {
    let (n, m) = (Double(reference.count), Double(current.count))
    guard min(n, m) >= 5 else {
      throw .tooFew(has: min(reference.count, current.count), needs: 5)
    }
    let quartiles = try SampleQuantile.linear([0.25, 0.75], of: reference + current)
    let half = (quartiles[1] - quartiles[0]) / 2
    guard half > 0 else { throw .noVariation }
    let scaled = [places.0 / half, places.1 / half]
    let first = Self.moments(reference, scaled)
    let second = Self.moments(current, scaled)
    let all = n + m
    var spread = SymmetricMatrix(size: 4)
    for i in 0..<4 {
      for j in 0...i {
        spread[i, j] = all / n * first.covariance[i, j] + all / m * second.covariance[i, j]
      }
    }
    let gap = (0..<4).map { first.mean[$0] - second.mean[$0] }
    var statistic = all * dot(gap, try Cholesky(spread).solve(gap))
    if max(n, m) < 25 {
      let small =
        Elementary.pow(all, -0.45)
        + 10.1 * (Elementary.pow(n, -1.7) + Elementary.pow(m, -1.7))
      statistic /= 1 + small
    }
    self.statistic = statistic
    p = PValue(chiSquare: statistic, degreesOfFreedom: 4)
  }

  /// Of the cosines and sines, with n below.
  private static func moments(
    _ values: [Double], _ places: [Double]
  ) -> (mean: [Double], covariance: SymmetricMatrix) {
    let columns = places.flatMap { place in
      [values.map { Elementary.cos(place * $0) }, values.map { Elementary.sin(place * $0) }]
    }
    let n = Double(values.count)
    let means = columns.map { ExactSum.total($0) / n }
    var covariance = SymmetricMatrix(size: 4)
    for i in 0..<4 {
      for j in 0...i {
        covariance[i, j] =
          ExactSum.total(
            productsOf: ScaledColumn(columns[i], centre: means[i], scale: 1),
            ScaledColumn(columns[j], centre: means[j], scale: 1)) / n
      }
    }
    return (means, covariance)
  }
}

import Probability

/// The difference of two means, candidate − production, after what covariates from before the assignment explain
/// has been taken off.
///
/// - Source: Deng, Xu, Kohavi and Walker (2013) for CUPED; Lin (2013) for slopes of each arm's own; MacKinnon
///   and White (1985) for HC2.
package struct RegressionAdjustment: Sendable {
  let candidate: CentredArm
  let production: CentredArm
  /// Candidate's means less production's, in units of the scales.
  let shift: (value: Double, covariates: [Double])

  /// Which rows decide the slopes that both arms share.
  package enum Slopes: Sendable, CaseIterable {
    /// All rows as one sample, whatever their arm.
    case pooled
    /// The rows about their own arm's means, as in the analysis of covariance.
    case within
    /// The mean of the arms' variances and covariances, whatever their sizes.
    case unweighted
  }

  /// - Throws: `tooFew`, or `collinear`.
  package init(candidate: ArmSample, production: ArmSample) throws(Unavailable) {
    (self.candidate, self.production) = try CentredArm.pair(
      candidate: candidate, production: production)
    shift = self.candidate.minus(self.production)
  }

  /// Each arm's mean at the covariates' mean over both arms, by a regression of its own; HC2 errors with
  /// Satterthwaite's degrees of freedom over the arms.
  ///
  /// The effect on the rows at hand: where the arms' slopes differ much, a new population adds to the error.
  package func interacted() throws(Unavailable) -> TEstimate {
    let (first, second) = (Double(candidate.count), Double(production.count))
    let all = first + second
    let one = try ArmRegression(candidate, moved: shift.covariates.map { -$0 * (second / all) })
    let other = try ArmRegression(production, moved: shift.covariates.map { $0 * (first / all) })
    let columns = Double(shift.covariates.count)
    let estimate = try TTests.difference(
      estimate: shift.value + (one.correction - other.correction),
      errors: (one.standardError, other.standardError),
      degreesOfFreedom: (first - 1 - columns, second - 1 - columns))
    return estimate.mapped(
      to: estimate.value * candidate.scales.value, slope: candidate.scales.value)
  }

  /// The analysis of covariance: one slope a covariate in both arms, HC2 errors, N − 2 − covariates degrees of
  /// freedom.
  package func ancova() throws(Unavailable) -> TEstimate {
    let root = try Cholesky(candidate.squares.adding(production.squares))
    let slopes = try scaledSlopes(.within)
    let reach = root.solve(shift.covariates)
    var squares = ExactSum()
    for (arm, sign) in [(candidate, 1.0), (production, -1.0)] {
      let rows = RowErrors(
        arm, root: root, slopes: slopes, reach: reach.map { -$0 }, weight: sign / Double(arm.count))
      rows.addSquares(to: &squares)
    }
    guard squares.value > 0 else { throw .noVariation }
    let scale = candidate.scales.value
    return TEstimate(
      value: scale * (shift.value - dot(slopes, shift.covariates)),
      standardError: scale * squares.value.squareRoot(),
      degreesOfFreedom: Double(candidate.count + production.count - 2 - slopes.count))
  }

  /// The slopes, one a covariate, in units of values over units of the covariate.
  package func slopes(_ kind: Slopes) throws(Unavailable) -> [Double] {
    let scaled = try scaledSlopes(kind)
    return scaled.indices.map {
      scaled[$0] * (candidate.scales.value / candidate.scales.covariates[$0])
    }
  }

  /// Values less slope · covariate, compared by Welch's test as if the slopes were known.
  package func welch(_ kind: Slopes) throws(Unavailable) -> TEstimate {
    let slopes = try slopes(kind)
    return try TTests.welch(
      candidate: Moments(of: adjusted(candidate, slopes)),
      production: Moments(of: adjusted(production, slopes)))
  }

  /// The share of the plain difference's variance that `estimate` saves; below 0 where it is worse.
  package func varianceReduction(of estimate: TEstimate) throws(Unavailable) -> Double {
    let plain = try TTests.welch(
      candidate: Moments(of: candidate.values), production: Moments(of: production.values))
    let ratio = estimate.standardError / plain.standardError
    return 1 - ratio * ratio
  }

  /// About production's means, so that large offsets do not cost digits.
  private func adjusted(_ arm: CentredArm, _ slopes: [Double]) -> [Double] {
    var values = arm.values.map { ($0 - production.centre.value) }
    for k in slopes.indices {
      let centre = production.covariateCentres[k].value
      for row in values.indices { values[row] -= slopes[k] * (arm.covariates[k][row] - centre) }
    }
    return values
  }

  private func scaledSlopes(_ kind: Slopes) throws(Unavailable) -> [Double] {
    let (first, second) = (Double(candidate.count), Double(production.count))
    var squares = SymmetricMatrix(size: shift.covariates.count)
    var products = shift.covariates
    let between = kind == .pooled ? first / (first + second) * second : 0
    let weights = kind == .unweighted ? (1 / (first - 1), 1 / (second - 1)) : (1, 1)
    for k in products.indices {
      for j in 0...k {
        squares[k, j] =
          weights.0 * candidate.squares[k, j] + weights.1 * production.squares[k, j]
          + between * shift.covariates[k] * shift.covariates[j]
      }
      products[k] =
        weights.0 * candidate.products[k] + weights.1 * production.products[k]
        + between * shift.covariates[k] * shift.value
    }
    return try Cholesky(squares).solve(products)
  }
}

/// An arm's regression on its covariates, read at a point some way from their means.
struct ArmRegression {
  /// What the point adds to the arm's mean.
  let correction: Double
  /// HC2, of the value at the point.
  let standardError: Double

  /// - Parameter moved: the point less the arm's means.
  init(_ arm: CentredArm, moved: [Double]) throws(Unavailable) {
    let root = try Cholesky(arm.squares)
    let slopes = root.solve(arm.products)
    correction = dot(slopes, moved)
    let reach = root.solve(moved)
    var squares = ExactSum()
    RowErrors(arm, root: root, slopes: slopes, reach: reach, weight: 1 / Double(arm.count))
      .addSquares(to: &squares)
    standardError = squares.value.squareRoot()
  }
}

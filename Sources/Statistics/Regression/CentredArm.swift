import Probability

/// An arm's values and covariates about their means, in units of powers of two that both arms share, with their
/// exact sums of squares and products.
struct CentredArm: Sendable {
  let count: Int
  let values: [Double]
  let covariates: [[Double]]
  let centre: Centre
  let covariateCentres: [Centre]
  let scales: Scales
  /// Σ x̃ x̃ᵀ and Σ x̃ ỹ over the arm's rows, in units of the scales.
  let squares: SymmetricMatrix
  let products: [Double]

  struct Scales: Sendable {
    var value: Double
    var covariates: [Double]
  }

  /// A column's centre, and those of the covariates.
  private struct Centres {
    let value: Centre
    let covariates: [Centre]

    init(_ arm: ArmSample) {
      value = Centre(of: arm.values)
      covariates = arm.covariates.map { Centre(of: $0) }
    }
  }

  /// The arms about their means, with one scale a column.
  static func pair(
    candidate: ArmSample, production: ArmSample
  ) throws(Unavailable) -> (candidate: CentredArm, production: CentredArm) {
    let columns = candidate.covariates.count
    precondition(
      production.covariates.count == columns,
      "\(columns) and \(production.covariates.count) covariates")
    for arm in [candidate, production] {
      // Each arm's own regression leaves a residual degree of freedom.
      guard arm.values.count > columns + 2 else {
        throw .tooFew(has: arm.values.count, needs: columns + 3)
      }
      for column in arm.covariates {
        precondition(column.count == arm.values.count, "a covariate of \(column.count) rows")
      }
    }
    let (first, second) = (Centres(candidate), Centres(production))
    for centre in [first.value, second.value] + first.covariates + second.covariates {
      guard centre.value.isFinite else { throw .notFinite }
    }
    func scale(_ a: Centre, _ b: Centre) -> Double {
      Centre.scale(largest: max(a.largest, b.largest))
    }
    let scales = Scales(
      value: scale(first.value, second.value),
      covariates: (0..<columns).map { scale(first.covariates[$0], second.covariates[$0]) })
    return (
      CentredArm(candidate, first, scales: scales), CentredArm(production, second, scales: scales)
    )
  }

  private init(_ arm: ArmSample, _ centres: Centres, scales: Scales) {
    count = arm.values.count
    values = arm.values
    covariates = arm.covariates
    centre = centres.value
    covariateCentres = centres.covariates
    self.scales = scales
    var squares = SymmetricMatrix(size: covariates.count)
    var products: [Double] = []
    for k in covariates.indices {
      for j in 0...k {
        squares[k, j] = CentredSums.products(
          covariates[k], covariateCentres[k], covariates[j], covariateCentres[j],
          scales: (scales.covariates[k], scales.covariates[j]))
      }
      products.append(
        CentredSums.products(
          covariates[k], covariateCentres[k], values, centre,
          scales: (scales.covariates[k], scales.value)))
    }
    self.squares = squares
    self.products = products
  }

  /// How far this arm's means lie above another's, in units of the scales.
  func minus(_ other: CentredArm) -> (value: Double, covariates: [Double]) {
    func difference(_ a: Centre, _ b: Centre, _ scale: Double) -> Double {
      ((a.value - b.value) + (a.rest - b.rest)) / scale
    }
    return (
      difference(centre, other.centre, scales.value),
      covariates.indices.map {
        difference(covariateCentres[$0], other.covariateCentres[$0], scales.covariates[$0])
      }
    )
  }
}

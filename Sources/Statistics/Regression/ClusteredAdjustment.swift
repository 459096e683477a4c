import Probability

extension RegressionAdjustment {
  /// As `interacted`, for rows that depend on each other within units: CR2 errors with Bell and McCaffrey's degrees of
  /// freedom.
  ///
  /// - Parameters:
  ///   - candidate: the unit of each of candidate's rows, from 0; `production` likewise.
  /// - Source: Bell and McCaffrey (2002); Pustejovsky and Tipton (2018) for units that decide a slope alone.
  package func interacted(
    units candidateUnits: [Int], _ productionUnits: [Int]
  ) throws(Unavailable) -> TEstimate {
    let (first, second) = (Double(candidate.count), Double(production.count))
    let all = first + second
    let one = try ClusteredArm(
      candidate, moved: shift.covariates.map { -$0 * (second / all) }, units: candidateUnits)
    let other = try ClusteredArm(
      production, moved: shift.covariates.map { $0 * (first / all) }, units: productionUnits)
    let variance = one.variance + other.variance
    guard variance > 0 else { throw .noVariation }
    let trace = one.trace + other.trace
    let scale = candidate.scales.value
    return TEstimate(
      value: scale * (shift.value + (one.correction - other.correction)),
      standardError: scale * variance.squareRoot(),
      degreesOfFreedom: trace * trace / (one.squares + other.squares))
  }
}

/// An arm's regression on its covariates by units.
///
/// Rows are turned into w = (1/√n, L⁻¹x̃) with Σ w wᵀ = 1, in which the hat matrix is w wᵀ and every step
/// needs only each unit's K = Σ w wᵀ and Σ residual · w.
private struct ClusteredArm {
  let correction: Double
  let variance: Double
  /// As in `ClusterDifference.Arm`.
  let trace: Double
  let squares: Double

  init(_ arm: CentredArm, moved: [Double], units: [Int]) throws(Unavailable) {
    let root = try Cholesky(arm.squares)
    let slopes = root.solve(arm.products)
    correction = dot(slopes, moved)
    let intercept = 1 / Double(arm.count).squareRoot()
    let contrast = [intercept] + root.forward(moved)
    let columns = contrast.count
    var turned: [[Double]] = Array(repeating: [], count: columns)
    var residuals: [Double] = []
    for row in 0..<arm.count {
      let deviation = arm.deviation(ofRow: row)
      residuals.append(deviation.value - dot(slopes, deviation.covariates))
      let reach = root.forward(deviation.covariates)
      turned[0].append(intercept)
      for k in reach.indices { turned[k + 1].append(reach[k]) }
    }
    let counts = UnitSums.counts(units)
    let held = counts.indices.filter { counts[$0] > 0 }
    guard held.count > columns else { throw .tooFew(has: held.count, needs: columns + 1) }
    func sums(_ a: [Double], _ b: [Double]) -> [Double] {
      UnitSums.sums(a.indices.map { a[$0] * b[$0] }, units: units, count: counts.count)
    }
    let errors = turned.map { sums($0, residuals) }
    var pairs: [[[Double]]] = []
    for k in 0..<columns { pairs.append((0...k).map { sums(turned[k], turned[$0]) }) }
    var (variance, trace, diagonal) = (ExactSum(), ExactSum(), ExactSum())
    var whole = SymmetricMatrix(size: columns)
    for unit in held {
      var own = SymmetricMatrix(size: columns)
      for k in 0..<columns {
        for j in 0...k { own[k, j] = pairs[k][j][unit] }
      }
      let weights = Self.corrected(contrast, own)
      let error = dot(weights, errors.map { $0[unit] })
      variance.add(error * error)
      let reach = own.times(weights)
      let size = own.quadraticForm(weights) - dot(reach, reach)
      trace.add(size)
      diagonal.add(size * size - dot(reach, reach) * dot(reach, reach))
      for k in 0..<columns {
        for j in 0...k { whole[k, j] += reach[k] * reach[j] }
      }
    }
    self.variance = variance.value
    self.trace = trace.value
    squares = diagonal.value + whole.sumOfSquares
  }

  /// (1 − K)^(−½) contrast, without the directions that the unit decides alone.
  private static func corrected(_ contrast: [Double], _ own: SymmetricMatrix) -> [Double] {
    let (values, vectors) = own.eigen()
    var answer = Array(repeating: 0.0, count: contrast.count)
    for k in values.indices where 1 - values[k] > 1e-10 {
      let part = dot(vectors[k], contrast) / (1 - values[k]).squareRoot()
      for j in answer.indices { answer[j] += part * vectors[k][j] }
    }
    return answer
  }
}

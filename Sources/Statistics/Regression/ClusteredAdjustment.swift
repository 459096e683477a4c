import Probability

extension RegressionAdjustment {
  /// As `interacted`, for rows that depend on each other within units: CR2 errors with Bell and McCaffrey's degrees of
  /// freedom.
  ///
  /// - Parameters:
  ///   - candidate: the unit of each of candidate's rows, from 0; `production` likewise.
  /// - Complexity: O(rows · covariates² + units · covariates³).
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
    let counts = UnitSums.counts(units)
    let held = counts.indices.filter { counts[$0] > 0 }
    guard held.count > columns else { throw .tooFew(has: held.count, needs: columns + 1) }
    let (turned, residuals) = Self.turned(arm, root: root, slopes: slopes)
    func sums(_ a: [Double]) -> [Double] { UnitSums.sums(a, units: units, counts: counts) }
    // A unit's K in the order of its triangle; its first entry is rows / n.
    var own: [[Double]] = [counts.map { Double($0) / Double(arm.count) }]
    var errors: [[Double]] = [sums(residuals).map { $0 * intercept }]
    for k in turned.indices {
      own.append(sums(turned[k]).map { $0 * intercept })
      for j in 0...k { own.append(sums(Self.products(turned[k], turned[j]))) }
      errors.append(sums(Self.products(turned[k], residuals)))
    }
    let sum =
      columns == 2
      ? Self.summedPlanar(held, own, errors, contrast)
      : Self.summed(held, own, errors, contrast)
    (variance, trace, squares) = (sum.variance, sum.trace, sum.squares)
  }

  /// The covariates' turned deviations, and the residuals.
  private static func turned(
    _ arm: CentredArm, root: Cholesky, slopes: [Double]
  ) -> (columns: [[Double]], residuals: [Double]) {
    var columns = slopes.map { _ in [Double]() }
    var residuals: [Double] = []
    for k in columns.indices { columns[k].reserveCapacity(arm.count) }
    residuals.reserveCapacity(arm.count)
    var block = RowBlock(columns: slopes.count)
    for start in stride(from: 0, to: arm.count, by: RowBlock.size) {
      let rows = start..<min(arm.count, start + RowBlock.size)
      block.load(arm, rows, root: root, slopes: slopes)
      residuals.append(contentsOf: block.residuals[..<rows.count])
      for k in columns.indices { columns[k].append(contentsOf: block.turned[k][..<rows.count]) }
    }
    return (columns, residuals)
  }

  private static func products(_ a: [Double], _ b: [Double]) -> [Double] {
    var products = a
    for row in products.indices { products[row] *= b[row] }
    return products
  }

  private static func summed(
    _ held: [Int], _ triangles: [[Double]], _ errors: [[Double]], _ contrast: [Double]
  ) -> (variance: Double, trace: Double, squares: Double) {
    let columns = contrast.count
    var (variances, traces, diagonals): ([Double], [Double], [Double]) = ([], [], [])
    var whole = Array(repeating: Array(repeating: ExactSum(), count: columns), count: columns)
    for unit in held {
      var own = SymmetricMatrix(size: columns)
      var entry = 0
      for k in 0..<columns {
        for j in 0...k {
          own[k, j] = triangles[entry][unit]
          entry += 1
        }
      }
      let weights = corrected(contrast, own)
      let error = dot(weights, errors.map { $0[unit] })
      variances.append(error * error)
      let reach = own.times(weights)
      let length = dot(reach, reach)
      let size = dot(weights, reach) - length
      traces.append(size)
      diagonals.append((size - length) * (size + length))
      for k in 0..<columns {
        for j in 0..<columns { whole[k][j].add(reach[k] * reach[j]) }
      }
    }
    let off = whole.reduce(0) { $1.reduce($0) { $0 + $1.value * $1.value } }
    return (
      ExactSum.total(variances), ExactSum.total(traces), ExactSum.total(diagonals) + off
    )
  }

  /// (1 − K)^(−½) contrast, without the directions that the unit decides alone.
  private static func corrected(_ contrast: [Double], _ own: SymmetricMatrix) -> [Double] {
    let (values, vectors) = own.eigen()
    var answer = Array(repeating: 0.0, count: contrast.count)
    for k in values.indices where 1 - values[k] > decided {
      let part = dot(vectors[k], contrast) / (1 - values[k]).squareRoot()
      for j in answer.indices { answer[j] += part * vectors[k][j] }
    }
    return answer
  }

  /// Below it, what a direction leaves to other units is rounding.
  private static let decided = 1e-10

  /// `summed` for one covariate, where a matrix is three numbers and its root has a formula.
  private static func summedPlanar(
    _ held: [Int], _ triangles: [[Double]], _ errors: [[Double]], _ contrast: [Double]
  ) -> (variance: Double, trace: Double, squares: Double) {
    let (c0, c1) = (contrast[0], contrast[1])
    let (first, mixed, second) = (triangles[0], triangles[1], triangles[2])
    let (error0, error1) = (errors[0], errors[1])
    var variances = Array(repeating: 0.0, count: held.count)
    var (traces, diagonals) = (variances, variances)
    var (whole00, whole01, whole11) = (variances, variances, variances)
    for (place, unit) in held.enumerated() {
      let (a, b, d) = (first[unit], mixed[unit], second[unit])
      let (v0, v1) = planarRoot(a, b, d, c0, c1)
      let error = v0 * error0[unit] + v1 * error1[unit]
      variances[place] = error * error
      let (z0, z1) = (a * v0 + b * v1, b * v0 + d * v1)
      let length = z0 * z0 + z1 * z1
      let size = (v0 * z0 + v1 * z1) - length
      traces[place] = size
      diagonals[place] = (size - length) * (size + length)
      whole00[place] = z0 * z0
      whole01[place] = z0 * z1
      whole11[place] = z1 * z1
    }
    let (w00, w01, w11) = (
      ExactSum.total(whole00), ExactSum.total(whole01), ExactSum.total(whole11)
    )
    return (
      ExactSum.total(variances), ExactSum.total(traces),
      ExactSum.total(diagonals) + (w00 * w00 + 2 * w01 * w01 + w11 * w11)
    )
  }

  /// (1 − K)^(−½) c for K = (a b; b d), from K's two values μ ± r: f₊, f₋ the root at either, it is the mean of both plus
  /// their difference over 2r times K − μ.
  @inline(__always)
  private static func planarRoot(
    _ a: Double, _ b: Double, _ d: Double, _ c0: Double, _ c1: Double
  ) -> (Double, Double) {
    let (mean, half) = ((a + d) / 2, (a - d) / 2)
    let radius = (half * half + b * b).squareRoot()
    let far = max(0, 1 - mean - radius)
    let near = max(0, 1 - mean + radius)
    let (middle, slope): (Double, Double)
    if far > decided {
      let (s, t) = (far.squareRoot(), near.squareRoot())
      middle = (1 / s + 1 / t) / 2
      slope = 1 / ((s + t) * s * t)
    } else {
      let root = near > decided ? 1 / near.squareRoot() : 0
      middle = root / 2
      slope = radius > 0 ? -root / (2 * radius) : 0
    }
    return (
      middle * c0 + slope * (half * c0 + b * c1), middle * c1 + slope * (b * c0 - half * c1)
    )
  }
}

import Probability

/// The least-squares density difference: ∫ (p − q)², with p − q modelled by Gaussian bumps at some rows of the reference.
///
/// Rows are standardised by the reference. With H = exp(−d²/4σ²) between the centres and h the difference of the samples' mean
/// kernels exp(−d²/2σ²) at them, the estimate is hᵀ (2A − A H A) h, A = (H + λI)⁻¹; the factor (πσ²)^(d/2) is left out, as it is
/// the same for every permutation. λ is the largest of 1, 1/4, 1/16, … whose shrinkage, averaged over the permutations, stays below a
/// bound.
///
/// - Source: Sugiyama et al. (2013), "Density-difference estimation"; Bu, Alippi and Zhao (2018), "A pdf-free change detection
///   test based on density difference estimation", equations 7 to 11; alibi-detect has the same.
package struct DensityDifference: Sendable, Equatable {
  package let width: Double
  package let regularization: Double
  package let statistic: Double
  package let permuted: [Double]
  package let reaching: Int

  /// (1 + permutations that reach the statistic) / (1 + permutations).
  package var p: PValue { PValue(Double(reaching + 1) / Double(permuted.count + 1)) }
  /// alibi-detect's, which may be 0.
  package var pWithoutData: Double { Double(reaching) / Double(permuted.count) }

  /// - Parameters:
  ///   - reference: its first `centres` rows are the places of the bumps and not compared; nil: a twentieth of the rows.
  ///   - current: of as many columns.
  ///   - permutations: of the rows that are compared, drawn with the seed.
  package init(
    reference: RowMatrix, current: RowMatrix, centres: Int? = nil, permutations: Int, seed: UInt64,
    largestShrinkage: Double = 0.2
  ) throws(Unavailable) {
    let count = centres ?? max(1, reference.rows / 20)
    guard reference.rows > count + 1, current.rows > 0 else {
      throw .tooFew(has: reference.rows, needs: count + 2)
    }
    let compared = reference.rows - count
    let sets = (0..<permutations).map { number -> [Int] in
      var source = StreamIndexSource(seed: seed, StreamName("drift/density-difference"))
      source.startResample(number)
      var order = Array(0..<compared + current.rows)
      for index in 0..<compared {
        order.swapAt(index, index + source.nextIndex(below: order.count - index))
      }
      return Array(order[..<compared])
    }
    try self.init(
      reference: reference, current: current, centres: count, sets: sets,
      largestShrinkage: largestShrinkage)
  }

  /// The same with permutations that are given: the rows, of those that are compared, that stand for the reference.
  package init(
    reference: RowMatrix, current: RowMatrix, centres count: Int, sets: [[Int]],
    largestShrinkage: Double = 0.2
  ) throws(Unavailable) {
    let scaled = try reference.standardized(by: reference)
    let rows = scaled.rows(count..<scaled.rows)
      .followed(by: try current.standardized(by: reference))
    let width = try scaled.medianWidth()
    let bumps = Bumps(centres: scaled.rows(0..<count), width: width)
    let kernels = bumps.kernels(at: rows)
    let compared = scaled.rows - count
    let gaps = sets.map { bumps.gap(kernels, $0, of: rows.rows) }
    let chosen = try bumps.regularized(gaps, largestShrinkage: largestShrinkage)
    let observed = bumps.estimate(
      bumps.gap(kernels, Array(0..<compared), of: rows.rows), chosen.root)
    let permuted = gaps.map { bumps.estimate($0, chosen.root) }
    self.width = width
    regularization = chosen.lambda
    statistic = observed
    self.permuted = permuted
    reaching = permuted.count { $0 >= observed }
  }

  private struct Bumps {
    let centres: RowMatrix
    let width: Double
    let overlaps: SymmetricMatrix

    init(centres: RowMatrix, width: Double) {
      self.centres = centres
      self.width = width
      var overlaps = SymmetricMatrix(size: centres.rows)
      for row in 0..<centres.rows {
        for other in 0...row {
          let square = centres.squaredDistance(row, centres, other)
          overlaps[row, other] = Elementary.exp(-square / (4 * width * width))
        }
      }
      self.overlaps = overlaps
    }

    /// Row by row, a column a centre.
    func kernels(at rows: RowMatrix) -> [Double] {
      (0..<rows.rows).flatMap { row in
        (0..<centres.rows).map {
          Elementary.exp(-rows.squaredDistance(row, centres, $0) / (2 * width * width))
        }
      }
    }

    /// h: the mean kernel of the rows in the set less that of the others.
    func gap(_ kernels: [Double], _ set: [Int], of rows: Int) -> [Double] {
      let size = centres.rows
      return (0..<size).map { centre in
        var inside = 0.0
        for row in set { inside += kernels[row * size + centre] }
        var all = 0.0
        for row in 0..<rows { all += kernels[row * size + centre] }
        return inside / Double(set.count) - (all - inside) / Double(rows - set.count)
      }
    }

    /// hᵀ (2A − A H A) h.
    func estimate(_ gap: [Double], _ root: Cholesky) -> Double {
      let omega = root.solve(gap)
      return 2 * dot(gap, omega) - overlaps.quadraticForm(omega)
    }

    func regularized(
      _ gaps: [[Double]], largestShrinkage: Double
    ) throws(Unavailable) -> (lambda: Double, root: Cholesky) {
      var lambda = 1.0
      for _ in 0..<10 {
        var matrix = overlaps
        for centre in 0..<matrix.size { matrix[centre, centre] += lambda }
        let root = try Cholesky(matrix)
        var shrinkage = 0.0
        for gap in gaps {
          let omega = root.solve(gap)
          shrinkage += 1 - overlaps.quadraticForm(omega) / dot(gap, omega)
        }
        if shrinkage / Double(gaps.count) < largestShrinkage { return (lambda, root) }
        lambda /= 4
      }
      throw .collinear
    }
  }
}

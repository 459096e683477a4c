import Kernels
import Probability

/// Each row's share in the squared error of an estimate that a regression gives, after HC2:
/// (weight · residual)² / (1 − leverage), in blocks of rows.
struct RowErrors {
  private let arm: CentredArm
  private let root: Cholesky
  private let slopes: [Double]
  private let reach: [Double]
  private let weight: Double

  /// - Parameters:
  ///   - root: of the squares that the slopes were solved with.
  ///   - reach: a row's weight is `weight` + reach · x̃.
  ///   - weight: of a row at the arm's mean.
  init(_ arm: CentredArm, root: Cholesky, slopes: [Double], reach: [Double], weight: Double) {
    self.arm = arm
    self.root = root
    self.slopes = slopes
    self.reach = reach
    self.weight = weight
  }

  func addSquares(to sum: inout ExactSum) {
    var block = RowBlock(columns: slopes.count)
    for start in stride(from: 0, to: arm.count, by: RowBlock.size) {
      let rows = start..<min(arm.count, start + RowBlock.size)
      block.load(arm, rows, root: root, slopes: slopes)
      block.weigh(reach: reach, weight: weight, leverage: 1 / Double(arm.count))
      block.squareErrors(count: rows.count)
      sum.add(contentsOf: block.residuals.span.extracting(0..<rows.count))
    }
  }
}

/// Up to 1,024 rows of a regression: their residuals, deviations and turned deviations z = L⁻¹x̃.
struct RowBlock {
  static let size = 1024
  private(set) var residuals: [Double]
  private(set) var deviations: [[Double]]
  private(set) var turned: [[Double]]
  private var weights: [Double]
  private var leverages: [Double]

  init(columns: Int) {
    let empty = Array(repeating: 0.0, count: Self.size)
    residuals = empty
    weights = empty
    leverages = empty
    deviations = Array(repeating: empty, count: columns)
    turned = deviations
  }

  mutating func load(_ arm: CentredArm, _ rows: Range<Int>, root: Cholesky, slopes: [Double]) {
    Self.deviations(arm.values, arm.centre, arm.scales.value, rows, into: &residuals)
    for k in slopes.indices {
      Self.deviations(
        arm.covariates[k], arm.covariateCentres[k], arm.scales.covariates[k], rows,
        into: &deviations[k])
      Self.add(deviations[k], times: -slopes[k], count: rows.count, to: &residuals)
      let inverse = 1 / root.lower[k][k]
      Self.scale(deviations[k], by: inverse, count: rows.count, into: &turned[k])
      for j in 0..<k {
        Self.add(turned[j], times: -root.lower[k][j] * inverse, count: rows.count, to: &turned[k])
      }
    }
  }

  mutating func weigh(reach: [Double], weight: Double, leverage: Double) {
    unsafe weights.withUnsafeMutableBufferPointer { unsafe $0.update(repeating: weight) }
    unsafe leverages.withUnsafeMutableBufferPointer { unsafe $0.update(repeating: leverage) }
    for k in reach.indices {
      Self.add(deviations[k], times: reach[k], count: Self.size, to: &weights)
      unsafe turned[k].withUnsafeBufferPointer { values in
        unsafe leverages.withUnsafeMutableBufferPointer { sums in
          guard let from = values.baseAddress, let to = sums.baseAddress else { return }
          unsafe kernels_add_squares(from, values.count, to)
        }
      }
    }
  }

  /// Puts the squared errors in the place of the residuals.
  mutating func squareErrors(count: Int) {
    unsafe residuals.withUnsafeMutableBufferPointer { errors in
      unsafe weights.withUnsafeBufferPointer { weights in
        unsafe leverages.withUnsafeBufferPointer { leverages in
          guard let to = errors.baseAddress, let one = weights.baseAddress,
            let other = leverages.baseAddress
          else { return }
          unsafe kernels_square_errors(one, other, count, to)
        }
      }
    }
  }

  private static func deviations(
    _ values: [Double], _ centre: Centre, _ scale: Double, _ rows: Range<Int>,
    into block: inout [Double]
  ) {
    unsafe values.withUnsafeBufferPointer { values in
      unsafe block.withUnsafeMutableBufferPointer { block in
        guard let from = values.baseAddress, let to = block.baseAddress else { return }
        unsafe kernels_deviations(
          from + rows.lowerBound, centre.value, centre.rest, 1 / scale, rows.count, to)
      }
    }
  }

  private static func scale(
    _ values: [Double], by factor: Double, count: Int, into block: inout [Double]
  ) {
    unsafe values.withUnsafeBufferPointer { values in
      unsafe block.withUnsafeMutableBufferPointer { block in
        guard let from = values.baseAddress, let to = block.baseAddress else { return }
        unsafe kernels_deviations(from, 0, 0, factor, count, to)
      }
    }
  }

  private static func add(
    _ values: [Double], times factor: Double, count: Int, to sums: inout [Double]
  ) {
    unsafe values.withUnsafeBufferPointer { values in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        guard let from = values.baseAddress, let to = sums.baseAddress else { return }
        unsafe kernels_add_multiple(from, factor, count, to)
      }
    }
  }
}

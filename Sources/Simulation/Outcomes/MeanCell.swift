import Probability
import Statistics

/// How the values of a mean-type metric are added up exactly.
package enum Resolution: Sendable, Equatable {
  /// Whole numbers below 2⁶³: 0 and 1, nanoseconds.
  case whole
  /// Multiples of 2⁻⁴⁰ below 2²²: losses.
  case fixed
  /// Any finite double: errors of a real label.
  case real
}

/// The count, sum and sum of squares of a metric's values in one cell of the ledger.
///
/// Sums are exact, so cells merge in any order to the same bits.
package struct MeanCell: Sendable, Equatable {
  private var sums: Sums
  package private(set) var count = 0

  private enum Sums: Sendable, Equatable {
    case scaled(sum: Int128, squares: SquareSum, scale: Double)
    /// The sum and the sum of squares, out of line: they are twenty times as large as the other case.
    case real([ExactSum])
  }

  /// Stands in while the real sums are added to, so that nothing else holds them and they are not copied.
  private static let nothing = Sums.scaled(sum: 0, squares: SquareSum(), scale: 1)

  package init(_ resolution: Resolution) {
    switch resolution {
    case .whole: sums = .scaled(sum: 0, squares: SquareSum(), scale: 1)
    case .fixed: sums = .scaled(sum: 0, squares: SquareSum(), scale: 0x1p40)
    case .real: sums = .real([ExactSum(), ExactSum()])
    }
  }

  /// Adds the values of `rows` that are not NaN.
  package mutating func add(_ column: [Double], rows: Range<Int>) {
    switch sums {
    case .scaled(var sum, var squares, let scale):
      var added = 0
      var partial: Int128 = 0
      let values = column.span
      for row in rows {
        let value = values[row]
        if value.isNaN { continue }
        let units = Self.nearest(value * scale)
        added += 1
        partial &+= Int128(units)
        squares.add(squareOf: units)
      }
      sum &+= partial
      count += added
      sums = .scaled(sum: sum, squares: squares, scale: scale)
    case .real(var both):
      sums = Self.nothing
      for row in rows where !column[row].isNaN {
        both[0].add(column[row])
        both[1].add(column[row] * column[row])
        count += 1
      }
      sums = .real(both)
    }
  }

  /// Adds one value; NaN is left out.
  package mutating func add(_ value: Double) {
    if value.isNaN { return }
    count += 1
    switch sums {
    case .scaled(let sum, var squares, let scale):
      let units = Self.nearest(value * scale)
      squares.add(squareOf: units)
      sums = .scaled(sum: sum &+ Int128(units), squares: squares, scale: scale)
    case .real(var both):
      sums = Self.nothing
      both[0].add(value)
      both[1].add(value * value)
      sums = .real(both)
    }
  }

  /// The nearest whole number, ties to even.
  @inline(__always)
  private static func nearest(_ value: Double) -> Int64 {
    guard value.magnitude < 0x1p51 else { return Int64(value.rounded(.toNearestOrEven)) }
    // Adding 1.5 · 2⁵² rounds, and leaves the number in the low bits.
    return Int64(bitPattern: (value + 0x1.8p52).bitPattern &- 0x4338_0000_0000_0000)
  }

  package mutating func merge(_ other: MeanCell) {
    count += other.count
    switch (sums, other.sums) {
    case (.scaled(let sum, var squares, let scale), .scaled(let sum2, let squares2, let scale2)):
      precondition(scale == scale2, "cells of different resolution")
      squares.merge(squares2)
      sums = .scaled(sum: sum &+ sum2, squares: squares, scale: scale)
    case (.real(var both), .real(let others)):
      sums = Self.nothing
      for index in both.indices { both[index].merge(others[index]) }
      sums = .real(both)
    default:
      preconditionFailure("cells of different resolution")
    }
  }

  /// The mean, or nil of no values.
  package var mean: Double? {
    guard count > 0 else { return nil }
    return sum / Double(count)
  }

  package var sum: Double {
    switch sums {
    case .scaled(let sum, _, let scale): Double(sum) / scale
    case .real(let both): both[0].value
    }
  }

  /// The unbiased variance, formed once from the exact sums; nil of fewer than two values.
  package var variance: Double? {
    guard count > 1 else { return nil }
    let n = Double(count)
    switch sums {
    case .scaled(let sum, let squares, let scale):
      // About the mean rounded to a whole number q: with Σx = qn + r, Σ(x − q)² = Σx² − q(Σx + r), in whole numbers.
      let (centre, rest) = sum.quotientAndRemainder(dividingBy: Int128(count))
      let about = squares.minus(centre.multipliedFullWidth(by: sum + rest))
      let spread = about - Double(rest) * Double(rest) / n
      return max(0, spread) / (n - 1) / (scale * scale)
    case .real(let both):
      let mean = both[0].value / n
      return max(0, both[1].value - n * mean * mean) / (n - 1)
    }
  }
}

/// An exact sum of squares of 64-bit whole numbers, in 192 bits: more than 2⁶³ of them can fill. (Waits of a year are 2⁵⁵
/// nanoseconds, and 2¹⁷ of their squares would leave 128 bits.)
private struct SquareSum: Sendable, Equatable {
  /// Multiples of 2⁶⁴.
  private var high: Int128 = 0
  private var low: UInt64 = 0

  @inline(__always)
  mutating func add(squareOf units: Int64) {
    let square = units.multipliedFullWidth(by: units)
    let (sum, carries) = low.addingReportingOverflow(square.low)
    low = sum
    high &+= Int128(square.high) &+ (carries ? 1 : 0)
  }

  mutating func merge(_ other: SquareSum) {
    let (sum, carries) = low.addingReportingOverflow(other.low)
    low = sum
    high &+= other.high &+ (carries ? 1 : 0)
  }

  /// What is left after a smaller number of 256 bits was taken away.
  func minus(_ other: (high: Int128, low: UInt128)) -> Double {
    let own = UInt128(truncatingIfNeeded: high) << 64 | UInt128(low)
    let (lowLeft, borrows) = own.subtractingReportingOverflow(other.low)
    let highLeft = (high >> 64) - other.high - (borrows ? 1 : 0)
    return highLeft == 0 ? Double(lowLeft) : Double(highLeft) * 0x1p128 + Double(lowLeft)
  }
}

extension Moments {
  /// - Throws: of fewer than two values.
  init(_ cell: MeanCell) throws(Unavailable) {
    guard let mean = cell.mean, let variance = cell.variance else {
      throw .tooFew(has: cell.count, needs: 2)
    }
    self.init(count: cell.count, mean: mean, standardDeviation: variance.squareRoot())
  }
}

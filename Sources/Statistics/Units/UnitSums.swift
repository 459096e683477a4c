import Probability

/// Sums over the rows of each unit, exact however the rows are ordered.
enum UnitSums {
  /// How many units there are and how many rows each has; units without rows count 0.
  static func counts(_ units: [Int]) -> [Int] {
    var counts = Array(repeating: 0, count: (units.max() ?? -1) + 1)
    for unit in units { counts[unit] += 1 }
    return counts
  }

  /// - Parameters:
  ///   - values: one a row.
  ///   - units: which unit each row belongs to, from 0.
  ///   - count: of units.
  static func sums(_ values: [Double], units: [Int], count: Int) -> [Double] {
    precondition(values.count == units.count, "\(values.count) values, \(units.count) units")
    var largest = 0.0
    for value in values { largest = max(largest, abs(value)) }
    guard largest > 0, largest.isFinite else { return Array(repeating: 0, count: count) }
    // Whole numbers in 128 bits: the largest value takes 96 of them, so that 2³¹ rows fit, and what lies
    // 2⁻⁹⁶ below it is rounded away, row by row.
    var whole = Array(repeating: Int128(0), count: count)
    let exponent = max(-900, min(900, largest.exponent))
    let up = Double(sign: .plus, exponent: 47 - exponent, significand: 1)
    for row in values.indices {
      let scaled = values[row] * up
      let high = scaled.rounded(.towardZero)
      let low = ((scaled - high) * 0x1p48).rounded(.toNearestOrEven)
      whole[units[row]] += Int128(Int64(high)) << 48 + Int128(Int64(low))
    }
    let down = Double(sign: .plus, exponent: exponent - 95, significand: 1)
    return whole.map { Double($0) * down }
  }
}

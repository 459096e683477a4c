/// A column of numbers as whole multiples of one power of two, so that sums over any n of them (with
/// repetition) are exact in 64 bits and no order of work can show in them.
///
/// With n values a multiple is at most max|value| · 2^(log₂ n − 61): 2⁻⁴⁵ of the largest for 10⁵ values. A
/// column should be centered first, so that this is a small part of its spread.
struct FixedColumn: Sendable {
  let multiples: [Int64]
  /// A power of two.
  let quantum: Double
  /// Of all values, in multiples.
  let total: Int64

  /// - Parameters:
  ///   - values: finite, of a size whose squares are neither infinite nor subnormal.
  ///   - terms: how many values a sum may have; at least 1.
  init(_ values: [Double], terms: Int) {
    let bits = 62 - (Int.bitWidth - max(terms - 1, 1).leadingZeroBitCount)
    let largest = values.reduce(0) { max($0, abs($1)) }
    // Below, the inverse would be infinite; beside other columns, such values are nothing.
    let exponent = largest > 0 ? max(-1_000, Int(largest.exponent) + 1 - bits) : 0
    quantum = Double(sign: .plus, exponent: exponent, significand: 1)
    let inverse = Double(sign: .plus, exponent: -exponent, significand: 1)
    multiples = values.map { Int64(($0 * inverse).rounded(.toNearestOrEven)) }
    total = multiples.reduce(0, +)
  }

  var count: Int { multiples.count }
  var sum: Double { Double(total) * quantum }
}

extension Double {
  /// The power of two at or below |self|, or 1 for zero: dividing by it rounds nothing.
  var binaryScale: Double {
    self == 0 ? 1 : Double(sign: .plus, exponent: exponent, significand: 1)
  }
}

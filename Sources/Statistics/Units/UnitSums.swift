import Kernels
import Probability

/// Sums over the rows of each unit, the same however the rows are ordered.
enum UnitSums {
  /// How many rows each unit has, up to the last unit with rows.
  static func counts(_ units: [Int]) -> [Int] {
    var last = -1
    var first = 0
    for unit in units {
      last = max(last, unit)
      first = min(first, unit)
    }
    precondition(first >= 0, "a unit \(first)")
    var counts = Array(repeating: 0, count: last + 1)
    for unit in units { counts[unit] += 1 }
    return counts
  }

  /// Of values less a centre in two parts.
  ///
  /// Each value is cut into two whole numbers, once and whatever comes before it, and whole numbers are added; what
  /// lies 2⁻⁸⁰ below the largest value (with a million rows a unit) is cut off.
  /// - Parameters:
  ///   - values: one a row.
  ///   - units: which unit each row belongs to.
  ///   - counts: rows by unit, as `counts(units)` gives them.
  static func sums(
    _ values: [Double], units: [Int], counts: [Int], centre: (value: Double, rest: Double) = (0, 0)
  ) -> [Double] {
    precondition(values.count == units.count, "\(values.count) values, \(units.count) units")
    var largest = 0.0
    for value in values { largest = max(largest, abs(value - centre.value)) }
    guard largest > 0, largest.isFinite else { return Array(repeating: 0, count: counts.count) }
    var most = 1
    for count in counts { most = max(most, count) }
    // Sums of `most` values below 2^bits stay below 2⁶³, and so do those of the parts cut off.
    let bits = most.leadingZeroBitCount - 2
    // The rest of a centre moves a value by less than its last place; the spare bit above is for it.
    let shift = min(1000, bits - 1 - (largest.exponent + 1))
    let whole = wholeSums(values, units, centre, size: counts.count, shift: shift, bits: bits)
    let unit = Double(sign: .plus, exponent: -shift, significand: 1)
    let below = Double(sign: .plus, exponent: -bits, significand: 1)
    var sums = Array(repeating: 0.0, count: counts.count)
    for index in sums.indices {
      sums[index] = (Double(whole[2 * index]) + Double(whole[2 * index + 1]) * below) * unit
    }
    return sums
  }

  private static func wholeSums(
    _ values: [Double], _ units: [Int], _ centre: (value: Double, rest: Double), size: Int,
    shift: Int, bits: Int
  ) -> [Int64] {
    var sums = Array(repeating: Int64(0), count: 2 * size)
    unsafe values.withUnsafeBufferPointer { values in
      unsafe units.withUnsafeBufferPointer { units in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          guard let from = values.baseAddress, let to = sums.baseAddress,
            let places = units.baseAddress
          else { return }
          unsafe kernels_scatter(
            from, centre.value, centre.rest, places, values.count, Int32(shift), Int32(bits), to)
        }
      }
    }
    return sums
  }
}

/// A sum in fixed point with 2⁻⁴⁰ resolution in 128 bits: each addition is rounded to the nearest multiple of
/// 2⁻⁴⁰ (ties to even), and additions are then exact in any order.
package struct FixedPointSum: Sendable, Equatable {
  private var units: Int128 = 0

  package init() {}

  /// Adds a finite value with |value| < 2⁸⁰; traps where the sum of all would leave ±2⁸⁷.
  package mutating func add(_ value: Double) {
    let scaled = value * 0x1p40
    if scaled.magnitude < 0x1p51 {
      // Adding 1.5 · 2⁵² rounds to the nearest integer, ties to even, and leaves it in the low bits.
      let shifted = (scaled + 0x1.8p52).bitPattern
      units += Int128(Int64(bitPattern: shifted &- 0x4338_0000_0000_0000))
    } else {
      addLarge(scaled)
    }
  }

  /// Adds those of `values` that are not NaN; bounds as for one value.
  ///
  /// - Returns: how many they are.
  package mutating func add(_ values: Span<Double>) -> Int {
    var added = 0
    var total: Int128 = 0
    for index in values.indices {
      let scaled = values[index] * 0x1p40
      if scaled.magnitude < 0x1p51 {
        let shifted = (scaled + 0x1.8p52).bitPattern
        total &+= Int128(Int64(bitPattern: shifted &- 0x4338_0000_0000_0000))
        added += 1
      } else if !scaled.isNaN {
        addLarge(scaled)
        added += 1
      }
    }
    units += total
    return added
  }

  package mutating func merge(_ other: FixedPointSum) { units += other.units }

  /// The sum, rounded once to the nearest double.
  package var value: Double {
    // The conversion from 128 bits takes most of a microsecond; sums below 2²³ fit in 64.
    let low = Int64(truncatingIfNeeded: units)
    return (Int128(low) == units ? Double(low) : Double(units)) * 0x1p-40
  }

  private mutating func addLarge(_ scaled: Double) {
    precondition(
      scaled.magnitude < 0x1p120, "too large for a sum in fixed point: \(scaled * 0x1p-40)")
    var size = scaled.magnitude
    // Above 2⁵² there is no fraction; below it, adding 2⁵² rounds to the nearest integer, ties to even.
    if size < 0x1p52 { size = (size + 0x1p52) - 0x1p52 }
    let whole = size < 0x1p63 ? Int128(Int64(size)) : Self.shifted(size)
    units += scaled < 0 ? -whole : whole
  }

  /// A whole number >= 2⁵² from its significand: the conversion of the library takes a hundred times as long.
  private static func shifted(_ size: Double) -> Int128 {
    let significand = size.bitPattern & 0x000f_ffff_ffff_ffff | 1 << 52
    return Int128(significand) << Int128(Int(size.bitPattern >> 52) - 1075)
  }
}

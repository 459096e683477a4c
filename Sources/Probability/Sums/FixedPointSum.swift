/// A sum in fixed point with 2⁻⁴⁰ resolution in 128 bits: each addition is rounded to the nearest multiple of
/// 2⁻⁴⁰ (ties to even), and additions are then exact in any order.
package struct FixedPointSum: Sendable, Equatable {
  private var units: Int128 = 0

  package init() {}

  /// Adds a finite value with |value| < 2⁸⁰.
  package mutating func add(_ value: Double) {
    units &+= Int128((value * 0x1p40).rounded(.toNearestOrEven))
  }

  package mutating func merge(_ other: FixedPointSum) { units &+= other.units }

  /// The sum, rounded once to the nearest double.
  package var value: Double { Double(units) * 0x1p-40 }
}

/// Doubles as integers in the same order: what a radix sort and an exact comparison of ranks work on.
package enum OrderedBits {
  /// Ascending with the value; −0 and 0 are equal.
  ///
  /// - Precondition: the value is a number.
  @inline(__always)
  package static func key(_ value: Double) -> UInt64 {
    precondition(!value.isNaN, "a value to rank is not a number")
    let bits = (value + 0).bitPattern
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
  }

  /// The value that has this key.
  @inline(__always)
  package static func value(_ key: UInt64) -> Double {
    Double(bitPattern: key ^ (key >> 63 == 1 ? 1 << 63 : ~0))
  }
}

import Kernels

/// Sorts 64-bit keys by their bytes; bytes that all keys share cost nothing.
///
/// - Complexity: O(n) time, n keys of space beside.
package enum RadixSort {
  /// The values in ascending order; −0 becomes 0.
  package static func sorted(_ values: [Double]) -> [Double] {
    sortedKeys(of: values).map { OrderedBits.value($0) }
  }

  /// The ordered bits of the values, ascending.
  package static func sortedKeys(of values: [Double]) -> [UInt64] {
    var keys = values.map { OrderedBits.key($0) }
    sort(&keys)
    return keys
  }

  package static func sort(_ keys: inout [UInt64]) {
    // Below this a comparison sort is as fast.
    guard keys.count > 256 else { return keys.sort() }
    var other = [UInt64](repeating: 0, count: keys.count)
    let count = keys.count
    unsafe keys.withUnsafeMutableBufferPointer { keys in
      unsafe other.withUnsafeMutableBufferPointer { other in
        unsafe kernels_radix_sort(keys.baseAddress, other.baseAddress, count)
      }
    }
  }

  /// Sorts the keys and moves the row of each along with it; equal keys keep the order of their rows.
  package static func sort(_ keys: inout [UInt64], carrying rows: inout [UInt32]) {
    precondition(keys.count == rows.count, "\(keys.count) keys, \(rows.count) rows")
    var otherKeys = [UInt64](repeating: 0, count: keys.count)
    var otherRows = [UInt32](repeating: 0, count: keys.count)
    let count = keys.count
    unsafe keys.withUnsafeMutableBufferPointer { keys in
      unsafe rows.withUnsafeMutableBufferPointer { rows in
        unsafe otherKeys.withUnsafeMutableBufferPointer { otherKeys in
          unsafe otherRows.withUnsafeMutableBufferPointer { otherRows in
            unsafe kernels_radix_sort_rows(
              keys.baseAddress, rows.baseAddress, otherKeys.baseAddress, otherRows.baseAddress,
              count)
          }
        }
      }
    }
  }
}

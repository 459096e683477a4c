/// Sorts 64-bit keys by their bytes, lowest first; a byte that all keys share costs nothing.
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
    guard keys.count > fewest else { return keys.sort() }
    let starts = startsOfBytes(keys)
    var other = [UInt64](repeating: 0, count: keys.count)
    for byte in 0..<8 where !isConstant(byte, starts, count: keys.count) {
      var places = Array(starts[(256 * byte)..<(256 * byte + 256)])
      let shift = UInt64(8 * byte)
      for key in keys {
        let digit = Int(key >> shift & 255)
        other[places[digit]] = key
        places[digit] += 1
      }
      swap(&keys, &other)
    }
  }

  /// Sorts the keys and moves the row of each along with it; equal keys keep the order of their rows.
  package static func sort(_ keys: inout [UInt64], carrying rows: inout [UInt32]) {
    precondition(keys.count == rows.count, "\(keys.count) keys, \(rows.count) rows")
    let starts = startsOfBytes(keys)
    var otherKeys = keys
    var otherRows = rows
    for byte in 0..<8 where !isConstant(byte, starts, count: keys.count) {
      var places = Array(starts[(256 * byte)..<(256 * byte + 256)])
      let shift = UInt64(8 * byte)
      for (key, row) in zip(keys, rows) {
        let digit = Int(key >> shift & 255)
        let place = places[digit]
        otherKeys[place] = key
        otherRows[place] = row
        places[digit] = place + 1
      }
      swap(&keys, &otherKeys)
      swap(&rows, &otherRows)
    }
  }

  /// Below this a comparison sort is as fast.
  private static let fewest = 256

  /// Of each of the eight bytes and each of its 256 values: where the keys with it start.
  private static func startsOfBytes(_ keys: [UInt64]) -> [Int] {
    var starts = [Int](repeating: 0, count: 8 * 256)
    for key in keys {
      for byte in 0..<8 { starts[256 * byte + Int(key >> UInt64(8 * byte) & 255)] += 1 }
    }
    for byte in 0..<8 {
      var start = 0
      for value in (256 * byte)..<(256 * byte + 256) {
        let count = starts[value]
        starts[value] = start
        start += count
      }
    }
    return starts
  }

  private static func isConstant(_ byte: Int, _ starts: [Int], count: Int) -> Bool {
    let places = starts[(256 * byte)..<(256 * byte + 256)]
    return places.allSatisfy { $0 == 0 || $0 == count }
  }
}

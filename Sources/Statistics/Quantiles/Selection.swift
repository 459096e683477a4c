/// Order statistics without sorting all values.
///
/// Doubles become integers of the same order; a histogram of their leading 16 bits says in which bucket a rank lies, and
/// only the values of such buckets are looked at further, by the next 16 bits.
package enum Selection {
  /// The values at some ranks of the sorted order.
  ///
  /// - Parameters:
  ///   - values: without NaN; at least one.
  ///   - ranks: from 0, in any order, repeats allowed.
  /// - Returns: one value a rank; −0 stands before 0.
  /// - Complexity: O(n) time, and space for the values of the buckets that hold a rank.
  package static func orderStatistics(_ values: [Double], ranks: [Int]) -> [Double] {
    precondition(values.count <= UInt32.max, "\(values.count) values")
    precondition(ranks.allSatisfy { values.indices.contains($0) }, "a rank beyond the values")
    let order = ranks.indices.sorted { ranks[$0] < ranks[$1] }
    let ascending = order.map { ranks[$0] }
    var found: [UInt64] = []
    if values.count < fewest {
      let sorted = values.map(key).sorted()
      found = ascending.map { sorted[$0] }
    } else {
      let histogram = histogram(values.span)
      descend(histogram, ranks: ascending, shift: 48, into: &found) {
        collect(values.span, buckets: $0)
      }
    }
    var answers = Array(repeating: 0.0, count: ranks.count)
    for (place, key) in zip(order, found) { answers[place] = value(key) }
    return answers
  }

  /// Below it sorting is as fast.
  private static let fewest = 4_096
  private static let buckets = 1 << 16

  // MARK: Keys

  /// Unsigned integers in the order of the numbers.
  @inline(__always)
  private static func key(_ value: Double) -> UInt64 {
    let bits = value.bitPattern
    // All bits of a negative number turn, of a positive one the sign alone.
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
  }

  private static func value(_ key: UInt64) -> Double {
    Double(bitPattern: key >> 63 == 1 ? key ^ 1 << 63 : ~key)
  }

  // MARK: One level

  /// Appends the keys at ascending ranks.
  ///
  /// - Parameter collect: the keys in the buckets that a table marks by 1, 2, … in ascending order, a list a mark.
  private static func descend(
    _ histogram: [UInt32], ranks: [Int], shift: UInt64, into found: inout [UInt64],
    collect: ([UInt16]) -> [[UInt64]]
  ) {
    var marks = Array(repeating: UInt16(0), count: buckets)
    var groups: [[Int]] = []
    var (bucket, below) = (0, 0)
    var last = -1
    for rank in ranks {
      while below + Int(histogram[bucket]) <= rank {
        below += Int(histogram[bucket])
        bucket += 1
      }
      if bucket != last {
        groups.append([])
        marks[bucket] = UInt16(groups.count)
        last = bucket
      }
      groups[groups.count - 1].append(rank - below)
    }
    for (keys, ranks) in zip(collect(marks), groups) {
      select(keys, ranks: ranks, shift: shift, into: &found)
    }
  }

  /// Appends the keys at ascending ranks of keys that agree above `shift`.
  private static func select(
    _ keys: [UInt64], ranks: [Int], shift: UInt64, into found: inout [UInt64]
  ) {
    if shift == 0 {
      found += ranks.map { _ in keys[0] }
    } else if keys.count < fewest {
      let sorted = keys.sorted()
      found += ranks.map { sorted[$0] }
    } else {
      let next = shift - 16
      descend(histogram(keys.span, shift: next), ranks: ranks, shift: next, into: &found) {
        collect(keys.span, buckets: $0, shift: next)
      }
    }
  }

  private static func histogram(_ values: Span<Double>) -> [UInt32] {
    var counts = Array(repeating: UInt32(0), count: buckets)
    var span = counts.mutableSpan
    for index in values.indices { span[Int(key(values[index]) >> 48)] &+= 1 }
    return counts
  }

  private static func histogram(_ keys: Span<UInt64>, shift: UInt64) -> [UInt32] {
    var counts = Array(repeating: UInt32(0), count: buckets)
    var span = counts.mutableSpan
    for index in keys.indices { span[Int(keys[index] >> shift & 0xffff)] &+= 1 }
    return counts
  }

  private static func collect(_ values: Span<Double>, buckets: [UInt16]) -> [[UInt64]] {
    var lists: [[UInt64]] = Array(repeating: [], count: Int(buckets.max() ?? 0))
    let marks = buckets.span
    for index in values.indices {
      let key = key(values[index])
      let mark = marks[Int(key >> 48)]
      if mark != 0 { lists[Int(mark) - 1].append(key) }
    }
    return lists
  }

  private static func collect(
    _ keys: Span<UInt64>, buckets: [UInt16], shift: UInt64
  ) -> [[UInt64]] {
    var lists: [[UInt64]] = Array(repeating: [], count: Int(buckets.max() ?? 0))
    let marks = buckets.span
    for index in keys.indices {
      let mark = marks[Int(keys[index] >> shift & 0xffff)]
      if mark != 0 { lists[Int(mark) - 1].append(keys[index]) }
    }
    return lists
  }
}

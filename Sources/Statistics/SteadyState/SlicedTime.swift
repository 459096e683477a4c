/// Stretches of time and events by slices of virtual time, told in any order, in memory that does not grow.
///
/// What `LevelOverTime` is to a level that is followed, this is to requests whose stays are known once they are over: the
/// area under the number that is there is the sum of the stays, slice by slice. Slices are 2ᵏ nanoseconds wide; when there
/// are `capacity` of them, neighbours merge and the width doubles. All sums are exact.
///
/// - Complexity: O(1) a stay that is shorter than a slice, without allocation; 16 bytes a slice.
package struct SlicedTime: Sendable, Equatable {
  package let start: Int64
  /// Slices are 2 to this power of nanoseconds wide.
  private var shift: Int64
  private var sums: [Int128]

  /// - Parameters:
  ///   - start: before which nothing is told of.
  ///   - capacity: the most slices that are kept; even, 32 at least.
  package init(start: Int64, capacity: Int = 4096) {
    precondition(capacity >= 32 && capacity % 2 == 0, "a capacity of \(capacity) slices")
    self.start = start
    shift = 20
    sums = Array(repeating: 0, count: capacity)
  }

  /// In nanoseconds.
  package var sliceWidth: Int64 { 1 << shift }

  /// Someone was there from a time on, until another.
  package mutating func stay(from: Int64, until: Int64) {
    precondition(from >= start && until >= from, "a stay from \(from) to \(until)")
    makeRoom(for: until)
    let first = Int((from &- start) >> shift)
    let last = Int((until &- start) >> shift)
    if first == last {
      sums[first] &+= Int128(until &- from)
      return
    }
    sums[first] &+= Int128(sliceWidth &- ((from &- start) & (sliceWidth &- 1)))
    for slice in (first + 1)..<last { sums[slice] &+= Int128(sliceWidth) }
    sums[last] &+= Int128((until &- start) & (sliceWidth &- 1))
  }

  /// Something happened; the mean of the slices is then a rate a nanosecond.
  package mutating func event(at time: Int64) {
    precondition(time >= start, "an event at \(time), before \(start)")
    makeRoom(for: time)
    sums[Int((time &- start) >> shift)] &+= 1
  }

  /// The slices that ended by `end`, in order; what came after the last of them is left out.
  package func slices(until end: Int64) -> BatchSums {
    let count = max(0, min(sums.count, Int((end - start) >> shift)))
    return BatchSums(sums: Array(sums[..<count]), length: sliceWidth)
  }

  @inline(__always)
  private mutating func makeRoom(for time: Int64) {
    while Int((time &- start) >> shift) >= sums.count { doubleWidth() }
  }

  @inline(never)
  private mutating func doubleWidth() {
    let half = sums.count / 2
    for slice in 0..<half { sums[slice] = sums[2 * slice] + sums[2 * slice + 1] }
    for slice in half..<sums.count { sums[slice] = 0 }
    shift += 1
  }
}

/// How a whole number (in the system, waiting, busy, replicas) went over time, in memory that does not grow.
///
/// Time is cut into slices of equal width; when there are `capacity` of them, neighbours merge and the width doubles. The
/// area under the level is a whole number of level · nanoseconds in 128 bits: exact, slice by slice and in sum, however
/// often the level was asked to step forward in between.
///
/// - Complexity: O(1) a change, amortised over changes and slices, without allocation; 16 bytes a slice.
package struct LevelOverTime: Sendable, Equatable {
  /// Times lie in ±2⁶⁰ ns, 36 years.
  private static let furthest: Int64 = 1 << 60

  package let start: Int64
  package private(set) var now: Int64
  package private(set) var level: Int64
  package private(set) var highest: Int64
  package private(set) var lowest: Int64
  /// In nanoseconds: the first width · 2ᵏ.
  package private(set) var sliceWidth: Int64
  package private(set) var closedCount = 0
  /// Zero from `closedCount` on.
  private var closed: [Int128]
  private var open: Int128 = 0
  private var sliceEnd: Int64

  /// - Parameters:
  ///   - start: when it begins, in nanoseconds.
  ///   - level: what it is then.
  ///   - sliceWidth: of the first slices, in nanoseconds; > 0.
  ///   - capacity: the most slices that are kept; even, 32 at least.
  package init(
    start: Int64 = 0, level: Int64 = 0, sliceWidth: Int64 = 1 << 20, capacity: Int = 4096
  ) {
    precondition(capacity >= 32 && capacity % 2 == 0, "a capacity of \(capacity) slices")
    precondition(start.magnitude <= UInt64(Self.furthest), "a start at \(start)")
    precondition(
      sliceWidth > 0 && sliceWidth <= Self.furthest / Int64(capacity), "slices of \(sliceWidth) ns")
    self.start = start
    now = start
    self.level = level
    highest = level
    lowest = level
    self.sliceWidth = sliceWidth
    closed = Array(repeating: 0, count: capacity)
    sliceEnd = start + sliceWidth
  }

  /// The level changes by `step` at `time`, which is not before the last change.
  package mutating func change(at time: Int64, by step: Int64) {
    advance(to: time)
    level += step
    if level > highest { highest = level }
    if level < lowest { lowest = level }
  }

  /// Time passes up to `time` without a change: what a run does at its end.
  package mutating func advance(to time: Int64) {
    precondition(time >= now, "a level is told of \(time) after \(now)")
    if time >= sliceEnd { closeSlices(before: time) }
    open &+= Int128(level) &* Int128(time &- now)
    now = time
  }

  /// Areas of the full slices in order; the open one is the rest.
  package var slices: BatchSums {
    BatchSums(
      sums: Array(closed[..<closedCount]), length: sliceWidth, restSum: open,
      restLength: now - (sliceEnd - sliceWidth))
  }

  /// The exact area under the level from `start` to `now`, in level · nanoseconds.
  package var area: Int128 { closed[..<closedCount].reduce(open, +) }

  /// The average over time; nil where none has passed.
  package var mean: Double? { slices.mean }

  /// The area under this level over that under `capacity`, such as busy over present replicas: the utilisation. nil where
  /// there was no capacity.
  package func share(of capacity: LevelOverTime) -> Double? {
    let whole = capacity.area
    return whole == 0 ? nil : Double(area) / Double(whole)
  }

  /// The average of each full slice, for a curve over time.
  package var sliceMeans: [Double] {
    closed[..<closedCount].map { Double($0) / Double(sliceWidth) }
  }

  @inline(never)
  private mutating func closeSlices(before time: Int64) {
    precondition(time <= Self.furthest, "a time of \(time)")
    while time >= sliceEnd {
      // A full slice that finds no place is half of one of doubled width.
      if closedCount == closed.count {
        doubleWidth()
        continue
      }
      closed[closedCount] = open + Int128(level) * Int128(sliceEnd - now)
      closedCount += 1
      open = 0
      now = sliceEnd
      sliceEnd += sliceWidth
    }
  }

  private mutating func doubleWidth() {
    closedCount /= 2
    for slice in 0..<closedCount { closed[slice] = closed[2 * slice] + closed[2 * slice + 1] }
    for slice in closedCount..<closed.count { closed[slice] = 0 }
    sliceEnd += sliceWidth
    sliceWidth *= 2
  }
}

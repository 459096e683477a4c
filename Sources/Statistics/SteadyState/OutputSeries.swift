/// One output of a run, value after value, in memory that does not grow: sums of batches that double in length.
///
/// Batches are 5 values long at first, as MSER-5 wants them. When `capacity` batches are full, neighbours merge and the
/// length doubles, so that from then on there are between capacity / 2 and capacity of them. All sums are exact. What is
/// held depends on the values and their order alone, not on how they were divided into blocks. Order is what a
/// series is about, so there is no merging: a run's output is followed in one place.
///
/// - Complexity: O(1) a value, amortised, without allocation; 16 bytes a batch.
package struct OutputSeries: Sendable, Equatable {
  /// Values in a batch before the first doubling.
  package static let firstLength: Int64 = 5
  package static let usualCapacity = 4096

  package private(set) var count: Int64 = 0
  /// Values a batch: 5 · 2ᵏ.
  package private(set) var batchLength = firstLength
  package private(set) var closedCount = 0
  /// Zero from `closedCount` on, so that equal series are equal bit for bit.
  private var closed: [Int128]
  private var open: Int128 = 0
  private var openCount: Int64 = 0

  /// - Parameter capacity: the most batches that are kept; even, 32 at least.
  package init(capacity: Int = usualCapacity) {
    precondition(capacity >= 32 && capacity % 2 == 0, "a capacity of \(capacity) batches")
    closed = Array(repeating: 0, count: capacity)
  }

  /// Adds the value that comes after the last one; any Int64.
  package mutating func append(_ value: Int64) {
    open &+= Int128(value)
    openCount &+= 1
    if openCount == batchLength { closeBatch() }
    count &+= 1
  }

  /// Adds values in order: the same bits as one by one.
  package mutating func append(contentsOf values: Span<Int64>) {
    var start = 0
    while start < values.count {
      let taken = Int(min(batchLength - openCount, Int64(values.count - start)))
      var sum: Int128 = 0
      for index in start..<(start + taken) { sum &+= Int128(values[index]) }
      open &+= sum
      openCount += Int64(taken)
      if openCount == batchLength { closeBatch() }
      start += taken
    }
    count += Int64(values.count)
  }

  /// The batches so far, oldest first; the values of the open one are the rest.
  package var batches: BatchSums {
    BatchSums(
      sums: Array(closed[..<closedCount]), length: batchLength, restSum: open,
      restLength: openCount)
  }

  /// The exact sum of all values.
  package var sum: Int128 { closed[..<closedCount].reduce(open, +) }

  /// nil without values.
  package var mean: Double? { batches.mean }

  @inline(never)
  private mutating func closeBatch() {
    // A full batch that finds no place is half of one of doubled length.
    if closedCount == closed.count { return doubleLength() }
    closed[closedCount] = open
    closedCount += 1
    open = 0
    openCount = 0
  }

  private mutating func doubleLength() {
    closedCount /= 2
    for batch in 0..<closedCount { closed[batch] = closed[2 * batch] + closed[2 * batch + 1] }
    for batch in closedCount..<closed.count { closed[batch] = 0 }
    batchLength *= 2
  }
}

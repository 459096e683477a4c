import Probability

/// ADWIN: a window whose length adapts, cut where the means of two parts differ too much.
///
/// Dialect: river's. Row i of the exponential histogram holds at most 5 buckets of 2ⁱ values; every 32 values, with more
/// than 10 in the window, each cut with at least 5 values a side is tested, and after a cut the oldest bucket is dropped
/// and the test repeated. The value after an alarm begins an empty window. (The paper and MOA keep the newer part.)
///
/// - Source: Bifet and Gavaldà (2007), "Learning from time-changing data with adaptive windowing", Theorem 3.2.
package struct Adwin: Sendable {
  private let delta: Double
  private let clock: Int
  private var rows: [[Bucket]] = [[]]
  private var width = 0
  private var total = 0.0
  private var variance = 0.0
  private var seen = 0

  private static let bucketsPerRow = 5
  private static let shortestWindow = 10
  private static let shortestSide = 5

  private struct Bucket: Sendable {
    var total: Double
    var variance: Double
  }

  private var isSpent = false

  /// - Parameters:
  ///   - delta: in (0, 1); smaller is more careful.
  ///   - clock: a test is made every so many values.
  package init(delta: Double, clock: Int = 32) {
    self.delta = delta
    self.clock = clock
  }

  private var mean: Double { width > 0 ? total / Double(width) : 0 }

  /// Takes the next value; true when the window was cut.
  package mutating func update(_ value: Double) -> Bool {
    if isSpent { self = Adwin(delta: delta, clock: clock) }
    insert(value)
    seen += 1
    guard seen % clock == 0 else { return false }
    while findsCut() {
      isSpent = true
      dropOldest()
    }
    return isSpent
  }

  private mutating func insert(_ value: Double) {
    if width > 0 {
      let difference = value - mean
      variance += Double(width) * difference * difference / Double(width + 1)
    }
    width += 1
    total += value
    rows[0].append(Bucket(total: value, variance: 0))
    var row = 0
    while rows[row].count > Self.bucketsPerRow {
      let size = Double(1 << row)
      let (old, young) = (rows[row][0], rows[row][1])
      rows[row].removeFirst(2)
      let difference = old.total / size - young.total / size
      if row + 1 == rows.count { rows.append([]) }
      rows[row + 1].append(
        Bucket(
          total: old.total + young.total,
          variance: old.variance + young.variance + size * size * difference * difference
            / (2 * size)))
      row += 1
    }
  }

  private func findsCut() -> Bool {
    guard width > Self.shortestWindow else { return false }
    var oldCount = 0
    var oldTotal = 0.0
    let logTerm = Elementary.log(2 * Elementary.log(Double(width)) / delta)
    let spread = variance / Double(width)
    for row in rows.indices.reversed() {
      for bucket in rows[row] {
        oldCount += 1 << row
        oldTotal += bucket.total
        let youngCount = width - oldCount
        guard youngCount >= Self.shortestSide else { return false }
        guard oldCount >= Self.shortestSide else { continue }
        let reciprocal =
          1 / Double(oldCount - Self.shortestSide + 1)
          + 1 / Double(youngCount - Self.shortestSide + 1)
        let bound =
          (2 * reciprocal * spread * logTerm).squareRoot() + 2.0 / 3 * reciprocal * logTerm
        let difference = oldTotal / Double(oldCount) - (total - oldTotal) / Double(youngCount)
        if difference.magnitude > bound { return true }
      }
    }
    return false
  }

  private mutating func dropOldest() {
    guard let row = rows.indices.reversed().first(where: { !rows[$0].isEmpty }) else { return }
    let bucket = rows[row].removeFirst()
    let size = Double(1 << row)
    width -= 1 << row
    total -= bucket.total
    let difference = bucket.total / size - mean
    variance -=
      bucket.variance + size * Double(width) * difference * difference / (size + Double(width))
    while rows.count > 1, rows[rows.count - 1].isEmpty { rows.removeLast() }
  }
}

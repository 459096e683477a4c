import Probability

/// ADWIN: a window whose length adapts, cut where the means of two parts of it differ too much.
///
/// The window is an exponential histogram: row i holds at most `bucketsPerRow` buckets of 2ⁱ values, each as its sum and
/// its sum of squared deviations. Every `clock` values all cuts between buckets are tested: the parts of n₀ and n₁ values
/// differ when |mean₀ − mean₁| > √(2/m · σ² · l) + 2/3 · l/m with l = ln(2 ln n / δ) and σ² the variance of the window; then
/// the oldest bucket is dropped and the test repeated. Memory grows with the logarithm of the window.
///
/// - Source: Bifet and Gavaldà (2007), "Learning from time-changing data with adaptive windowing", section 4 and
///   Theorem 3.2; Babcock et al. (2003) for variances of buckets.
package struct Adwin: DriftDetector {
  package enum Dialect: Sendable {
    /// 1/m = 1/n₀ + 1/n₁, and the newer part is kept after a cut.
    case paper
    /// river's detector: 1/m = 1/(n₀ − s + 1) + 1/(n₁ − s + 1) with s the shortest side, and nothing is kept after a cut.
    case river
    /// river's window without the detector around it: its bound, and the newer part is kept.
    case riverWindow
    /// MOA's: as `riverWindow`, with sides of seven values or more, and an alarm only where the mean rose.
    case moa
  }

  /// The shape of the histogram and where tests begin.
  package struct Shape: Sendable, Equatable {
    /// Two or more; more of them make finer cuts.
    package var bucketsPerRow: Int
    /// No test up to this many values.
    package var shortestWindow: Int
    /// A part of a cut holds at least so many values.
    package var shortestSide: Int

    package init(bucketsPerRow: Int = 5, shortestWindow: Int = 10, shortestSide: Int = 5) {
      precondition(bucketsPerRow > 1, "\(bucketsPerRow) buckets a row")
      self.bucketsPerRow = bucketsPerRow
      self.shortestWindow = shortestWindow
      self.shortestSide = shortestSide
    }
  }

  package let delta: Double
  package let clock: Int
  package let shape: Shape
  package let dialect: Dialect
  /// How many values the window holds, their sum, and the sum of their squared deviations.
  package private(set) var width = 0
  package private(set) var total = 0.0
  package private(set) var deviations = 0.0
  private var untilTest: Int
  /// Row r has `counts[r]` buckets, the oldest first, from place r · (bucketsPerRow + 1) on.
  private var counts: [Int]
  private var totals: [Double]
  private var spreads: [Double]

  /// - Parameters:
  ///   - delta: in (0, 1); smaller is more careful.
  ///   - clock: a test is made every so many values. The paper tests at each; 32 costs a delay of 31 values at most.
  package init(
    delta: Double = 0.002, clock: Int = 32, shape: Shape = Shape(), dialect: Dialect = .paper
  ) {
    precondition(delta > 0 && delta < 1, "delta \(delta)")
    precondition(clock > 0, "clock \(clock)")
    self.delta = delta
    self.clock = clock
    self.shape = shape
    self.dialect = dialect
    untilTest = clock
    counts = [0]
    totals = Array(repeating: 0, count: shape.bucketsPerRow + 1)
    spreads = totals
  }

  /// Of the values in the window; 0 when it is empty.
  package var mean: Double { width > 0 ? total / Double(width) : 0 }

  package mutating func reset() {
    self = Adwin(delta: delta, clock: clock, shape: shape, dialect: dialect)
  }

  package mutating func add(_ value: Double) -> DriftState {
    let before = dialect == .moa ? mean : 0
    insert(value)
    untilTest -= 1
    guard untilTest == 0 else { return .stable }
    untilTest = clock
    var wasCut = false
    while findsCut() {
      wasCut = true
      dropOldest()
    }
    guard wasCut else { return .stable }
    switch dialect {
    case .river: reset()
    case .moa: if mean <= before { return .stable }
    case .paper, .riverWindow: break
    }
    return .drift
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInPlace(values, to: &record)
  }

  private mutating func insert(_ value: Double) {
    if width > 0 {
      let difference = value - total / Double(width)
      deviations += Double(width) * difference * difference / Double(width + 1)
    }
    width += 1
    total += value
    totals[counts[0]] = value
    spreads[counts[0]] = 0
    counts[0] += 1
    var row = 0
    while counts[row] > shape.bucketsPerRow {
      mergeOldest(of: row)
      row += 1
    }
  }

  /// The two oldest buckets of a row become the newest of the next.
  private mutating func mergeOldest(of row: Int) {
    let stride = shape.bucketsPerRow + 1
    let size = Double(1 << row)
    let first = row * stride
    let sum = totals[first] + totals[first + 1]
    let difference = totals[first] / size - totals[first + 1] / size
    let spread =
      spreads[first] + spreads[first + 1] + size * size * difference * difference / (2 * size)
    removeOldest(2, of: row)
    if row + 1 == counts.count {
      counts.append(0)
      totals += repeatElement(0, count: stride)
      spreads += repeatElement(0, count: stride)
    }
    let place = first + stride + counts[row + 1]
    totals[place] = sum
    spreads[place] = spread
    counts[row + 1] += 1
  }

  private mutating func removeOldest(_ removed: Int, of row: Int) {
    let first = row * (shape.bucketsPerRow + 1)
    counts[row] -= removed
    for place in first..<first + counts[row] {
      totals[place] = totals[place + removed]
      spreads[place] = spreads[place + removed]
    }
  }

  private func findsCut() -> Bool {
    guard width > shape.shortestWindow else { return false }
    let logTerm = Elementary.log(2 * Elementary.log(Double(width)) / delta)
    let spread = 2 * (deviations / Double(width)) * logTerm
    let linear = 2.0 / 3 * logTerm
    let shortest = dialect == .moa ? shape.shortestSide + 2 : shape.shortestSide
    let penalty = dialect == .paper ? 0 : shape.shortestSide - 1
    let stride = shape.bucketsPerRow + 1
    var oldCount = 0
    var oldTotal = 0.0
    for row in counts.indices.reversed() {
      for place in row * stride..<row * stride + counts[row] {
        oldCount += 1 << row
        oldTotal += totals[place]
        let youngCount = width - oldCount
        guard youngCount >= shortest, youngCount > penalty else { return false }
        guard oldCount >= shortest, oldCount > penalty else { continue }
        let (old, young) = (Double(oldCount - penalty), Double(youngCount - penalty))
        let reciprocal = (old + young) / (old * young)
        let bound = (reciprocal * spread).squareRoot() + linear * reciprocal
        let difference = oldTotal / Double(oldCount) - (total - oldTotal) / Double(youngCount)
        if difference.magnitude > bound { return true }
      }
    }
    return false
  }

  private mutating func dropOldest() {
    guard let row = counts.indices.reversed().first(where: { counts[$0] > 0 }) else { return }
    let first = row * (shape.bucketsPerRow + 1)
    let size = Double(1 << row)
    let (sum, spread) = (totals[first], spreads[first])
    removeOldest(1, of: row)
    width -= 1 << row
    total -= sum
    let difference = sum / size - mean
    deviations -= spread + size * Double(width) * difference * difference / (size + Double(width))
    while counts.count > 1, counts[counts.count - 1] == 0 {
      counts.removeLast()
      totals.removeLast(shape.bucketsPerRow + 1)
      spreads.removeLast(shape.bucketsPerRow + 1)
    }
  }
}

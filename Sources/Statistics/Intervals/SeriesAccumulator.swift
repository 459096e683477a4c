import Probability

/// The mean of a series of values, in memory that does not grow, with what its variance under serial
/// dependence needs: the sums of at most 8,192 runs of adjacent values.
///
/// A value is addressed by its ordinal; ordinals may have gaps and come in any order. A block is a run of
/// adjacent ordinals, 1 long at first; when an ordinal lies past the last block, neighbours merge and the
/// length doubles. Sums are in fixed point and squares exact, so what is held depends on the (ordinal,
/// value) pairs alone and parts merge to the same bits. Each value is rounded to a multiple of 2⁻⁴⁰ (10⁻¹²):
/// give values whose size is far above that, latencies in nanoseconds or milliseconds, not in hours.
package struct SeriesAccumulator: Sendable {
  package static let maximumBlocks = 8192

  package private(set) var count = 0
  private var shift = 0
  private var sums: [FixedPointSum] = []
  private var counts: [Int] = []
  /// Of values that are neither −1, 0 nor 1; `units` counts those of size 1.
  private var squares = ExactSum()
  private var units = 0
  private var nextOrdinal: UInt64 = 0

  package init() {}

  /// Adds the value that comes after the last one.
  package mutating func add(_ value: Double) { add(value, at: nextOrdinal) }

  /// Adds a finite value with |value| < 2⁸⁰.
  package mutating func add(_ value: Double, at ordinal: UInt64) {
    while ordinal >> UInt64(shift) >= UInt64(Self.maximumBlocks) { double() }
    let block = Int(ordinal >> UInt64(shift))
    while sums.count <= block {
      sums.append(FixedPointSum())
      counts.append(0)
    }
    sums[block].add(value)
    counts[block] += 1
    count += 1
    if value == 1 || value == -1 { units += 1 } else if value != 0 { squares.add(value * value) }
    nextOrdinal = max(nextOrdinal, ordinal + 1)
  }

  /// Adds those of `values` that are not NaN; value i has the ordinal `first` + i.
  package mutating func add(_ values: Span<Double>, from first: UInt64) {
    guard let held = Self.held(values) else { return }
    let last = first + UInt64(held.upperBound - 1)
    while last >> UInt64(shift) >= UInt64(Self.maximumBlocks) { double() }
    let blocks = Int(last >> UInt64(shift)) + 1
    if blocks > sums.count {
      sums.append(contentsOf: repeatElement(FixedPointSum(), count: blocks - sums.count))
      counts.append(contentsOf: repeatElement(0, count: blocks - counts.count))
    }
    var start = held.lowerBound
    while start < held.upperBound {
      let block = (first + UInt64(start)) >> UInt64(shift)
      let left = ((block + 1) << UInt64(shift)) &- (first + UInt64(start))
      let end = start + Int(min(left, UInt64(held.upperBound - start)))
      let added = sums[Int(block)].add(values.extracting(start..<end))
      counts[Int(block)] += added
      count += added
      start = end
    }
    addSquares(values.extracting(held))
    nextOrdinal = max(nextOrdinal, last + 1)
  }

  /// From the first to the last value that is not NaN; nil where there is none.
  private static func held(_ values: Span<Double>) -> Range<Int>? {
    var end = values.count
    while end > 0, values[end - 1].isNaN { end -= 1 }
    var start = 0
    while start < end, values[start].isNaN { start += 1 }
    return start < end ? start..<end : nil
  }

  private mutating func addSquares(_ values: Span<Double>) {
    var ones = 0
    var others = 0
    for index in values.indices {
      let size = values[index].magnitude
      ones += size == 1 ? 1 : 0
      others += size > 0 && size != 1 ? 1 : 0
    }
    units += ones
    guard others > 0 else { return }
    for index in values.indices {
      let size = values[index].magnitude
      if size > 0 && size != 1 { squares.add(size * size) }
    }
  }

  /// Adds the values of another part of the same series, addressed by the same ordinals.
  package mutating func merge(_ other: SeriesAccumulator) {
    var other = other
    while shift < other.shift { double() }
    while other.shift < shift { other.double() }
    for block in other.sums.indices {
      if block == sums.count {
        sums.append(other.sums[block])
        counts.append(other.counts[block])
      } else {
        sums[block].merge(other.sums[block])
        counts[block] += other.counts[block]
      }
    }
    count += other.count
    units += other.units
    squares.merge(other.squares)
    nextOrdinal = max(nextOrdinal, other.nextOrdinal)
  }

  /// The exact sum, rounded once.
  package var sum: Double {
    var total = FixedPointSum()
    for block in sums { total.merge(block) }
    return total.value
  }

  /// nil without values.
  package var mean: Double? { count == 0 ? nil : sum / Double(count) }

  /// The variance with n − 1 below, as if the order said nothing; nil with fewer than two values.
  package var independentVariance: Double? {
    guard count > 1 else { return nil }
    let total = sum
    let n = Double(count)
    return max(0, (Double(units) + squares.value) - total * (total / n)) / (n - 1)
  }

  /// For tests that take the values as independent.
  package func moments() throws(Unavailable) -> Moments {
    guard let mean, let independentVariance else { throw .tooFew(has: count, needs: 2) }
    return Moments(
      count: count, mean: mean, standardDeviation: independentVariance.squareRoot())
  }

  /// The mean with its standard error under serial dependence.
  package func inference() throws(Unavailable) -> SeriesInference {
    guard let mean, let independentVariance else {
      throw .tooFew(has: count, needs: CosineVariance.fewestBlocks)
    }
    return try Self.inference(
      mean: mean, independentVariance: independentVariance, n: count,
      variance: CosineVariance(deviations: deviations(from: mean), counts: occupied))
  }

  /// The long-run variance of the values of a stretch of the series: divided by how many values the stretch
  /// has, it is the variance of their mean under serial dependence. With the cosines that it rests on.
  ///
  /// The blocks that lie wholly inside the stretch stand for it.
  package func longRunVariance(
    of stretch: Range<UInt64>
  ) throws(Unavailable) -> (variance: Double, cosines: Int) {
    let length = UInt64(1) << UInt64(shift)
    let first = Int((stretch.lowerBound + length - 1) / length)
    let end = min(sums.count, Int(stretch.upperBound / length))
    let inside = first < end ? (first..<end).filter { counts[$0] > 0 } : []
    guard inside.count >= CosineVariance.fewestBlocks else {
      throw .tooFew(has: inside.count, needs: CosineVariance.fewestBlocks)
    }
    let n = inside.reduce(0) { $0 + counts[$1] }
    var total = FixedPointSum()
    for block in inside { total.merge(sums[block]) }
    let mean = total.value / Double(n)
    let variance = CosineVariance(
      deviations: inside.map { sums[$0].value - Double(counts[$0]) * mean },
      counts: inside.map { Double(counts[$0]) })
    let cosines = variance.cosines
    let ofSum = variance.varianceOfSum(cosines: cosines)
    guard ofSum > 0 else { throw .noVariation }
    return (ofSum / Double(n), cosines)
  }

  /// The same for a mean of values, one a request, in order; all of them in memory.
  ///
  /// For a statistic that is no mean, give its influence values plus its value: the standard error is that
  /// of the statistic to first order.
  package static func inference(of values: [Double]) throws(Unavailable) -> SeriesInference {
    let n = values.count
    guard n > 1 else { throw .tooFew(has: n, needs: CosineVariance.fewestBlocks) }
    var total = ExactSum()
    for value in values { total.add(value) }
    let mean = total.value / Double(n)
    var squares = ExactSum()
    for value in values { squares.add((value - mean) * (value - mean)) }
    let length = (n + maximumBlocks - 1) / maximumBlocks
    var deviations: [Double] = []
    var counts: [Double] = []
    var start = 0
    while start < n {
      let end = min(n, start + length)
      deviations.append(values[start..<end].reduce(0) { $0 + ($1 - mean) })
      counts.append(Double(end - start))
      start = end
    }
    return try inference(
      mean: mean, independentVariance: squares.value / Double(n - 1), n: n,
      variance: CosineVariance(deviations: deviations, counts: counts))
  }

  static func inference(
    mean: Double, independentVariance: Double, n: Int, variance: CosineVariance
  ) throws(Unavailable) -> SeriesInference {
    guard variance.blocks >= CosineVariance.fewestBlocks else {
      throw .tooFew(has: variance.blocks, needs: CosineVariance.fewestBlocks)
    }
    guard independentVariance > 0 else { throw .noVariation }
    let cosines = variance.cosines
    let dependent = variance.varianceOfSum(cosines: cosines)
    guard dependent > 0 else { throw .noVariation }
    return SeriesInference(
      mean: mean, standardError: dependent.squareRoot() / Double(n),
      degreesOfFreedom: Double(cosines), n: n,
      independentStandardError: (independentVariance / Double(n)).squareRoot())
  }

  /// Of each block that holds values: their sum minus count × `mean`.
  func deviations(from mean: Double) -> [Double] {
    sums.indices.compactMap { block in
      counts[block] == 0 ? nil : sums[block].value - Double(counts[block]) * mean
    }
  }

  /// The counts of the blocks that hold values.
  var occupied: [Double] { counts.compactMap { $0 == 0 ? nil : Double($0) } }

  /// Merges neighbours two by two.
  private mutating func double() {
    shift += 1
    let halved = (sums.count + 1) / 2
    for block in 0..<halved {
      var merged = sums[2 * block]
      var here = counts[2 * block]
      if 2 * block + 1 < sums.count {
        merged.merge(sums[2 * block + 1])
        here += counts[2 * block + 1]
      }
      sums[block] = merged
      counts[block] = here
    }
    sums.removeLast(sums.count - halved)
    counts.removeLast(counts.count - halved)
  }
}

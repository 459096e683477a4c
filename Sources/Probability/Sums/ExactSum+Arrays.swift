import Kernels

extension ExactSum {
  /// Adds all of `values`: the same as one by one, some twenty times as fast.
  ///
  /// - Returns: the largest |value|; NaNs count as 0.
  @discardableResult
  package mutating func add(contentsOf values: Span<Double>) -> Double {
    var largest = 0.0
    var start = 0
    while start < values.count {
      let block = values.extracting(start..<min(values.count, start + Self.blockSize))
      if let pieces = Self.pieces(of: block, largest: &largest) {
        add(pieces)
      } else {
        for index in block.indices {
          largest = max(largest, block[index].magnitude)
          add(block[index])
        }
      }
      start += block.count
    }
    return largest
  }

  /// Adds ((x − centre) · scale) · ((y − centre) · scale) of each row, rounded three times a row and then never.
  package mutating func add(productsOf x: ScaledColumn, _ y: ScaledColumn) {
    precondition(x.values.count == y.values.count, "\(x.values.count) and \(y.values.count) rows")
    let (first, second) = (x.values.span, y.values.span)
    var start = 0
    while start < first.count {
      let end = min(first.count, start + Self.blockSize)
      if let pieces = Self.pieces(x, y, from: start, to: end) {
        add(pieces)
      } else {
        for row in start..<end {
          let a = (first[row] - x.centre) * x.scale
          let b = (second[row] - y.centre) * y.scale
          add(a * b)
        }
      }
      start = end
    }
  }

  /// The exact sum as a rounded head and what the rounding left, itself rounded; with the largest |value|.
  ///
  /// Short arrays take no accumulator.
  package static func total(
    _ values: Span<Double>
  ) -> (head: Double, rest: Double, largest: Double) {
    var largest = 0.0
    if values.count <= blockSize, let pieces = pieces(of: values, largest: &largest),
      let pair = pieces.pair
    {
      return (pair.head, pair.rest, largest)
    }
    var sum = ExactSum()
    largest = sum.add(contentsOf: values)
    let pair = sum.pair
    return (pair.head, pair.rest, largest)
  }

  /// The exact sum of `values`, rounded once.
  package static func total(_ values: [Double]) -> Double { total(values.span).head }

  /// Σ ((x − centre) · scale) · ((y − centre) · scale), rounded as `add(productsOf:)` and once at the end.
  package static func total(productsOf x: ScaledColumn, _ y: ScaledColumn) -> Double {
    if x.values.count <= blockSize, x.values.count == y.values.count,
      let pair = pieces(x, y, from: 0, to: x.values.count)?.pair
    {
      return pair.head
    }
    var sum = ExactSum()
    sum.add(productsOf: x, y)
    return sum.value
  }

  /// The exact sum as a rounded head and what the rounding left.
  private var pair: (head: Double, rest: Double) {
    let head = value
    guard head.isFinite else { return (head, 0) }
    var left = self
    left.add(-head)
    return (head, left.value)
  }

  private static let blockSize = Int(KERNELS_SUM_BLOCK)

  private mutating func add(_ pieces: Pieces) {
    add(pieces.first)
    add(pieces.second)
    if pieces.third != 0 { add(pieces.third) }
  }

  private static func pieces(of block: Span<Double>, largest: inout Double) -> Pieces? {
    var pieces = Pieces()
    let isExact = unsafe block.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return true }
      return unsafe withUnsafeMutablePointer(to: &pieces) { pointer in
        unsafe pointer.withMemoryRebound(to: Double.self, capacity: 3) {
          unsafe kernels_block_sum(base, values.count, $0, &largest)
        }
      }
    }
    return isExact ? pieces : nil
  }

  private static func pieces(
    _ x: ScaledColumn, _ y: ScaledColumn, from start: Int, to end: Int
  ) -> Pieces? {
    var pieces = Pieces()
    let isExact = unsafe x.values.withUnsafeBufferPointer { first in
      unsafe y.values.withUnsafeBufferPointer { second in
        guard let one = first.baseAddress, let other = second.baseAddress else { return true }
        return unsafe withUnsafeMutablePointer(to: &pieces) { pointer in
          unsafe pointer.withMemoryRebound(to: Double.self, capacity: 3) {
            unsafe kernels_block_products(
              one + start, x.centre, x.scale, other + start, y.centre, y.scale, end - start, $0)
          }
        }
      }
    }
    return isExact ? pieces : nil
  }
}

/// What a kernel makes of a block: its exact sum is the sum of the three.
private struct Pieces {
  var first = 0.0
  var second = 0.0
  var third = 0.0

  /// As a rounded head and its exact rest; nil where that takes three numbers.
  ///
  /// - Source: Knuth (1969), theorem 4.2.2 B.
  var pair: (head: Double, rest: Double)? {
    guard third == 0 else { return nil }
    let head = first + second
    let part = head - first
    return (head, (first - (head - part)) + (second - part))
  }
}

/// A column as (value − centre) · scale.
package struct ScaledColumn: Sendable {
  package var values: [Double]
  package var centre: Double
  /// A power of two, so that it rounds nothing.
  package var scale: Double

  package init(_ values: [Double], centre: Double, scale: Double) {
    self.values = values
    self.centre = centre
    self.scale = scale
  }
}

import Probability

/// Where bins begin and end: bin k is from edge k up to, without, edge k + 1; the last bin holds its end too.
package struct BinEdges: Sendable, Equatable {
  /// Ascending, two at least.
  package let edges: [Double]
  /// Whether the first and the last bin reach to the infinities.
  package let areOpen: Bool

  package init(_ edges: [Double], areOpen: Bool = false) {
    precondition(edges.count > 1, "\(edges.count) edges")
    self.edges = edges
    self.areOpen = areOpen
  }

  package var binCount: Int { edges.count - 1 }

  /// How many bins of one width values get.
  package enum Width: Sendable, Equatable {
    case count(Int)
    /// range / (log₂ n + 1). Source: Sturges (1926).
    case sturges
    /// Sturges's with a term for skewness. Source: Doane (1976).
    case doane
    /// 2 · interquartile range / n^⅓. Source: Freedman and Diaconis (1981).
    case freedmanDiaconis
    /// The narrower of Sturges's and Freedman and Diaconis's, as numpy's "auto".
    case automatic
  }

  /// Bins of one width from the least to the largest value.
  ///
  /// - Parameter values: finite, not all equal.
  package init(_ values: [Double], width: Width) throws(Unavailable) {
    guard let low = values.min(), let high = values.max() else { throw .tooFew(has: 0, needs: 2) }
    guard low.isFinite, high.isFinite else { throw .notFinite }
    guard low < high else { throw .noVariation }
    let count = try Self.count(values, width, range: high - low)
    let step = (high - low) / Double(count)
    var edges = (0..<count).map { low + Double($0) * step }
    edges.append(high)
    self.init(edges)
  }

  /// Bins that hold equal shares of the reference, the outer ones open: its quantiles (type 7) are the inner edges.
  package init(sharesOf reference: [Double], count: Int) throws(Unavailable) {
    precondition(count > 1, "\(count) bins")
    let inner = try SampleQuantile.linear(
      (1..<count).map { Double($0) / Double(count) }, of: reference)
    guard inner.allSatisfy(\.isFinite) else { throw .notFinite }
    self.init([-.infinity] + inner + [.infinity], areOpen: true)
  }

  private static func count(
    _ values: [Double], _ width: Width, range: Double
  ) throws(Unavailable) -> Int {
    let n = Double(values.count)
    let log2 = Elementary.log(n) / Elementary.log(2)
    let size: Double
    switch width {
    case .count(let count):
      precondition(count > 0, "\(count) bins")
      return count
    case .sturges: size = range / (log2 + 1)
    case .doane: size = range / (1 + log2 + skewTerm(values))
    case .freedmanDiaconis: size = try quartileWidth(values)
    case .automatic:
      let narrow = try quartileWidth(values)
      size = narrow > 0 ? min(narrow, range / (log2 + 1)) : range / (log2 + 1)
    }
    guard size > 0 else { throw .noVariation }
    let count = (range / size).rounded(.up)
    guard count < 0x1p31 else { throw .tooLarge(has: Int.max, most: 1 << 31) }
    return max(1, Int(count))
  }

  private static func quartileWidth(_ values: [Double]) throws(Unavailable) -> Double {
    let quartiles = try SampleQuantile.linear([0.25, 0.75], of: values)
    return 2 * (quartiles[1] - quartiles[0])
      / Elementary.exp(Elementary.log(Double(values.count)) / 3)
  }

  /// log₂ (1 + |skewness| / its standard error).
  private static func skewTerm(_ values: [Double]) -> Double {
    let n = Double(values.count)
    guard n > 2 else { return 0 }
    let mean = ExactSum.total(values) / n
    var (squares, cubes) = (ExactSum(), ExactSum())
    for value in values {
      let deviation = value - mean
      squares.add(deviation * deviation)
      cubes.add(deviation * deviation * deviation)
    }
    let variance = squares.value / n
    guard variance > 0 else { return 0 }
    let skewness = cubes.value / n / (variance * variance.squareRoot())
    let error = (6 * (n - 2) / ((n + 1) * (n + 3))).squareRoot()
    return Elementary.log1p(abs(skewness) / error) / Elementary.log(2)
  }

  /// How many values lie in each bin; those outside of all bins in none.
  ///
  /// - Complexity: O(n · bins) comparisons in lanes up to 64 bins, O(n log bins) beyond.
  package func counts(_ values: [Double]) -> [Int] {
    let span = values.span
    // Values at or above each edge; the last edge belongs to the last bin.
    var above = [Int](repeating: 0, count: edges.count)
    if edges.count <= 64 {
      for edge in edges.indices.dropLast() {
        above[edge] = Self.countAtLeast(edges[edge], in: span)
      }
      above[edges.count - 1] = Self.countAbove(edges[edges.count - 1], in: span)
      return (0..<binCount).map { above[$0] - above[$0 + 1] }
    }
    var counts = [Int](repeating: 0, count: binCount)
    for index in span.indices {
      if let bin = bin(of: span[index]) { counts[bin] += 1 }
    }
    return counts
  }

  /// The bin that a value lies in; nil outside of all.
  package func bin(of value: Double) -> Int? {
    guard value >= edges[0], value <= edges[edges.count - 1] else { return nil }
    var (low, high) = (0, edges.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if value >= edges[middle] { low = middle } else { high = middle }
    }
    return low
  }

  private static func countAtLeast(_ edge: Double, in values: Span<Double>) -> Int {
    if edge == -.infinity { return values.count }
    var count = 0
    for index in values.indices { count &+= values[index] >= edge ? 1 : 0 }
    return count
  }

  private static func countAbove(_ edge: Double, in values: Span<Double>) -> Int {
    if edge == .infinity { return 0 }
    var count = 0
    for index in values.indices { count &+= values[index] > edge ? 1 : 0 }
    return count
  }
}

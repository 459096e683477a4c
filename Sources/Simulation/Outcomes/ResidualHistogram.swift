import Probability

/// Signed residuals in bins whose width follows their size, so that no range has to be known before.
///
/// A bin's edges are 0 and ±2^(k/2): 8 bits of exponent in halves, bounded memory, exactly mergeable.
package struct ResidualHistogram: Sendable {
  private var counts: [Int: Int] = [:]

  package init() {}

  package mutating func add(_ residual: Double) {
    if residual.isNaN { return }
    counts[Self.bin(of: residual), default: 0] += 1
  }

  /// Ascending, no empty bins.
  package var bins: [HistogramBin] {
    counts.sorted { $0.key < $1.key }.map { bin, count in
      let ends = [Self.edge(bin), Self.edge(bin < 0 ? bin + 1 : bin - 1)].sorted()
      return bin == 0
        ? HistogramBin(low: 0, high: 0, count: count)
        : HistogramBin(low: ends[0], high: ends[1], count: count)
    }
  }

  /// 0 for zero, else ± (half-exponent counted from 2⁻⁶⁰).
  private static func bin(of residual: Double) -> Int {
    let size = residual.magnitude
    guard size >= 0x1p-60 else { return 0 }
    let exponent = Int(size.exponent)
    let isUpperHalf = size.significand >= 2.0.squareRoot()
    let rank = 2 * (exponent + 60) + (isUpperHalf ? 1 : 0) + 1
    return residual < 0 ? -rank : rank
  }

  /// The far end of a bin.
  private static func edge(_ bin: Int) -> Double {
    guard bin != 0 else { return 0 }
    let rank = abs(bin)
    let base = Double(sign: .plus, exponent: rank / 2 - 60, significand: 1)
    let size = rank % 2 == 0 ? base : base * 2.0.squareRoot()
    return bin < 0 ? -size : size
  }
}

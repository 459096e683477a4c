/// Replaces extreme values by less extreme ones, so that no single value carries a mean.
package enum Winsorizing {
  /// The ⌊`lower` · n⌋ smallest values become the next smallest one, and the ⌊`upper` · n⌋ largest ones the next
  /// largest; the order of the values stays.
  ///
  /// - Parameters:
  ///   - lower: in 0..<1; with `upper` below 1.
  /// - Complexity: O(n log n).
  /// - Source: Tukey and McLaughlin (1963); Wilcox (2012).
  package static func winsorized(
    _ values: [Double], lower: Double, upper: Double
  ) -> [Double] {
    guard let ends = ends(of: values, lower: lower, upper: upper) else { return values }
    return values.map { min(ends.upperBound, max(ends.lowerBound, $0)) }
  }

  /// The values at which `winsorized` stops; nil without values.
  package static func ends(
    of values: [Double], lower: Double, upper: Double
  ) -> ClosedRange<Double>? {
    precondition(lower >= 0 && upper >= 0 && lower + upper < 1, "shares \(lower), \(upper)")
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let n = Double(values.count)
    let below = Int((lower * n).rounded(.down))
    let above = Int((upper * n).rounded(.down))
    return sorted[below]...sorted[values.count - 1 - above]
  }
}

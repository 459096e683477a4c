import Probability

/// The test of pairs that turns the signs of their differences: under the null each difference is as likely with
/// one sign as with the other.
///
/// A turn of the set F of units is at least as extreme as the data exactly for the nulls from the mean over F
/// upwards, so one pass gives the p-value of every null, and the interval.
///
/// - Source: Fisher (1935); Hartigan (1969) for the interval.
package struct SignFlips: Sendable {
  package let estimate: Double
  package let thresholds: NullThresholds
  /// Whether all sign changes were taken, and not a sample of them.
  package let isExact: Bool

  /// How many units all sign changes are enumerated for.
  package static let mostExactUnits = 16

  /// - Parameters:
  ///   - pairs: their units, where they have any, turn as a whole; denominators are not used.
  ///   - resamples: how many sign changes are drawn where there are too many to enumerate.
  /// - Complexity: O(resamples · n / 8) time.
  package init(_ pairs: PairSample, resamples: Int, seed: UInt64) throws(Unavailable) {
    var plain = pairs
    plain.denominators = nil
    let units = try ResampledUnits(plain)
    guard !units.isConstant || units.estimate != 0 else { throw .noVariation }
    let term = units.terms[0]
    estimate = units.estimate
    isExact = units.count <= Self.mostExactUnits
    let residuals = FixedColumn(term.residuals, terms: units.count)
    let sizes = FixedColumn(
      term.denominators ?? Array(repeating: 1, count: units.count), terms: units.count)
    var thresholds: [Double] = []
    var empty = 0
    let total = isExact ? 1 << units.count : resamples
    let batch = Subsets.batch(of: units.count)
    for start in stride(from: 0, to: total, by: batch) {
      let numbers = start..<min(start + batch, total)
      let subsets =
        isExact
        ? Subsets(allOf: units.count, numbers: numbers)
        : Subsets(drawn: numbers, count: units.count, seed: seed, name: "sign-flip")
      let (above, below) = (subsets.sums(residuals), subsets.sums(sizes))
      for subset in above.indices {
        if below[subset] == 0 {
          empty += 1
          continue
        }
        let mean =
          Double(above[subset]) * residuals.quantum / (Double(below[subset]) * sizes.quantum)
        thresholds.append(term.ratio + term.factor * mean)
      }
    }
    let spread = thresholds.reduce(0) { max($0, abs($1 - units.estimate)) }
    self.thresholds = NullThresholds(
      thresholds, base: empty + (isExact ? 0 : 1), tie: spread * 0x1p-40)
  }
}

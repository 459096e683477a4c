import Probability

/// A sample's quantile and how far its order statistics let it move.
///
/// The interval's ends are order statistics at fractional ranks, whose chance to pass the quantile is that of a beta law:
/// no density is estimated, and the ends are as skewed as the tail is. Dependence within units widens the ranks as
/// fewer independent values would.
///
/// - Source: Hutson (1999) for fractional ranks; Woodruff (1952) for reading a rank's interval off the values; Korn and
///   Graubard (1998) for the effective number of values.
package struct QuantileReach: ReachingQuantile, Sendable {
  /// In (0, 1).
  package let p: Double
  /// The median-unbiased quantile (Hyndman and Fan's type 8).
  package let value: Double
  package let count: Int
  /// As many independent values would have the same rank error.
  package let effectiveCount: Double
  /// Of the rank error; infinite where each row is a unit.
  package let degreesOfFreedom: Double
  /// What each unit adds to the number of values at or below the quantile, minus what is expected of it.
  let deviations: [Double]
  private let sorted: [Double]

  /// - Parameters:
  ///   - units: which unit made each row, numbered from 0; nil where each row is one.
  /// - Complexity: O(n log n) time.
  package init(_ values: [Double], p: Double, units: [Int]? = nil) throws(Unavailable) {
    precondition(p > 0 && p < 1, "a quantile at \(p)")
    guard values.count > 1 else { throw .tooFew(has: values.count, needs: 2) }
    guard values.allSatisfy({ !$0.isNaN }) else { throw .notFinite }
    let sorted = values.sorted()
    guard sorted[0] < sorted[sorted.count - 1] else { throw .noVariation }
    let value = SampleQuantile.medianUnbiased(p, ofSorted: sorted)
    guard value.isFinite else { throw .notFinite }
    let n = Double(values.count)
    self.sorted = sorted
    self.value = value
    self.p = p
    count = values.count
    let share = Double(NullThresholds.count(of: sorted, atMost: value)) / n
    let rows = values.map { ($0 <= value ? 1 : 0) - share }
    guard let units else {
      deviations = rows
      effectiveCount = n
      degreesOfFreedom = .infinity
      return
    }
    var sums = Array(repeating: 0.0, count: (units.max() ?? 0) + 1)
    var isUsed = Array(repeating: false, count: sums.count)
    for (row, unit) in units.enumerated() {
      sums[unit] += rows[row]
      isUsed[unit] = true
    }
    let groups = Double(isUsed.reduce(0) { $0 + ($1 ? 1 : 0) })
    guard groups > 1 else { throw .tooFew(has: Int(groups), needs: 2) }
    let squares = sums.reduce(0) { $0 + $1 * $1 } * groups / (groups - 1)
    guard squares > 0, share < 1 else { throw .noVariation }
    deviations = sums
    effectiveCount = n * (n * share * (1 - share)) / squares
    degreesOfFreedom = groups - 1
  }

  /// The end of an interval that reaches `t` standard errors of the rank upwards (down for t < 0); infinite
  /// beyond the values.
  package func value(shifted t: Double) -> Double {
    // P(the order statistic at this rank is above the quantile) grows with the rank; the smaller tail of the two
    // keeps its digits.
    let tail = Normal.survival(abs(t))
    let n = effectiveCount
    var (low, high) = (0.0, n + 1)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      let isLow =
        t < 0
        ? IncompleteBeta.upper(p, middle, n + 1 - middle) < tail
        : IncompleteBeta.lower(p, middle, n + 1 - middle) > tail
      if isLow { low = middle } else { high = middle }
    }
    let place = (low + high) / 2 * ((Double(count) + 1) / (effectiveCount + 1))
    return at(rank: place)
  }

  /// The order statistic at a rank from 1, between two in proportion.
  private func at(rank: Double) -> Double {
    if rank < 1 { return -.infinity }
    if rank > Double(count) { return .infinity }
    let floor = rank.rounded(.down)
    let low = sorted[Int(floor) - 1]
    return floor == rank
      ? low : SampleQuantile.between(low, sorted[min(count - 1, Int(floor))], rank - floor)
  }
}

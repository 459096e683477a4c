import Probability

/// The weighted mean of all order statistics that estimates a quantile with less variance than any one of them.
///
/// The weights are those of the order statistic at rank (n + 1)p in a beta law; the standard error takes the
/// second moment with the same weights.
///
/// - Source: Harrell and Davis (1982); Maritz and Jarrett (1978) for the error.
package struct HarrellDavis: Sendable {
  package let value: Double
  /// Of `value`.
  package let standardError: Double

  /// - Parameters:
  ///   - values: ascending, at least two.
  ///   - p: in (0, 1).
  /// - Complexity: O(√n) evaluations of the incomplete beta function: beyond them the weights are nothing.
  package init(sorted values: [Double], p: Double) throws(Unavailable) {
    guard values.count > 1 else { throw .tooFew(has: values.count, needs: 2) }
    precondition(p > 0 && p < 1, "a quantile at \(p)")
    guard values.allSatisfy(\.isFinite) else { throw .notFinite }
    let n = Double(values.count)
    let moments = WeightedOrderStatistics(values, a: (n + 1) * p, b: (n + 1) * (1 - p))
    value = moments.mean
    standardError = moments.standardDeviation
  }
}

/// The standard error of the sample quantile at rank ⌊np + ½⌋.
///
/// - Source: Maritz and Jarrett (1978); with the beta law of Wilcox (2012), which most software takes and
///   which has one degree less on either side than that of the order statistic.
package enum MaritzJarrett {
  package enum Law: Sendable {
    /// Beta(m, n − m + 1): the order statistic's own.
    case orderStatistic
    /// Beta(m − 1, n − m), as Wilcox's programs and SciPy have it.
    case wilcox
  }

  /// - Parameters:
  ///   - values: ascending.
  ///   - p: in (0, 1).
  package static func standardError(
    sorted values: [Double], p: Double, law: Law = .orderStatistic
  ) throws(Unavailable) -> Double {
    let n = Double(values.count)
    let rank = (n * p + 0.5).rounded(.down)
    let (a, b) = law == .wilcox ? (rank - 1, n - rank) : (rank, n - rank + 1)
    guard a > 0, b > 0 else { throw .beyondTheValues }
    return WeightedOrderStatistics(values, a: a, b: b).standardDeviation
  }
}

/// Mean and spread of the order statistics under the weights that a beta law gives to the n-ths of (0, 1).
private struct WeightedOrderStatistics {
  let mean: Double
  let standardDeviation: Double

  init(_ values: [Double], a: Double, b: Double) {
    let law = Beta(a, b)
    let n = Double(values.count)
    // About the value nearest to the law's centre, and in units of the spread, so that neither offset nor
    // scale costs digits.
    let center = values[min(values.count - 1, Int(law.mean * n))]
    let reach = max(center - values[0], values[values.count - 1] - center)
    let scale = reach.binaryScale
    var first = ExactSum()
    var second = ExactSum()
    var (below, above) = (0.0, 1.0)
    let start = Self.first(below: values.count) { law.cdf(Double($0 + 1) / n) > Self.nothing }
    let end = Self.first(below: values.count) { law.survival(Double($0) / n) <= Self.nothing }
    for index in start..<end {
      let value = values[index]
      let edge = Double(index + 1) / n
      // The smaller tail's differences keep their digits.
      let (nextBelow, nextAbove) = (law.cdf(edge), law.survival(edge))
      let weight = nextBelow < 0.5 ? nextBelow - below : above - nextAbove
      (below, above) = (nextBelow, nextAbove)
      let deviation = (value - center) / scale
      first.add(weight * deviation)
      second.add(weight * (deviation * deviation))
    }
    mean = center + scale * first.value
    standardDeviation = scale * max(0, second.value - first.value * first.value).squareRoot()
  }

  /// A probability whose weight no value can lift into the last digit of the others.
  private static let nothing = 1e-60

  /// The first index for which a condition holds that stays true, or `count`.
  private static func first(below count: Int, where holds: (Int) -> Bool) -> Int {
    var (low, high) = (-1, count)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }
}

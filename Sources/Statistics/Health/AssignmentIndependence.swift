import Probability

/// Was the arm drawn without looking at a covariate? A chance below the level that all of a plan's covariates share
/// says that the assignment, or the log, follows something.
package enum AssignmentIndependence {
  /// Of a category, by Pearson's chi-square.
  package static func ofCategory(_ table: ArmTable) throws(Unavailable) -> ChiSquareResult {
    try table.chiSquare()
  }

  /// Of a number, by the largest distance of the arms' distribution functions (Kolmogorov and Smirnov).
  ///
  /// - Returns: the distance, and its p-value by the limiting law with Stephens's correction for finite samples; ties
  ///   make it too large, so that the test then rejects too rarely.
  /// - Complexity: O(n log n).
  /// - Source: Smirnov (1948); Stephens (1970).
  package static func ofNumber(
    candidate: [Double], production: [Double]
  ) throws(Unavailable) -> (distance: Double, p: PValue) {
    guard !candidate.isEmpty, !production.isEmpty else {
      throw .tooFew(has: min(candidate.count, production.count), needs: 1)
    }
    let (x, y) = (candidate.sorted(), production.sorted())
    let (n, m) = (Double(x.count), Double(y.count))
    var (i, j) = (0, 0)
    var distance = 0.0
    while i < x.count && j < y.count {
      let value = min(x[i], y[j])
      while i < x.count && x[i] == value { i += 1 }
      while j < y.count && y[j] == value { j += 1 }
      distance = max(distance, abs(Double(i) / n - Double(j) / m))
    }
    let root = (n / (n + m) * m).squareRoot()
    return (distance, kolmogorovTail((root + 0.12 + 0.11 / root) * distance))
  }

  /// Of the time (or any order): the slope of the arm on the row's place, over all rows.
  ///
  /// - Parameters:
  ///   - isCandidate: each row's arm.
  ///   - times: when each row came, in any unit; finite.
  /// - Returns: the correlation of arm and time, and the p-value that it is 0 (the score test of a logistic slope).
  /// - Source: Cochran (1954); Armitage (1955).
  package static func ofTime(
    isCandidate: [Bool], times: [Double]
  ) throws(Unavailable) -> (correlation: Double, p: PValue) {
    precondition(isCandidate.count == times.count, "\(isCandidate.count), \(times.count)")
    let all = try Moments(of: times)
    let count = isCandidate.reduce(0) { $0 + ($1 ? 1 : 0) }
    let n = Double(times.count)
    guard all.standardDeviation > 0 else { throw .noVariation }
    guard count > 0, count < times.count else { throw .oneClassOnly }
    var sum = ExactSum()
    for row in times.indices where isCandidate[row] {
      sum.add((times[row] - all.mean) / all.standardDeviation)
    }
    let share = Double(count) / n
    let correlation = sum.value / ((n - 1) * n * share * (1 - share)).squareRoot()
    let z = correlation * (n - 1).squareRoot()
    return (correlation, NormalInference.p(z, .different))
  }

  /// P(K > x) of Kolmogorov's limiting law: 2 Σ (−1)ᵏ⁻¹ exp(−2 k² x²), and below 1 by the theta function's other
  /// series, whose terms have one sign.
  private static func kolmogorovTail(_ x: Double) -> PValue {
    if x < 1 {
      guard x > 0.04 else { return .one }
      let c = .pi / x * (.pi / x) / 8
      let sum = [1.0, 3, 5, 7].reduce(0) { $0 + Elementary.exp(-$1 * $1 * c) }
      return PValue(1 - 2.506_628_274_631_000_5 / x * sum)
    }
    let e = -2 * x * x
    let rest = 1 - Elementary.exp(3 * e) + Elementary.exp(8 * e) - Elementary.exp(15 * e)
    let ln = 0.693_147_180_559_945_3 + e + Elementary.log(rest)
    return PValue(value: Elementary.exp(ln), ln: ln)
  }
}

import Probability

/// The rule by which the canary judge Kayenta passes or fails a metric, one value a minute from each arm.
///
/// The rule inverts the Mann-Whitney test, by its normal approximation with a correction for continuity, to
/// an interval of the shift between the arms at a confidence of 98 %, and calls the canary high when the
/// interval's lower end lies above a quarter of the estimated shift's size, low when its upper end lies below
/// minus that.
///
/// It is here to be compared with, not to be used: its tolerance is a share of the estimate itself, so that no
/// margin is ever named; it takes minutes as independent, which those of a running service are not; and it
/// sees nothing but a shift of the middle, neither a wider spread nor one slow minute in ten. Its rates are
/// in `results/calibration/judge.md`. What it does with a series that does not vary (it adds random noise) is
/// left out: no noise is added here.
///
/// - Source: the rule as its users know it; Mann and Whitney (1947); Hodges and Lehmann (1963).
package struct KayentaJudge: Sendable, Equatable {
  package enum Verdict: String, Sendable { case pass, high, low }

  package static let confidence = 0.98
  package static let tolerance = 0.25

  /// The median of all differences candidate − production.
  package let shift: Double
  package let interval: ClosedRange<Double>

  /// - Parameters:
  ///   - candidate: one value a minute; finite, m >= 2 of them.
  ///   - production: likewise, n >= 2.
  /// - Complexity: O(mn log mn): meant for hundreds of minutes.
  package init(candidate: [Double], production: [Double]) throws(Unavailable) {
    let fewest = min(candidate.count, production.count)
    guard fewest > 1 else { throw .tooFew(has: fewest, needs: 2) }
    var differences: [Double] = []
    differences.reserveCapacity(candidate.count * production.count)
    for x in candidate { for y in production { differences.append(x - y) } }
    differences.sort()
    let count = differences.count
    shift = (differences[(count - 1) / 2] + differences[count / 2]) / 2
    // A shift d is inside while the candidate's rank sum at d lies within z standard deviations and half a
    // step of its middle; that sum counts the differences above d.
    let z = Normal.upperQuantile((1 - Self.confidence) / 2)
    let reach = 0.5 + z * Self.deviation(candidate, production)
    let outside = max(0, min((count - 1) / 2, Int((Double(count) / 2 - reach).rounded(.down))))
    interval = differences[outside]...differences[count - 1 - outside]
  }

  package var verdict: Verdict {
    let bound = Self.tolerance * abs(shift)
    if interval.lowerBound > bound { return .high }
    return interval.upperBound < -bound ? .low : .pass
  }

  /// Of the rank sum, at a shift at which no value of one arm equals one of the other.
  private static func deviation(_ candidate: [Double], _ production: [Double]) -> Double {
    let (m, n) = (Double(candidate.count), Double(production.count))
    let all = m + n
    let tied = ties(candidate) + ties(production)
    return max(0, m * n / 12 * (all + 1 - tied / (all * (all - 1)))).squareRoot()
  }

  /// Σ t³ − t over runs of t equal values.
  private static func ties(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    var sum = 0.0
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
      let t = Double(end - start)
      sum += t * t * t - t
      start = end
    }
    return sum
  }
}

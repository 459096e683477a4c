import Probability

/// Wilson's score interval for a proportion.
package enum Wilson {
  /// - Parameters:
  ///   - successes: 0...trials.
  ///   - trials: > 0.
  ///   - level: in (0, 1).
  /// - Source: Wilson (1927); Newcombe (1998), method 3.
  package static func interval(successes: Int, trials: Int, level: Double) -> ClosedRange<Double> {
    precondition(trials > 0 && (0...trials).contains(successes), "\(successes) of \(trials)")
    return interval(
      share: Double(successes) / Double(trials), effectiveTrials: Double(trials), level: level)
  }

  /// The same for a share of dependent trials that carry the information of `effectiveTrials` > 0 independent ones.
  package static func interval(
    share: Double, effectiveTrials n: Double, level: Double
  ) -> ClosedRange<Double> {
    let z = Normal.upperQuantile((1 - level) / 2)
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return max(0, middle - half)...min(1, middle + half)
  }
}

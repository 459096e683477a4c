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

extension Wilson {
  /// The ends at normal deviate z >= 0.
  ///
  /// - Parameter corrected: for continuity: by half a success to either side.
  /// - Source: Newcombe (1998), Statistics in Medicine 17, 857-872, methods 3 and 4.
  static func ends(
    _ share: TwoProportions.Share, z: Double, corrected: Bool = false
  ) -> (low: Double, high: Double) {
    let (n, k) = (Double(share.trials), Double(share.successes))
    let p = share.value
    let square = z * z
    let below = 2 * (n + square)
    guard corrected else {
      let half = z * (square + 4 * k * (1 - p)).squareRoot()
      return (
        k == 0 ? 0 : max(0, (2 * k + square - half) / below),
        k == n ? 1 : min(1, (2 * k + square + half) / below)
      )
    }
    let (downRoot, upRoot) = (
      square - 2 - 1 / n + 4 * p * (n * (1 - p) + 1), square + 2 - 1 / n + 4 * p * (n * (1 - p) - 1)
    )
    let down = 1 + z * max(0, downRoot).squareRoot()
    let up = 1 + z * max(0, upRoot).squareRoot()
    return (
      k == 0 ? 0 : max(0, (2 * k + square - down) / below),
      k == n ? 1 : min(1, (2 * k + square + up) / below)
    )
  }

  /// With the correction for continuity.
  package static func correctedInterval(
    successes: Int, trials: Int, level: Double
  ) -> ClosedRange<Double> {
    let share = TwoProportions.Share(successes: successes, trials: trials)
    let ends = ends(share, z: Normal.upperQuantile((1 - level) / 2), corrected: true)
    return ends.low...ends.high
  }
}

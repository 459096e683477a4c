import Statistics

/// Metrics of probabilities that are no means: AUC and the calibration error, with one influence value a request,
/// so that their errors can be had under serial dependence or by unit.
package struct RankInfluence: Sendable {
  package var value: Double
  /// In the order of the rows that count; their mean is `value`.
  package var influence: [Double]

  /// - Source: DeLong, DeLong and Clarke-Pearson (1988); the influence value of a positive is its structural component
  ///   V10 scaled by n/m, of a negative V01 by n/k, about the AUC.
  package static func auc(_ scores: [Double], _ labels: [Bool]) throws(Unavailable) -> RankInfluence {
    let area = try AreaUnderCurve.exact(scores: scores, labels: labels)
    return RankInfluence(value: area.value, influence: area.influence)
  }

  /// The expected calibration error over equal-width bins: Σ |Σ_bin (y − p)| / n. Given the signs of the bins it is a mean,
  /// and its influence values are sign(bin) · (y − p).
  ///
  /// - Source: Naeini, Cooper and Hauskrecht (2015) for the estimand.
  package static func calibrationError(
    _ scores: [Double], _ labels: [Bool], bins: Int
  ) throws(Unavailable) -> RankInfluence {
    guard !scores.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    func bin(_ score: Double) -> Int { min(max(Int(score * Double(bins)), 0), bins - 1) }
    var gaps = Array(repeating: 0.0, count: bins)
    for (score, label) in zip(scores, labels) { gaps[bin(score)] += (label ? 1 : 0) - score }
    let influence = zip(scores, labels).map { score, label in
      let gap = (label ? 1 : 0) - score
      return gaps[bin(score)] < 0 ? -gap : gap
    }
    let total = gaps.reduce(0) { $0 + $1.magnitude }
    return RankInfluence(value: total / Double(scores.count), influence: influence)
  }
}

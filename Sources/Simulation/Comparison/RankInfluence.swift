import Statistics

/// Metrics of probabilities that are no means: AUC and the calibration error, with one influence value a request,
/// so that their errors can be had under serial dependence or by unit.
struct RankInfluence: Sendable {
  var value: Double
  /// In the order of the rows that count; what each moves `value` by, times n. Their mean is 0.
  var influence: [Double]

  static func auc(_ scores: [Double], _ labels: [Bool]) throws(Unavailable) -> RankInfluence {
    let area = try AreaUnderCurve(scores: scores, labels: labels)
    return RankInfluence(value: area.value, influence: area.influence)
  }

  /// The expected calibration error over equal-width bins: Σ |Σ_bin (y − p)| / n. Given the signs of the bins it is a mean,
  /// and its influence values are sign(bin) · (y − p) about it.
  ///
  /// - Source: Naeini, Cooper and Hauskrecht (2015) for the estimand.
  static func calibrationError(
    _ scores: [Double], _ labels: [Bool], bins: Int
  ) throws(Unavailable) -> RankInfluence {
    guard !scores.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    func bin(_ score: Double) -> Int { min(max(Int(score * Double(bins)), 0), bins - 1) }
    var gaps = Array(repeating: 0.0, count: bins)
    for (score, label) in zip(scores, labels) { gaps[bin(score)] += (label ? 1 : 0) - score }
    let value = gaps.reduce(0) { $0 + $1.magnitude } / Double(scores.count)
    let influence = zip(scores, labels).map { score, label in
      let gap = (label ? 1 : 0) - score
      return (gaps[bin(score)] < 0 ? -gap : gap) - value
    }
    return RankInfluence(value: value, influence: influence)
  }

  /// The value with a standard error that holds under serial dependence.
  func inference() throws(Unavailable) -> SeriesInference {
    var inference = try SeriesAccumulator.inference(of: influence)
    inference.mean = value
    return inference
  }
}

import Probability

/// How the value of a policy is estimated from another policy's log.
///
/// With w a weight, r a reward, q the reward model at the logged action and v its mean under the evaluated policy:
///
/// | estimator | mean over the rounds of | bias | source |
/// |---|---|---|---|
/// | `inversePropensity` | w r | none | Horvitz and Thompson (1952) |
/// | `clipped` | min(w, λ) r | low for rewards ≥ 0 | Ionides (2008) |
/// | `selfNormalized` | w r / w̄ | vanishes as 1/n | Swaminathan and Joachims (2015) |
/// | `directMethod` | v | the model's | – |
/// | `doublyRobust` | v + w (r − q) | none | Dudík, Langford and Li (2011) |
/// | `selfNormalizedDoublyRobust` | v + w (r − q) / w̄ | vanishes as 1/n | Thomas and Brunskill (2016) |
/// | `switching` | v + [w ≤ τ] w (r − q) | the model's, where w > τ | Wang, Agarwal and Dudík (2017) |
/// | `shrinkage` | v + λw / (w² + λ) (r − q) | the model's, in part | Su et al. (2020), optimistic |
/// | `subgaussian` | w r / (1 − λ + λw) | low | Metelli, Russo and Restelli (2021), s = −1 |
package enum OffPolicyEstimator: Sendable, Equatable {
  case inversePropensity
  case clipped(at: Double)
  case selfNormalized
  case directMethod
  case doublyRobust
  case selfNormalizedDoublyRobust
  case switching(at: Double)
  case shrinkage(Double)
  case subgaussian(Double)

  package var needsModel: Bool {
    switch self {
    case .inversePropensity, .clipped, .selfNormalized, .subgaussian: false
    default: true
    }
  }

  /// The value of the evaluated policy: the mean reward per round that it would have got.
  ///
  /// The standard error is that of independent rounds; a ratio's comes from its influence values (delta method). It
  /// does not count the error of the reward model, which has to be fitted on other rounds.
  ///
  /// - Complexity: O(n).
  package func value(of log: LoggedDecisions) throws(Unavailable) -> TEstimate {
    try TTests.oneMean(Moments(of: influence(log)))
  }

  /// The evaluated policy's value minus the logging policy's, whose rewards are in the log: round by round, so that the
  /// luck which both share cancels.
  package func candidateMinusProduction(
    _ log: LoggedDecisions
  ) throws(Unavailable) -> TEstimate {
    let values = try influence(log)
    return try TTests.oneMean(Moments(of: values.indices.map { values[$0] - log.rewards[$0] }))
  }

  /// A value a round whose mean is the estimate and whose spread is its doubt.
  package func influence(_ log: LoggedDecisions) throws(Unavailable) -> [Double] {
    guard log.count > 1 else { throw .tooFew(has: log.count, needs: 2) }
    guard !needsModel || log.model != nil else { throw .noRewardModel }
    let base = log.model?.underPolicy ?? []
    let expected = log.model?.ofLoggedAction ?? []
    let (w, r) = (log.weights, log.rewards)
    let rounds = w.indices
    switch self {
    case .inversePropensity: return rounds.map { w[$0] * r[$0] }
    case .clipped(let most): return rounds.map { min(w[$0], most) * r[$0] }
    case .subgaussian(let lambda):
      return rounds.map { w[$0] / (1 - lambda + lambda * w[$0]) * r[$0] }
    case .selfNormalized:
      return try normalized(w, targets: r)
    case .directMethod: return base
    case .doublyRobust: return rounds.map { base[$0] + w[$0] * (r[$0] - expected[$0]) }
    case .selfNormalizedDoublyRobust:
      let corrections = try normalized(w, targets: rounds.map { r[$0] - expected[$0] })
      return rounds.map { base[$0] + corrections[$0] }
    case .switching(let most):
      return rounds.map { base[$0] + (w[$0] <= most ? w[$0] * (r[$0] - expected[$0]) : 0) }
    case .shrinkage(let lambda):
      return rounds.map {
        base[$0] + lambda * w[$0] / (w[$0] * w[$0] + lambda) * (r[$0] - expected[$0])
      }
    }
  }

  /// Σ w t / Σ w as the mean of ratio + w (t − ratio) / w̄.
  private func normalized(
    _ weights: [Double], targets: [Double]
  ) throws(Unavailable) -> [Double] {
    var (top, bottom) = (ExactSum(), ExactSum())
    for round in weights.indices {
      top.add(weights[round] * targets[round])
      bottom.add(weights[round])
    }
    guard bottom.value > 0 else { throw .zeroDenominator }
    let ratio = top.value / bottom.value
    let meanWeight = bottom.value / Double(weights.count)
    return weights.indices.map { ratio + weights[$0] * (targets[$0] - ratio) / meanWeight }
  }
}

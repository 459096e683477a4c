/// What a logging policy did, round by round, with what another policy would have done: the data of off-policy
/// evaluation.
///
/// A weight is π(action | context) / μ(action | context), the evaluated policy's chance of the logged action over the
/// logging policy's.
package struct LoggedDecisions: Sendable, Equatable {
  /// One a round.
  package let rewards: [Double]
  package let weights: [Double]
  /// A reward model's expectation, where there is one.
  package let model: RewardModel?

  package struct RewardModel: Sendable, Equatable {
    /// Of the logged action, one a round.
    package let ofLoggedAction: [Double]
    /// Over the evaluated policy's actions, one a round: Σ_a π(a) q(a).
    package let underPolicy: [Double]

    package init(ofLoggedAction: [Double], underPolicy: [Double]) {
      precondition(
        ofLoggedAction.count == underPolicy.count,
        "\(ofLoggedAction.count) and \(underPolicy.count) expectations")
      self.ofLoggedAction = ofLoggedAction
      self.underPolicy = underPolicy
    }
  }

  /// Why logged propensities cannot be used.
  package enum Fault: Error, Sendable, Equatable {
    /// A logged propensity must lie in (0, 1].
    case loggedPropensity(row: Int, value: Double)
    /// The evaluated policy's must lie in [0, 1].
    case evaluatedPropensity(row: Int, value: Double)
    case reward(row: Int, value: Double)
    /// The evaluated policy never takes a logged action: nothing was seen of it.
    case noOverlap
  }

  /// - Parameters:
  ///   - rewards: one a round, finite.
  ///   - logged: the logging policy's chance of the action that it took, in (0, 1].
  ///   - evaluated: the evaluated policy's chance of the same action, in [0, 1].
  package init(
    rewards: [Double], logged: [Double], evaluated: [Double], model: RewardModel? = nil
  ) throws(Fault) {
    precondition(
      rewards.count == logged.count && rewards.count == evaluated.count,
      "\(rewards.count) rewards, \(logged.count) and \(evaluated.count) propensities")
    precondition(model.map { $0.underPolicy.count == rewards.count } ?? true, "a model's rows")
    for row in rewards.indices {
      if !(logged[row] > 0 && logged[row] <= 1) {
        throw .loggedPropensity(row: row, value: logged[row])
      }
      if !(evaluated[row] >= 0 && evaluated[row] <= 1) {
        throw .evaluatedPropensity(row: row, value: evaluated[row])
      }
      if !rewards[row].isFinite { throw .reward(row: row, value: rewards[row]) }
    }
    let weights = rewards.indices.map { evaluated[$0] / logged[$0] }
    if !weights.isEmpty, weights.allSatisfy({ $0 == 0 }) { throw .noOverlap }
    self.rewards = rewards
    self.weights = weights
    self.model = model
  }

  package var count: Int { rewards.count }
}

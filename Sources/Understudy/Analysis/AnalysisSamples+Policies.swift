import Simulation
import Statistics

/// A policy's log, read for another policy.
extension AnalysisSamples {
  /// - Parameter arm: the policy, counted from 1; the logging one is 0.
  func log(arm: Int, segment: Int32?) throws(StudyError) -> Sample {
    let rows = self.rows(arm, segment: segment)
    let log = try decisions(arm: arm, rows: rows)
    let units = design.units.map { AnalysisDesign.renumbered(rows, $0) }
    var facts = DataFacts(
      layout: .log, asked: .mean, smallerCount: rows.count, count: rows.count)
    facts.hasRewardModel = log.model != nil
    if let units {
      facts.smallerUnitCount = units.1
      facts.hasRepeatedUnits = units.1 < rows.count
    }
    return Sample(
      data: .log(log, units: units?.0), facts: facts, counts: (rows.count, rows.count),
      isConstant: false)
  }

  private func decisions(arm: Int, rows: [Int]) throws(StudyError) -> LoggedDecisions {
    let policy = design.arms[arm]
    try check(policy)
    func taken(_ name: String) -> [Double] {
      let column = table.numbers(name)
      return rows.map { column[$0] }
    }
    let model: LoggedDecisions.RewardModel? =
      if request.rewardModel.isEmpty { nil } else {
        .init(
          ofLoggedAction: taken(request.rewardModel[0]),
          underPolicy: taken(request.rewardModel[arm]))
      }
    do throws(LoggedDecisions.Fault) {
      return try LoggedDecisions(
        rewards: taken(request.reward ?? ""), logged: taken(request.propensity ?? ""),
        evaluated: taken(policy), model: model)
    } catch {
      switch error {
      case .noOverlap: throw table.error(.noPolicyOverlap(column: policy))
      case .evaluatedPropensity(let row, let value):
        throw table.error(.policyOutside(column: policy, value: value), row: rows[row])
      case .loggedPropensity(let row, let value):
        throw table.error(
          .propensityOutside(column: request.propensity ?? "", value: value), row: rows[row])
      case .reward(let row, _):
        throw table.error(
          .emptyField(column: request.reward ?? "", asker: "--reward"), row: rows[row])
      }
    }
  }

  private func check(_ policy: String) throws(StudyError) {
    let reward = request.reward ?? ""
    try table.check(reward) { $0.isNaN ? .emptyField(column: reward, asker: "--reward") : nil }
    try table.check(policy) { value in
      if value.isNaN { return .emptyField(column: policy, asker: "--policy") }
      return (0...1).contains(value) ? nil : .policyOutside(column: policy, value: value)
    }
    for column in request.rewardModel {
      try table.check(column) {
        $0.isNaN ? .emptyField(column: column, asker: "--reward-model") : nil
      }
    }
  }

  /// How far the log speaks for each policy.
  var policyOverlaps: [AnalysisHealth.PolicyOverlap] {
    guard request.isOfPolicies else { return [] }
    return design.arms.indices.dropFirst().compactMap { arm in
      guard let log = try? decisions(arm: arm, rows: design.rows[arm]),
        let overlap = try? Overlap(of: log)
      else { return nil }
      return AnalysisHealth.PolicyOverlap(
        policy: design.arms[arm], rounds: overlap.rounds,
        effectiveSampleSize: overlap.effectiveSampleSize, largestWeight: overlap.largestWeight,
        meanWeight: overlap.meanWeight, meanWeightP: overlap.meanWeightP,
        unusedShare: overlap.unusedShare, heaviestShare: overlap.heaviestShare)
    }
  }
}

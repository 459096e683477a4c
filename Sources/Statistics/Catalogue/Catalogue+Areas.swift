extension Catalogue {
  /// Which scores rank positives above negatives more often?
  static let areas: [Method] = [
    Method(
      name: "delong", title: "DeLong's test of two AUCs on the same rows",
      estimand: .aucDifference, needs: [.labels], assumptions: ["rows are independent"],
      failsWhen: "either class has few rows, or an area is next to 1",
      source: "DeLong, DeLong and Clarke-Pearson (1988); Sun and Xu (2014)",
      body: .pairs { pairs, question throws(Unavailable) in
        let areas = try PairedAUC(
          candidateScores: pairs.candidate, productionScores: pairs.production,
          labels: flags(pairs.labels))
        return try answer(
          areas.independentEstimate, (areas.candidate, areas.production), question)
      }),
    Method(
      name: "delong-unpaired", title: "DeLong's test of two AUCs on different rows",
      estimand: .aucDifference, needs: [.labels], assumptions: ["rows are independent"],
      failsWhen: "either class of an arm has few rows, or an area is next to 1",
      source: "DeLong, DeLong and Clarke-Pearson (1988)",
      body: .arms { arms, question throws(Unavailable) in
        let candidate = try AreaUnderCurve(
          scores: arms.candidate.values, labels: flags(arms.candidate.labels))
        let production = try AreaUnderCurve(
          scores: arms.production.values, labels: flags(arms.production.labels))
        let first = candidate.independentEstimate
        let second = production.independentEstimate
        let estimate = TEstimate(
          value: candidate.value - production.value,
          standardError: rootOfSquares(first.standardError, second.standardError),
          degreesOfFreedom: .infinity)
        return try answer(estimate, (candidate, production), question)
      }),
  ]

  private static func answer(
    _ estimate: TEstimate, _ areas: (candidate: AreaUnderCurve, production: AreaUnderCurve),
    _ question: Question
  ) throws(Unavailable) -> Answer {
    for area in [areas.candidate, areas.production] {
      let fewer = min(area.positives, area.negatives)
      guard fewer > 1 else { throw .tooFew(has: fewer, needs: 2) }
    }
    guard estimate.standardError > 0 else { throw .noVariation }
    var answer = Answer(estimate, to: question)
    answer.interval = answer.interval?.clamped(to: -1...1)
    answer.arms = .init(candidate: areas.candidate.value, production: areas.production.value)
    return answer
  }

  private static func flags(_ labels: [Double]?) throws(Unavailable) -> [Bool] {
    guard let labels, labels.allSatisfy({ $0 == 0 || $0 == 1 }) else { throw .noLabels }
    return labels.map { $0 == 1 }
  }
}

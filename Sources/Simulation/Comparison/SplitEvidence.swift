import Statistics

/// An A/B test's evidence: two groups of units.
struct SplitEvidence {
  let ledger: Ledger
  let arm: Int
  let metric: Metric

  private var plan: LedgerPlan { ledger.plan }

  func evidence() -> Evidence {
    switch metric {
    case .auc, .calibrationError: return rankEvidence()
    case .latencyQuantile(let p): return quantileEvidence(p)
    default:
      guard let index = plan.meanMetrics.firstIndex(where: { $0.metric == metric }) else {
        return .absent(.notForThisTask)
      }
      return meanEvidence(index)
    }
  }

  // MARK: Means

  private func meanEvidence(_ index: Int) -> Evidence {
    let definition = plan.meanMetrics[index]
    let (before, after) = (ledger.arms[0].totals[index], ledger.arms[arm].totals[index])
    guard let mean = before.mean, let other = after.mean else {
      return .absent(definition.basis == .labelled ? .noLabels : .noOutcomes)
    }
    let isClustered =
      !ledger.units[0].isOnePerUnit(index) || !ledger.units[arm].isOnePerUnit(index)
    var evidence = Evidence(
      estimand: "difference of \(metric.name) between requests of units in the two arms, "
        + "candidate − production",
      unitOfAnalysis: isClustered ? "unit" : "request (each unit made one)",
      method: isClustered
        ? "ratio of unit sums, delta method"
        : (isShare ? "difference of proportions" : "Welch's t test"),
      assumptions: ["units are independent", "a unit meets one arm only"],
      baselineValue: definition.metricValue(ofMean: mean),
      armValue: definition.metricValue(ofMean: other), n: before.count + after.count)
    do {
      let candidate = try ledger.units[arm].mean(index)
      let production = try ledger.units[0].mean(index)
      let independent = try welch(before, after)
      let textbook = delta(independent, definition, mean, other)
      if isClustered {
        let clustered = delta(
          try ClusteredMean.difference(candidate: candidate, production: production), definition,
          mean, other)
        evidence.main = .mean(clustered)
        let ratio = textbook.standardError / clustered.standardError
        evidence.effectiveSampleSize = Double(evidence.n) * ratio * ratio
      } else {
        evidence.main = .mean(textbook)
      }
      evidence.independent = self.independent(textbook, before, after, isClustered: isClustered)
    } catch {
      evidence.absence = Absence(error)
    }
    return evidence
  }

  private var isShare: Bool {
    switch metric {
    case .accuracy, .errorRate, .timeoutShare, .errorShare, .shedShare: true
    default: false
    }
  }

  private func welch(_ before: MeanCell, _ after: MeanCell) throws(Unavailable) -> TEstimate {
    try TTests.welch(candidate: Moments(after), production: Moments(before))
  }

  /// The difference in the metric's unit; slopes differ little between the arms, the mean of both is used for the error.
  private func delta(
    _ estimate: TEstimate, _ definition: MeanMetric, _ mean: Double, _ other: Double
  ) -> TEstimate {
    let slope = (definition.slope(atMean: mean) + definition.slope(atMean: other)) / 2
    return TEstimate(
      value: definition.metricValue(ofMean: other) - definition.metricValue(ofMean: mean),
      standardError: estimate.standardError * slope, degreesOfFreedom: estimate.degreesOfFreedom)
  }

  private func independent(
    _ estimate: TEstimate, _ before: MeanCell, _ after: MeanCell, isClustered: Bool
  ) -> Evidence.Independent {
    var independent = Evidence.Independent(
      method: "Welch's t test", assumptions: ["requests are independent"],
      contrast: .mean(estimate), exact: nil,
      warning: isClustered ? "takes the requests of one unit for independent" : nil)
    if isShare {
      let proportions = TwoProportions(
        candidate: .init(successes: Int(after.sum), trials: after.count),
        production: .init(successes: Int(before.sum), trials: before.count))
      independent.method = "pooled z test, Newcombe's interval"
      independent.exact = Evidence.Exact(
        p: proportions.zEstimate(pooled: true).pTwoSided().value,
        interval: { proportions.newcombeInterval(level: $0) })
    }
    return independent
  }

  // MARK: Ranks and quantiles

  private func rankEvidence() -> Evidence {
    guard let candidate = RankRows(ledger, arm: arm), let production = RankRows(ledger, arm: 0)
    else { return .absent(plan.keepsRows ? .noLabels : .needsEveryValue) }
    do {
      let (after, before) = (
        try candidate.influence(metric), try production.influence(metric)
      )
      let main = try TTests.difference(
        candidate: candidate.clustered(after), production: production.clustered(before))
      return Evidence(
        estimand: "difference of \(metric.name) between units in the two arms, "
          + "candidate − production",
        unitOfAnalysis: "unit", method: "influence values summed by unit",
        assumptions: ["units are independent", "a unit meets one arm only"],
        baselineValue: before.value, armValue: after.value, main: .mean(main),
        n: candidate.scores.count + production.scores.count)
    } catch {
      return .absent(Absence(error))
    }
  }

  private func quantileEvidence(_ p: Double) -> Evidence {
    do {
      let difference = try QuantileDifference(
        candidate: ledger.unitLatencies[arm], production: ledger.unitLatencies[0], p: p,
        dependence: .withinGroups)
      return Evidence(
        estimand: "difference of \(metric.name) between units in the two arms, "
          + "candidate − production",
        unitOfAnalysis: "group of units, by hash",
        method: "ranks read off histograms, variance between groups of units",
        assumptions: ["units are independent", "a unit meets one arm only"],
        baselineValue: difference.production.value,
        armValue: difference.candidate.value, main: .quantile(difference),
        n: difference.candidate.n + difference.production.n)
    } catch {
      return .absent(Absence(error))
    }
  }
}

import Statistics

/// An A/B test's evidence: two groups of units.
struct SplitEvidence {
  let ledger: Ledger
  let arm: Int
  let metric: Metric

  private var plan: LedgerPlan { ledger.plan }

  private static let assumptions = ["units are independent", "a unit meets one arm only"]
  private static let requestAssumptions = ["requests are independent"]

  func evidence() -> Evidence {
    switch metric {
    case .auc, .calibrationError:
      return plan.keepsBins ? binnedRankEvidence() : rankEvidence()
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
    let textbook = Textbook(before: before, after: after, definition: definition)
    var evidence = Evidence(
      estimand: "difference of \(metric.name) between requests of units in the two arms, "
        + "candidate − production",
      unitOfAnalysis: isClustered ? "unit" : requestUnit,
      method: isClustered ? "ratio of unit sums, delta method" : textbook.method,
      assumptions: plan.requestsAreUnits ? Self.requestAssumptions : Self.assumptions,
      baselineValue: definition.metricValue(ofMean: mean),
      armValue: definition.metricValue(ofMean: other), n: before.count + after.count)
    do {
      guard isClustered else {
        evidence.main = try textbook.contrast()
        return evidence
      }
      var clustered = try TTests.difference(
        candidate: clustered(index, arm), production: clustered(index, 0))
      // The exact sums of the cells, not the units' rounded ones.
      clustered.value = evidence.armValue - evidence.baselineValue
      evidence.main = .mean(clustered)
      if let welch = try? textbook.welch() {
        let ratio = welch.standardError / clustered.standardError
        evidence.effectiveSampleSize = Double(evidence.n) * ratio * ratio
        evidence.independent = Evidence.Independent(
          method: textbook.method, assumptions: Self.requestAssumptions,
          contrast: try textbook.contrast(),
          warning: "takes the requests of one unit for independent")
      }
    } catch {
      evidence.absence = Absence(error)
    }
    return evidence
  }

  private var requestUnit: String {
    plan.requestsAreUnits ? "request" : "request (each unit made one)"
  }

  /// An arm's metric with its error over units.
  private func clustered(_ index: Int, _ arm: Int) throws(Unavailable) -> TEstimate {
    try ledger.units[arm].mean(index).estimate.mapped(by: plan.meanMetrics[index])
  }

  // MARK: Ranks and quantiles

  private func rankEvidence() -> Evidence {
    guard let candidate = RankRows(ledger, arm: arm), let production = RankRows(ledger, arm: 0)
    else { return .absent(.noLabels) }
    do {
      let (after, before) = (
        try candidate.influence(metric), try production.influence(metric)
      )
      let main = try TTests.difference(
        candidate: candidate.clustered(after), production: production.clustered(before))
      return rankEvidence(
        method: "influence values summed by unit", before: before.value, after: after.value, main,
        n: candidate.scores.count + production.scores.count)
    } catch {
      return .absent(Absence(error))
    }
  }

  private func binnedRankEvidence() -> Evidence {
    guard metric == .auc else { return .absent(.needsEveryValue) }
    guard let candidate = ledger.arms[arm].ranks?.area, let production = ledger.arms[0].ranks?.area,
      candidate.binned.count > 0, production.binned.count > 0
    else { return .absent(.noLabels) }
    do {
      let (after, before) = (try candidate.estimate(), try production.estimate())
      var evidence = rankEvidence(
        method: "binned areas, variance between groups of units, by hash", before: before.value,
        after: after.value, try TTests.difference(candidate: after, production: before),
        n: candidate.binned.count + production.binned.count)
      evidence.assumptions.append(RankBins.boundSentence([candidate.binned, production.binned]))
      return evidence
    } catch {
      return .absent(Absence(error))
    }
  }

  private func rankEvidence(
    method: String, before: Double, after: Double, _ main: TEstimate, n: Int
  ) -> Evidence {
    Evidence(
      estimand: "difference of \(metric.name) between units in the two arms, "
        + "candidate − production",
      unitOfAnalysis: "unit", method: method, assumptions: Self.assumptions, baselineValue: before,
      armValue: after, main: .mean(main), n: n)
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
        assumptions: Self.assumptions, baselineValue: difference.production.value,
        armValue: difference.candidate.value, main: .quantile(difference),
        n: difference.candidate.n + difference.production.n)
    } catch {
      return .absent(Absence(error))
    }
  }
}

/// Two arms compared as if all requests were independent: shares by their counts, other means by Welch's test.
private struct Textbook {
  let before: MeanCell
  let after: MeanCell
  let definition: MeanMetric

  var method: String {
    definition.isShare ? "Newcombe's interval, pooled z test of no difference" : "Welch's t test"
  }

  func contrast() throws(Unavailable) -> Contrast {
    guard definition.isShare else { return .mean(try welch()) }
    return .shares(
      ShareContrast(TwoProportions(candidate: share(after), production: share(before))))
  }

  /// Each arm's error is taken to the metric's unit by its own slope.
  func welch() throws(Unavailable) -> TEstimate {
    try TTests.difference(candidate: estimate(after), production: estimate(before))
  }

  private func share(_ cell: MeanCell) -> TwoProportions.Share {
    TwoProportions.Share(successes: Int(cell.sum), trials: cell.count)
  }

  private func estimate(_ cell: MeanCell) throws(Unavailable) -> TEstimate {
    let moments = try Moments(cell)
    return TEstimate(
      value: moments.mean, standardError: moments.standardError,
      degreesOfFreedom: Double(moments.count - 1)
    ).mapped(by: definition)
  }
}

extension TEstimate {
  /// An estimate of a mean, as one of the metric that it stands for.
  func mapped(by metric: MeanMetric) -> TEstimate {
    mapped(to: metric.metricValue(ofMean: value), slope: metric.slope(atMean: value))
  }
}

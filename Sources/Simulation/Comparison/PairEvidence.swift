import Statistics

/// A shadow's evidence: pairs of answers to the same requests, in the order of time.
struct PairEvidence {
  let ledger: Ledger
  let pairs: PairLedger
  let metric: Metric

  private var plan: LedgerPlan { ledger.plan }

  private static let seriesMethod = "paired difference, cosine long-run variance"
  private static let seriesAssumptions = [
    "the difference has a stable mean over the run, or its average over the run is what is asked",
    "dependence fades within the run's length",
  ]
  private static let pairUnit = "pair of answers to one request"
  private static let unitMethod = "paired difference, variance between units"
  private static let unitAssumptions = ["units are independent", "a unit's requests may be alike"]

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
    let (before, after) = (pairs.production[index], pairs.candidate[index])
    guard let mean = before.mean, let other = after.mean else {
      return .absent(definition.basis == .labelled ? .noLabels : .noOutcomes)
    }
    var evidence = Evidence(
      estimand: "mean difference of \(metric.name) over \(basis(definition)), "
        + "candidate − production",
      unitOfAnalysis: Self.pairUnit, method: Self.seriesMethod,
      assumptions: Self.seriesAssumptions, baselineValue: definition.metricValue(ofMean: mean),
      armValue: definition.metricValue(ofMean: other), n: before.count)
    do {
      let inference = try series(index, mean, other)
      let slopes = (definition.slope(atMean: other), definition.slope(atMean: mean))
      let error = Dependence(inference, units: pairs.units?.difference(index, slopes: slopes))
      evidence.take(error, unitMethod: Self.unitMethod, assumptions: Self.unitAssumptions)
      evidence.independent = independent(index, inference, error)
    } catch {
      if error == .noVariation, definition.isShare, mean == other {
        evidence.main = .shares(agreement(before))
        evidence.method = "McNemar's mid-p test, Tango's score interval: all pairs agree"
        evidence.assumptions = ["requests are independent"]
      } else {
        evidence.absence = Absence(error)
      }
    }
    return evidence
  }

  /// No pair differs, so nothing can be said of dependence; the counts still bound the difference.
  private func agreement(_ cell: MeanCell) -> ShareContrast {
    let ones = Int(cell.sum)
    return ShareContrast(
      PairedProportions(both: ones, onlyFirst: 0, onlySecond: 0, neither: cell.count - ones),
      countsErrors: false)
  }

  private func basis(_ definition: MeanMetric) -> String {
    switch definition.basis {
    case .labelled: "the requests that both arms answered and whose label arrived"
    case .answered, .paired: "the requests that both arms answered"
    case .sent: "the requests that both arms were sent"
    }
  }

  /// The difference in the metric's unit. A root mean square is no mean of differences: it goes by the delta method.
  private func series(
    _ index: Int, _ mean: Double, _ other: Double
  ) throws(Unavailable) -> SeriesInference {
    let definition = plan.meanMetrics[index]
    if let sides = pairs.sides[index] {
      return try sides.inference(
        value: definition.metricValue(ofMean: other) - definition.metricValue(ofMean: mean),
        slopes: (definition.slope(atMean: other), -definition.slope(atMean: mean)))
    }
    return try pairs.differences[index].inference().scaled(by: definition.slope(atMean: mean))
  }

  private func independent(
    _ index: Int, _ inference: SeriesInference, _ error: Dependence
  ) -> Evidence.Independent {
    var independent = Evidence.Independent(
      method: "paired t test",
      assumptions: ["the differences of different requests are independent"],
      contrast: .mean(inference.independent), warning: error.warning)
    if metric == .accuracy || metric == .errorRate {
      let table = pairs.disagreements
      let shares = PairedProportions(
        both: table.bothRight, onlyFirst: table.onlyCandidateRight,
        onlySecond: table.onlyProductionRight, neither: table.bothWrong)
      independent.method = "McNemar's mid-p test, Tango's score interval"
      independent.contrast = .shares(
        ShareContrast(shares, countsErrors: metric == .errorRate))
    }
    return independent
  }

  // MARK: Ranks

  private func rankEvidence() -> Evidence {
    guard let candidate = RankRows(ledger, arm: pairs.arm, pairedWith: pairs.baseline),
      let production = RankRows(ledger, arm: pairs.baseline, pairedWith: pairs.arm)
    else { return .absent(.noLabels) }
    do {
      let (after, before) = (
        try candidate.influence(metric), try production.influence(metric)
      )
      let difference = RankInfluence(
        value: after.value - before.value,
        influence: zip(after.influence, before.influence).map { $0 - $1 })
      let inference = try difference.inference()
      let error = Dependence(
        inference, units: candidate.unitsRepeat ? try? candidate.clustered(difference) : nil)
      var evidence = Evidence(
        estimand: rankEstimand, unitOfAnalysis: Self.pairUnit,
        method: "influence values, cosine long-run variance",
        assumptions: Self.seriesAssumptions, baselineValue: before.value, armValue: after.value,
        n: inference.n)
      evidence.take(
        error, unitMethod: "influence values summed by unit", assumptions: Self.unitAssumptions)
      evidence.independent = Evidence.Independent(
        method: metric == .auc ? "DeLong's test" : "influence values, independent requests",
        assumptions: ["requests are independent"],
        contrast: .mean(try independentRank(candidate, production, inference)),
        warning: error.warning)
      return evidence
    } catch {
      return .absent(Absence(error))
    }
  }

  private var rankEstimand: String {
    "difference of \(metric.name) over the requests that both arms answered and whose label "
      + "arrived, candidate − production"
  }

  private func binnedRankEvidence() -> Evidence {
    guard metric == .auc else { return .absent(.needsEveryValue) }
    guard let areas = pairs.areas, areas.candidate.binned.count > 0 else {
      return .absent(.noLabels)
    }
    do {
      let (after, before) = (areas.candidate.binned, areas.production.binned)
      return Evidence(
        estimand: rankEstimand, unitOfAnalysis: Self.pairUnit,
        method: "binned influence values, cosine long-run variance",
        assumptions: Self.seriesAssumptions + [RankBins.boundSentence([before, after])],
        baselineValue: try before.value(), armValue: try after.value(),
        main: .mean(
          try BlockedAUC.difference(candidate: areas.candidate, production: areas.production)),
        n: after.count)
    } catch {
      return .absent(Absence(error))
    }
  }

  private func independentRank(
    _ candidate: RankRows, _ production: RankRows, _ inference: SeriesInference
  ) throws(Unavailable) -> TEstimate {
    guard metric == .auc else { return inference.independent }
    return try PairedAUC(
      candidateScores: candidate.scores, productionScores: production.scores,
      labels: candidate.labels
    ).independentEstimate
  }

  // MARK: Latency quantiles

  private func quantileEvidence(_ p: Double) -> Evidence {
    do {
      let difference = try QuantileDifference(paired: pairs.latencies, p: p)
      let inference = difference.candidate
      var evidence = Evidence(
        estimand: "difference of \(metric.name) over the requests that both arms answered, "
          + "candidate − production",
        unitOfAnalysis: Self.pairUnit,
        method: "ranks read off histograms, cosine long-run variance",
        assumptions: Self.seriesAssumptions,
        baselineValue: difference.production.value, armValue: inference.value,
        main: .quantile(difference), n: inference.n,
        effectiveSampleSize: inference.effectiveSampleSize)
      let independent = try QuantileDifference(
        candidate: pairs.latencies.candidate, production: pairs.latencies.production, p: p,
        dependence: .none)
      evidence.independent = Evidence.Independent(
        method: "ranks read off histograms, independent requests and arms",
        assumptions: ["requests are independent", "the two arms' latencies are independent"],
        contrast: .quantile(independent),
        warning: Dependence.isClear(
          inference.effectiveSampleSize, of: inference.n,
          degreesOfFreedom: difference.degreesOfFreedom)
          ? Dependence.warning(inference.effectiveSampleSize, of: inference.n) : nil)
      return evidence
    } catch {
      return .absent(Absence(error))
    }
  }
}

import Statistics

/// One arm's metrics by time bucket.
struct BucketEstimates {
  private let ledger: Ledger
  private let arm: Int
  private let estimates: ArmEstimates
  /// The first stored row of each bucket, and the end.
  private let edges: [Int]
  private let rankWidening: [Metric: Double]

  init(ledger: Ledger, arm: Int) {
    self.ledger = ledger
    self.arm = arm
    estimates = ArmEstimates(ledger: ledger, arm: arm)
    var edges = [0]
    for count in ledger.grid.counts { edges.append((edges.last ?? 0) + count) }
    self.edges = edges
    var widening: [Metric: Double] = [:]
    if ledger.plan.metrics.contains(.auc), let rows = RankRows(ledger, arm: arm),
      let inference = try? rows.auc.inference()
    {
      widening[.auc] =
        (Double(inference.n) / inference.effectiveSampleSize).squareRoot()
    }
    rankWidening = widening
  }

  func finding(_ metric: Metric, bucket: Int) -> Finding {
    switch metric {
    case .auc, .calibrationError: rank(metric, bucket: bucket)
    default: estimates.bucketFinding(metric, bucket: bucket)
    }
  }

  /// AUC with DeLong's error, widened by the run's own factor; the calibration error of a bucket has no interval.
  private func rank(_ metric: Metric, bucket: Int) -> Finding {
    guard ledger.plan.isBinary else { return .absent(.notForThisTask) }
    guard let rows = RankRows(ledger, arm: arm, rows: edges[bucket]..<edges[bucket + 1]) else {
      return .absent(ledger.plan.keepsRows ? .noLabels : .needsEveryValue)
    }
    do {
      var found = Estimate(
        value: try rows.influence(metric).value, interval: nil, n: rows.scores.count)
      if metric == .auc {
        var estimate = try AreaUnderCurve(scores: rows.scores, labels: rows.labels)
          .independentEstimate
        estimate.standardError *= rankWidening[.auc] ?? 1
        if estimate.standardError.isFinite {
          let range = estimate.interval(level: ArmEstimates.level)
          found.interval = Interval(
            low: max(0, range.lowerBound), high: min(1, range.upperBound),
            level: ArmEstimates.level)
        }
      }
      return .estimate(found)
    } catch {
      return .absent(Absence(error))
    }
  }
}

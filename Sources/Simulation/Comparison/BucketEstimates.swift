import Statistics

/// One arm's metrics by time bucket.
struct BucketEstimates {
  private let ledger: Ledger
  private let estimates: ArmEstimates
  /// The first stored row of each bucket, and the end.
  private let edges: [Int]
  /// How much wider than for independent requests the interval of an AUC must be.
  private let areaWidening: Double

  init(_ estimates: ArmEstimates) {
    self.estimates = estimates
    ledger = estimates.ledger
    var edges = [0]
    for count in ledger.grid.counts { edges.append((edges.last ?? 0) + count) }
    self.edges = edges
    areaWidening =
      ledger.plan.metrics.contains(.auc) ? Self.areaWidening(ledger, arm: estimates.arm) : 1
  }

  private static func areaWidening(_ ledger: Ledger, arm: Int) -> Double {
    if let ranks = ledger.arms[arm].ranks { return ranks.widening }
    guard let rows = RankRows(ledger, arm: arm), let area = try? rows.auc else { return 1 }
    guard ledger.plan.isSplit else { return (try? area.inference())?.widening ?? 1 }
    guard let clustered = try? rows.clustered(area),
      let independent = try? rows.delongEstimate(), independent.standardError > 0,
      independent.standardError.isFinite
    else { return 1 }
    return max(1, clustered.standardError / independent.standardError)
  }

  func finding(_ metric: Metric, bucket: Int) -> Finding {
    switch metric {
    case .auc, .calibrationError:
      ledger.plan.keepsBins
        ? binnedRank(metric, bucket: bucket) : rank(metric, bucket: bucket)
    default:
      estimates.bucketFinding(
        metric, bucket: bucket, ordinals: edges[bucket]..<edges[bucket + 1])
    }
  }

  /// With the dependence inside the bucket, where it can be seen. Else the AUC has DeLong's error, widened by the run's
  /// own factor, and the calibration error no interval.
  private func rank(_ metric: Metric, bucket: Int) -> Finding {
    guard ledger.plan.isBinary else { return .absent(.notForThisTask) }
    let range = edges[bucket]..<edges[bucket + 1]
    guard let rows = RankRows(ledger, arm: estimates.arm, rows: range) else {
      return .absent(.noLabels)
    }
    do {
      let found = try rows.influence(metric)
      if !ledger.plan.isSplit, let own = try? found.inference() {
        return .estimate(
          Estimate(
            value: found.value, interval: ArmEstimates.shareInterval(own.dependent),
            n: rows.scores.count))
      }
      if metric == .auc { return area(try rows.delongEstimate(), n: rows.scores.count) }
      return .estimate(Estimate(value: found.value, interval: nil, n: rows.scores.count))
    } catch {
      return .absent(Absence(error))
    }
  }

  private func binnedRank(_ metric: Metric, bucket: Int) -> Finding {
    guard let ranks = ledger.arms[estimates.arm].ranks, ranks.areas.indices.contains(bucket)
    else { return .absent(.noOutcomes) }
    if metric == .calibrationError {
      return ArmEstimates.calibrationError(ranks.calibrations[bucket])
    }
    guard ranks.areas[bucket].count > 0 else { return .absent(.noLabels) }
    do {
      return area(try ranks.areas[bucket].independentEstimate(), n: ranks.areas[bucket].count)
    } catch {
      return .absent(Absence(error))
    }
  }

  private func area(_ independent: TEstimate, n: Int) -> Finding {
    var estimate = independent
    estimate.standardError *= areaWidening
    let interval =
      estimate.standardError.isFinite ? ArmEstimates.shareInterval(estimate) : nil
    return .estimate(Estimate(value: estimate.value, interval: interval, n: n))
  }
}

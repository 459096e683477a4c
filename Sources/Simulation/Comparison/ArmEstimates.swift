import Probability
import Statistics

/// One arm's own metrics with their intervals: over the run, by bucket and by segment.
///
/// Over the run the interval allows for serial dependence (a shadow) or for units with several requests (a
/// split). In a bucket of a shadow it allows for the dependence inside the bucket; in a segment, and in a bucket with too
/// few values to see its own, it is the interval of independent values, widened by the run's own factor.
struct ArmEstimates {
  let ledger: Ledger
  let arm: Int
  /// By mean metric: how much wider than for independent requests its interval must be.
  private let widenings: [Double]
  /// Of the plan's quantiles of latency.
  private let quantiles: [QuantileInference]
  static let level = 0.95

  init(ledger: Ledger, arm: Int) {
    self.ledger = ledger
    self.arm = arm
    widenings = ledger.plan.meanMetrics.indices.map { Self.widening($0, ledger, arm) }
    quantiles = ledger.plan.latencyQuantiles.compactMap { Self.inference($0, ledger, arm) }
  }

  private var plan: LedgerPlan { ledger.plan }
  private var own: ArmLedger { ledger.arms[arm] }

  func finding(_ metric: Metric) -> Finding {
    switch metric {
    case .auc, .calibrationError: plan.keepsBins ? binnedRank(metric) : rank(metric)
    case .latencyQuantile(let p): quantile(p)
    case .costPerThousand: cost
    default: mean(metric)
    }
  }

  // MARK: Means

  private func mean(_ metric: Metric) -> Finding {
    guard let index = plan.meanMetrics.firstIndex(where: { $0.metric == metric }) else {
      return .absent(.notForThisTask)
    }
    if let absence = absence(of: metric) { return .absent(absence) }
    let cell = own.totals[index]
    guard let mean = cell.mean else { return .absent(noValues(metric)) }
    let definition = plan.meanMetrics[index]
    return .estimate(
      Estimate(
        value: definition.metricValue(ofMean: mean),
        interval: interval(definition, mean, cell, Widening(factor: widenings[index])),
        n: cell.count))
  }

  private func absence(of metric: Metric) -> Absence? {
    switch metric {
    case .disagreement where arm == 0 || plan.isSplit: .notForThisTask
    case .latencyMean where plan.arms[arm].service == nil: .noService
    case .firstTokenMean where own.tokens == nil, .tokenGapMean where own.tokens == nil: .noService
    default: nil
    }
  }

  private func noValues(_ metric: Metric) -> Absence {
    if case .labelled = MeanMetric(metric)?.basis, own.fates.answered > 0 { return .noLabels }
    return .noOutcomes
  }

  /// The square root of n over the effective n: by units in a split, by time or units in a shadow, whichever is more.
  private static func widening(_ index: Int, _ ledger: Ledger, _ arm: Int) -> Double {
    let byUnit = unitWidening(index, ledger, arm)
    if ledger.plan.isSplit { return byUnit }
    let inTime = (try? ledger.arms[arm].series[index].inference())?.widening ?? 1
    return byUnit > 1 ? max(byUnit, inTime) : inTime
  }

  /// At least 1.
  private static func unitWidening(_ index: Int, _ ledger: Ledger, _ arm: Int) -> Double {
    guard !ledger.units.isEmpty, let clustered = try? ledger.units[arm].mean(index) else {
      return 1
    }
    let total = ledger.arms[arm].totals[index]
    guard let variance = total.variance, variance > 0 else { return 1 }
    return max(1, clustered.standardError / (variance / Double(total.count)).squareRoot())
  }

  /// How much wider than for independent requests an interval must be, and the degrees of freedom of that knowledge.
  private struct Widening {
    var factor: Double
    /// nil counts the independent values that the factor leaves.
    var degreesOfFreedom: Double?
  }

  private func interval(
    _ metric: MeanMetric, _ mean: Double, _ cell: MeanCell, _ widening: Widening
  ) -> Interval? {
    let n = Double(cell.count)
    let effective = max(1, n / (widening.factor * widening.factor))
    if metric.isShare {
      let range = Wilson.interval(share: mean, effectiveTrials: effective, level: Self.level)
      return Interval(low: range.lowerBound, high: range.upperBound, level: Self.level)
    }
    guard let variance = cell.variance, variance > 0 else { return nil }
    let estimate = TEstimate(
      value: mean, standardError: (variance / n).squareRoot() * widening.factor,
      degreesOfFreedom: widening.degreesOfFreedom ?? max(1, effective - 1))
    let range = estimate.interval(level: Self.level)
    // Every value of a mean-type metric is at least zero, so its mean is too.
    return Interval(
      low: metric.metricValue(ofMean: max(0, range.lowerBound)),
      high: metric.metricValue(ofMean: range.upperBound), level: Self.level)
  }

  /// - Parameter ordinals: the requests of the bucket.
  func bucketFinding(_ metric: Metric, bucket: Int, ordinals: Range<Int>) -> Finding {
    if let index = plan.meanMetrics.firstIndex(where: { $0.metric == metric }) {
      guard own.buckets.indices.contains(bucket) else { return .absent(.noOutcomes) }
      let cell = own.buckets[bucket][index]
      return cellFinding(cell, index, widening(cell, index, ordinals))
    }
    if case .latencyQuantile(let p) = metric {
      guard plan.arms[arm].service != nil else { return .absent(.noService) }
      guard own.latencyBuckets.indices.contains(bucket) else { return .absent(.noOutcomes) }
      return quantile(p, of: own.latencyBuckets[bucket])
    }
    return .absent(.notForThisTask)
  }

  func segmentFinding(_ metric: Metric, column: Int, value: Int) -> Finding {
    switch metric {
    case .auc, .calibrationError: segmentRank(metric, column: column, value: value)
    case .latencyQuantile(let p): segmentQuantile(p, column: column, value: value)
    case .costPerThousand: cost
    default: segmentMean(metric, column: column, value: value)
    }
  }

  /// The requests of a segment in their order, as a series of its own; in a split, by unit.
  private func segmentRank(_ metric: Metric, column: Int, value: Int) -> Finding {
    guard plan.isBinary else { return .absent(.notForThisTask) }
    guard plan.keepsRows else { return .absent(.needsEveryValue) }
    guard let rows = RankRows(ledger, arm: arm, segment: (column, value)) else {
      return .absent(.noLabels)
    }
    do {
      let found = try rows.influence(metric)
      return .estimate(
        Estimate(value: found.value, interval: try? rankInterval(found, rows), n: rows.scores.count)
      )
    } catch {
      return .absent(Absence(error))
    }
  }

  private func segmentQuantile(_ p: Double, column: Int, value: Int) -> Finding {
    guard plan.arms[arm].service != nil else { return .absent(.noService) }
    guard own.segmentLatencies[column].indices.contains(value) else { return .absent(.noOutcomes) }
    return quantile(p, of: own.segmentLatencies[column][value])
  }

  private func segmentMean(_ metric: Metric, column: Int, value: Int) -> Finding {
    guard let index = plan.meanMetrics.firstIndex(where: { $0.metric == metric }),
      own.segments[column].indices.contains(value)
    else { return .absent(.notForThisTask) }
    return cellFinding(
      own.segments[column][value][index], index, Widening(factor: widenings[index]))
  }

  /// From the dependence inside the bucket, where it can be seen; else the run's.
  private func widening(_ cell: MeanCell, _ index: Int, _ ordinals: Range<Int>) -> Widening {
    let stretch = UInt64(ordinals.lowerBound)..<UInt64(ordinals.upperBound)
    guard ledger.units.isEmpty, let variance = cell.variance, variance > 0,
      let own = try? own.series[index].longRunVariance(of: stretch)
    else { return Widening(factor: widenings[index]) }
    return Widening(
      factor: (own.variance / variance).squareRoot(), degreesOfFreedom: Double(own.cosines))
  }

  private func cellFinding(_ cell: MeanCell, _ index: Int, _ widening: Widening) -> Finding {
    guard let mean = cell.mean else { return .absent(.noOutcomes) }
    let metric = plan.meanMetrics[index]
    return .estimate(
      Estimate(
        value: metric.metricValue(ofMean: mean),
        interval: interval(metric, mean, cell, widening),
        n: cell.count))
  }

  // MARK: Ranks

  private func rank(_ metric: Metric) -> Finding {
    guard plan.isBinary else { return .absent(.notForThisTask) }
    guard let rows = RankRows(ledger, arm: arm) else { return .absent(.noOutcomes) }
    do {
      let found = try rows.influence(metric)
      return .estimate(
        Estimate(value: found.value, interval: try? rankInterval(found, rows), n: rows.scores.count)
      )
    } catch {
      return .absent(Absence(error))
    }
  }

  /// The calibration error has no interval here: its influence values are not kept.
  private func binnedRank(_ metric: Metric) -> Finding {
    guard let area = own.ranks?.area, area.binned.count > 0 else { return .absent(.noOutcomes) }
    if metric == .calibrationError { return Self.calibrationError(own.calibration) }
    do {
      let value = try area.binned.value()
      return .estimate(
        Estimate(
          value: value, interval: (try? area.estimate()).map(Self.shareInterval),
          n: area.binned.count))
    } catch {
      return .absent(Absence(error))
    }
  }

  static func calibrationError(_ bins: CalibrationBins?) -> Finding {
    guard let bins, let value = bins.expectedError else { return .absent(.noOutcomes) }
    return .estimate(Estimate(value: value, interval: nil, n: bins.count))
  }

  private func rankInterval(
    _ found: RankInfluence, _ rows: RankRows
  ) throws(Unavailable) -> Interval {
    let estimate =
      plan.isSplit
      ? try rows.clustered(found)
      : try found.inference().dependent
    return Self.shareInterval(estimate)
  }

  /// An interval that stays inside of [0, 1].
  static func shareInterval(_ estimate: TEstimate) -> Interval {
    let range = estimate.interval(level: level)
    return Interval(low: max(0, range.lowerBound), high: min(1, range.upperBound), level: level)
  }

  // MARK: Latency and cost

  private func quantile(_ p: Double) -> Finding {
    guard plan.arms[arm].service != nil else { return .absent(.noService) }
    guard own.latencies.histogram.count > 0 else { return .absent(.noOutcomes) }
    guard let inference = inference(p) else { return quantile(p, of: own.latencies.histogram) }
    return .estimate(
      Estimate(
        value: inference.value,
        interval: Interval(inference.interval(level: Self.level), level: Self.level), n: inference.n
      ))
  }

  private func inference(_ p: Double) -> QuantileInference? {
    quantiles.first { $0.p == p } ?? Self.inference(p, ledger, arm)
  }

  private static func inference(_ p: Double, _ ledger: Ledger, _ arm: Int) -> QuantileInference? {
    let isSplit = ledger.plan.isSplit
    return try? QuantileInference(
      isSplit ? ledger.unitLatencies[arm] : ledger.arms[arm].latencies, p: p,
      dependence: isSplit ? .withinGroups : .serial)
  }

  /// The interval is that of the two ranks around p which an effective number of independent values would leave.
  func quantile(_ p: Double, of histogram: LogHistogram) -> Finding {
    guard let value = histogram.spreadQuantile(p) else { return .absent(.noOutcomes) }
    let n = Double(histogram.count)
    let half =
      Normal.quantile(0.5 + Self.level / 2) * (p * (1 - p) / n).squareRoot()
      * latencyWidening(p)
    var interval: Interval?
    if p - half > 0, p + half < 1, let low = histogram.spreadQuantile(p - half),
      let high = histogram.spreadQuantile(p + half)
    {
      interval = Interval(low: low, high: high, level: Self.level)
    }
    return .estimate(Estimate(value: value, interval: interval, n: histogram.count))
  }

  private func latencyWidening(_ p: Double) -> Double {
    guard let inference = inference(p) else { return 1 }
    return max(1, Double(inference.n) / inference.effectiveSampleSize).squareRoot()
  }

  private var cost: Finding {
    guard let cost = plan.arms[arm].costPerThousand else { return .absent(.noCost) }
    return .estimate(Estimate(value: cost, interval: nil, n: own.fates.answered))
  }
}

extension SeriesInference {
  /// How much wider than for independent requests an interval must be.
  var widening: Double { (Double(n) / effectiveSampleSize).squareRoot() }
}

extension Absence {
  /// The same reason, as a finding names it.
  package init(_ reason: Unavailable) {
    self =
      switch reason {
      case .tooFew(let has, let needs): .tooFewOutcomes(has: has, needs: needs)
      case .oneClassOnly: .oneClassOnly
      case .noLabels: .noLabels
      case .noVariation: .noVariation
      case .tooFewIndependent, .beyondTheValues: .tooFewIndependentValues
      default: .unavailable(reason)
      }
  }
}

import Models
import Traffic

/// What a ledger keeps.
package struct LedgerPlan: Sendable {
  /// Production, the candidates, and where `hasTwin` says so, production once more on replicas of its own.
  package var arms: [ArmPlan]
  /// Whether the last arm is production's twin, which no mirror touches: what the mirror costs is measured against it.
  package var hasTwin = false
  /// By arm.
  package var outputs: [ModelOutput]
  package var task: StudyFindings.Task
  /// Whether each request goes to one arm (A/B) instead of to all (shadow).
  package var isSplit: Bool
  /// Of a split: whether it draws each request by itself, whatever unit it belongs to.
  package var splitsRequests = false
  /// Whether every arm's value of every request is kept, for a plan of a later test.
  package var keepsOutcomes = false
  package var metrics: [Metric]
  package var options: MetricOptions
  package var labels: LabelPlan
  package var buckets: TimeBuckets
  package var schema: TrafficSchema
  package var monitors: [MonitorPlan]
  /// By arm, as far as it is said: whether one run can tell of its steady state.
  package var steadyGrounds: [SteadyGround?] = []

  package init(
    arms: [ArmPlan], outputs: [ModelOutput], task: StudyFindings.Task, isSplit: Bool,
    metrics: [Metric], options: MetricOptions, labels: LabelPlan, buckets: TimeBuckets,
    schema: TrafficSchema, monitors: [MonitorPlan]
  ) {
    self.arms = arms
    self.outputs = outputs
    self.task = task
    self.isSplit = isSplit
    self.metrics = metrics
    self.options = options
    self.labels = labels
    self.buckets = buckets
    self.schema = schema
    self.monitors = monitors
  }

  /// nil where nothing is said.
  package func steadyGround(ofArm arm: Int) -> SteadyGround? {
    steadyGrounds.indices.contains(arm) ? steadyGrounds[arm] : nil
  }

  /// Production and the candidates.
  package var shownArms: Range<Int> { 0..<arms.count - (hasTwin ? 1 : 0) }

  /// The mean-type metrics among `metrics`, in their order.
  package var meanMetrics: [MeanMetric] { metrics.compactMap(MeanMetric.init) }

  /// The quantiles of latency among `metrics`.
  package var latencyQuantiles: [Double] {
    metrics.compactMap { if case .latencyQuantile(let p) = $0 { p } else { nil } }
  }

  /// Whether a method needs every answer: memory then grows with the number of requests.
  package var keepsRows: Bool { isBinary && hasRanks && options.auc == .exact }

  private var hasRanks: Bool { metrics.contains(.auc) || metrics.contains(.calibrationError) }

  /// Whether ranks come from counts in bins, in bounded memory.
  package var keepsBins: Bool { isBinary && hasRanks && options.auc == .binned }

  /// Of a split: whether every request is a unit of its own, so that requests are independent.
  package var requestsAreUnits: Bool { splitsRequests || !schema.hasUnits }

  package var isBinary: Bool { if case .binary = task { true } else { false } }
  package var isRegression: Bool { task == .regression }

  package var classCount: Int {
    switch task {
    case .binary: 2
    case .classes(let names): names.count
    case .regression, .unlabelled: 0
    }
  }

  package var hasLatencies: Bool { arms.contains { $0.service != nil } }
}

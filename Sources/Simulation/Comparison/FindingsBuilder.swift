import Models
import Statistics
import Traffic

/// Turns what a run left behind into findings.
package struct FindingsBuilder {
  private let run: Timeline.Run
  private let ledger: Ledger
  private let plan: LedgerPlan

  package init(_ run: Timeline.Run) {
    self.run = run
    ledger = run.ledger
    plan = run.ledger.plan
  }

  /// What the run cannot know of itself.
  package struct Frame {
    package var title: String
    package var fingerprint: String
    package var seed: UInt64
    package var deployment: DeploymentPlan
    package var comparisons: [ComparisonPlan]
    package var gates: [GateRule]
    /// `Model.summary` by arm.
    package var models: [String]
    package var trafficCounts: [TrafficCount]
    package var shifts: [ShiftTruth]
    package var assumedZone: String?
    /// The columns as they were at the end of the run, with every category.
    package var schema: TrafficSchema
    /// By segment column: the text of each code.
    package var segmentValues: [[String]]

    package init(
      title: String, fingerprint: String, seed: UInt64, deployment: DeploymentPlan,
      comparisons: [ComparisonPlan], gates: [GateRule], models: [String],
      trafficCounts: [TrafficCount], shifts: [ShiftTruth], assumedZone: String?,
      schema: TrafficSchema, segmentValues: [[String]]
    ) {
      self.title = title
      self.fingerprint = fingerprint
      self.seed = seed
      self.deployment = deployment
      self.comparisons = comparisons
      self.gates = gates
      self.models = models
      self.trafficCounts = trafficCounts
      self.shifts = shifts
      self.assumedZone = assumedZone
      self.schema = schema
      self.segmentValues = segmentValues
    }
  }

  /// Comparisons alone: what replications need.
  package func comparisons(_ plans: [ComparisonPlan]) -> [ComparisonFinding] {
    Comparisons(ledger: ledger, plans: plans).findings()
  }

  package func findings(_ frame: Frame) -> StudyFindings {
    let arms = plan.shownArms.map { armFindings($0, model: frame.models[$0]) }
    var findings = StudyFindings(
      title: frame.title, fingerprint: frame.fingerprint, seed: frame.seed, task: plan.task,
      requests: ledger.requests, start: ledger.firstArrival,
      duration: ledger.lastArrival - ledger.firstArrival, deployment: frame.deployment,
      options: plan.options, arms: arms, timeline: timeline(), health: HealthFindings())
    findings.comparisons = comparisons(frame.comparisons)
    findings.mirrorCost = Comparisons(ledger: ledger, plans: []).mirrorCost()
    findings.segments = segments(frame)
    findings.disagreements = ledger.pairs.map(\.disagreements)
    findings.shifts = frame.shifts
    findings.events = events(frame.shifts)
    findings.gates = Gates(rules: frame.gates, ledger: ledger, arms: arms).findings()
    findings.health = HealthCheck(
      ledger: ledger, serving: run.serving, frame: frame, comparisons: findings.comparisons
    ).findings()
    return findings
  }

  // MARK: Arms

  private func armFindings(_ arm: Int, model: String) -> ArmFindings {
    let estimates = ArmEstimates(ledger: ledger, arm: arm)
    var findings = ArmFindings(
      name: plan.arms[arm].name, isProduction: arm == 0, model: model,
      metrics: plan.metrics.map { MetricFinding(metric: $0, finding: estimates.finding($0)) },
      fates: ledger.arms[arm].fates)
    findings.latency = latency(arm, estimates)
    findings.calibration = calibration(arm)
    if plan.isBinary, let rows = RankRows(ledger, arm: arm) { findings.roc = Self.roc(rows) }
    if plan.isRegression { findings.residuals = ledger.arms[arm].residuals.bins }
    return findings
  }

  private func latency(_ arm: Int, _ estimates: ArmEstimates) -> LatencyFindings? {
    let own = ledger.arms[arm]
    let histogram = own.latencies.histogram
    guard plan.arms[arm].service != nil, histogram.count > 0 else { return nil }
    let wanted = [0.5, 0.9, 0.95, 0.99, 0.999, 0.9999]
    let quantiles = wanted.compactMap { p -> QuantileFinding? in
      // A quantile beyond the values' reach would be the largest value under another name.
      guard Double(histogram.count) * (1 - p) >= 1,
        let estimate = estimates.finding(.latencyQuantile(p)).estimate
      else { return nil }
      return QuantileFinding(p: p, estimate: estimate)
    }
    return LatencyFindings(
      relativeError: histogram.relativeError,
      histogram: histogram.bins.map {
        HistogramBin(low: $0.low, high: $0.high, count: $0.count)
      },
      quantiles: quantiles, meanWait: own.meanWait, meanService: own.meanService,
      utilisation: run.serving[arm].utilisation ?? 0)
  }

  private func calibration(_ arm: Int) -> [CalibrationBin] {
    let bins = ledger.arms[arm].calibration?.bins ?? []
    let width = 1 / Double(max(bins.count, 1))
    return bins.enumerated().compactMap { index, bin in
      guard let prediction = bin.meanPrediction, let share = bin.observedShare else { return nil }
      let range = Wilson.interval(
        successes: bin.positives, trials: bin.count, level: ArmEstimates.level)
      return CalibrationBin(
        low: Double(index) * width, high: Double(index + 1) * width, meanPrediction: prediction,
        observed: Estimate(
          value: share, interval: Interval(range, level: ArmEstimates.level), n: bin.count))
    }
  }

  /// The ROC curve at its corners, thinned to at most 200 points.
  private static func roc(_ rows: RankRows) -> [CurvePoint] {
    let positives = rows.labels.reduce(0) { $0 + ($1 ? 1 : 0) }
    let negatives = rows.labels.count - positives
    guard positives > 0, negatives > 0 else { return [] }
    let order = rows.scores.indices.sorted { rows.scores[$0] > rows.scores[$1] }
    var curve = [CurvePoint(x: 0, y: 0)]
    var (truePositives, falsePositives) = (0, 0)
    for (position, row) in order.enumerated() {
      if rows.labels[row] { truePositives += 1 } else { falsePositives += 1 }
      let isLastOfTie =
        position + 1 == order.count || rows.scores[order[position + 1]] != rows.scores[row]
      guard isLastOfTie else { continue }
      curve.append(
        CurvePoint(
          x: Double(falsePositives) / Double(negatives),
          y: Double(truePositives) / Double(positives)))
    }
    guard curve.count > 200 else { return curve }
    let step = Double(curve.count - 1) / 199
    return (0..<200).map { curve[Int((Double($0) * step).rounded())] }
  }

  // MARK: Over time and by segment

  private func timeline() -> TimelineFindings {
    var series: [TimelineFindings.Series] = []
    for metric in plan.metrics {
      for arm in plan.shownArms {
        let estimates = BucketEstimates(ledger: ledger, arm: arm)
        let points = ledger.grid.starts.indices.map { estimates.finding(metric, bucket: $0) }
        if points.contains(where: { $0.estimate != nil }) {
          series.append(
            TimelineFindings.Series(arm: plan.arms[arm].name, metric: metric, points: points))
        }
      }
    }
    return TimelineFindings(
      bucket: ledger.grid.cut.name, starts: ledger.grid.starts, end: ledger.lastArrival,
      series: series)
  }

  private func segments(_ frame: Frame) -> [SegmentFindings] {
    var found: [SegmentFindings] = []
    for (column, name) in plan.schema.segments.enumerated() {
      for (code, requests) in ledger.segmentCounts[column].enumerated() where requests > 0 {
        let values = frame.segmentValues[column]
        found.append(
          SegmentFindings(
            column: name, value: values.indices.contains(code) ? values[code] : "missing",
            requests: requests,
            arms: plan.shownArms.map { segmentRow($0, column, code, frame.comparisons) }))
      }
    }
    return found
  }

  private func segmentRow(
    _ arm: Int, _ column: Int, _ code: Int, _ comparisons: [ComparisonPlan]
  ) -> SegmentFindings.Row {
    let estimates = ArmEstimates(ledger: ledger, arm: arm)
    var row = SegmentFindings.Row(
      arm: plan.arms[arm].name,
      metrics: plan.meanMetrics.map {
        MetricFinding(
          metric: $0.metric,
          finding: estimates.segmentFinding($0.metric, column: column, value: code))
      })
    if arm > 0, !plan.isSplit, let metric = comparisons.first?.metric,
      let index = plan.meanMetrics.firstIndex(where: { $0.metric == metric })
    {
      row.candidateMinusProduction = segmentDifference(arm, column, code, index)
    }
    return row
  }

  /// The paired difference in a segment; its error is widened by the run's own factor.
  private func segmentDifference(_ arm: Int, _ column: Int, _ code: Int, _ index: Int) -> Finding {
    let pairs = ledger.pairs[arm - 1]
    guard pairs.segments[column].indices.contains(code) else { return .absent(.noOutcomes) }
    let cell = pairs.segments[column][code][index]
    guard let mean = cell.mean, plan.meanMetrics[index].metric != .rootMeanSquaredError else {
      return .absent(.noOutcomes)
    }
    let slope = plan.meanMetrics[index].slope(atMean: mean)
    var interval: Interval?
    if let variance = cell.variance, variance > 0 {
      var widening = 1.0
      if let series = try? pairs.differences[index].inference() {
        widening = (Double(series.n) / series.effectiveSampleSize).squareRoot()
      }
      let estimate = TEstimate(
        value: mean * slope,
        standardError: (variance / Double(cell.count)).squareRoot() * slope * widening,
        degreesOfFreedom: Double(cell.count - 1))
      interval = Interval(
        estimate.interval(level: ArmEstimates.level), level: ArmEstimates.level)
    }
    return .estimate(Estimate(value: mean * slope, interval: interval, n: cell.count))
  }

  private func events(_ shifts: [ShiftTruth]) -> [EventFinding] {
    var events = ledger.monitors.events
    for shift in shifts {
      for span in shift.spans {
        events.append(
          EventFinding(time: span.start, kind: "shiftStart", source: shift.name, detail: ""))
        events.append(
          EventFinding(time: span.end, kind: "shiftEnd", source: shift.name, detail: ""))
      }
    }
    return events.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element)
  }
}

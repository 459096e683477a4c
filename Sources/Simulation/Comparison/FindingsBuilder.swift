import Models
import Statistics
import Traffic

/// Turns what a run left behind into findings.
package struct FindingsBuilder {
  let run: Timeline.Run
  let ledger: Ledger
  let plan: LedgerPlan

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

  /// One metric of one arm, over the run.
  package func finding(_ metric: Metric, arm: Int) -> Finding {
    ArmEstimates(ledger: ledger, arm: arm).finding(metric)
  }

  package func findings(_ frame: Frame) -> StudyFindings {
    let estimates = plan.shownArms.map { ArmEstimates(ledger: ledger, arm: $0) }
    let arms = estimates.map { armFindings($0, model: frame.models[$0.arm]) }
    var findings = StudyFindings(
      title: frame.title, fingerprint: frame.fingerprint, seed: frame.seed, task: plan.task,
      requests: ledger.requests, start: ledger.firstArrival,
      duration: ledger.lastArrival - ledger.firstArrival, deployment: frame.deployment,
      options: plan.options, arms: arms, timeline: timeline(estimates),
      health: HealthFindings())
    findings.comparisons = comparisons(frame.comparisons)
    findings.mirrorCost = Comparisons(ledger: ledger, plans: []).mirrorCost()
    findings.segments = segments(frame, estimates)
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

  private func armFindings(_ estimates: ArmEstimates, model: String) -> ArmFindings {
    let arm = estimates.arm
    var findings = ArmFindings(
      name: plan.arms[arm].name, isProduction: arm == 0, model: model,
      metrics: plan.metrics.map { MetricFinding(metric: $0, finding: estimates.finding($0)) },
      fates: ledger.arms[arm].fates)
    findings.latency = latency(arm, estimates)
    findings.serving = serving(arm)
    findings.serving?.language = language(arm)
    findings.calibration = calibration(arm)
    findings.roc = roc(arm)
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

  /// nil where the arm is no language model.
  private func language(_ arm: Int) -> ServingFindings.LanguageFindings? {
    let facts = run.serving[arm]
    guard let tokens = ledger.arms[arm].tokens, let engine = facts.language,
      let capacity = plan.arms[arm].service?.language
    else { return nil }
    var found = ServingFindings.LanguageFindings(engine, of: facts, memory: capacity)
    let dependence: QuantileInference.Dependence = plan.isSplit ? .withinGroups : .serial
    found.firstToken = tokens.firsts.quantiles(dependence)
    found.tokenGap = tokens.gaps.quantiles(dependence)
    return found
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

  /// The ROC curve at its corners, thinned to at most 200 points; empty without both classes.
  private func roc(_ arm: Int) -> [CurvePoint] {
    var curve: [CurvePoint] = []
    if let area = ledger.arms[arm].ranks?.area.binned {
      let points = (try? area.curve()) ?? []
      curve = points.map { CurvePoint(x: $0.falsePositiveRate, y: $0.truePositiveRate) }
    } else if plan.isBinary, let rows = RankRows(ledger, arm: arm) {
      curve = Self.corners(rows)
    }
    guard curve.count > 200 else { return curve }
    let step = Double(curve.count - 1) / 199
    return (0..<200).map { curve[Int((Double($0) * step).rounded())] }
  }

  private static func corners(_ rows: RankRows) -> [CurvePoint] {
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
    return curve
  }

  // MARK: Over time and by segment

  private func timeline(_ estimates: [ArmEstimates]) -> TimelineFindings {
    let byBucket = estimates.map(BucketEstimates.init)
    var series: [TimelineFindings.Series] = []
    for metric in plan.metrics {
      for (arm, estimates) in byBucket.enumerated() {
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

  private func segments(_ frame: Frame, _ estimates: [ArmEstimates]) -> [SegmentFindings] {
    let differences = SegmentDifferences(ledger: ledger, metric: frame.comparisons.first?.metric)
    var found: [SegmentFindings] = []
    for (column, name) in plan.schema.segments.enumerated() {
      for (code, requests) in ledger.segmentCounts[column].enumerated() where requests > 0 {
        let values = frame.segmentValues[column]
        found.append(
          SegmentFindings(
            column: name, value: values.indices.contains(code) ? values[code] : "missing",
            requests: requests,
            arms: estimates.map { segmentRow($0, column, code, differences) }))
      }
    }
    return found
  }

  private func segmentRow(
    _ estimates: ArmEstimates, _ column: Int, _ code: Int, _ differences: SegmentDifferences
  ) -> SegmentFindings.Row {
    var row = SegmentFindings.Row(
      arm: plan.arms[estimates.arm].name,
      metrics: plan.metrics.map {
        MetricFinding(
          metric: $0, finding: estimates.segmentFinding($0, column: column, value: code))
      })
    row.candidateMinusProduction = differences.finding(
      arm: estimates.arm, column: column, value: code)
    return row
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

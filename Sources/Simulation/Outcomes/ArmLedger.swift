import Models
import Statistics
import Traffic

/// What one arm did: counts, exact sums by cell, series and histograms.
package struct ArmLedger: Sendable {
  package private(set) var fates = Fates()
  /// Requests that were served but to which the model had no answer (a missing input, an empty logged column).
  package private(set) var withoutAnswer = 0
  /// By mean metric, over the whole run.
  package private(set) var totals: [MeanCell]
  /// By bucket and mean metric.
  package private(set) var buckets: [[MeanCell]] = []
  /// By segment column, value and mean metric.
  package private(set) var segments: [[[MeanCell]]]
  /// By mean metric, in the order of the requests.
  package private(set) var series: [SeriesAccumulator]
  package private(set) var latencies = LatencySketch()
  package private(set) var latencyBuckets: [LogHistogram] = []
  /// nil unless the task is binary.
  package private(set) var calibration: CalibrationBins?
  /// Answer − label; of a regression.
  package private(set) var residuals = ResidualHistogram()
  private var waitSum: Int128 = 0
  private var serviceSum: Int128 = 0
  private let metrics: [MeanMetric]
  private let keepsLatencies: Bool
  private let isRegression: Bool

  package init(plan: LedgerPlan) {
    metrics = plan.meanMetrics
    keepsLatencies = plan.hasLatencies
    totals = metrics.map { MeanCell($0.resolution) }
    series = metrics.map { _ in SeriesAccumulator() }
    segments = plan.schema.segments.map { _ in [] }
    calibration = plan.isBinary ? CalibrationBins(bins: plan.options.calibrationBins) : nil
    isRegression = plan.isRegression
  }

  /// Mean wait and service of answered requests, in nanoseconds.
  package var meanWait: Double { Double(waitSum) / Double(max(fates.answered, 1)) }
  package var meanService: Double { Double(serviceSum) / Double(max(fates.answered, 1)) }

  /// Folds one arm's part of a block.
  package mutating func fold(
    _ columns: AnswerColumns, scores: ScoreBlock, labels: [Float], segmentCodes: [UInt32],
    outcomes: BlockOutcomes, arm: Int, step: TimeGrid.Step
  ) {
    mergeBuckets(step.merges)
    countFates(scores, labels: labels, outcomes: outcomes, arm: arm)
    for run in step.runs { fold(columns, run) }
    foldSegments(columns, codes: segmentCodes, capacity: outcomes.capacity, count: outcomes.count)
    for (index, column) in columns.values.enumerated() {
      for row in 0..<outcomes.count where !column[row].isNaN {
        series[index].add(column[row], at: outcomes.firstOrdinal + UInt64(row))
      }
    }
    if keepsLatencies { foldLatencies(outcomes, arm: arm, step: step) }
    if calibration != nil { calibrate(columns, scores, labels, count: outcomes.count) }
    if isRegression { foldResiduals(scores, labels, outcomes, arm: arm) }
  }

  private mutating func fold(_ columns: AnswerColumns, _ run: TimeGrid.Step.Run) {
    while buckets.count <= run.bucket { buckets.append(metrics.map { MeanCell($0.resolution) }) }
    for (index, column) in columns.values.enumerated() {
      buckets[run.bucket][index].add(column, rows: run.rows)
      totals[index].add(column, rows: run.rows)
    }
  }

  private mutating func mergeBuckets(_ merges: [Int]) {
    guard !merges.isEmpty else { return }
    var merged: [[MeanCell]] = []
    var mergedLatencies: [LogHistogram] = []
    for (old, new) in merges.enumerated() where old < buckets.count {
      if new < merged.count {
        for index in metrics.indices { merged[new][index].merge(buckets[old][index]) }
      } else {
        merged.append(buckets[old])
      }
    }
    for (old, new) in merges.enumerated() where old < latencyBuckets.count {
      if new < mergedLatencies.count {
        mergedLatencies[new].merge(latencyBuckets[old])
      } else {
        mergedLatencies.append(latencyBuckets[old])
      }
    }
    buckets = merged
    latencyBuckets = mergedLatencies
  }

  private mutating func countFates(
    _ scores: ScoreBlock, labels: [Float], outcomes: BlockOutcomes, arm: Int
  ) {
    for row in 0..<outcomes.count {
      switch outcomes.fates[arm * outcomes.capacity + row] {
      case .notSent: continue
      case .answered:
        fates.answered += 1
        if scores.values[row].isNaN { withoutAnswer += 1 }
        if !labels[row].isNaN { fates.labelled += 1 }
      case .timedOut: fates.timedOut += 1
      case .failed: fates.failed += 1
      case .shed: fates.shed += 1
      }
      fates.sent += 1
    }
  }

  private mutating func foldSegments(
    _ columns: AnswerColumns, codes: [UInt32], capacity: Int, count: Int
  ) {
    for column in segments.indices {
      for row in 0..<count {
        let code = Int(codes[column * capacity + row])
        while segments[column].count <= code {
          segments[column].append(metrics.map { MeanCell($0.resolution) })
        }
        for index in metrics.indices {
          segments[column][code][index].add(columns.values[index][row])
        }
      }
    }
  }

  private mutating func foldLatencies(_ outcomes: BlockOutcomes, arm: Int, step: TimeGrid.Step) {
    let base = arm * outcomes.capacity
    for run in step.runs {
      while latencyBuckets.count <= run.bucket { latencyBuckets.append(LogHistogram()) }
      for row in run.rows where outcomes.fates[base + row] == .answered {
        let latency = outcomes.latencies[base + row]
        latencies.add(latency, at: outcomes.firstOrdinal + UInt64(row))
        latencyBuckets[run.bucket].add(latency)
        waitSum += Int128(outcomes.waits[base + row])
        serviceSum += Int128(outcomes.services[base + row])
      }
    }
  }

  private mutating func calibrate(
    _ columns: AnswerColumns, _ scores: ScoreBlock, _ labels: [Float], count: Int
  ) {
    for row in 0..<count where columns.named[row] >= 0 && !labels[row].isNaN {
      calibration?.add(min(max(scores.values[row], 0), 1), isPositive: labels[row] == 1)
    }
  }

  private mutating func foldResiduals(
    _ scores: ScoreBlock, _ labels: [Float], _ outcomes: BlockOutcomes, arm: Int
  ) {
    for row in 0..<outcomes.count
    where outcomes.fates[arm * outcomes.capacity + row] == .answered && !labels[row].isNaN {
      residuals.add(scores.values[row] - Double(labels[row]))
    }
  }
}

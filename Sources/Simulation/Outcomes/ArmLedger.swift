import Models
import Statistics
import Traffic

/// What one arm did: counts, exact sums by cell, series and histograms.
package struct ArmLedger: Sendable {
  package private(set) var fates = Fates()
  /// Requests that were served but to which the model had no answer (a missing input, an empty logged column).
  package private(set) var withoutAnswer = 0
  /// Answers of a regression that lie too far from their label to be added up.
  package private(set) var residualsTooLarge = 0
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
  /// nil unless ranks are to be had in bounded memory.
  package private(set) var ranks: RankBins?
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
    ranks = plan.keepsBins ? RankBins(calibrationBins: plan.options.calibrationBins) : nil
    isRegression = plan.isRegression
  }

  /// Mean wait and service of answered requests, in nanoseconds.
  package var meanWait: Double { Double(waitSum) / Double(max(fates.answered, 1)) }
  package var meanService: Double { Double(serviceSum) / Double(max(fates.answered, 1)) }

  /// What all arms share of a block.
  package struct Block {
    package var labels: [Float]
    package var segmentCodes: [UInt32]
    package var outcomes: BlockOutcomes
    package var step: TimeGrid.Step
    /// Where each row stands among what may depend on each other: its ordinal in a shadow, its group of units in a split.
    package var positions: [UInt64]
  }

  /// Folds one arm's part of a block.
  package mutating func fold(
    _ columns: AnswerColumns, scores: ScoreBlock, arm: Int, _ block: Block
  ) {
    mergeBuckets(block.step.merges)
    countFates(scores, block, arm: arm)
    for run in block.step.runs { fold(columns, run) }
    foldSegments(columns, block)
    foldSeries(columns, block.outcomes)
    if keepsLatencies { foldLatencies(block, arm: arm) }
    if calibration != nil { foldProbabilities(columns, scores, block) }
    if isRegression { foldResiduals(columns, count: block.outcomes.count) }
  }

  private mutating func fold(_ columns: AnswerColumns, _ run: TimeGrid.Step.Run) {
    while buckets.count <= run.bucket { buckets.append(metrics.map { MeanCell($0.resolution) }) }
    for (index, column) in columns.values.enumerated() {
      buckets[run.bucket][index].add(column, rows: run.rows)
      totals[index].add(column, rows: run.rows)
    }
  }

  private mutating func mergeBuckets(_ merges: [Int]) {
    buckets.join(by: merges) { cells, others in
      for index in others.indices { cells[index].merge(others[index]) }
    }
    latencyBuckets.join(by: merges) { $0.merge($1) }
    ranks?.mergeBuckets(merges)
  }

  private mutating func countFates(_ scores: ScoreBlock, _ block: Block, arm: Int) {
    let outcomes = block.outcomes
    for row in 0..<outcomes.count {
      switch outcomes.fates[arm * outcomes.capacity + row] {
      case .notSent: continue
      case .answered:
        fates.answered += 1
        if scores.values[row].isNaN {
          withoutAnswer += 1
        } else if !block.labels[row].isNaN {
          fates.labelled += 1
        }
      case .timedOut: fates.timedOut += 1
      case .failed: fates.failed += 1
      case .shed: fates.shed += 1
      }
      fates.sent += 1
    }
  }

  private mutating func foldSegments(_ columns: AnswerColumns, _ block: Block) {
    for column in segments.indices {
      for row in 0..<block.outcomes.count {
        let code = Int(block.segmentCodes[column * block.outcomes.capacity + row])
        while segments[column].count <= code {
          segments[column].append(metrics.map { MeanCell($0.resolution) })
        }
        for index in metrics.indices {
          segments[column][code][index].add(columns.values[index][row])
        }
      }
    }
  }

  private mutating func foldSeries(_ columns: AnswerColumns, _ outcomes: BlockOutcomes) {
    for (index, column) in columns.values.enumerated() {
      for row in 0..<outcomes.count where !column[row].isNaN {
        series[index].add(column[row], at: outcomes.firstOrdinal + UInt64(row))
      }
    }
  }

  private mutating func foldLatencies(_ block: Block, arm: Int) {
    let outcomes = block.outcomes
    let base = arm * outcomes.capacity
    for run in block.step.runs {
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

  private mutating func foldProbabilities(
    _ columns: AnswerColumns, _ scores: ScoreBlock, _ block: Block
  ) {
    for run in block.step.runs {
      ranks?.makeBuckets(run.bucket + 1)
      for row in run.rows where columns.named[row] >= 0 && !block.labels[row].isNaN {
        let probability = scores.values[row].asProbability
        let isPositive = block.labels[row] == 1
        calibration?.add(probability, isPositive: isPositive)
        ranks?.add(
          probability, isPositive: isPositive, at: block.positions[row], bucket: run.bucket)
      }
    }
  }

  private mutating func foldResiduals(_ columns: AnswerColumns, count: Int) {
    residualsTooLarge += columns.residualsTooLarge
    for row in 0..<count { residuals.add(columns.residuals[row]) }
  }
}

extension Array {
  /// Puts element `old` into place `merges[old]`; places count up from 0 and do not step back. Nothing is done where
  /// `merges` is empty.
  mutating func join(by merges: [Int], _ merge: (inout Element, Element) -> Void) {
    guard !merges.isEmpty else { return }
    var joined: [Element] = []
    for (place, element) in zip(merges, self) {
      if place < joined.count { merge(&joined[place], element) } else { joined.append(element) }
    }
    self = joined
  }
}

extension Double {
  /// Moved into [0, 1], where a model's rounding left it.
  var asProbability: Double { Swift.min(Swift.max(self, 0), 1) }
}

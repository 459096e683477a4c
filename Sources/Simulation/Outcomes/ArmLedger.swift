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
  /// By segment column and value.
  package private(set) var segmentLatencies: [[LogHistogram]]
  /// By mean metric, in the order of the requests.
  package private(set) var series: [SeriesAccumulator]
  package private(set) var latencies = LatencySketch()
  package private(set) var latencyBuckets: [LogHistogram] = []
  /// nil unless the arm is a language model.
  package private(set) var tokens: TokenTimes?
  /// nil unless the task is binary.
  package private(set) var calibration: CalibrationBins?
  /// nil unless ranks are to be had in bounded memory.
  package private(set) var ranks: RankBins?
  /// Answer − label; of a regression.
  package private(set) var residuals = ResidualHistogram()
  /// Waits and services of answered requests.
  package private(set) var split = LatencySplit()
  /// nil unless the arm's output has a steady state that one run can say.
  package private(set) var steady: SteadyOutput?
  private let metrics: [MeanMetric]
  private let keepsLatencies: Bool
  private let isRegression: Bool

  package init(plan: LedgerPlan, hasTokens: Bool = false, hasSteadyState: Bool = false) {
    tokens = hasTokens ? TokenTimes() : nil
    steady = hasSteadyState ? SteadyOutput() : nil
    metrics = plan.meanMetrics
    keepsLatencies = plan.hasLatencies
    totals = metrics.map { MeanCell($0.resolution) }
    series = metrics.map { _ in SeriesAccumulator() }
    segments = plan.schema.segments.map { _ in [] }
    segmentLatencies = plan.schema.segments.map { _ in [] }
    calibration = plan.isBinary ? CalibrationBins(bins: plan.options.calibrationBins) : nil
    ranks = plan.keepsBins ? RankBins(calibrationBins: plan.options.calibrationBins) : nil
    isRegression = plan.isRegression
  }

  /// Mean wait and service of answered requests, in nanoseconds.
  package var meanWait: Double { Double(split.totalWaits) / Double(max(fates.answered, 1)) }
  package var meanService: Double { Double(split.totalServices) / Double(max(fates.answered, 1)) }

  /// What the latencies are made of where requests wait once and are then served.
  package var causes: LatencyCauses {
    var causes = LatencyCauses()
    for bin in latencies.histogram.bins {
      let bucket = LogHistogram.bucket(of: Int64(bin.low), bits: LatencyCauses.bucketBits)
      let sums = split.sums(ofBucket: bucket)
      causes.add(count: bin.count, waits: sums.waits, services: sums.services, bucket: bucket)
    }
    return causes
  }

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
    if keepsLatencies { foldSegmentLatencies(block, arm: arm) }
    foldSeries(columns, block.outcomes)
    if keepsLatencies { foldLatencies(columns, block, arm: arm) }
    tokens?.fold(block.outcomes, arm: arm, at: block.positions)
    if calibration != nil { foldProbabilities(columns, scores, block) }
    if isRegression { foldResiduals(columns, count: block.outcomes.count) }
  }

  private mutating func fold(_ columns: AnswerColumns, _ run: TimeGrid.Step.Run) {
    while buckets.count <= run.bucket { buckets.append(metrics.map { MeanCell($0.resolution) }) }
    for (index, column) in columns.values.enumerated() {
      var cell = MeanCell(metrics[index].resolution)
      cell.add(column, rows: run.rows)
      buckets[run.bucket][index].merge(cell)
      totals[index].merge(cell)
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
    let rows = arm * block.outcomes.capacity..<arm * block.outcomes.capacity + block.outcomes.count
    let own = block.outcomes.fates.span.extracting(rows)
    let (answers, labels) = (scores.values.span, block.labels.span)
    var counted = Fates()
    var silent = 0
    for row in own.indices {
      let fate = own[row]
      counted.sent += fate == .notSent ? 0 : 1
      counted.answered += fate == .answered ? 1 : 0
      counted.timedOut += fate == .timedOut ? 1 : 0
      counted.failed += fate == .failed ? 1 : 0
      counted.shed += fate == .shed ? 1 : 0
      counted.abandoned += fate == .abandoned ? 1 : 0
      counted.inFlight += fate == .inFlight ? 1 : 0
      let isSilent = answers[row].isNaN
      silent += fate == .answered && isSilent ? 1 : 0
      counted.labelled += fate == .answered && !isSilent && !labels[row].isNaN ? 1 : 0
    }
    fates.add(counted)
    withoutAnswer += silent
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

  private mutating func foldSegmentLatencies(_ block: Block, arm: Int) {
    let outcomes = block.outcomes
    for column in segmentLatencies.indices {
      for row in 0..<outcomes.count
      where outcomes.fates[arm * outcomes.capacity + row] == .answered {
        let code = Int(block.segmentCodes[column * outcomes.capacity + row])
        while segmentLatencies[column].count <= code {
          segmentLatencies[column].append(LogHistogram())
        }
        segmentLatencies[column][code].add(outcomes.latencies[arm * outcomes.capacity + row])
      }
    }
  }

  private mutating func foldSeries(_ columns: AnswerColumns, _ outcomes: BlockOutcomes) {
    for (index, column) in columns.values.enumerated() {
      series[index].add(
        column.span.extracting(0..<outcomes.count), from: outcomes.firstOrdinal)
    }
  }

  private mutating func foldLatencies(_ columns: AnswerColumns, _ block: Block, arm: Int) {
    let outcomes = block.outcomes
    latencies.add(columns.latencies, from: outcomes.firstOrdinal)
    for run in block.step.runs {
      while latencyBuckets.count <= run.bucket { latencyBuckets.append(LogHistogram()) }
      latencyBuckets[run.bucket].add(columns.latencies, rows: run.rows)
    }
    let rows = arm * outcomes.capacity..<arm * outcomes.capacity + outcomes.count
    split.add(
      columns.latencies, waits: outcomes.waits.span.extracting(rows),
      services: outcomes.services.span.extracting(rows))
    steady?.add(
      outcomes.latencies.span.extracting(rows), fates: outcomes.fates.span.extracting(rows))
  }

  private mutating func foldProbabilities(
    _ columns: AnswerColumns, _ scores: ScoreBlock, _ block: Block
  ) {
    guard ranks != nil else {
      let rows = 0..<block.outcomes.count
      calibration?.add(
        scores.values.span.extracting(rows), labels: columns.truths.span.extracting(rows))
      return
    }
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

extension Fates {
  mutating func add(_ other: Fates) {
    sent += other.sent
    answered += other.answered
    timedOut += other.timedOut
    failed += other.failed
    shed += other.shed
    abandoned += other.abandoned
    inFlight += other.inFlight
    labelled += other.labelled
  }
}

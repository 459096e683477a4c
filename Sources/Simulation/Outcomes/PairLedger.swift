import Models
import Statistics
import Traffic

/// An arm beside a baseline on the requests that both answered: a candidate beside production, or production beside
/// its twin.
package struct PairLedger: Sendable {
  package let baseline: Int
  package let arm: Int
  /// By mean metric: the baseline's and the arm's values over the pairs.
  package private(set) var production: [MeanCell]
  package private(set) var candidate: [MeanCell]
  /// By mean metric: candidate − production, in the order of the requests.
  package private(set) var differences: [SeriesAccumulator]
  /// By mean metric: candidate and production apart, kept where the difference of the metrics is not a mean of differences.
  package private(set) var sides: [SeriesPair?]
  /// Where requests name their units.
  package private(set) var units: PairUnits?
  /// By segment column, value and mean metric: candidate − production.
  package private(set) var segments: [[[MeanCell]]]
  /// Latencies of production and the candidate where both answered, cut into the same blocks.
  package private(set) var latencies = LatencyPairs()
  /// Binary, in bounded memory: both arms' scores of the pairs that have a label.
  package private(set) var areas: Areas?
  package private(set) var disagreements: DisagreementFindings
  private let metrics: [MeanMetric]
  private let schema: TrafficSchema
  private let classCount: Int
  private let isBinary: Bool
  private let keepsLatencies: Bool

  package struct Areas: Sendable {
    package var production = BlockedAUC()
    package var candidate = BlockedAUC()
  }

  package static let densityBins = 20
  package static let shownRows = 20

  package init(plan: LedgerPlan, baseline: Int, arm: Int) {
    self.baseline = baseline
    self.arm = arm
    metrics = plan.meanMetrics
    schema = plan.schema
    classCount = plan.classCount
    isBinary = plan.isBinary
    keepsLatencies = plan.arms[baseline].service != nil && plan.arms[arm].service != nil
    production = metrics.map { MeanCell($0.resolution) }
    candidate = metrics.map { MeanCell($0.resolution) }
    differences = metrics.map { _ in SeriesAccumulator() }
    sides = metrics.map { $0.metric == .rootMeanSquaredError ? SeriesPair() : nil }
    units = plan.schema.hasUnits ? PairUnits(metricCount: plan.meanMetrics.count) : nil
    segments = plan.schema.segments.map { _ in [] }
    areas = plan.keepsBins ? Areas() : nil
    disagreements = DisagreementFindings(arm: plan.arms[arm].name)
    disagreements.answers = Array(repeating: 0, count: classCount * classCount)
    if isBinary {
      disagreements.density = Array(repeating: 0, count: Self.densityBins * Self.densityBins)
    }
  }

  package struct Side {
    package var columns: AnswerColumns
    package var scores: ScoreBlock
    package var arm: Int
  }

  package mutating func fold(
    production first: Side, candidate second: Side, requests: RequestBlock, labels: [Float],
    outcomes: BlockOutcomes
  ) {
    let places = units?.places(of: requests.units, count: outcomes.count) ?? []
    for index in metrics.indices where metrics[index].basis != .paired {
      let (before, after) = (first.columns.values[index], second.columns.values[index])
      foldMetric(index, before, after, requests, count: outcomes.count)
      for (row, place) in places.enumerated() where !before[row].isNaN && !after[row].isNaN {
        units?.add(index, at: place, baseline: before[row], arm: after[row])
      }
    }
    if keepsLatencies { foldLatencies(outcomes, first.arm, second.arm) }
    if classCount > 0 { foldAnswers(first, second, labels, count: outcomes.count) }
    if areas != nil { foldAreas(first, second, labels, outcomes) }
    foldRows(first, second, requests, labels, outcomes: outcomes)
  }

  private mutating func foldMetric(
    _ index: Int, _ first: [Double], _ second: [Double], _ requests: RequestBlock, count: Int
  ) {
    for row in 0..<count {
      let (before, after) = (first[row], second[row])
      if before.isNaN || after.isNaN { continue }
      production[index].add(before)
      candidate[index].add(after)
      let ordinal = requests.firstOrdinal + UInt64(row)
      differences[index].add(after - before, at: ordinal)
      sides[index]?.add(first: after, second: before, at: ordinal)
      for column in segments.indices {
        let code = Int(requests.segments[column * requests.capacity + row])
        while segments[column].count <= code {
          segments[column].append(metrics.map { MeanCell($0.resolution) })
        }
        segments[column][code][index].add(after - before)
      }
    }
  }

  private mutating func foldLatencies(_ outcomes: BlockOutcomes, _ first: Int, _ second: Int) {
    let capacity = outcomes.capacity
    for row in 0..<outcomes.count
    where outcomes.fates[first * capacity + row] == .answered
      && outcomes.fates[second * capacity + row] == .answered
    {
      latencies.add(
        candidate: outcomes.latencies[second * capacity + row],
        production: outcomes.latencies[first * capacity + row],
        at: outcomes.firstOrdinal + UInt64(row))
    }
  }

  private mutating func foldAnswers(_ first: Side, _ second: Side, _ labels: [Float], count: Int) {
    let bins = Double(Self.densityBins)
    for row in 0..<count {
      let (before, after) = (first.columns.named[row], second.columns.named[row])
      if before < 0 || after < 0 { continue }
      disagreements.answers[Int(before) * classCount + Int(after)] += 1
      if isBinary {
        let x = min(Int(second.scores.values[row] * bins), Self.densityBins - 1)
        let y = min(Int(first.scores.values[row] * bins), Self.densityBins - 1)
        disagreements.density[max(y, 0) * Self.densityBins + max(x, 0)] += 1
      }
      let label = labels[row]
      if label.isNaN { continue }
      switch (Float(before) == label, Float(after) == label) {
      case (true, true): disagreements.bothRight += 1
      case (true, false): disagreements.onlyProductionRight += 1
      case (false, true): disagreements.onlyCandidateRight += 1
      case (false, false): disagreements.bothWrong += 1
      }
    }
  }

  private mutating func foldAreas(
    _ first: Side, _ second: Side, _ labels: [Float], _ outcomes: BlockOutcomes
  ) {
    for row in 0..<outcomes.count
    where first.columns.named[row] >= 0 && second.columns.named[row] >= 0 && !labels[row].isNaN {
      let ordinal = outcomes.firstOrdinal + UInt64(row)
      let isPositive = labels[row] == 1
      areas?.production.add(
        first.scores.values[row].asProbability, isPositive: isPositive, at: ordinal)
      areas?.candidate.add(
        second.scores.values[row].asProbability, isPositive: isPositive, at: ordinal)
    }
  }

  /// Keeps the rows whose answers differ most; equal differences keep the earlier request.
  private mutating func foldRows(
    _ first: Side, _ second: Side, _ requests: RequestBlock, _ labels: [Float],
    outcomes: BlockOutcomes
  ) {
    let capacity = outcomes.capacity
    for row in 0..<outcomes.count
    where outcomes.fates[first.arm * capacity + row] == .answered
      && outcomes.fates[second.arm * capacity + row] == .answered
    {
      let place = row + outcomes.capacity * widestColumn(first.scores, second.scores, row: row)
      let (before, after) = (first.scores.values[place], second.scores.values[place])
      let gap = (after - before).magnitude
      guard gap > smallestShownGap else { continue }
      let position = disagreements.rows.firstIndex { Self.gap($0) < gap }
      let shown = DisagreementFindings.Row(
        ordinal: requests.firstOrdinal + UInt64(row), time: requests.arrivals[row],
        features: fields(of: requests, row: row),
        label: labels[row].isNaN ? nil : labelText(labels[row]),
        productionAnswer: before, candidateAnswer: after)
      disagreements.rows.insert(shown, at: position ?? disagreements.rows.count)
      if disagreements.rows.count > Self.shownRows { disagreements.rows.removeLast() }
    }
  }

  /// Of several probabilities, the one on which the two differ most.
  private func widestColumn(_ first: ScoreBlock, _ second: ScoreBlock, row: Int) -> Int {
    var (widest, largest) = (0, 0.0)
    for column in 0..<min(first.width, second.width) where first.width > 1 {
      let place = column * first.capacity + row
      let gap = (second.values[place] - first.values[place]).magnitude
      if gap > largest { (widest, largest) = (column, gap) }
    }
    return widest
  }

  private var smallestShownGap: Double {
    guard disagreements.rows.count == Self.shownRows, let last = disagreements.rows.last else {
      return 0
    }
    return Self.gap(last)
  }

  private static func gap(_ row: DisagreementFindings.Row) -> Double {
    (row.candidateAnswer - row.productionAnswer).magnitude
  }

  private func fields(of requests: RequestBlock, row: Int) -> [DisagreementFindings.Field] {
    schema.features.enumerated().map { index, feature in
      let value = requests.features[index * requests.capacity + row]
      let text: String
      switch feature.kind {
      case _ where value.isNaN: text = "missing"
      case .categorical(let categories) where categories.indices.contains(Int(value)):
        text = categories[Int(value)]
      case .categorical, .numeric:
        text =
          value == value.rounded() && value.magnitude < 1e7
          ? String(Int(value)) : "\(value)"
      }
      return DisagreementFindings.Field(name: feature.name, text: text)
    }
  }

  private func labelText(_ label: Float) -> String {
    if case .classes(let names) = schema.label, names.indices.contains(Int(label)) {
      return names[Int(label)]
    }
    return "\(label)"
  }
}

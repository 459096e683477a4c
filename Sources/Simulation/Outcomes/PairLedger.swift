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
  /// Space for the values of one block.
  private var paired = PairedValues()

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
    if keepsLatencies {
      latencies.add(
        candidate: second.columns.latencies, production: first.columns.latencies,
        from: outcomes.firstOrdinal)
    }
    if classCount > 0 { foldAnswers(first, second, labels, count: outcomes.count) }
    if areas != nil { foldAreas(first, second, labels, outcomes) }
    foldRows(first, second, requests, labels, outcomes: outcomes)
  }

  private mutating func foldMetric(
    _ index: Int, _ first: [Double], _ second: [Double], _ requests: RequestBlock, count: Int
  ) {
    paired.fill(first, second, count: count)
    production[index].add(paired.before, rows: 0..<count)
    candidate[index].add(paired.after, rows: 0..<count)
    let steps = paired.differences
    differences[index].add(steps.span.extracting(0..<count), from: requests.firstOrdinal)
    if sides[index] != nil { foldSides(index, from: requests.firstOrdinal, count: count) }
    if !segments.isEmpty { foldSegments(index, requests, count: count) }
  }

  private mutating func foldSides(_ index: Int, from first: UInt64, count: Int) {
    for row in 0..<count where !paired.differences[row].isNaN {
      sides[index]?.add(
        first: paired.after[row], second: paired.before[row], at: first + UInt64(row))
    }
  }

  private mutating func foldSegments(_ index: Int, _ requests: RequestBlock, count: Int) {
    for column in segments.indices {
      for row in 0..<count where !paired.differences[row].isNaN {
        let code = Int(requests.segments[column * requests.capacity + row])
        while segments[column].count <= code {
          segments[column].append(metrics.map { MeanCell($0.resolution) })
        }
        segments[column][code][index].add(paired.differences[row])
      }
    }
  }

  private mutating func foldAnswers(_ first: Side, _ second: Side, _ labels: [Float], count: Int) {
    Self.countAnswers(
      &disagreements.answers, first.columns.named, second.columns.named, classes: classCount,
      count: count)
    if isBinary {
      Self.countDensity(&disagreements.density, first, second, count: count)
    }
    // Both have a truth where both named a class and the label is there; it is then the same.
    let (before, after) = (first.columns.named.span, second.columns.named.span)
    let (truths, others) = (first.columns.truths.span, second.columns.truths.span)
    var rights = (both: 0, onlyProduction: 0, onlyCandidate: 0, labelled: 0)
    for row in 0..<count {
      let isLabelled = !truths[row].isNaN && !others[row].isNaN
      let ofProduction = isLabelled && Float(before[row]) == truths[row]
      let ofCandidate = isLabelled && Float(after[row]) == truths[row]
      rights.labelled += isLabelled ? 1 : 0
      rights.both += ofProduction && ofCandidate ? 1 : 0
      rights.onlyProduction += ofProduction && !ofCandidate ? 1 : 0
      rights.onlyCandidate += !ofProduction && ofCandidate ? 1 : 0
    }
    disagreements.bothRight += rights.both
    disagreements.onlyProductionRight += rights.onlyProduction
    disagreements.onlyCandidateRight += rights.onlyCandidate
    disagreements.bothWrong +=
      rights.labelled - rights.both - rights.onlyProduction - rights.onlyCandidate
  }

  private static func countAnswers(
    _ counts: inout [Int], _ before: [Int32], _ after: [Int32], classes: Int, count: Int
  ) {
    let (before, after) = (before.span, after.span)
    var counts = counts.mutableSpan
    for row in 0..<count where before[row] >= 0 && after[row] >= 0 {
      counts[Int(before[row]) * classes + Int(after[row])] += 1
    }
  }

  private static func countDensity(
    _ density: inout [Int], _ first: Side, _ second: Side, count: Int
  ) {
    let bins = Double(densityBins)
    let (before, after) = (first.columns.named.span, second.columns.named.span)
    let (ofFirst, ofSecond) = (first.scores.values.span, second.scores.values.span)
    var density = density.mutableSpan
    for row in 0..<count where before[row] >= 0 && after[row] >= 0 {
      let x = min(Int(ofSecond[row] * bins), densityBins - 1)
      let y = min(Int(ofFirst[row] * bins), densityBins - 1)
      density[max(y, 0) * densityBins + max(x, 0)] += 1
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
    let isWide = min(first.scores.width, second.scores.width) > 1
    let (ofFirst, ofSecond) = (first.scores.values.span, second.scores.values.span)
    var smallest = smallestShownGap
    for row in 0..<outcomes.count {
      let column = isWide ? widestColumn(first.scores, second.scores, row: row) : 0
      let place = row + capacity * column
      let (before, after) = (ofFirst[place], ofSecond[place])
      let gap = (after - before).magnitude
      guard gap > smallest, outcomes.fates[first.arm * capacity + row] == .answered,
        outcomes.fates[second.arm * capacity + row] == .answered
      else { continue }
      let position = disagreements.rows.firstIndex { Self.gap($0) < gap }
      let shown = DisagreementFindings.Row(
        ordinal: requests.firstOrdinal + UInt64(row), time: requests.arrivals[row],
        features: fields(of: requests, row: row),
        label: labels[row].isNaN ? nil : labelText(labels[row]),
        productionAnswer: before, candidateAnswer: after)
      disagreements.rows.insert(shown, at: position ?? disagreements.rows.count)
      if disagreements.rows.count > Self.shownRows { disagreements.rows.removeLast() }
      smallest = smallestShownGap
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

/// The values that two arms have of a metric where both have one; NaN elsewhere.
private struct PairedValues: Sendable {
  private(set) var before: [Double] = []
  private(set) var after: [Double] = []
  /// After − before.
  private(set) var differences: [Double] = []

  mutating func fill(_ first: [Double], _ second: [Double], count: Int) {
    if before.count < count {
      before = Array(repeating: .nan, count: count)
      after = before
      differences = before
    }
    Self.fill(&before, &after, &differences, first.span, second.span, count: count)
  }

  private static func fill(
    _ before: inout [Double], _ after: inout [Double], _ differences: inout [Double],
    _ first: Span<Double>, _ second: Span<Double>, count: Int
  ) {
    var before = before.mutableSpan
    var after = after.mutableSpan
    var differences = differences.mutableSpan
    for row in 0..<count {
      let isPair = !first[row].isNaN && !second[row].isNaN
      before[row] = isPair ? first[row] : .nan
      after[row] = isPair ? second[row] : .nan
      differences[row] = isPair ? second[row] - first[row] : .nan
    }
  }
}

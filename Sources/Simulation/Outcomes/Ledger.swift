import Models
import Probability
import Statistics
import Traffic

/// Folds blocks of outcomes, in the order of the requests, into everything that the findings need.
package struct Ledger: Sendable {
  package let plan: LedgerPlan
  package private(set) var requests = 0
  package private(set) var firstArrival = SimulatedTime(nanoseconds: 0)
  package private(set) var lastArrival = SimulatedTime(nanoseconds: 0)
  package private(set) var grid: TimeGrid
  package private(set) var arms: [ArmLedger]
  /// By candidate (arm index − 1); empty for a split.
  package private(set) var pairs: [PairLedger] = []
  /// Production beside its twin, where there is one.
  package private(set) var twinPair: PairLedger?
  /// By arm; empty for a shadow of requests that name no units.
  package private(set) var units: [UnitLedger] = []
  /// Latencies by arm in groups of units; empty for a shadow.
  package private(set) var unitLatencies: [LatencySketch] = []
  package private(set) var rows: RowStore?
  package private(set) var outcomes: OutcomeStore?
  /// The unit of each stored row, where `rows` is kept and traffic is split.
  package private(set) var rowUnits: [UInt64] = []
  /// By segment column: the code of each stored row.
  package private(set) var rowSegments: [[UInt32]]
  package private(set) var labels: LabelArrivals
  package private(set) var monitors: MonitorDesk
  /// How many requests each value of each segment column has.
  package private(set) var segmentCounts: [[Int]]
  private var columns: [AnswerColumns]
  /// How many groups units are hashed to, for the variance of a quantile.
  private static let unitGroups: UInt64 = 1024
  private var labelValues: [Float]
  private var labelTimes: [SimulatedTime]
  /// Of each row: its ordinal in a shadow, its group of units in a split.
  private var positions: [UInt64]

  package init(plan: LedgerPlan, seed: UInt64, capacity: Int) {
    self.plan = plan
    let armCount = plan.arms.count
    grid = TimeGrid(plan.buckets)
    arms = plan.arms.enumerated().map { index, arm in
      ArmLedger(
        plan: plan, hasTokens: arm.service?.language != nil,
        hasSteadyState: plan.steadyGround(ofArm: index)?.load != nil)
    }
    if plan.isSplit || plan.schema.hasUnits {
      units = plan.arms.map { _ in
        UnitLedger(metrics: plan.meanMetrics, requestsAreUnits: plan.requestsAreUnits)
      }
    }
    if plan.isSplit {
      unitLatencies = plan.arms.map { _ in LatencySketch() }
    } else {
      pairs = plan.shownArms.dropFirst().map { PairLedger(plan: plan, baseline: 0, arm: $0) }
      if plan.hasTwin { twinPair = PairLedger(plan: plan, baseline: armCount - 1, arm: 0) }
    }
    rows = plan.keepsRows ? RowStore(arms: armCount) : nil
    if plan.keepsOutcomes {
      outcomes = OutcomeStore(arms: armCount, metrics: plan.meanMetrics.count)
    }
    labels = LabelArrivals(plan: plan.labels, seed: seed)
    monitors = MonitorDesk(plans: plan.monitors, arms: plan.arms)
    segmentCounts = plan.schema.segments.map { _ in [] }
    rowSegments = plan.schema.segments.map { _ in [] }
    columns = plan.arms.map { _ in
      AnswerColumns(
        metrics: plan.meanMetrics, options: plan.options, capacity: capacity,
        keepsLatencies: plan.hasLatencies)
    }
    labelValues = Array(repeating: .nan, count: capacity)
    labelTimes = Array(repeating: SimulatedTime(nanoseconds: 0), count: capacity)
    positions = Array(repeating: 0, count: capacity)
  }

  package mutating func fold(_ buffer: BlockBuffer, _ outcomes: BlockOutcomes) {
    let block = buffer.requests
    guard outcomes.count > 0 else { return }
    if requests == 0 { firstArrival = block.arrivals[0] }
    lastArrival = block.arrivals[outcomes.count - 1]
    requests += outcomes.count
    labels.fill(block, labels: &labelValues, times: &labelTimes)
    fillColumns(buffer, outcomes)
    fillPositions(block)
    let shared = ArmLedger.Block(
      labels: labelValues, segmentCodes: block.segments, outcomes: outcomes,
      step: grid.place(block.arrivals, count: outcomes.count), positions: positions)
    for arm in arms.indices {
      arms[arm].fold(columns[arm], scores: buffer.scores[arm], arm: arm, shared)
    }
    countSegments(block)
    if !units.isEmpty { foldUnits(buffer, outcomes) }
    if !plan.isSplit { foldPairs(buffer, outcomes) }
    storeRows(buffer, outcomes)
    self.outcomes?.append(columns, count: outcomes.count)
    if plan.schema.hasUnits { self.outcomes?.append(units: block.units, count: outcomes.count) }
    monitors.observe(
      block, columns: columns, scores: buffer.scores, labels: labelValues, labelTimes: labelTimes,
      outcomes: outcomes, isRegression: plan.isRegression)
  }

  /// To be called once, after the last block.
  package mutating func close() { monitors.drain() }

  private mutating func fillColumns(_ buffer: BlockBuffer, _ outcomes: BlockOutcomes) {
    for arm in arms.indices {
      let range = arm * outcomes.capacity..<arm * outcomes.capacity + outcomes.count
      columns[arm].fill(
        scores: buffer.scores[arm], output: plan.outputs[arm], labels: labelValues,
        fates: outcomes.fates[range], latencies: outcomes.latencies[range],
        firstTokens: outcomes.hasTokens ? outcomes.firstTokens[range] : [],
        tokenGaps: outcomes.hasTokens ? outcomes.tokenGaps[range] : [])
    }
    for arm in arms.indices.dropFirst() {
      columns[arm].fillDisagreement(with: columns[0], count: outcomes.count)
    }
  }

  private mutating func fillPositions(_ block: RequestBlock) {
    for row in 0..<block.count {
      let ordinal = block.firstOrdinal + UInt64(row)
      positions[row] =
        plan.isSplit
        ? DrawKey.finalise(plan.requestsAreUnits ? ordinal : block.units[row]) % Self.unitGroups
        : ordinal
    }
  }

  private mutating func countSegments(_ block: RequestBlock) {
    for column in segmentCounts.indices {
      for row in 0..<block.count {
        let code = Int(block.segments[column * block.capacity + row])
        while segmentCounts[column].count <= code { segmentCounts[column].append(0) }
        segmentCounts[column][code] += 1
      }
    }
  }

  private mutating func foldPairs(_ buffer: BlockBuffer, _ outcomes: BlockOutcomes) {
    let sides = arms.indices.map {
      PairLedger.Side(columns: columns[$0], scores: buffer.scores[$0], arm: $0)
    }
    for index in pairs.indices {
      pairs[index].fold(
        production: sides[0], candidate: sides[pairs[index].arm], requests: buffer.requests,
        labels: labelValues, outcomes: outcomes)
    }
    twinPair?.fold(
      production: sides[arms.count - 1], candidate: sides[0], requests: buffer.requests,
      labels: labelValues, outcomes: outcomes)
  }

  private mutating func foldUnits(_ buffer: BlockBuffer, _ outcomes: BlockOutcomes) {
    for arm in arms.indices {
      let range = arm * outcomes.capacity..<arm * outcomes.capacity + outcomes.count
      units[arm].fold(
        columns[arm], units: buffer.requests.units, sent: buffer.sent[range],
        count: outcomes.count)
      guard plan.isSplit, plan.arms[arm].service != nil else { continue }
      for row in 0..<outcomes.count where outcomes.fates[range.lowerBound + row] == .answered {
        unitLatencies[arm].add(outcomes.latencies[range.lowerBound + row], at: positions[row])
      }
    }
  }

  private mutating func storeRows(_ buffer: BlockBuffer, _ outcomes: BlockOutcomes) {
    guard rows != nil else { return }
    rows?.append(labels: labelValues, count: outcomes.count)
    for arm in arms.indices {
      rows?.append(
        arm: arm, scores: buffer.scores[arm].values, named: columns[arm].named,
        count: outcomes.count)
    }
    for column in rowSegments.indices {
      let first = column * buffer.requests.capacity
      rowSegments[column] += buffer.requests.segments[first..<first + outcomes.count]
    }
    guard plan.isSplit || plan.schema.hasUnits else { return }
    for row in 0..<outcomes.count {
      rowUnits.append(
        plan.requestsAreUnits ? outcomes.firstOrdinal + UInt64(row) : buffer.requests.units[row])
    }
  }
}

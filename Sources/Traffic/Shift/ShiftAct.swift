import Probability

/// One shift at work: its plan tied to columns, draws and a clock.
///
/// Whether it acts on a request is drawn from the shift's stream with `RequestDraws`: it does when u is
/// below the probability, so a request that is touched at some severity is touched at every
/// higher one. A second draw (which class, which donor) is from the stream with "/choice" added.
struct ShiftAct: Sendable {
  private let plan: ShiftPlan
  private let bit: UInt64
  private let draws: RequestDraws
  private let choices: RequestDraws
  private var clock: ShiftClock
  private var feature = 0
  private var codes: (from: Float, to: Float) = (.nan, .nan)
  private var segment: ConditionSet
  private var donors: ConditionSet
  private var recent: RecentRequests?
  private var affected = 0
  private var withoutDonor = 0

  init(_ plan: ShiftPlan, index: Int, schema: TrafficSchema, stream: String, seed: UInt64) {
    self.plan = plan
    bit = 1 << UInt64(index)
    draws = RequestDraws(seed: seed, stream: stream)
    choices = RequestDraws(seed: seed, stream: stream + "/choice")
    clock = ShiftClock(plan.schedule, start: SimulatedTime(nanoseconds: 0))
    segment = ConditionSet([], schema: schema)
    donors = segment
    if case .resample = plan.kind { recent = RecentRequests(schema: schema) }
    resolve(schema)
  }

  /// Looks names up again, after categories were added.
  mutating func resolve(_ schema: TrafficSchema) {
    segment = ConditionSet(plan.segment, schema: schema)
    switch plan.kind {
    case .scale(let name, _), .offset(let name, _), .noise(let name, _), .missing(let name, _):
      feature = schema.featureIndex(name) ?? 0
    case .swapCategory(let name, let from, let to, _):
      feature = schema.featureIndex(name) ?? 0
      guard case .categorical(let categories) = schema.features[feature].kind else { return }
      codes.from = categories.firstIndex(of: from).map { Float($0) } ?? .nan
      codes.to = categories.firstIndex(of: to).map { Float($0) } ?? .nan
    case .resample(let conditions, _): donors = ConditionSet(conditions, schema: schema)
    case .flipLabel, .concept: break
    }
  }

  mutating func begin(at start: SimulatedTime) {
    clock = ShiftClock(plan.schedule, start: start)
  }

  func truth(from start: SimulatedTime?, to end: SimulatedTime?) -> ShiftTruth {
    guard let start, let end else {
      return ShiftTruth(name: plan.name, spans: [], affected: affected)
    }
    return ShiftTruth(
      name: plan.name, spans: clock.spans(from: start, to: end, most: ShiftPipeline.mostSpans),
      affected: affected)
  }

  var withoutDonorCount: TrafficCount? {
    guard withoutDonor > 0 else { return nil }
    let requests = withoutDonor == 1 ? "1 request was" : "\(withoutDonor) requests were"
    return TrafficCount(
      key: "resampledWithoutDonor", count: withoutDonor,
      sentence:
        "\(requests) kept by the shift \"\(plan.name)\", because none that meets its conditions had come before"
    )
  }

  /// Does nothing, and costs nothing, outside the schedule; only a resampling goes on looking for
  /// requests to draw from.
  mutating func apply(
    to block: inout RequestBlock, label: TrafficSchema.Label, labellers: [any Labeller],
    seed: UInt64, scratch: inout ShiftScratch
  ) {
    let rows = clock.rows(of: block.arrivals, count: block.count)
    if rows.isEmpty && (recent == nil || clock.isOver(at: block.arrivals[0])) { return }
    scratch.reserve(block.capacity)
    clock.strengths(at: block.arrivals, rows: rows, into: &scratch.weights)
    segment.restrict(&scratch.weights, to: block, rows: rows)
    switch plan.kind {
    case .scale(_, let factor):
      edit(&block, rows, scratch.weights) { value, strength, _ in
        // At full strength exactly the factor, without the rounding of 1 + (factor − 1).
        Float(Double(value) * (strength == 1 ? factor : 1 + strength * (factor - 1)))
      }
    case .offset(_, let amount):
      edit(&block, rows, scratch.weights) { value, strength, _ in
        strength * amount == 0 ? value : Float(Double(value) + strength * amount)
      }
    case .noise(_, let deviation):
      addNoise(deviation, to: &block, rows, scratch: &scratch)
    case .missing(_, let rate):
      choose(rows, of: block, rate: rate, scratch: &scratch)
      edit(&block, rows, scratch.weights) { _, _, _ in .nan }
    case .swapCategory(_, _, _, let rate):
      choose(rows, of: block, rate: rate, scratch: &scratch)
      let (from, to) = codes
      edit(&block, rows, scratch.weights) { value, _, _ in value == from ? to : value }
    case .resample(_, let share):
      choose(rows, of: block, rate: share, scratch: &scratch)
      resample(&block, rows, scratch: &scratch)
    case .flipLabel(let rate):
      choose(rows, of: block, rate: rate, scratch: &scratch)
      flip(&block, rows, label: label, scratch: &scratch)
    case .concept(let labeller):
      choose(rows, of: block, rate: 1, scratch: &scratch)
      relabel(&block, rows, by: labellers[labeller], seed: seed, scratch: &scratch)
    }
  }

  private func firstRequest(_ rows: Range<Int>, of block: RequestBlock) -> UInt64 {
    block.firstOrdinal + UInt64(rows.lowerBound)
  }

  /// Turns strengths into decisions: 1 with probability strength · rate, else 0.
  private func choose(
    _ rows: Range<Int>, of block: RequestBlock, rate: Double, scratch: inout ShiftScratch
  ) {
    draws.fillUnits(&scratch.draws.units, from: firstRequest(rows, of: block))
    let units = scratch.draws.units
    var weights = scratch.weights.mutableSpan
    for row in rows {
      weights[row] = units[row - rows.lowerBound] < weights[row] * rate ? 1 : 0
    }
  }

  /// Gives each touched value of the feature its successor; what is missing stays missing.
  @inline(__always)
  private mutating func edit(
    _ block: inout RequestBlock, _ rows: Range<Int>, _ weights: [Double],
    _ successor: (_ value: Float, _ strength: Double, _ row: Int) -> Float
  ) {
    let start = feature * block.capacity
    affected += Self.edit(
      &block.features, &block.shifted, weights, rows, start: start, bit: bit, successor)
  }

  @inline(__always)
  private static func edit(
    _ features: inout [Float], _ shifted: inout [UInt64], _ weights: [Double],
    _ rows: Range<Int>, start: Int, bit: UInt64,
    _ successor: (_ value: Float, _ strength: Double, _ row: Int) -> Float
  ) -> Int {
    var column = features.mutableSpan
    var shifted = shifted.mutableSpan
    let weights = weights.span
    var count = 0
    for row in rows {
      let value = column[start + row]
      let next = successor(value, weights[row], row)
      let changes =
        weights[row] > 0 && !value.isNaN && next.bitPattern != value.bitPattern
      column[start + row] = changes ? next : value
      shifted[row] |= changes ? bit : 0
      count += changes ? 1 : 0
    }
    return count
  }

  private mutating func addNoise(
    _ deviation: Double, to block: inout RequestBlock, _ rows: Range<Int>,
    scratch: inout ShiftScratch
  ) {
    guard deviation > 0 else { return }
    draws.fillNormals(&scratch.draws.normals, from: firstRequest(rows, of: block))
    let normals = scratch.draws.normals
    edit(&block, rows, scratch.weights) { value, strength, row in
      Float(Double(value) + strength * deviation * Double(normals[row - rows.lowerBound]))
    }
  }

  private mutating func flip(
    _ block: inout RequestBlock, _ rows: Range<Int>, label: TrafficSchema.Label,
    scratch: inout ShiftScratch
  ) {
    guard case .classes(let names) = label else { return }
    let others = max(names.count, 2) - 1
    choices.fillUnits(&scratch.draws.units, from: firstRequest(rows, of: block))
    for row in rows where scratch.weights[row] > 0 && !block.labels[row].isNaN {
      let unit = scratch.draws.units[row - rows.lowerBound]
      let other = Float(min(Int(unit * Double(others)), others - 1))
      block.labels[row] = other >= block.labels[row] ? other + 1 : other
      block.shifted[row] |= bit
      affected += 1
    }
  }

  private mutating func relabel(
    _ block: inout RequestBlock, _ rows: Range<Int>, by labeller: any Labeller, seed: UInt64,
    scratch: inout ShiftScratch
  ) {
    guard rows.contains(where: { scratch.weights[$0] > 0 }) else { return }
    labeller.label(block, seed: seed, into: &scratch.labels)
    for row in rows where scratch.weights[row] > 0 && !block.labels[row].isNaN {
      guard block.labels[row] != scratch.labels[row] else { continue }
      block.labels[row] = scratch.labels[row]
      block.shifted[row] |= bit
      affected += 1
    }
  }

  private mutating func resample(
    _ block: inout RequestBlock, _ rows: Range<Int>, scratch: inout ShiftScratch
  ) {
    guard var recent = recent.take() else { return }
    defer { self.recent = recent }
    choices.fillUnits(&scratch.draws.units, from: firstRequest(rows, of: block))
    for row in 0..<block.count { scratch.isDonor[row] = 1 }
    donors.restrict(&scratch.isDonor, to: block, rows: 0..<block.count)
    // Where nobody is replaced, donors that later ones of the block overwrite are passed over.
    var passed = 0
    if rows.isEmpty {
      let count = scratch.isDonor[0..<block.count].count { $0 > 0 }
      passed = max(0, count - RecentRequests.capacity)
      recent.skip(passed)
    }
    for row in 0..<block.count {
      let isReplaced = rows.contains(row) && scratch.weights[row] > 0
      let choice = isReplaced ? recent.choice(by: scratch.draws.units[row - rows.lowerBound]) : nil
      if scratch.isDonor[row] > 0 {
        if passed > 0 { passed -= 1 } else { recent.keep(row, of: block) }
      }
      guard isReplaced else { continue }
      guard let choice else {
        withoutDonor += 1
        continue
      }
      recent.restore(choice, to: &block, row: row)
      block.shifted[row] |= bit
      affected += 1
    }
  }
}

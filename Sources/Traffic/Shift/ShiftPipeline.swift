import Documents
import Probability

/// All shifts of a scenario, applied to blocks of requests in place and in the scenario's order.
///
/// A shift sees what the shifts before it left: its segment and its conditions are tested on the
/// values as they stand when its turn comes. Columns kept for reporting by segment keep what the
/// request truly was; only resampling replaces them, with the rest of the request.
///
/// Draws are addressed by seed, request and a stream of the shift's own (`streams`), so that neither the
/// block size nor another shift changes them.
package struct ShiftPipeline: Sendable {
  /// The columns after the shifts: the source's, and categories that a swap brought.
  package private(set) var schema: TrafficSchema

  private var categories: [CategoryCodes]
  private var acts: [ShiftAct]
  private let labellers: [any Labeller]
  private let seed: UInt64
  private var start: SimulatedTime?
  private var last: SimulatedTime?
  private var scratch = ShiftScratch()

  /// A shift that comes and goes more often than this is told as one span that covers all of it.
  package static let mostSpans = 10_000
  /// The truth of a row is a bit for each shift.
  package static let mostShifts = 64

  /// - Parameters:
  ///   - schema: of the traffic that is to be shifted.
  ///   - open: features of which more categories may come; `learn` is told of them.
  ///   - labellers: the scenario's; a concept change names one by its index.
  ///   - start: of the traffic, from which offsets count; nil is its first arrival.
  package init(
    shifts: [ShiftPlan], schema: TrafficSchema, open: [String] = [], labellers: [any Labeller],
    seed: UInt64, start: SimulatedTime? = nil
  ) throws(TrafficError) {
    let mistakes = ShiftCheck.mistakes(
      in: shifts, of: schema, open: open, labellerCount: labellers.count)
    guard mistakes.isEmpty else { throw .badData(Diagnostics(mistakes)) }
    self.schema = ShiftCheck.schema(schema, after: shifts)
    self.labellers = labellers
    self.seed = seed
    categories = CategoryCodes.columns(of: schema)
    let streams = Self.streams(for: shifts)
    acts = []
    for (index, plan) in shifts.enumerated() {
      acts.append(
        ShiftAct(plan, index: index, schema: self.schema, stream: streams[index], seed: seed))
    }
    if let start { begin(at: start) }
  }

  /// What each shift did so far, in the scenario's order.
  package var truth: [ShiftTruth] {
    acts.map { act in
      guard let start, let last else { return act.truth(from: nil, to: nil) }
      return act.truth(from: start, to: SimulatedTime(nanoseconds: last.nanoseconds &+ 1))
    }
  }

  /// What could not be done, for the person.
  package var counts: [TrafficCount] { acts.compactMap(\.withoutDonorCount) }

  /// Takes in categories and class names that the source has met since.
  package mutating func learn(_ source: TrafficSchema) {
    schema.label = source.label
    var grew = false
    for index in categories.indices where categories[index].learn(source, into: &schema) {
      grew = true
    }
    guard grew else { return }
    for index in acts.indices { acts[index].resolve(schema) }
  }

  /// Edits the next block of the traffic and sets its truth bits.
  package mutating func apply(to block: inout RequestBlock) {
    guard block.count > 0 else { return }
    if start == nil { begin(at: block.arrivals[0]) }
    last = block.arrivals[block.count - 1]
    for column in categories { column.recode(&block.features, block.capacity, count: block.count) }
    for row in 0..<block.count { block.shifted[row] = 0 }
    for index in acts.indices {
      acts[index].apply(
        to: &block, label: schema.label, labellers: labellers, seed: seed, scratch: &scratch)
    }
  }

  private mutating func begin(at time: SimulatedTime) {
    start = time
    for index in acts.indices { acts[index].begin(at: time) }
  }

  /// A stream for each shift: "shift/<kind>/<target>", with "#2" and so on for a later one of equal
  /// kind and target.
  ///
  /// It says nothing of name, amount, schedule or place in the list: so a shift keeps its luck when
  /// these change, and two runs that differ by an amount can be compared in pairs.
  private static func streams(for shifts: [ShiftPlan]) -> [String] {
    var stems: [String] = []
    return shifts.map { shift in
      let stem = "shift/\(shift.kind.word)/\(shift.kind.target)"
      stems.append(stem)
      let number = stems.count { $0 == stem }
      return number == 1 ? stem : "\(stem)#\(number)"
    }
  }
}

/// Space that the shifts of a run share, a value a row.
struct ShiftScratch: Sendable {
  /// The strength of the shift on each row; after a choice, 1 or 0.
  var weights: [Double] = []
  /// 1 where a resampling may draw the row later on.
  var isDonor: [Double] = []
  var draws = DrawSpace()
  var labels: [Float] = []

  mutating func reserve(_ capacity: Int) {
    guard weights.count < capacity else { return }
    weights = Array(repeating: 0, count: capacity)
    isDonor = Array(repeating: 0, count: capacity)
    labels = Array(repeating: 0, count: capacity)
    draws.reserve(capacity)
  }
}

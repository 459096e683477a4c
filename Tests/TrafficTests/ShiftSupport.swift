import Probability
import Traffic

/// Traffic with known columns: x and y numeric with some missing, sector with three categories, three classes, logged
/// columns, latencies, units and segments.
struct TableSource: TrafficSource {
  let schema: TrafficSchema
  var counts: [TrafficCount] { [] }
  let requests: Int
  let secondsApart: Int64
  private var ordinal = 0

  init(
    requests: Int = 2_000, secondsApart: Int64 = 60,
    label: TrafficSchema.Label = .classes(names: ["low", "middle", "high"])
  ) {
    self.requests = requests
    self.secondsApart = secondsApart
    schema = TrafficSchema(
      features: [
        .init(name: "x", kind: .numeric), .init(name: "y", kind: .numeric),
        .init(name: "sector", kind: .categorical(categories: ["retail", "trade", "public"])),
      ], label: label, logged: ["score"], segments: ["region"], hasUnits: true, hasLatency: true)
  }

  mutating func next(into block: inout RequestBlock) throws(TrafficError) -> Bool {
    block.count = min(block.capacity, requests - ordinal)
    var classes: UInt32 = 3
    if case .classes(let names) = schema.label { classes = UInt32(names.count) }
    block.firstOrdinal = UInt64(ordinal)
    for row in 0..<block.count {
      let request = ordinal + row
      var luck = RandomStream(seed: 99, StreamName("table"), entity: UInt64(request))
      block.arrivals[row] = monday + .seconds(Int64(request) * secondsApart)
      block.units[row] = UInt64(request / 3)
      let x = Float(luck.nextUnit() * 10 - 5)
      block.features[row] = request % 11 == 3 ? .nan : x
      block.features[block.capacity + row] = request % 13 == 5 ? .nan : Float(request)
      block.features[2 * block.capacity + row] =
        request % 17 == 2 ? .nan : Float(luck.nextWord() % 3)
      block.labels[row] = request % 19 == 4 ? .nan : Float(luck.nextWord() % classes)
      block.logged[row] = luck.nextUnit()
      block.latencies[row] = Int64(request) * 1_000
      block.segments[row] = UInt32(request % 4)
    }
    ordinal += block.count
    return block.count > 0
  }
}

/// What a table becomes under shifts, and what was said about it.
struct Shifted {
  var traffic: WholeTraffic
  var truth: [ShiftTruth]
  var counts: [TrafficCount]
  var schema: TrafficSchema
}

func shift(
  _ shifts: [ShiftPlan], source: TableSource = TableSource(), seed: UInt64 = 7,
  blockSize: Int = 4_096, labellers: [any Labeller] = [ConstantLabeller(value: 2)]
) throws -> Shifted {
  var shifted = try ShiftedSource(
    source: source, shifts: shifts, labellers: labellers, seed: seed)
  let traffic = try readAll(&shifted, blockSize: blockSize)
  return Shifted(
    traffic: traffic, truth: shifted.truth, counts: shifted.counts, schema: shifted.schema)
}

func unshifted(_ source: TableSource = TableSource()) throws -> WholeTraffic {
  var source = source
  return try readAll(&source)
}

extension ShiftPlan {
  init(_ kind: Kind, schedule: Schedule = Schedule(), segment: [Condition] = []) {
    self.init(name: "\(kind)", kind: kind, schedule: schedule, segment: segment)
  }

  func named(_ name: String) -> ShiftPlan {
    var copy = self
    copy.name = name
    return copy
  }

  func scheduled(_ schedule: Schedule) -> ShiftPlan {
    var copy = self
    copy.schedule = schedule
    return copy
  }

  /// One of each kind, at a severity that shows.
  static let ofEveryKind: [ShiftPlan] = [
    ShiftPlan(.scale(feature: "x", factor: 1.3)),
    ShiftPlan(.offset(feature: "x", amount: -2)),
    ShiftPlan(.noise(feature: "y", standardDeviation: 3)),
    ShiftPlan(.missing(feature: "x", rate: 0.2)),
    ShiftPlan(.swapCategory(feature: "sector", from: "retail", to: "online", rate: 0.5)),
    ShiftPlan(
      .resample(toward: [Condition(feature: "sector", test: .category("trade"))], share: 0.4)),
    ShiftPlan(.flipLabel(rate: 0.3)),
    ShiftPlan(.concept(labeller: 0)),
  ]

  /// The same kinds at severity zero.
  static let ofNoSeverity: [ShiftPlan] = [
    ShiftPlan(.scale(feature: "x", factor: 1)),
    ShiftPlan(.offset(feature: "x", amount: 0)),
    ShiftPlan(.noise(feature: "y", standardDeviation: 0)),
    ShiftPlan(.missing(feature: "x", rate: 0)),
    ShiftPlan(.swapCategory(feature: "sector", from: "retail", to: "trade", rate: 0)),
    ShiftPlan(.swapCategory(feature: "sector", from: "retail", to: "retail", rate: 1)),
    ShiftPlan(
      .resample(toward: [Condition(feature: "sector", test: .category("trade"))], share: 0)),
    ShiftPlan(.flipLabel(rate: 0)),
  ]
}

extension ShiftPlan.Schedule {
  static func between(_ from: SimulatedDuration?, _ until: SimulatedDuration?) -> Self {
    var schedule = Self()
    schedule.from = from.map { .offset($0) }
    schedule.until = until.map { .offset($0) }
    return schedule
  }

  func ramping(_ duration: SimulatedDuration, _ shape: Ramp.Shape) -> Self {
    var copy = self
    copy.ramp = Ramp(duration: duration, shape: shape)
    return copy
  }

  func recurring(every: SimulatedDuration, activeFor: SimulatedDuration) -> Self {
    var copy = self
    copy.recurrence = Recurrence(every: every, activeFor: activeFor)
    return copy
  }
}

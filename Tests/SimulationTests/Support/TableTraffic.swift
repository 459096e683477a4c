import Models
import Probability
import Simulation
import Traffic

/// Traffic that is written down row by row.
struct TableTraffic: TrafficSource {
  struct Row {
    var time: SimulatedTime
    var unit: UInt64 = 0
    var label = Float.nan
    /// By logged column: the answers of the arms.
    var logged: [Double] = []
    /// In nanoseconds; negative is missing.
    var latency: Int64 = -1
    /// By segment column.
    var segments: [UInt32] = []
  }

  let schema: TrafficSchema
  var rows: [Row]
  private var position = 0

  init(schema: TrafficSchema, rows: [Row]) {
    self.schema = schema
    self.rows = rows
  }

  var counts: [TrafficCount] { [] }

  mutating func next(into block: inout RequestBlock) throws(TrafficError) -> Bool {
    block.firstOrdinal = UInt64(position)
    block.count = min(block.capacity, rows.count - position)
    for place in 0..<block.count {
      let row = rows[position + place]
      block.arrivals[place] = row.time
      block.units[place] = row.unit
      block.labels[place] = row.label
      block.latencies[place] = row.latency
      for (column, value) in row.logged.enumerated() {
        block.logged[column * block.capacity + place] = value
      }
      for (column, value) in row.segments.enumerated() {
        block.segments[column * block.capacity + place] = value
      }
    }
    position += block.count
    return block.count > 0
  }
}

/// A table of traffic, arms that answer with its logged columns, and a plan to play it by.
struct Play {
  var traffic: TableTraffic
  var ledger: LedgerPlan
  var deployment = DeploymentPlan.shadow(mirror: 1)
  var comparisons: [ComparisonPlan] = []
  var gates: [GateRule] = []
  var seed: UInt64 = 7
  var blockSize = 4096
  var threads = 1

  /// - Parameter arms: by name; arm i answers with logged column i.
  init(
    arms: [String], task: StudyFindings.Task, metrics: [Metric], isSplit: Bool = false,
    hasUnits: Bool = false, segments: [String] = [], rows: [TableTraffic.Row] = []
  ) {
    let label: TrafficSchema.Label =
      switch task {
      case .binary(let names), .classes(let names): .classes(names: names)
      case .regression: .real
      case .unlabelled: .none
      }
    let schema = TrafficSchema(
      features: [], label: label, logged: arms, segments: segments, hasUnits: hasUnits,
      hasLatency: true)
    let output: ModelOutput =
      switch task {
      case .binary: .probability
      case .classes(let names): .classProbabilities(count: names.count)
      case .regression, .unlabelled: .value
      }
    traffic = TableTraffic(schema: schema, rows: rows)
    ledger = LedgerPlan(
      arms: arms.map { ArmPlan(name: $0, model: .column(name: $0, output: output)) },
      outputs: arms.map { _ in output }, task: task, isSplit: isSplit, metrics: metrics,
      options: MetricOptions(), labels: LabelPlan(), buckets: .automatic, schema: schema,
      monitors: [])
    if isSplit {
      deployment = .split(
        shares: arms.map { _ in 1 / Double(arms.count) }, salt: "test", by: .unit)
    }
    comparisons = metrics.filter(\.isComparable).map { ComparisonPlan(metric: $0) }
  }

  static let binary = StudyFindings.Task.binary(names: ["no", "yes"])

  func run() throws -> Timeline.Run {
    let schema = traffic.schema
    let models = try ledger.arms.map {
      try ModelReader.boundModel(for: $0.model, baseDirectory: "", schema: schema, named: $0.name)
    }
    var plan = Timeline.Plan(
      ledger: ledger, deployment: deployment, models: models.map(\.model),
      columns: models.map(\.columns), seed: seed)
    plan.blockSize = blockSize
    plan.threads = threads
    var timeline = Timeline(plan)
    var source: any TrafficSource = traffic
    return try timeline.run(&source) { _ in }
  }

  func findings() throws -> StudyFindings { findings(of: try run()) }

  func findings(of run: Timeline.Run) -> StudyFindings {
    FindingsBuilder(run).findings(
      FindingsBuilder.Frame(
        title: "", fingerprint: "", seed: seed, deployment: deployment, comparisons: comparisons,
        gates: gates, models: ledger.arms.map(\.name), trafficCounts: [], shifts: [],
        assumedZone: nil, schema: traffic.schema,
        segmentValues: traffic.schema.segments.map { _ in ["a", "b", "c"] }))
  }
}

extension SimulatedTime {
  /// Midnight of a day in UTC.
  static func day(_ year: Int, _ month: Int, _ day: Int) -> SimulatedTime {
    CalendarDate(year: year, month: month, day: day).flatMap { SimulatedTime(date: $0) }
      ?? SimulatedTime(nanoseconds: 0)
  }

  static func seconds(_ seconds: Double) -> SimulatedTime {
    SimulatedTime(nanoseconds: Int64(seconds * 1e9))
  }
}

extension StudyFindings {
  func arm(_ name: String) -> ArmFindings? { arms.first { $0.name == name } }
}

extension ArmFindings {
  subscript(metric: Metric) -> Finding? { metrics.first { $0.metric == metric }?.finding }
}

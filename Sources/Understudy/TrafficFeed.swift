import Documents
import Models
import Scenarios
import Simulation
import Traffic

/// One pass over a scenario's traffic, bent by its shifts, with what it knows of itself at the end.
struct TrafficFeed: TrafficSource {
  private let recording: RecordingSource?
  private let trace: TraceFile?
  private let isPaced: Bool
  private var shifted: ShiftedSource
  private let spool: SpooledInput?

  /// - Parameters:
  ///   - spool: what stands for a recording that comes from standard input.
  ///   - trace: takes the requests down as they come, before the shifts.
  init(
    _ scenario: Scenario, directory: String, spool: SpooledInput? = nil,
    labellers: [any Labeller], seed: UInt64, trace: TraceFile? = nil
  ) throws(TrafficError) {
    self.spool = spool
    self.trace = trace
    isPaced = scenario.traffic.isPaced
    var base: any TrafficSource
    let start: SimulatedTime?
    switch scenario.traffic {
    case .replay(let plan):
      let source = try spool.naming { () throws(TrafficError) in
        try RecordingSource(plan: spool.reading(plan), baseDirectory: directory)
      }
      recording = source
      base = source
      start = plan.start ?? source.start
    case .synthetic(let plan):
      recording = nil
      start = plan.start
      base = SyntheticSource(plan: plan, labellers: labellers, seed: seed)
    }
    if let trace { trace.begin(at: start) }
    if let trace, !scenario.traffic.isPaced {
      base = TracedSource(base, recording: recording, into: trace)
    }
    shifted = try ShiftedSource(
      source: base, shifts: scenario.shifts, labellers: labellers, seed: seed, start: start)
  }

  /// Takes down requests whose arrivals users decide, where a trace was asked for; no shift bends them.
  var recorder: (any RequestRecorder)? {
    guard let trace, isPaced else { return nil }
    return TraceRecorder(trace: trace, schema: schema, segmentValues: segmentValues)
  }

  var schema: TrafficSchema { shifted.schema }
  var openFeatures: [String] { shifted.openFeatures }
  var counts: [TrafficCount] { shifted.counts }
  var truth: [ShiftTruth] { shifted.truth }

  mutating func next(into block: inout RequestBlock) throws(TrafficError) -> Bool {
    do { return try shifted.next(into: &block) } catch { throw spool.renamed(error) }
  }

  /// "UTC" where times without a zone were read in it; nil when all times had one or there were
  /// none.
  var assumedZone: String? {
    recording?.assumedZone.map { offset in
      if offset == .zero { return "UTC" }
      let minutes = Int(offset.nanoseconds / 60_000_000_000)
      let hours = String(minutes.magnitude / 60)
      let rest = String(minutes.magnitude % 60)
      let padded = { (text: String) in text.count < 2 ? "0" + text : text }
      return "UTC" + (minutes < 0 ? "-" : "+") + padded(hours) + ":" + padded(rest)
    }
  }

  /// The text of each code of each segment column.
  var segmentValues: [[String]] {
    Self.segmentValues(of: schema, recording)
  }

  fileprivate static func segmentValues(
    of schema: TrafficSchema, _ recording: RecordingSource?
  ) -> [[String]] {
    schema.segments.indices.map { column in
      if let recording { return recording.segmentNames(column) }
      guard let feature = schema.featureIndex(schema.segments[column]),
        case .categorical(let names) = schema.features[feature].kind
      else { return [] }
      return names
    }
  }
}

private struct TraceRecorder: RequestRecorder {
  let trace: TraceFile
  let schema: TrafficSchema
  let segmentValues: [[String]]

  func record(_ block: RequestBlock) {
    trace.append(block, schema, segmentValues: segmentValues)
  }
}

extension TrafficPlan {
  /// Whether the services decide when requests arrive.
  fileprivate var isPaced: Bool {
    if case .synthetic(let plan) = self { plan.isPaced } else { false }
  }
}

/// Passes requests on and has them taken down.
private struct TracedSource: TrafficSource {
  private var base: any TrafficSource
  private let recording: RecordingSource?
  private let trace: TraceFile

  init(_ base: any TrafficSource, recording: RecordingSource?, into trace: TraceFile) {
    self.base = base
    self.recording = recording
    self.trace = trace
  }

  var schema: TrafficSchema { base.schema }
  var openFeatures: [String] { base.openFeatures }
  var counts: [TrafficCount] { base.counts }

  mutating func next(into block: inout RequestBlock) throws(TrafficError) -> Bool {
    guard try base.next(into: &block) else { return false }
    let schema = base.schema
    trace.append(block, schema, segmentValues: TrafficFeed.segmentValues(of: schema, recording))
    return true
  }
}

extension SpooledInput? {
  /// The plan with the file that stands for standard input.
  func reading(_ plan: RecordingPlan) -> RecordingPlan {
    guard let self, plan.path == "-" else { return plan }
    var plan = plan
    plan.path = self.path
    return plan
  }

  /// The person has never heard of the file.
  func renamed(_ error: TrafficError) -> TrafficError {
    guard let self else { return error }
    switch error {
    case .fileMissing(let path): return path == self.path ? .fileMissing(path: Self.name) : error
    case .unreadable(let path, let reason):
      return path == self.path ? .unreadable(path: Self.name, reason: reason) : error
    case .badData(let diagnostics):
      let list = diagnostics.list.map { diagnostic in
        var renamed = diagnostic
        if renamed.place?.file == self.path { renamed.place?.file = Self.name }
        return renamed
      }
      return .badData(Diagnostics(list))
    }
  }

  func naming<Answer>(
    _ body: () throws(TrafficError) -> Answer
  ) throws(TrafficError) -> Answer {
    do { return try body() } catch { throw renamed(error) }
  }

  private static var name: String { SpooledInput.name }
}

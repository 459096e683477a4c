import Documents
import Models
import Scenarios
import Simulation
import Traffic

/// One pass over a scenario's traffic, bent by its shifts, with what it knows of itself at the end.
struct TrafficFeed: TrafficSource {
  private let recording: RecordingSource?
  private var shifted: ShiftedSource

  init(
    _ scenario: Scenario, directory: String, labellers: [any Labeller], seed: UInt64
  ) throws(TrafficError) {
    let base: any TrafficSource
    let start: SimulatedTime?
    switch scenario.traffic {
    case .replay(let plan):
      let source = try RecordingSource(
        plan: plan, baseDirectory: directory)
      recording = source
      base = source
      start = source.start
    case .synthetic(let plan):
      recording = nil
      start = plan.start
      base = SyntheticSource(plan: plan, labellers: labellers, seed: seed)
    }
    shifted = try ShiftedSource(
      source: base, shifts: scenario.shifts, labellers: labellers, seed: seed, start: start)
  }

  var schema: TrafficSchema { shifted.schema }
  var counts: [TrafficCount] { shifted.counts }
  var truth: [ShiftTruth] { shifted.truth }

  mutating func next(into block: inout RequestBlock) throws(TrafficError) -> Bool {
    try shifted.next(into: &block)
  }

  /// "UTC" where times without a zone were read in it; nil when all times had one or there were none.
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
    schema.segments.indices.map { column in
      if let recording { return recording.segmentNames(column) }
      guard let feature = schema.featureIndex(schema.segments[column]),
        case .categorical(let names) = schema.features[feature].kind
      else { return [] }
      return names
    }
  }
}

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
    switch scenario.traffic {
    case .replay(let plan):
      let source = try RecordingSource(
        plan: Self.withLoggedColumns(plan, arms: scenario.arms), baseDirectory: directory)
      recording = source
      base = source
    case .synthetic(let plan):
      recording = nil
      base = SyntheticSource(plan: plan, labellers: labellers, seed: seed)
    }
    shifted = try ShiftedSource(
      source: base, shifts: scenario.shifts, labellers: labellers, seed: seed)
  }

  /// The plan with the columns that arms take their logged answers from.
  private static func withLoggedColumns(_ plan: RecordingPlan, arms: [ArmPlan]) -> RecordingPlan {
    var plan = plan
    for arm in arms {
      if case .column(let name, _) = arm.model, !plan.loggedColumns.contains(name) {
        plan.loggedColumns.append(name)
      }
    }
    return plan
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

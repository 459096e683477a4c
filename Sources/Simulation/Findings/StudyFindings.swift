import Traffic

/// Everything that a run found: what the reports draw and `summary.json` holds.
///
/// It depends on the scenario, the data's bytes, the seed and the program's version, on nothing else.
package struct StudyFindings: Sendable, Equatable {
  package var title: String
  /// SHA-256 of the resolved scenario, in hex.
  package var fingerprint: String
  package var seed: UInt64
  package var task: Task
  package var requests: Int
  package var start: SimulatedTime
  package var duration: SimulatedDuration
  package var deployment: DeploymentPlan
  package var options: MetricOptions
  /// Production first.
  package var arms: [ArmFindings]
  package var comparisons: [ComparisonFinding]
  package var timeline: TimelineFindings
  package var segments: [SegmentFindings]
  package var disagreements: [DisagreementFindings]
  package var shifts: [ShiftTruth]
  package var events: [EventFinding]
  package var health: HealthFindings
  package var gates: [GateFinding]
  /// The same run without the mirror, compared in pairs; where the scenario asks for it.
  package var mirrorCost: [ComparisonFinding]
  package var replications: ReplicationFindings?

  package enum Task: Sendable, Equatable {
    /// Names of class 0 and class 1.
    case binary(names: [String])
    case classes(names: [String])
    case regression
    case unlabelled
  }

  package init(
    title: String, fingerprint: String, seed: UInt64, task: Task, requests: Int,
    start: SimulatedTime, duration: SimulatedDuration, deployment: DeploymentPlan,
    options: MetricOptions, arms: [ArmFindings], timeline: TimelineFindings, health: HealthFindings
  ) {
    self.title = title
    self.fingerprint = fingerprint
    self.seed = seed
    self.task = task
    self.requests = requests
    self.start = start
    self.duration = duration
    self.deployment = deployment
    self.options = options
    self.arms = arms
    self.timeline = timeline
    self.health = health
    comparisons = []
    segments = []
    disagreements = []
    shifts = []
    events = []
    gates = []
    mirrorCost = []
    replications = nil
  }
}

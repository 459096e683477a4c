import Models
import Simulation
import Traffic

/// An experiment, checked: what `scenario.json5` says with every default filled in.
package struct Scenario: Sendable, Equatable {
  package var title: String
  package var seed: UInt64
  package var traffic: TrafficPlan
  package var shifts: [ShiftPlan]
  /// Models that labels follow: a synthetic traffic's, or a concept change's; in order of appearance.
  package var labellers: [ModelReference]
  /// Production first, then the candidates in the scenario's order.
  package var arms: [ArmPlan]
  /// Replicas that routes of arms name, in the order of the text.
  package var stations: [NamedStation]
  package var deployment: DeploymentPlan
  /// How a shadow's mirror spares production; nil is not at all.
  package var mirrorSparing: MirrorSparing?
  package var labels: LabelPlan
  package var metrics: [Metric]
  package var metricOptions: MetricOptions
  package var buckets: TimeBuckets
  package var comparisons: [ComparisonPlan]
  package var monitors: [MonitorPlan]
  package var gates: [GateRule]
  package var replications: Int
  /// Synthetic traffic: how many requests the truth that intervals are checked against is estimated from.
  package var truthRequests: Int?
  /// For a shadow whose candidates share production's replicas: also run without the mirror, and report the paired slowdown.
  package var twinWithoutMirror: Bool

  /// Whether events of equal time and priority come in an order that is drawn.
  package var shufflesTies: Bool

  package init(title: String, seed: UInt64, traffic: TrafficPlan, arms: [ArmPlan]) {
    self.title = title
    self.seed = seed
    self.traffic = traffic
    self.arms = arms
    shifts = []
    labellers = []
    stations = []
    deployment = .shadow(mirror: 1)
    mirrorSparing = nil
    labels = LabelPlan()
    metrics = []
    metricOptions = MetricOptions()
    buckets = .automatic
    comparisons = []
    monitors = []
    gates = []
    replications = 1
    truthRequests = nil
    twinWithoutMirror = false
    shufflesTies = false
  }
}

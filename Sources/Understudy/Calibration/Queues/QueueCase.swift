import Probability
import Simulation

/// A queue whose steady state has a closed form, with its exact values.
struct QueueCase: Sendable {
  let name: String
  /// Between arrivals, in seconds.
  let gaps: Distribution
  let service: ServicePlan
  var stations: [NamedStation] = []
  /// The share of customers that goes first.
  var urgentShare = 0.0
  /// What the shares of those who wait or stay longer are asked at, in seconds.
  var threshold = 0.0
  /// Of a run: so many that its load fits in often.
  var customers: Int
  let exact: [Exact]

  struct Exact: Sendable, Equatable {
    let metric: QueueMetric
    let value: Double
  }

  init(
    _ name: String, gaps: Distribution, service: ServicePlan, customers: Int,
    exact: KeyValuePairs<QueueMetric, Double>
  ) {
    self.name = name
    self.gaps = gaps
    self.service = service
    self.customers = customers
    self.exact = exact.map { Exact(metric: $0.key, value: $0.value) }
  }

  func asks(for metrics: QueueMetric...) -> Bool {
    exact.contains { metrics.contains($0.metric) }
  }
}

import Probability
import Simulation

extension QueueCase {
  /// In the order of the oracles' file; where a law of services is named again for shared processors, "_ps" stands behind it.
  static let all = markovian + general + losses + shared + stations

  /// First come, first served.
  ///
  /// - Parameter places: in the system, those who are served among them; nil is no limit.
  static func fifo(
    _ name: String, gaps: Distribution, service: Distribution, replicas: Int = 1,
    places: Int? = nil, patience: Distribution? = nil, threshold: Double = 0, customers: Int,
    exact: KeyValuePairs<QueueMetric, Double>
  ) -> QueueCase {
    var plan = ServicePlan(time: .drawn(service))
    plan.replicas = replicas
    plan.queueLimit = places.map { $0 - replicas }
    plan.client.patience = patience
    var queue = QueueCase(name, gaps: gaps, service: plan, customers: customers, exact: exact)
    queue.threshold = threshold
    return queue
  }

  /// One processor that serves all at once.
  static func sharing(
    _ name: String, gaps: Distribution, service: Distribution, customers: Int,
    exact: KeyValuePairs<QueueMetric, Double>
  ) -> QueueCase {
    var plan = ServicePlan(time: .drawn(service))
    plan.station.discipline = .processorSharing
    return QueueCase(name, gaps: gaps, service: plan, customers: customers, exact: exact)
  }
}

extension Distribution {
  static func lognormal(mean: Double, sigma: Double) -> Distribution {
    .lognormal(mu: Elementary.log(mean) - sigma * sigma / 2, sigma: sigma)
  }

  static func erlang(stages: Double, mean: Double) -> Distribution {
    .gamma(shape: stages, scale: mean / stages)
  }

  /// Exponential at the first rate with the given probability, else at the second.
  static func hyperexponential(_ share: Double, _ first: Double, _ second: Double) -> Distribution {
    .mixture([
      .init(weight: share, distribution: .exponential(mean: 1 / first)),
      .init(weight: 1 - share, distribution: .exponential(mean: 1 / second)),
    ])
  }
}

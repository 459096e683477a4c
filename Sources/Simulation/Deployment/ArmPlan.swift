import Models
import Probability
import Traffic

/// An arm: a model plus the service it runs on.
package struct ArmPlan: Sendable, Equatable {
  package var name: String
  package var model: ModelReference
  package var service: ServicePlan?
  /// In the scenario's currency, per thousand answered requests.
  package var costPerThousand: Double?

  package init(name: String, model: ModelReference, service: ServicePlan? = nil) {
    self.name = name
    self.model = model
    self.service = service
  }
}

/// Where virtual time passes: replicas behind one FIFO queue.
package struct ServicePlan: Sendable, Equatable {
  package var replicas = 1
  /// Requests that may wait; one more is shed. nil is no limit.
  package var queueLimit: Int?
  package var time: ServiceTime
  /// Measured from arrival; nil is none.
  package var timeout: SimulatedDuration?
  /// Whether a request that timed out frees its place in the queue or its replica at once.
  package var timeoutCancels = true
  /// The probability that a served request ends in an error.
  package var errorRate = 0.0
  package var luck = Luck.shared
  /// The arm whose replicas and queue this one uses; its own `replicas`, `queueLimit` are then not read.
  package var sharedWith: String?

  package enum ServiceTime: Sendable, Equatable {
    /// In seconds.
    case drawn(Distribution)
    /// The logged latency of the request, times `scale`.
    case logged(scale: Double)
  }

  /// Whether arms meet the same luck (one uniform a request, each through its own quantile function).
  package enum Luck: String, Sendable, CaseIterable { case shared, own }

  package init(time: ServiceTime) { self.time = time }
}

/// Which arm answers the user, and which only see a copy.
package enum DeploymentPlan: Sendable, Equatable {
  /// Production answers; each candidate sees the share `mirror` of requests. Samples are nested: what a
  /// smaller share sees, a larger one sees too.
  case shadow(mirror: Double)
  /// Every request goes to one arm by the hash of its unit; shares in the order of the arms, adding up to 1.
  case split(shares: [Double], salt: String, by: SplitUnit)

  package enum SplitUnit: String, Sendable, CaseIterable { case unit, request }
}

/// When labels arrive.
package struct LabelPlan: Sendable, Equatable {
  /// From the request's arrival, in seconds.
  package var delay: Distribution
  /// The probability that a label never comes.
  package var lost: Double

  package init(delay: Distribution = .constant(0), lost: Double = 0) {
    self.delay = delay
    self.lost = lost
  }
}

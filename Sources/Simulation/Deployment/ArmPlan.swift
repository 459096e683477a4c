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

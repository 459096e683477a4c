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

extension DeploymentPlan {
  /// Of a shadow's requests, the share that is copied; 0 where nothing is.
  var mirrorShare: Double {
    if case .shadow(let mirror) = self { mirror } else { 0 }
  }
}

/// A mirror that steps back while production is busy: additive increase, multiplicative decrease.
///
/// Each `interval` it looks how many of production's requests wait. Above `queue` the share of requests
/// that is copied is halved, down to `least`; else it rises by `step`, up to the mirror's own share. A
/// copy that is not sent counts as dropped. Which copies go is drawn as for the mirror itself (stream
/// "mirror"), so that a smaller share's are among a larger one's.
package struct MirrorSparing: Sendable, Equatable {
  package var queue: Int
  package var interval = SimulatedDuration(seconds: 1)
  package var least = 0.0
  package var step = 0.05

  package init(queue: Int) { self.queue = queue }
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

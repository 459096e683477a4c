import Probability
import Traffic

/// Where virtual time passes: clients, and replicas behind a queue.
///
/// With `station`, `client`, `route` and `language` as they stand by default it is a FIFO queue in
/// front of equal replicas, and nothing feeds back (`isPlain`).
package struct ServicePlan: Sendable, Equatable {
  package var replicas = 1
  /// Requests that may wait, in each queue where replicas have their own; one more is shed. nil is no
  /// limit. With processor sharing only those wait who find no replica.
  package var queueLimit: Int?
  package var time: ServiceTime
  /// Measured from arrival; nil is none.
  package var timeout: SimulatedDuration?
  /// Whether a request that timed out frees its place in the queue or its replica at once.
  package var timeoutCancels = true
  /// The probability that a served request ends in an error.
  package var errorRate = 0.0
  package var luck = Luck.shared
  /// The arm whose replicas and queue this one uses; its own `replicas`, `queueLimit` and `station` are
  /// then not read.
  package var sharedWith: String?
  package var station = StationPlan()
  package var client = ClientPlan()
  /// The stations that a request visits, in order; empty is this service's own and no other.
  package var route: [RouteStep] = []
  /// A language model's engine in place of `time`.
  package var language: LanguagePlan?

  package enum ServiceTime: Sendable, Equatable {
    /// In seconds.
    case drawn(Distribution)
    /// The logged latency of the request, times `scale`.
    case logged(scale: Double)
    case sized(SizedTime)
  }

  /// Whether arms meet the same luck (one uniform a request, each through its own quantile function).
  package enum Luck: String, Sendable, CaseIterable { case shared, own }

  package init(time: ServiceTime) { self.time = time }

  /// Whether it is a FIFO queue in front of equal replicas that are always there, with clients who ask
  /// once: what a recursion can serve.
  package var isPlain: Bool {
    station == StationPlan() && client == ClientPlan() && route.isEmpty && language == nil
  }
}

/// Replicas that arms share on a request's way: a feature store, a ranker, a connection pool.
package struct NamedStation: Sendable, Equatable {
  package var name: String
  /// Its time-out, client, route, sharing and language are not read.
  package var service: ServicePlan
  /// Names its draws; a twin meets the luck of the station that it is one of.
  package var luckName: String

  package init(name: String, service: ServicePlan) {
    self.name = name
    self.service = service
    luckName = name
  }

  /// The same replicas once more, for somebody who shares them with nobody.
  package func twin(named name: String) -> NamedStation {
    var twin = self
    twin.name = name
    return twin
  }
}

extension ServicePlan {
  /// The named stations that requests come to, in the order of the route.
  package var stationNames: [String] { route.flatMap(\.stationNames) }

  /// The same with other names of stations.
  package func renamingStations(_ rename: (String) -> String) -> ServicePlan {
    var plan = self
    plan.route = route.map { step in
      switch step {
      case .own: step
      case .visit(let name): .visit(rename(name))
      case .hold(let name): .hold(rename(name))
      case .fanOut(let names, let needed): .fanOut(names.map(rename), needed: needed)
      }
    }
    return plan
  }
}

extension RouteStep {
  package var stationNames: [String] {
    switch self {
    case .own: []
    case .visit(let name), .hold(let name): [name]
    case .fanOut(let names, _): names
    }
  }
}

/// One stretch of a request's way.
package enum RouteStep: Sendable, Equatable {
  /// The service's own replicas; with the probability `again` the request comes back to them at once.
  case own(again: Double)
  /// A named station.
  case visit(String)
  /// Several at once: the request goes on when `needed` of them have answered; the others are let run,
  /// and their answers are late.
  case fanOut([String], needed: Int)
  /// Holds a place of a named station (a connection pool) from here to the end of the request's way.
  case hold(String)
}

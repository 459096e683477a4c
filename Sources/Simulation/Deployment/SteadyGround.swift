import Probability
import Statistics
import Traffic

/// Whether one run can tell what an arm's latency is in the long run, from the scenario alone.
///
/// It takes requests at a constant rate, and a queue of which it is known before the run how slowly it
/// forgets: a run that looks long enough to itself is one that missed the crowds.
package enum SteadyGround: Sendable, Equatable {
  /// The load of the queue, and how many of its customers each request of the traffic makes on average.
  case known(OfferedLoad, customersPerRequest: Double)
  case unknown(Obstacle)

  package enum Obstacle: String, Sendable, CaseIterable {
    /// The input is not stationary.
    case recordedTraffic, changingRate
    /// It is, and remembers longer than a load can say.
    case burstyTraffic, unknownGroups, waitingUsers
    /// How slowly the service forgets has no closed form.
    case retries, gates, changingReplicas, failures, batches, separateQueues, route, languageEngine
    case adaptiveMirror, loggedTimes, noMean

    /// Whether it is the traffic that changes over time.
    package var isOfInput: Bool {
      [.recordedTraffic, .changingRate, .waitingUsers].contains(self)
    }
  }

  package var load: OfferedLoad? {
    if case .known(let load, _) = self { load } else { nil }
  }
}

extension LoadPlan {
  /// By arm; nil without a service.
  ///
  /// - Parameter isSparing: whether the mirror's share depends on production's queue.
  package func steadyGrounds(of traffic: TrafficPlan, isSparing: Bool) -> [SteadyGround?] {
    arms.map { arm in
      arm.service == nil ? nil : steadyGround(of: arm, traffic, isSparing: isSparing)
    }
  }

  private func steadyGround(
    of arm: ArmPlan, _ traffic: TrafficPlan, isSparing: Bool
  ) -> SteadyGround {
    let owner = arm.service?.sharedWith ?? arm.name
    let users = arms.filter { $0.name == owner || $0.service?.sharedWith == owner }
    let shares = users.map { share(of: $0) }
    let plans = users.compactMap(\.service)
    guard let own = arms.first(where: { $0.name == owner })?.service else {
      preconditionFailure("replicas of nobody")
    }
    let flow: SteadyFlow
    switch traffic.steadyFlow {
    case .success(let found): flow = found
    case .failure(let obstacle): return .unknown(obstacle.kind)
    }
    if isSparing { return .unknown(.adaptiveMirror) }
    for plan in plans {
      if let obstacle = plan.steadyObstacle(owner: own) { return .unknown(obstacle) }
    }
    guard let law = SteadyService(plans, shares: shares) else { return .unknown(.noMean) }
    let sum = shares.reduce(0, +)
    let speed = own.meanSpeed
    let load = OfferedLoad(
      utilisation: flow.rate * sum * law.mean / (Double(own.replicas) * speed),
      servers: own.replicas, gapVariation: flow.variation(of: visits(users, shares)),
      serviceVariation: law.variation, tail: law.tail)
    return .known(load, customersPerRequest: sum)
  }

  /// How many customers of a queue a request makes. Copies of one request go to all candidates or to none.
  private func visits(_ users: [ArmPlan], _ shares: [Double]) -> (mean: Double, variance: Double) {
    let sum = shares.reduce(0, +)
    guard case .shadow(let mirror) = deployment else { return (sum, sum * (1 - sum)) }
    let copies = Double(users.count { $0.name != arms.first?.name })
    return (sum, copies * copies * mirror * (1 - mirror))
  }
}

/// A stationary stream of requests.
private struct SteadyFlow {
  /// A second.
  var rate: Double
  /// The limit of the index of dispersion: the variance of the count in a long time over its mean.
  var dispersion: Double

  struct Obstacle: Error { var kind: SteadyGround.Obstacle }

  /// The dispersion of customers of whom each request makes none, one or several, as it is drawn for it.
  func variation(of visits: (mean: Double, variance: Double)) -> Double {
    visits.mean > 0 ? visits.mean * dispersion + visits.variance / visits.mean : 0
  }
}

extension TrafficPlan {
  fileprivate var steadyFlow: Result<SteadyFlow, SteadyFlow.Obstacle> {
    guard case .synthetic(let plan) = self else {
      return .failure(.init(kind: .recordedTraffic))
    }
    var dispersion = 1.0
    switch plan.arrivals {
    case .constant: dispersion = 0
    case .poisson:
      if let gaps = plan.gaps {
        guard let mean = gaps.mean, let variance = gaps.variance, mean > 0 else {
          return .failure(.init(kind: .burstyTraffic))
        }
        dispersion = variance / (mean * mean)
      }
    case .piecewise, .wave: return .failure(.init(kind: .changingRate))
    case .states, .hawkes: return .failure(.init(kind: .burstyTraffic))
    case .users: return .failure(.init(kind: .waitingUsers))
    }
    guard let rate = rate?.mean, let groups = plan.groupMoments else {
      return .failure(.init(kind: .unknownGroups))
    }
    return .success(
      SteadyFlow(
        rate: rate, dispersion: dispersion * groups.mean + groups.variance / groups.mean))
  }
}

extension SyntheticPlan {
  /// Of how many requests come at each arrival; nil without a closed form.
  fileprivate var groupMoments: (mean: Double, variance: Double)? {
    switch groups {
    case nil: return (1, 0)
    case .constant(let size): return (max(1, size.rounded()), 0)
    case .empirical(let sizes):
      let whole = sizes.map { max(1, $0.rounded()) }
      let mean = whole.reduce(0, +) / Double(whole.count)
      let squares = whole.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (mean, squares / Double(whole.count))
    default: return nil
    }
  }
}

extension ServicePlan {
  /// What keeps the load from saying how slowly the service forgets.
  fileprivate func steadyObstacle(owner: ServicePlan) -> SteadyGround.Obstacle? {
    let station = owner.station
    if language != nil || owner.language != nil { return .languageEngine }
    if !route.isEmpty { return .route }
    if case .logged = time { return .loggedTimes }
    if client.retry != nil || client.hedge != nil { return .retries }
    if client.breaker != nil || client.rateLimit != nil { return .gates }
    if station.scaling != .fixed || station.setUp != nil { return .changingReplicas }
    if !station.failures.isEmpty { return .failures }
    if station.batch != nil { return .batches }
    return station.balancing == .central ? nil : .separateQueues
  }

  /// Of the replicas; the service time is divided by it.
  fileprivate var meanSpeed: Double {
    let speeds = station.speeds
    guard !speeds.isEmpty else { return 1 }
    let sum = (0..<replicas).reduce(0) { $0 + speeds[$1 % speeds.count] }
    return sum / Double(replicas)
  }
}

/// The service time of a customer who may be of any arm.
private struct SteadyService {
  /// In seconds.
  var mean: Double
  /// Squared coefficient of variation; infinite where a variance is.
  var variation: Double
  var tail: OfferedLoad.ServiceTail

  /// nil without a mean above 0.
  init?(_ plans: [ServicePlan], shares: [Double]) {
    let sum = shares.reduce(0, +)
    guard sum > 0 else { return nil }
    var (mean, square) = (0.0, 0.0)
    tail = .light
    for (plan, share) in zip(plans, shares) where share > 0 {
      guard case .drawn(let law) = plan.time, let own = law.mean else { return nil }
      mean += share / sum * own
      square += share / sum * ((law.variance ?? .infinity) + own * own)
      tail = tail.heavier(law.tail)
    }
    guard mean > 0 else { return nil }
    self.mean = mean
    variation = max(0, square / (mean * mean) - 1)
  }
}

extension OfferedLoad.ServiceTail {
  fileprivate func heavier(_ other: Self) -> Self {
    switch (self, other) {
    case (.power(let index), .power(let second)): .power(index: min(index, second))
    case (.power, _): self
    case (_, .power), (_, .heavy): other
    default: self
    }
  }
}

extension Distribution {
  /// How fast large values become rare.
  fileprivate var tail: OfferedLoad.ServiceTail {
    switch self {
    case .pareto(_, let shape): .power(index: shape)
    case .lognormal: .heavy
    case .weibull(let shape, _): shape < 1 ? .heavy : .light
    case .mixture(let parts):
      parts.filter { $0.weight > 0 }.reduce(.light) { $0.heavier($1.distribution.tail) }
    case .shifted(_, let law): law.tail
    case .constant, .uniform, .exponential, .normal, .gamma, .bernoulli, .categorical, .empirical,
      .quantiles:
      .light
    }
  }
}

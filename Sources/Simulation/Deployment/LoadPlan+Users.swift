import Probability

/// Asymptotic bounds of a closed loop.
extension LoadPlan {
  /// N users who think for Z on average send at most N / (Z + S) requests a second, where S is the mean
  /// of what a request must take; replicas that serve C a second let them send no more than that.
  ///
  /// - Source: Denning and Buzen (1978), "The operational analysis of queueing network models".
  func closed(_ users: UserPlan) -> [ServiceLoad] {
    // Loads at one request a second are the parts of their capacity that one request takes.
    let single = LoadPlan(
      arms: arms, stations: stations, deployment: deployment, rate: TrafficRate(mean: 1, peak: 1)
    ).loads
    let byUsers = mostSent(by: users)
    // Replicas that users do not wait for may be sent all that these can send.
    let others = LoadPlan(
      arms: arms, stations: stations, deployment: deployment,
      rate: byUsers.map { TrafficRate(mean: $0, peak: $0) }
    ).loads
    return zip(single, others).map { single, other in
      guard let capacity = single.atOneRequest.map({ 1 / $0 }) else { return other }
      var load = other
      if !isWaitedFor(single.place) {
        if let byUsers { load.notes.append(.whileUsersSend(most: byUsers)) }
        return load
      }
      let isFull = capacity < byUsers ?? .infinity
      load.verdict = .closed(
        most: min(capacity, byUsers ?? capacity), isFull ? .replicas : .users)
      load.notes = single.notes
      return load
    }
  }

  /// nil where thinking has no mean, and no bound follows.
  private func mostSent(by users: UserPlan) -> Double? {
    guard let think = users.think.mean else { return nil }
    let service = arms.reduce(0) { $0 + answeredShare(of: $1) * leastTime($1) }
    let round = think + service
    return round > 0 ? Double(users.count) / round : nil
  }

  /// The mean time that a request of an arm takes at least: 0 where it may end before its service does.
  private func leastTime(_ arm: ArmPlan) -> Double {
    guard let service = arm.service, service.sharedWith == nil, service.route.isEmpty,
      service.timeout == nil, service.queueLimit == nil, service.station.batch == nil,
      service.station.speeds.isEmpty, service.station.failures.isEmpty,
      service.client.deadline == nil, service.client.patience == nil,
      service.client.rateLimit == nil, service.client.breaker == nil, service.client.hedge == nil,
      case .drawn(let law) = service.time
    else { return 0 }
    return law.mean ?? 0
  }

  /// The share of requests whose users wait for this arm.
  private func answeredShare(of arm: ArmPlan) -> Double {
    switch deployment {
    case .shadow: arm.name == arms.first?.name ? 1 : 0
    case .split(let shares, _, _):
      zip(arms, shares).first { $0.0.name == arm.name }?.1 ?? 0
    }
  }

  private func isWaitedFor(_ place: ServiceLoad.Place) -> Bool {
    arms.contains { arm in
      guard answeredShare(of: arm) > 0, let service = arm.service else { return false }
      switch place {
      case .arm(let name): return service.sharedWith.map { $0 == name } ?? (arm.name == name)
      case .station(let name): return service.stationNames.contains(name)
      }
    }
  }
}

extension ServiceLoad {
  /// The load that was found for one request a second; nil where none could be.
  fileprivate var atOneRequest: Double? {
    switch verdict {
    case .stable(let load), .unstable(let load), .overloaded(let load, _, _):
      load > 0 ? load : nil
    case .notDeterminable, .closed: nil
    }
  }
}

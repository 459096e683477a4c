/// The services that run in one cell: arms that share replicas, directly or by the stations they visit.
struct ServingGroup {
  /// Indices of arms, in the order in which they meet a request: an owner before those who share with it.
  var arms: [Int]
  /// By member: the arm that owns the replicas.
  var owners: [Int]
  /// Indices of named stations.
  var stations: [Int]

  /// All groups, in the order of their first owners. Arms without a service are in none.
  ///
  /// - Parameter isJoint: whether all arms are one group, though they share nothing.
  static func all(
    names: [String], services: [ServicePlan?], stations: [NamedStation], isJoint: Bool = false
  ) -> [ServingGroup] {
    let owners = services.indices.map { owner(of: $0, names, services) }
    // The group of an arm or a station is the least arm that it is connected with.
    var groups = owners
    let visited = services.map { Self.stations(of: $0, among: stations) }
    for _ in services {
      for arm in services.indices where services[arm] != nil {
        for other in services.indices where services[other] != nil {
          let isShared = !Set(visited[arm]).isDisjoint(with: visited[other])
          if owners[arm] == owners[other] || isShared || isJoint {
            let least = min(groups[arm], groups[other])
            groups[arm] = least
            groups[other] = least
          }
        }
      }
    }
    let firsts = services.indices.filter { services[$0] != nil && groups[$0] == $0 }
    return firsts.map { first in
      let members = services.indices.filter { services[$0] != nil && groups[$0] == first }
      let ordered = members.filter { owners[$0] == $0 }.flatMap { owner in
        [owner] + members.filter { $0 != owner && owners[$0] == owner }
      }
      let used = stations.indices.filter { station in
        ordered.contains { visited[$0].contains(station) }
      }
      return ServingGroup(arms: ordered, owners: ordered.map { owners[$0] }, stations: used)
    }
  }

  /// Whether a FIFO queue and equal replicas are all there is.
  func isPlain(_ services: [ServicePlan?]) -> Bool {
    stations.isEmpty && arms.allSatisfy { services[$0]?.isPlain ?? false }
      && owners.allSatisfy { $0 == owners[0] }
  }

  private static func stations(of plan: ServicePlan?, among stations: [NamedStation]) -> [Int] {
    guard let names = plan?.stationNames else { return [] }
    return stations.indices.filter { names.contains(stations[$0].name) }
  }

  private static func owner(of arm: Int, _ names: [String], _ services: [ServicePlan?]) -> Int {
    var owner = arm
    for _ in services {
      guard let other = services[owner]?.sharedWith else { break }
      guard let found = names.firstIndex(of: other), services[found] != nil else {
        preconditionFailure("\(names[owner]) shares with \(other), which has no service")
      }
      owner = found
    }
    precondition(services[owner]?.sharedWith == nil, "\(names[arm]) shares in a circle")
    return owner
  }
}

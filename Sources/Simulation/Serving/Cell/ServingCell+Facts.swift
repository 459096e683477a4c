extension ServingCell {
  /// What a member's own station and its attempts went through up to `now`.
  func facts(ofMember member: Int, at now: Int64) -> ServingFacts {
    var facts = facts(
      ofAccount: member, station: blueprint.clients[member].station, at: now)
    facts.attempts = tallies[member]
    facts.negativeTimes = oddTimes[member].negative
    facts.cutTimes += oddTimes[member].cut
    return facts
  }

  /// - Parameter place: among the cell's named stations.
  func facts(ofStation place: Int, at now: Int64) -> ServingFacts {
    let account = arms.count + place
    let station = blueprint.stations.count - stationIndices.count + place
    return facts(ofAccount: account, station: station, at: now)
  }

  private func facts(ofAccount account: Int, station: Int, at now: Int64) -> ServingFacts {
    var facts = ServingFacts()
    let plan = blueprint.stations[station]
    facts.replicas = plan.scaling == .fixed ? plan.replicas : plan.most
    guard hasBegun else { return facts }
    facts.waitingArea = accounts[account].waitingArea(now)
    facts.servingArea = accounts[account].servingArea(now)
    facts.busyArea = accounts[account].busyArea(now)
    facts.waitingSum = accounts[account].waitingSum
    facts.servingSum = accounts[account].servingSum
    facts.orderedArea = stationStates[station].orderedArea(now)
    facts.readyArea = stationStates[station].readyArea(now)
    facts.maximumWaiting = accounts[account].mostWaiting
    facts.cutTimes = accounts[account].cutTimes
    return facts
  }
}

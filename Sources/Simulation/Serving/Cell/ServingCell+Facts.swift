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

  /// The first arrival: stretches of time begin.
  mutating func beginMarks(at now: Int64) {
    marks.begin(at: now)
    nextMark = marks.next
  }

  /// Keeps the areas at the ends of the stretches before `now`: what happens now comes after them.
  mutating func mark(upTo now: Int64) {
    while nextMark < now {
      let time = nextMark
      marks.append((0..<accounts.count).map { areas(ofAccount: $0, at: time) })
      nextMark = marks.next
    }
  }

  func levels(ofMember member: Int, until end: Int64) -> ServingLevels? {
    guard hasBegun else { return nil }
    return marks.levels(of: member, until: end, areas(ofAccount: member, at: end))
  }

  private func station(ofAccount account: Int) -> Int {
    if account < arms.count { return blueprint.clients[account].station }
    return blueprint.stations.count - stationIndices.count + account - arms.count
  }

  private func areas(ofAccount account: Int, at now: Int64) -> ServingLevels.Stretch {
    let station = station(ofAccount: account)
    return ServingLevels.Stretch(
      waitingArea: accounts[account].waitingArea(now),
      servingArea: accounts[account].servingArea(now),
      busyArea: accounts[account].busyArea(now),
      orderedArea: stationStates[station].orderedArea(now),
      readyArea: stationStates[station].readyArea(now))
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

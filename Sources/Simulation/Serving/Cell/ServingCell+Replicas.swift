import Probability
import Traffic

extension ServingCell {
  /// The first arrival: everything that is there from the start is there.
  mutating func begin(at now: Int64) {
    hasBegun = true
    beginBudgets(at: now)
    beginMarks(at: now)
    for station in 0..<blueprint.stations.count {
      let plan = blueprint.stations[station]
      var count = plan.replicas
      if plan.scaling == .schedule { count = beginSchedule(station, at: now) }
      for index in 0..<plan.most { setSpeed(plan.firstReplica + index, station) }
      for index in 0..<count { bring(plan.firstReplica + index, station, at: now) }
      stationStates[station].ordered = count
      stationStates[station].orderedMoment = -Int128(count) * Int128(now)
      stationStates[station].readyMoment = -Int128(count) * Int128(now)
      listReady(station)
      if plan.scaling == .automatic {
        autoscalers[plan.scaler].begin(at: now, replicas: count)
        scheduleWithin(.scale, now, plan.interval, station)
      }
    }
    beginFaults(at: now)
  }

  private mutating func bring(_ replica: Int, _ station: Int, at now: Int64) {
    if blueprint.stations[station].hasSetUp {
      replicas[replica].state = .resting
    } else {
      replicas[replica].state = .ready
      addIdle(replica, at: now)
    }
  }

  mutating func scheduleWithin(
    _ happening: Happening, _ now: Int64, _ length: Int64, _ subject: Int
  ) {
    let time = saturatingSum(now, length)
    if time <= endOfTime { agenda.schedule(happening, at: time, subject) }
  }

  // MARK: Who is idle, who is there

  @inline(__always) private func word(_ replica: Int) -> (Int, UInt64) {
    let index = Int(replicas[replica].index)
    let first = blueprint.stations[Int(replicas[replica].station)].firstWord
    return (first &+ index >> 6, 1 << UInt64(index & 63))
  }

  @inline(__always) func isIdle(_ replica: Int, _ station: Int) -> Bool {
    let (word, bit) = word(replica)
    return idleWords[word] & bit != 0
  }

  @inline(__always) mutating func addIdle(_ replica: Int, at now: Int64) {
    let (word, bit) = word(replica)
    if idleWords[word] & bit == 0 {
      idleWords[word] |= bit
      let station = Int(replicas[replica].station)
      stationStates[station].idle &+= 1
      if blueprint.stations[station].hasBatches { beginIdleTime(replica, station, at: now) }
    }
  }

  @inline(__always) mutating func removeIdle(_ replica: Int, at now: Int64) {
    let (word, bit) = word(replica)
    if idleWords[word] & bit != 0 {
      idleWords[word] &= ~bit
      let station = Int(replicas[replica].station)
      stationStates[station].idle &-= 1
      if blueprint.stations[station].hasBatches { endIdleTime(replica, station, at: now) }
    }
  }

  /// The idle replica with the lowest index; there must be one.
  @inline(__always) func firstIdle(_ station: Int) -> Int {
    var word = blueprint.stations[station].firstWord
    while idleWords[word] == 0 { word &+= 1 }
    let index =
      (word &- blueprint.stations[station].firstWord) << 6
      &+ idleWords[word].trailingZeroBitCount
    return blueprint.stations[station].firstReplica &+ index
  }

  private func isThere(_ replica: Int) -> Bool {
    let state = replicas[replica].state
    return replicas[replica].isUp && (state == .ready || state == .resting || state == .settingUp)
  }

  private func listReady(_ station: Int) {
    let plan = blueprint.stations[station]
    var count = 0
    for index in 0..<plan.most where isThere(plan.firstReplica + index) {
      readyReplicas[plan.firstReplica + count] = Int32(plan.firstReplica + index)
      count += 1
    }
    stationStates[station].ready = count
  }

  /// Counts anew after a replica came or went.
  func recount(_ station: Int, at now: Int64) {
    let before = stationStates[station].ready
    listReady(station)
    let step = stationStates[station].ready - before
    stationStates[station].readyMoment -= Int128(step) * Int128(now)
  }

  // MARK: Work

  /// A replica has nothing on it: it takes what waits, rests, or goes.
  @inline(never) mutating func free(_ replica: Int, at now: Int64) {
    if replicas[replica].state == .draining {
      replicas[replica].state = .absent
    } else if replicas[replica].state == .ready && replicas[replica].isUp {
      employ(replica, at: now)
    }
  }

  @inline(never) private mutating func employ(_ replica: Int, at now: Int64) {
    if isStranding { return }
    let station = Int(replicas[replica].station)
    var queue = blueprint.stations[station].firstQueue
    if blueprint.stations[station].hasOwnQueues {
      let own = ownQueue(of: replica)
      if queues[own].count > 0 || queues[queue].count == 0 { queue = own }
    }
    if queues[queue].count > 0 && !blueprint.stations[station].isShared {
      if !blueprint.stations[station].hasBatches {
        let visit = next(in: queue)
        leaveQueue(visit, at: now)
        visits[visit].state = .coming
        begin(visit, on: replica, at: now)
        return
      }
      let size = batchSize(queue, station, at: now)
      if size > 0 {
        beginBatch(size, from: queue, on: replica, at: now)
        return
      }
      planBatchWait(queue, station)
    }
    if blueprint.stations[station].hasSetUp && queues[queue].count == 0 {
      replicas[replica].state = .resting
    } else {
      addIdle(replica, at: now)
    }
  }

  /// Somebody waits: a replica that was switched off is switched on, one for each who waits.
  mutating func wake(_ station: Int, _ queue: Int, at now: Int64) {
    guard stationStates[station].settingUp < queues[queue].count else { return }
    let plan = blueprint.stations[station]
    let own = Int(queues[queue].replica)
    for place in 0..<stationStates[station].ready {
      let replica = Int(readyReplicas[plan.firstReplica + place])
      guard replicas[replica].state == .resting && (own < 0 || own == replica) else { continue }
      let entity = UInt64(UInt32(bitPattern: replicas[replica].index))
      let length = CellDraws.nanoseconds(
        draws.setUps[station].seconds(entity, UInt64(UInt32(bitPattern: replicas[replica].setUps))))
      replicas[replica].setUps += 1
      replicas[replica].state = .settingUp
      stationStates[station].settingUp += 1
      replicas[replica].event = agenda.schedule(.ready, at: later(now, by: length), replica)
      return
    }
  }

  /// A replica has started or is set up.
  mutating func becomeReady(_ replica: Int, at now: Int64) {
    let station = Int(replicas[replica].station)
    replicas[replica].event = .none
    if replicas[replica].state == .settingUp { stationStates[station].settingUp -= 1 }
    if replicas[replica].state == .starting { replicas[replica].served = 0 }
    replicas[replica].state = .ready
    recount(station, at: now)
    takeUp(replica, at: now)
  }

  /// A replica that is up and has nothing on it begins to work.
  mutating func takeUp(_ replica: Int, at now: Int64) {
    let station = Int(replicas[replica].station)
    guard replicas[replica].isUp, replicas[replica].state == .ready, replicas[replica].count == 0
    else { return }
    if blueprint.stations[station].isShared {
      addIdle(replica, at: now)
      let queue = blueprint.stations[station].firstQueue
      while queues[queue].count > 0 {
        let visit = oldest(in: queue)
        leaveQueue(visit, at: now)
        visits[visit].state = .coming
        share(visit, on: chooseReplica(visit, station, 0), at: now)
      }
    } else {
      employ(replica, at: now)
    }
  }

  // MARK: How many

  /// Orders replicas, or orders them away.
  mutating func order(_ wanted: Int, _ station: Int, at now: Int64) {
    let plan = blueprint.stations[station]
    let wanted = min(plan.most, max(0, wanted))
    let change = wanted - stationStates[station].ordered
    if change == 0 { return }
    stationStates[station].ordered = wanted
    stationStates[station].orderedMoment -= Int128(change) * Int128(now)
    if change > 0 {
      keepDraining(upTo: change, station, at: now)
    } else {
      send(away: -change, station, at: now)
    }
  }

  /// Those that are still there because they serve somebody stay; others are new.
  private mutating func keepDraining(upTo count: Int, _ station: Int, at now: Int64) {
    let plan = blueprint.stations[station]
    var missing = count
    for replica in plan.firstReplica..<plan.firstReplica + plan.most where missing > 0 {
      guard replicas[replica].state == .draining else { continue }
      replicas[replica].state = .ready
      missing -= 1
    }
    recount(station, at: now)
    for replica in plan.firstReplica..<plan.firstReplica + plan.most where missing > 0 {
      guard replicas[replica].state == .absent else { continue }
      start(replica, station, at: now)
      missing -= 1
    }
  }

  private mutating func start(_ replica: Int, _ station: Int, at now: Int64) {
    let entity = UInt64(UInt32(bitPattern: replicas[replica].index))
    let turn = UInt64(UInt32(bitPattern: replicas[replica].starts))
    replicas[replica].starts += 1
    replicas[replica].state = .starting
    guard blueprint.stations[station].hasColdStart else {
      becomeReady(replica, at: now)
      return
    }
    let length = CellDraws.nanoseconds(draws.coldStarts[station].seconds(entity, turn))
    replicas[replica].event = agenda.schedule(.ready, at: later(now, by: length), replica)
  }

  /// Those that have not started yet go first, then those with the highest index.
  private mutating func send(away count: Int, _ station: Int, at now: Int64) {
    let plan = blueprint.stations[station]
    let all = plan.firstReplica..<plan.firstReplica + plan.most
    var left = count
    for replica in all.reversed() where left > 0 && replicas[replica].state == .starting {
      agenda.cancel(replicas[replica].event)
      replicas[replica].event = .none
      replicas[replica].state = .absent
      left -= 1
    }
    for replica in all.reversed() where left > 0 {
      switch replicas[replica].state {
      case .ready:
        replicas[replica].state = replicas[replica].count > 0 ? .draining : .absent
        removeIdle(replica, at: now)
      case .settingUp:
        agenda.cancel(replicas[replica].event)
        replicas[replica].event = .none
        stationStates[station].settingUp -= 1
        replicas[replica].state = .absent
      case .resting: replicas[replica].state = .absent
      default: continue
      }
      left -= 1
      recount(station, at: now)
      rehome(replica, at: now)
    }
  }

  // MARK: Schedules and autoscalers

  /// - Returns: the replicas there are at the first arrival.
  private mutating func beginSchedule(_ station: Int, at now: Int64) -> Int {
    let plan = blueprint.stations[station]
    var start = now
    if plan.period != .max {
      let rest = now % plan.period
      start = now - (rest < 0 ? rest + plan.period : rest)
    }
    stationStates[station].periodStart = start
    var step = 0
    while step + 1 < plan.scheduleStepCount
      && saturatingSum(start, blueprint.schedule[plan.firstScheduleStep + step + 1].from) <= now
    {
      step += 1
    }
    stationStates[station].scheduleStep = step
    planScheduleStep(station, at: now)
    return blueprint.schedule[plan.firstScheduleStep + step].replicas
  }

  private mutating func planScheduleStep(_ station: Int, at now: Int64) {
    let plan = blueprint.stations[station]
    let next = stationStates[station].scheduleStep + 1
    var time = Int64.max
    if next < plan.scheduleStepCount {
      time = saturatingSum(
        stationStates[station].periodStart, blueprint.schedule[plan.firstScheduleStep + next].from)
    } else if plan.period != .max {
      time = saturatingSum(stationStates[station].periodStart, plan.period)
    }
    if time <= endOfTime { agenda.schedule(.scale, at: max(now, time), station) }
  }

  /// The schedule's next step, or the autoscaler's next look.
  mutating func scale(_ station: Int, at now: Int64) {
    let plan = blueprint.stations[station]
    if plan.scaling == .schedule {
      var step = stationStates[station].scheduleStep + 1
      if step == plan.scheduleStepCount {
        step = 0
        stationStates[station].periodStart &+= plan.period
      }
      stationStates[station].scheduleStep = step
      planScheduleStep(station, at: now)
      order(blueprint.schedule[plan.firstScheduleStep + step].replicas, station, at: now)
      return
    }
    var look = AutoscalerLook()
    look.ordered = stationStates[station].ordered
    look.ready = stationStates[station].ready
    for place in plan.firstAccount..<plan.firstAccount + plan.accountCount {
      let account = accounts[Int(blueprint.accounts[place])]
      look.waitingArea += account.waitingArea(now)
      look.servingArea += account.servingArea(now)
      look.busyArea += account.busyArea(now)
    }
    let wanted = autoscalers[plan.scaler].decide(look, at: now)
    scheduleWithin(.scale, now, plan.interval, station)
    order(wanted, station, at: now)
  }
}

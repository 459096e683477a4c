import Probability
import Traffic

/// Replicas that serve one request or one batch at a time.
extension ServingCell {
  /// Puts one visit on a replica that is idle.
  @inline(never)
  mutating func begin(_ visit: Int, on replica: Int, at now: Int64) {
    removeIdle(replica, at: now)
    visits[visit].previous = -1
    visits[visit].next = -1
    replicas[replica].first = Int32(truncatingIfNeeded: visit)
    replicas[replica].count = 1
    let account = Int(visits[visit].account)
    replicas[replica].account = Int32(truncatingIfNeeded: account)
    accounts[account].busy &+= 1
    accounts[account].busyMoment &-= Int128(now)
    enterService(visit, replica, at: now)
    if visits[visit].role == .hold {
      attempts[Int(visits[visit].attempt)].holdsPlaces = true
      // Told by an event, so that places granted in a row do not nest.
      visits[visit].patience = agenda.schedule(.grant, at: now, visit)
      return
    }
    let station = Int(replicas[replica].station)
    schedule(
      work: scaled(visits[visit].planned, station, replica, requests: 1), on: replica, at: now)
  }

  @inline(__always)
  mutating func enterService(_ visit: Int, _ replica: Int, at now: Int64) {
    if visits[visit].state == .waiting { stopWaiting(visit, at: now) }
    let account = Int(visits[visit].account)
    visits[visit].state = .serving
    visits[visit].replica = Int32(truncatingIfNeeded: replica)
    visits[visit].began = now
    accounts[account].serving &+= 1
    accounts[account].servingMoment &-= Int128(now)
  }

  @inline(__always)
  mutating func leaveService(_ visit: Int, at now: Int64) {
    let account = Int(visits[visit].account)
    accounts[account].serving &-= 1
    accounts[account].servingMoment &+= Int128(now)
    accounts[account].servingSum &+= Int128(now &- visits[visit].began)
  }

  @inline(__always) func becomeUnbusy(_ replica: Int, at now: Int64) {
    let account = Int(replicas[replica].account)
    accounts[account].busy &-= 1
    accounts[account].busyMoment &+= Int128(now)
  }

  /// An attempt has a place that it holds, and goes on.
  mutating func grant(_ visit: Int, at now: Int64) {
    visits[visit].patience = .none
    advance(Int(visits[visit].attempt), at: now)
  }

  /// How long a replica takes for what takes `planned` at speed 1 with a warm cache.
  @inline(never)
  mutating func scaled(_ planned: Int64, _ station: Int, _ replica: Int, requests: Int64) -> Int64 {
    if blueprint.stations[station].isEven { return planned }
    return CellDraws.rounded(
      Double(planned) * takeCold(station, replica, requests) / replicas[replica].speed)
  }

  /// The factor of a replica's cold cache for the next request, of which `requests` are then served.
  mutating func takeCold(_ station: Int, _ replica: Int, _ requests: Int64) -> Double {
    let factor = blueprint.stations[station].coldFactor
    if factor == 1 { return 1 }
    let halvings = Double(replicas[replica].served) / blueprint.stations[station].coldHalf
    replicas[replica].served &+= requests
    return 1 + (factor - 1) * Elementary.exp(-halvings * 0.693_147_180_559_945_3)
  }

  /// Plans the end of what a replica serves, where the client's time-out may cut it.
  @inline(never)
  private mutating func schedule(work: Int64, on replica: Int, at now: Int64) {
    let visit = Int(replicas[replica].first)
    let room = endOfTime &- now
    // A service of the longest length has been counted when it was cut to that.
    if work > room && work < ServiceDraws.longest {
      accounts[Int(visits[visit].account)].cutTimes += 1
    }
    let end = now &+ min(work, room)
    replicas[replica].workEnd = end
    var time = end
    visits[visit].isCut = false
    if replicas[replica].count == 1 {
      let attempt = Int(visits[visit].attempt)
      let deadline = attempts[attempt].deadline
      if end > deadline && attempts[attempt].isAwaited && cancels(attempt) {
        visits[visit].isCut = true
        time = max(now, deadline)
      }
    }
    replicas[replica].event = agenda.schedule(.serviceEnd, at: time, replica)
  }

  @inline(__always) private func cancels(_ attempt: Int) -> Bool {
    blueprint.clients[Int(requests[Int(attempts[attempt].request)].member)].cancels
  }

  /// A replica's speed has changed: what is left to do takes more or less time.
  mutating func rescale(_ replica: Int, from old: Double, at now: Int64) {
    guard replicas[replica].count > 0, replicas[replica].event != .none else { return }
    let left = replicas[replica].workEnd &- now
    agenda.cancel(replicas[replica].event)
    replicas[replica].event = .none
    schedule(
      work: CellDraws.rounded(Double(left) * (old / replicas[replica].speed)), on: replica, at: now)
  }

  /// A replica is done with what it serves.
  @inline(never) mutating func endService(of replica: Int, at now: Int64) {
    replicas[replica].event = .none
    let first = Int(replicas[replica].first)
    if visits[first].isCut {
      visits[first].isCut = false
      if attempts[Int(visits[first].attempt)].isAwaited {
        timeOut(Int(visits[first].attempt), at: now)
      } else {
        // Nobody waits for it any more, and nobody takes it back: it is served to its end.
        replicas[replica].event = agenda.schedule(
          .serviceEnd, at: replicas[replica].workEnd, replica)
      }
      return
    }
    note(now)
    detachAll(replica, at: now)
    free(replica, at: now)
    tell(first, at: now)
  }

  /// Takes all visits off a replica; they stay linked to each other.
  mutating func detachAll(_ replica: Int, at now: Int64) {
    becomeUnbusy(replica, at: now)
    var visit = Int(replicas[replica].first)
    while visit >= 0 {
      leaveService(visit, at: now)
      visits[visit].state = .ended
      visit = Int(visits[visit].next)
    }
    replicas[replica].first = -1
    replicas[replica].count = 0
  }

  /// Tells the attempts of linked visits that these are over.
  @inline(never) private mutating func tell(_ first: Int, at now: Int64) {
    var visit = first
    while visit >= 0 {
      let next = Int(visits[visit].next)
      if visits[visit].attempt < 0 {
        visits.release(visit)
      } else {
        endVisit(
          visit, visits[visit].fails ? .failed : .answered, service: now &- visits[visit].began,
          at: now)
      }
      visit = next
    }
  }

  /// A visit that is in no queue and on no replica is over.
  @inline(never)
  mutating func endVisit(_ visit: Int, _ fate: Fate, service: Int64, at now: Int64) {
    let record = visits[visit]
    unlinkMate(visit)
    visits.release(visit)
    note(now)
    if record.role == .single && Int(record.account) < arms.count {
      addOwnTime(record, served: service, at: now)
    }
    goOn(
      Int(record.attempt), from: record.role, fan: record.fan, service: service, fate, at: now)
  }

  @inline(__always) private func unlinkMate(_ visit: Int) {
    let (previous, next) = (visits[visit].matePrevious, visits[visit].mateNext)
    if previous >= 0 {
      visits[Int(previous)].mateNext = next
    } else {
      attempts[Int(visits[visit].attempt)].visits = next
    }
    if next >= 0 { visits[Int(next)].matePrevious = previous }
  }

  /// Takes a visit away from wherever it is; its attempt is not told.
  mutating func remove(_ visit: Int, at now: Int64) {
    let attempt = Int(visits[visit].attempt)
    unlinkMate(visit)
    switch visits[visit].state {
    case .waiting: leaveQueue(visit, at: now)
    case .ended:
      // Whoever ended it still holds it.
      visits[visit].attempt = -1
      return
    case .serving:
      agenda.cancel(visits[visit].patience)
      visits[visit].patience = .none
      if visits[visit].role == .single && !attempts[attempt].isOver {
        attempts[attempt].service &+= now &- visits[visit].began
      }
      leaveReplica(visit, at: now)
    case .coming: break
    }
    visits.release(visit)
  }

  private mutating func leaveReplica(_ visit: Int, at now: Int64) {
    let replica = Int(visits[visit].replica)
    if blueprint.stations[Int(replicas[replica].station)].isShared {
      leaveShared(visit, replica, at: now)
      return
    }
    leaveService(visit, at: now)
    let (previous, next) = (visits[visit].previous, visits[visit].next)
    if previous >= 0 {
      visits[Int(previous)].next = next
    } else {
      replicas[replica].first = next
    }
    if next >= 0 { visits[Int(next)].previous = previous }
    replicas[replica].count &-= 1
    if replicas[replica].count == 0 {
      agenda.cancel(replicas[replica].event)
      replicas[replica].event = .none
      becomeUnbusy(replica, at: now)
      free(replica, at: now)
    }
  }

  // MARK: Batches

  /// Starts batches from a queue as long as there is an idle replica and a batch to start; else sees to
  /// it that the oldest does not wait too long.
  mutating func formBatches(_ queue: Int, at now: Int64) {
    let station = Int(queues[queue].station)
    while true {
      let replica = idleReplica(for: queue, station)
      if replica < 0 { return }
      let size = batchSize(queue, station, at: now)
      if size == 0 { break }
      beginBatch(size, from: queue, on: replica, at: now)
    }
    planBatchWait(queue, station)
  }

  mutating func endBatchWait(of queue: Int, at now: Int64) {
    queues[queue].timer = .none
    queues[queue].timerAt = .max
    formBatches(queue, at: now)
  }

  mutating func planBatchWait(_ queue: Int, _ station: Int) {
    guard queues[queue].count > 0 else { return }
    let visit = oldest(in: queue)
    let time = saturatingSum(visits[visit].entered, blueprint.stations[station].longestWait)
    guard time <= endOfTime && time != queues[queue].timerAt else { return }
    agenda.cancel(queues[queue].timer)
    queues[queue].timer = .none
    queues[queue].timer = agenda.schedule(.batchWait, at: time, queue)
    queues[queue].timerAt = time
  }

  /// How many would start now; 0 is none yet.
  mutating func batchSize(_ queue: Int, _ station: Int, at now: Int64) -> Int {
    let count = queues[queue].count
    if count == 0 { return 0 }
    let plan = blueprint.stations[station]
    if count >= plan.full {
      var size = plan.preferredCount == 0 ? plan.largest : 0
      for index in 0..<plan.preferredCount {
        let preferred = Int(blueprint.preferred[plan.firstPreferred + index])
        if preferred <= count { size = preferred }
      }
      return size
    }
    let visit = oldest(in: queue)
    let waited = now &- visits[visit].entered
    return waited >= plan.longestWait ? count : 0
  }

  mutating func beginBatch(_ size: Int, from queue: Int, on replica: Int, at now: Int64) {
    let station = Int(replicas[replica].station)
    removeIdle(replica, at: now)
    var last = -1
    var (sum, longest, single): (Int64, Int64, Int64) = (0, 0, 0)
    for place in 0..<size {
      let visit = next(in: queue)
      leaveQueue(visit, at: now)
      visits[visit].state = .coming
      visits[visit].previous = Int32(last)
      visits[visit].next = -1
      if last >= 0 {
        visits[last].next = Int32(visit)
      } else {
        replicas[replica].first = Int32(visit)
        single = visits[visit].planned
      }
      sum = min(ServiceDraws.longest, sum &+ visits[visit].planned)
      longest = max(longest, visits[visit].planned)
      enterService(visit, replica, at: now)
      last = visit
      replicas[replica].count = Int32(place + 1)
    }
    let account = Int(visits[Int(replicas[replica].first)].account)
    replicas[replica].account = Int32(account)
    accounts[account].busy &+= 1
    accounts[account].busyMoment &-= Int128(now)
    let planned =
      switch blueprint.stations[station].batchTime {
      case .slowest: longest
      case .sum: sum
      case .curve: CellDraws.rounded(Double(single) * curveFactor(size, station))
      }
    schedule(
      work: scaled(planned, station, replica, requests: Int64(size)), on: replica, at: now)
  }

  /// The factor of a batch's size: linear between the points, the last two going on.
  private mutating func curveFactor(_ size: Int, _ station: Int) -> Double {
    let plan = blueprint.stations[station]
    let first = plan.firstCurvePoint
    if plan.curvePointCount == 1 { return blueprint.curve[first].factor }
    var right = first + 1
    while right < first + plan.curvePointCount - 1 && blueprint.curve[right].size < size {
      right += 1
    }
    let (low, high) = (blueprint.curve[right - 1], blueprint.curve[right])
    let share = Double(size - low.size) / Double(high.size - low.size)
    return low.factor + share * (high.factor - low.factor)
  }
}

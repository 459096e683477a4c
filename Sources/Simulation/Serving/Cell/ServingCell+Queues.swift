import Probability
import Traffic

extension ServingCell {
  /// An attempt comes to a station.
  @inline(never)
  mutating func join(
    _ station: Int, account: Int, _ attempt: Int, _ role: VisitRole, _ pass: Int32,
    _ planned: Int64, _ fails: Bool, at now: Int64
  ) {
    let visit = visits.take()
    var record = VisitRecord()
    record.attempt = Int32(truncatingIfNeeded: attempt)
    record.station = Int32(truncatingIfNeeded: station)
    record.account = Int32(truncatingIfNeeded: account)
    record.role = role
    record.fan = attempts[attempt].fan
    record.fails = fails
    record.planned = planned
    record.entered = now
    record.joined = now
    record.priority = requests[Int(attempts[attempt].request)].priority
    record.mateNext = attempts[attempt].visits
    if record.mateNext >= 0 {
      visits[Int(record.mateNext)].matePrevious = Int32(truncatingIfNeeded: visit)
    }
    attempts[attempt].visits = Int32(truncatingIfNeeded: visit)
    visits[visit] = record
    if blueprint.stations[station].isShared {
      joinShared(visit, station, pass, at: now)
    } else {
      seat(visit, station, pass, at: now)
    }
  }

  /// Onto an idle replica, into a queue, or away.
  @inline(never)
  private mutating func seat(_ visit: Int, _ station: Int, _ pass: Int32, at now: Int64) {
    let hasBatches = blueprint.stations[station].hasBatches
    if blueprint.stations[station].balancing == .central && !hasBatches {
      if stationStates[station].idle > 0 {
        begin(visit, on: firstIdle(station), at: now)
        return
      }
      wait(visit, in: blueprint.stations[station].firstQueue, pass, at: now)
      return
    }
    let queue = chooseQueue(visit, station, pass)
    let replica = idleReplica(for: queue, station)
    if replica >= 0 && queues[queue].count == 0 && startsAlone(station) {
      begin(visit, on: replica, at: now)
    } else {
      wait(visit, in: queue, pass, at: now)
    }
  }

  /// Whether a request need not wait for others.
  @inline(__always) private func startsAlone(_ station: Int) -> Bool {
    !blueprint.stations[station].hasBatches || blueprint.stations[station].full == 1
      || blueprint.stations[station].longestWait == 0
  }

  /// An idle replica that serves a queue, or -1.
  mutating func idleReplica(for queue: Int, _ station: Int) -> Int {
    let own = Int(queues[queue].replica)
    if own < 0 { return stationStates[station].idle > 0 ? firstIdle(station) : -1 }
    return isIdle(own, station) ? own : -1
  }

  // MARK: Which queue

  /// The queue that a visit joins; the central one where no replica is there.
  private mutating func chooseQueue(_ visit: Int, _ station: Int, _ pass: Int32) -> Int {
    let first = blueprint.stations[station].firstQueue
    guard blueprint.stations[station].hasOwnQueues && stationStates[station].ready > 0 else {
      return first
    }
    let replica = chooseReplica(visit, station, pass)
    return first + 1 + replica - blueprint.stations[station].firstReplica
  }

  /// One of the replicas that are ready; there must be one.
  mutating func chooseReplica(_ visit: Int, _ station: Int, _ pass: Int32) -> Int {
    let count = stationStates[station].ready
    switch blueprint.stations[station].balancing {
    case .central, .leastLoaded:
      return leastLoaded(station, count)
    case .roundRobin:
      let turn = stationStates[station].turn
      var place = 0
      // The first ready replica whose index is not before the turn.
      while place < count && Int(replicas[ready(station, place)].index) < turn { place += 1 }
      let chosen = ready(station, place == count ? 0 : place)
      stationStates[station].turn = Int(replicas[chosen].index) + 1
      return chosen
    case .random: return ready(station, drawnPlace(visit, station, pass, 0, count))
    case .choices:
      var chosen = -1
      for choice in 0..<blueprint.stations[station].choices {
        let candidate = ready(station, drawnPlace(visit, station, pass, choice, count))
        if chosen < 0 || load(candidate) < load(chosen) { chosen = candidate }
      }
      return chosen
    case .sticky: return sticky(visit, station, count)
    }
  }

  @inline(__always) private func ready(_ station: Int, _ place: Int) -> Int {
    Int(readyReplicas[blueprint.stations[station].firstReplica &+ place])
  }

  private mutating func leastLoaded(_ station: Int, _ count: Int) -> Int {
    var chosen = ready(station, 0)
    var least = load(chosen)
    var place = 1
    while place < count && least > 0 {
      let candidate = ready(station, place)
      if load(candidate) < least { (chosen, least) = (candidate, load(candidate)) }
      place += 1
    }
    return chosen
  }

  /// Requests on a replica and waiting for it alone.
  private mutating func load(_ replica: Int) -> Int {
    let station = Int(replicas[replica].station)
    let served = Int(replicas[replica].count)
    guard blueprint.stations[station].hasOwnQueues else { return served }
    return served + queues[ownQueue(of: replica)].count
  }

  mutating func ownQueue(of replica: Int) -> Int {
    let station = Int(replicas[replica].station)
    return blueprint.stations[station].firstQueue + 1 + Int(replicas[replica].index)
  }

  private mutating func drawnPlace(
    _ visit: Int, _ station: Int, _ pass: Int32, _ choice: Int, _ count: Int
  ) -> Int {
    let attempt = Int(visits[visit].attempt)
    let index = CellDraws.index(attempt: attempts[attempt].number, pass: pass)
    let ordinal = requests[Int(attempts[attempt].request)].ordinal
    let unit = draws.balance[station].unit(ordinal, index &* 16 &+ UInt64(choice))
    return min(count - 1, Int(unit * Double(count)))
  }

  /// The ready replica whose hash with the unit is highest.
  ///
  /// - Source: Thaler and Ravishankar (1998), "Using name-based mappings to increase hit rates".
  private mutating func sticky(_ visit: Int, _ station: Int, _ count: Int) -> Int {
    let unit = requests[Int(attempts[Int(visits[visit].attempt)].request)].unit
    var chosen = -1
    var highest: UInt64 = 0
    for place in 0..<count {
      let replica = ready(station, place)
      let salt = DrawKey.finalise(UInt64(replicas[replica].index) &+ 1)
      let hash = DrawKey.finalise(unit ^ salt)
      if chosen < 0 || hash > highest { (chosen, highest) = (replica, hash) }
    }
    return chosen
  }

  // MARK: Waiting

  @inline(never)
  private mutating func wait(_ visit: Int, in queue: Int, _ pass: Int32, at now: Int64) {
    let station = Int(queues[queue].station)
    if queues[queue].count >= blueprint.stations[station].queueLimit {
      let victim = victim(of: visit, in: queue, station)
      if victim == visit {
        endVisit(visit, .shed, service: 0, at: now)
        return
      }
      // The victim's client may do anything but come back at this instant.
      enter(visit, queue, pass, at: now)
      leaveQueue(victim, at: now)
      endVisit(victim, .shed, service: 0, at: now)
    } else {
      enter(visit, queue, pass, at: now)
    }
    if blueprint.stations[station].hasSetUp { wake(station, queue, at: now) }
    if stationStates[station].ordered == 0 && blueprint.stations[station].scaling == .automatic {
      order(1, station, at: now)
    }
    if blueprint.stations[station].hasBatches { formBatches(queue, at: now) }
  }

  private mutating func victim(of visit: Int, in queue: Int, _ station: Int) -> Int {
    guard queues[queue].count > 0 else { return visit }
    switch blueprint.stations[station].shedding {
    case .newest: return visit
    case .oldest: return oldest(in: queue)
    case .leastUrgent:
      let lane = 15 - queues[queue].lanes.leadingZeroBitCount
      return Int(visits[visit].priority) >= lane ? visit : Int(laneTails[16 * queue + lane])
    }
  }

  /// Begins to wait: counted, with a patience of its own.
  @inline(never)
  private mutating func enter(_ visit: Int, _ queue: Int, _ pass: Int32, at now: Int64) {
    let account = Int(visits[visit].account)
    visits[visit].state = .waiting
    visits[visit].entered = now
    accounts[account].waiting &+= 1
    accounts[account].waitingMoment &-= Int128(now)
    accounts[account].mostWaiting = max(
      accounts[account].mostWaiting, accounts[account].waiting)
    append(visit, to: queue)
    noteIdleTime(visit, at: now)
    let attempt = Int(visits[visit].attempt)
    let request = Int(attempts[attempt].request)
    let member = Int(requests[request].member)
    guard blueprint.clients[member].hasPatience else { return }
    let index = CellDraws.index(attempt: attempts[attempt].number, pass: pass)
    let length = CellDraws.nanoseconds(
      draws.patience[member].seconds(requests[request].ordinal, index))
    let time = saturatingSum(now, length)
    if time <= endOfTime {
      visits[visit].patience = agenda.schedule(.impatience, at: time, visit)
    }
  }

  /// Into the queue of a station none of whose replicas is there.
  mutating func enterHome(_ visit: Int, _ queue: Int, at now: Int64) {
    let pass = attempts[Int(visits[visit].attempt)].passes &- 1
    enter(visit, queue, pass, at: now)
  }

  /// A client leaves the queue.
  mutating func loseHeart(_ visit: Int, at now: Int64) {
    visits[visit].patience = .none
    leaveQueue(visit, at: now)
    endVisit(visit, .abandoned, service: 0, at: now)
  }

  /// A visit that waits leaves its queue.
  @inline(__always) mutating func leaveQueue(_ visit: Int, at now: Int64) {
    takeIdleTime(visit, at: now)
    unlink(visit)
    stopWaiting(visit, at: now)
  }

  @inline(never) mutating func stopWaiting(_ visit: Int, at now: Int64) {
    agenda.cancel(visits[visit].patience)
    visits[visit].patience = .none
    let account = Int(visits[visit].account)
    accounts[account].waiting &-= 1
    accounts[account].waitingMoment &+= Int128(now)
    accounts[account].waitingSum &+= Int128(now &- visits[visit].entered)
  }

  // MARK: Order

  /// Who is served next; there must be somebody.
  @inline(never) mutating func next(in queue: Int) -> Int {
    let lanes = queues[queue].lanes
    switch blueprint.stations[Int(queues[queue].station)].discipline {
    case .fifo, .processorSharing: return oldest(in: queue)
    case .lifo:
      if lanes == 1 { return Int(laneTails[16 &* queue]) }
      return newest(in: queue)
    case .priority: return Int(laneHeads[16 &* queue &+ lanes.trailingZeroBitCount])
    case .deadline: return Int(queues[queue].heap)
    }
  }

  @inline(never) mutating func oldest(in queue: Int) -> Int {
    if queues[queue].lanes == 1 { return Int(laneHeads[16 &* queue]) }
    var chosen = -1
    for lane in 0..<16 {
      let head = Int(laneHeads[16 * queue + lane])
      if head >= 0 && (chosen < 0 || visits[head].ticket < visits[chosen].ticket) { chosen = head }
    }
    return chosen
  }

  private mutating func newest(in queue: Int) -> Int {
    var chosen = -1
    for lane in 0..<16 {
      let tail = Int(laneTails[16 * queue + lane])
      if tail >= 0 && (chosen < 0 || visits[tail].ticket > visits[chosen].ticket) { chosen = tail }
    }
    return chosen
  }

  @inline(never) private mutating func append(_ visit: Int, to queue: Int) {
    visits[visit].ticket = nextTicket
    nextTicket &+= 1
    let place = file(visit, queue)
    let tail = laneTails[place]
    visits[visit].previous = tail
    visits[visit].next = -1
    laneTails[place] = Int32(truncatingIfNeeded: visit)
    if tail >= 0 {
      visits[Int(tail)].next = Int32(truncatingIfNeeded: visit)
    } else {
      laneHeads[place] = Int32(truncatingIfNeeded: visit)
    }
  }

  private mutating func prepend(_ visit: Int, to queue: Int) {
    visits[visit].ticket = nextHeadTicket
    nextHeadTicket &-= 1
    let place = file(visit, queue)
    let head = laneHeads[place]
    visits[visit].next = head
    visits[visit].previous = -1
    laneHeads[place] = Int32(truncatingIfNeeded: visit)
    if head >= 0 {
      visits[Int(head)].previous = Int32(truncatingIfNeeded: visit)
    } else {
      laneTails[place] = Int32(truncatingIfNeeded: visit)
    }
  }

  /// Counts a visit into a queue.
  ///
  /// - Returns: where its lane's ends stand.
  @inline(never) private mutating func file(_ visit: Int, _ queue: Int) -> Int {
    let station = Int(queues[queue].station)
    let discipline = blueprint.stations[station].discipline
    let hasLanes =
      discipline == .priority || blueprint.stations[station].shedding == .leastUrgent
    let lane = hasLanes ? visits[visit].priority : 0
    visits[visit].lane = lane
    visits[visit].queue = Int32(truncatingIfNeeded: queue)
    queues[queue].count &+= 1
    queues[queue].lanes |= 1 << UInt16(lane)
    if discipline == .deadline {
      let deadline = attempts[Int(visits[visit].attempt)].deadline
      visits[visit].key = Int128(deadline) << 64 + Int128(visits[visit].ticket)
      queues[queue].heap = Int32(heapInsert(visit, into: Int(queues[queue].heap)))
    }
    return 16 &* queue &+ Int(lane)
  }

  @inline(never) private mutating func unlink(_ visit: Int) {
    let queue = Int(visits[visit].queue)
    let place = 16 &* queue &+ Int(visits[visit].lane)
    let (previous, next) = (visits[visit].previous, visits[visit].next)
    if previous >= 0 { visits[Int(previous)].next = next } else { laneHeads[place] = next }
    if next >= 0 { visits[Int(next)].previous = previous } else { laneTails[place] = previous }
    if laneHeads[place] < 0 { queues[queue].lanes &= ~(1 << UInt16(visits[visit].lane)) }
    queues[queue].count &-= 1
    if blueprint.stations[Int(queues[queue].station)].discipline == .deadline {
      queues[queue].heap = Int32(heapRemove(visit, from: Int(queues[queue].heap)))
    }
    visits[visit].queue = -1
  }

  // MARK: Moving

  /// A visit whose replica failed goes back, to the head of a queue or onto an idle replica.
  mutating func requeue(_ visit: Int, at now: Int64) {
    let station = Int(visits[visit].station)
    visits[visit].state = .coming
    if blueprint.stations[station].isShared && stationStates[station].ready > 0 {
      share(visit, on: chooseReplica(visit, station, 0), at: now)
      return
    }
    let queue = chooseQueue(visit, station, 0)
    let replica = idleReplica(for: queue, station)
    if replica >= 0 && queues[queue].count == 0 && startsAlone(station) {
      begin(visit, on: replica, at: now)
      return
    }
    let account = Int(visits[visit].account)
    visits[visit].state = .waiting
    visits[visit].entered = now
    accounts[account].waiting &+= 1
    accounts[account].waitingMoment &-= Int128(now)
    accounts[account].mostWaiting = max(
      accounts[account].mostWaiting, accounts[account].waiting)
    if blueprint.stations[station].discipline == .lifo {
      append(visit, to: queue)
    } else {
      prepend(visit, to: queue)
    }
    noteIdleTime(visit, at: now)
    if blueprint.stations[station].hasBatches { formBatches(queue, at: now) }
  }

  /// Those who wait for a replica that is gone find another; they have waited no less.
  mutating func rehome(_ replica: Int, at now: Int64) {
    let station = Int(replicas[replica].station)
    guard blueprint.stations[station].hasOwnQueues else { return }
    let queue = ownQueue(of: replica)
    agenda.cancel(queues[queue].timer)
    queues[queue].timer = .none
    queues[queue].timerAt = .max
    while queues[queue].count > 0 {
      let visit = oldest(in: queue)
      takeIdleTime(visit, at: now)
      unlink(visit)
      let other = chooseQueue(visit, station, 0)
      let idle = idleReplica(for: other, station)
      if idle >= 0 && queues[other].count == 0 && startsAlone(station) {
        begin(visit, on: idle, at: now)
      } else {
        append(visit, to: other)
        noteIdleTime(visit, at: now)
        if blueprint.stations[station].hasBatches { formBatches(other, at: now) }
      }
    }
  }
}

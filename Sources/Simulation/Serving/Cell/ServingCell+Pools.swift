import Probability
import Traffic

/// Replicas that serve all requests on them at once (processor sharing).
///
/// Everybody on a replica gets the same work, so one number a replica says how much that is since it
/// was last empty; a request is done when it has risen by the request's own work. Work is counted in
/// 2⁻²⁰ ns, rounded down.
extension ServingCell {
  mutating func joinShared(_ visit: Int, _ station: Int, _ pass: Int32, at now: Int64) {
    guard stationStates[station].ready > 0 else {
      waitForReplica(visit, station, at: now)
      return
    }
    share(visit, on: chooseReplica(visit, station, pass), at: now)
  }

  /// Nobody waits for a turn, but all wait when no replica is there.
  mutating func waitForReplica(_ visit: Int, _ station: Int, at now: Int64) {
    let queue = blueprint.stations[station].firstQueue
    if queues[queue].count >= blueprint.stations[station].queueLimit {
      endVisit(visit, .shed, service: 0, at: now)
      return
    }
    enterHome(visit, queue, at: now)
    if stationStates[station].ordered == 0 && blueprint.stations[station].scaling == .automatic {
      order(1, station, at: now)
    }
  }

  mutating func share(_ visit: Int, on replica: Int, at now: Int64) {
    progress(replica, at: now)
    let station = Int(replicas[replica].station)
    if replicas[replica].count == 0 {
      removeIdle(replica, at: now)
      let account = Int(visits[visit].account)
      replicas[replica].account = Int32(account)
      accounts[account].busy += 1
      accounts[account].busyMoment -= Int128(now)
    }
    var work = visits[visit].planned
    if blueprint.stations[station].coldFactor > 1 {
      work = CellDraws.rounded(Double(work) * takeCold(station, replica, 1))
    }
    visits[visit].key = replicas[replica].share + Int128(work) << 20
    enterService(visit, replica, at: now)
    replicas[replica].count += 1
    replicas[replica].heap = Int32(heapInsert(visit, into: Int(replicas[replica].heap)))
    planShareEnd(replica, at: now)
  }

  /// Brings the work that everybody on a replica has had up to now.
  private mutating func progress(_ replica: Int, at now: Int64) {
    let passed = Int128(now) - Int128(replicas[replica].shareTime)
    replicas[replica].shareTime = now
    let count = Int128(replicas[replica].count)
    if count > 0 { replicas[replica].share += passed * rate(replica) / count }
  }

  /// Work in 2⁻²⁰ ns a nanosecond.
  private mutating func rate(_ replica: Int) -> Int128 {
    max(1, Int128((replicas[replica].speed * 0x1p20).rounded(.toNearestOrEven)))
  }

  private mutating func planShareEnd(_ replica: Int, at now: Int64) {
    agenda.cancel(replicas[replica].event)
    replicas[replica].event = .none
    let root = Int(replicas[replica].heap)
    if root < 0 { return }
    let left = max(0, visits[root].key - replicas[replica].share)
    let (rate, count) = (rate(replica), Int128(replicas[replica].count))
    let length = min((left * count + rate - 1) / rate, Int128(ServiceDraws.longest))
    replicas[replica].event = agenda.schedule(
      .shareEnd, at: later(now, by: Int64(length)), replica)
  }

  /// The one with the least left to do is done.
  mutating func endShare(of replica: Int, at now: Int64) {
    replicas[replica].event = .none
    let visit = Int(replicas[replica].heap)
    leaveShared(visit, replica, at: now)
    endVisit(
      visit, visits[visit].fails ? .failed : .answered, service: now &- visits[visit].began, at: now
    )
  }

  mutating func leaveShared(_ visit: Int, _ replica: Int, at now: Int64) {
    progress(replica, at: now)
    leaveService(visit, at: now)
    replicas[replica].heap = Int32(heapRemove(visit, from: Int(replicas[replica].heap)))
    replicas[replica].count -= 1
    if replicas[replica].count == 0 {
      replicas[replica].share = 0
      agenda.cancel(replicas[replica].event)
      replicas[replica].event = .none
      becomeUnbusy(replica, at: now)
      free(replica, at: now)
    } else {
      planShareEnd(replica, at: now)
    }
  }

  /// A replica's speed changes now.
  mutating func changeShareSpeed(_ replica: Int, to speed: Double, at now: Int64) {
    progress(replica, at: now)
    replicas[replica].speed = speed
    if replicas[replica].count > 0 { planShareEnd(replica, at: now) }
  }

  /// Takes all visits off a replica; they stay linked to each other by `next`.
  ///
  /// - Returns: the first of them, or -1.
  mutating func detachShared(_ replica: Int, at now: Int64) -> Int {
    progress(replica, at: now)
    agenda.cancel(replicas[replica].event)
    replicas[replica].event = .none
    var (first, last) = (-1, -1)
    while replicas[replica].heap >= 0 {
      let visit = Int(replicas[replica].heap)
      replicas[replica].heap = Int32(heapRemove(visit, from: visit))
      leaveService(visit, at: now)
      visits[visit].state = .ended
      visits[visit].next = -1
      if last >= 0 { visits[last].next = Int32(visit) } else { first = visit }
      last = visit
    }
    if replicas[replica].count > 0 { becomeUnbusy(replica, at: now) }
    replicas[replica].count = 0
    replicas[replica].share = 0
    return first
  }
}

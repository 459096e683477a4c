import Probability
import Traffic

/// One replica's failures of one kind, or one kind's outages.
struct FaultProcess: BitwiseCopyable {
  var fault: Int32 = 0
  /// -1 for outages.
  var replica: Int32 = -1
  /// Failures so far.
  var count: Int32 = 0
}

extension ServingCell {
  mutating func beginFaults(at now: Int64) {
    var processes: [FaultProcess] = []
    for fault in 0..<blueprint.faults.count {
      let plan = blueprint.faults[fault]
      let station = blueprint.stations[plan.station]
      switch plan.kind {
      case .outages, .statedOutages: processes.append(FaultProcess(fault: Int32(fault)))
      case .breakdowns, .slowness:
        for index in 0..<station.most {
          processes.append(
            FaultProcess(fault: Int32(fault), replica: Int32(station.firstReplica + index)))
        }
      }
    }
    faultProcesses = Column(processes)
    firstInstant = now
    for process in 0..<processes.count { planFailure(process, at: now) }
  }

  private mutating func planFailure(_ process: Int, at now: Int64) {
    let fault = Int(faultProcesses[process].fault)
    let count = Int(faultProcesses[process].count)
    let plan = blueprint.faults[fault]
    if plan.kind == .statedOutages {
      guard count < plan.timeCount else { return }
      let time = saturatingSum(firstInstant, blueprint.outageTimes[plan.firstTime + count])
      if time <= endOfTime { agenda.schedule(.failure, at: max(now, time), process) }
      return
    }
    let seconds = draws.failures[fault].seconds(entity(process), UInt64(count))
    scheduleWithin(.failure, now, max(1, CellDraws.nanoseconds(seconds)), process)
  }

  private func entity(_ process: Int) -> UInt64 {
    let replica = Int(faultProcesses[process].replica)
    return replica < 0 ? 0 : UInt64(UInt32(bitPattern: replicas[replica].index))
  }

  mutating func fail(_ process: Int, at now: Int64) {
    let fault = Int(faultProcesses[process].fault)
    let plan = blueprint.faults[fault]
    let seconds = draws.repairs[fault].seconds(
      entity(process), UInt64(UInt32(bitPattern: faultProcesses[process].count)))
    scheduleWithin(.repair, now, max(1, CellDraws.nanoseconds(seconds)), process)
    switch plan.kind {
    case .slowness: slow(Int(faultProcesses[process].replica), plan, isOn: true, at: now)
    case .breakdowns:
      let replica = Int(faultProcesses[process].replica)
      let wasUp = replicas[replica].isUp
      replicas[replica].downMask |= plan.bit
      if wasUp { goDown(replica, at: now) }
    case .outages, .statedOutages: strike(process, fault, plan, at: now)
    }
  }

  mutating func repair(_ process: Int, at now: Int64) {
    let plan = blueprint.faults[Int(faultProcesses[process].fault)]
    faultProcesses[process].count += 1
    planFailure(process, at: now)
    switch plan.kind {
    case .slowness: slow(Int(faultProcesses[process].replica), plan, isOn: false, at: now)
    case .breakdowns: comeUp(Int(faultProcesses[process].replica), plan, at: now)
    case .outages, .statedOutages:
      let station = blueprint.stations[plan.station]
      for replica in station.firstReplica..<station.firstReplica + station.most
      where replicas[replica].downMask & plan.bit != 0 {
        comeUp(replica, plan, at: now)
      }
    }
  }

  /// An outage takes the share of the replicas with the lowest draws.
  private mutating func strike(
    _ process: Int, _ fault: Int, _ plan: FaultNumbers, at now: Int64
  ) {
    let station = blueprint.stations[plan.station]
    let outage = UInt64(UInt32(bitPattern: faultProcesses[process].count))
    var order: [(unit: Double, replica: Int)] = []
    for index in 0..<station.most
    where replicas[station.firstReplica + index].state != .absent {
      let unit = draws.outages[fault].unit(outage, UInt64(index))
      order.append((unit, station.firstReplica + index))
    }
    order.sort { ($0.unit, $0.replica) < ($1.unit, $1.replica) }
    let count = Int((plan.share * Double(order.count)).rounded(.toNearestOrAwayFromZero))
    // All are marked before the first goes down, so that nobody flees to one that goes down with it.
    let hit = order.prefix(count).map(\.replica).sorted()
    var fallen: [Int] = []
    for replica in hit {
      if replicas[replica].isUp { fallen.append(replica) }
      replicas[replica].downMask |= plan.bit
      removeIdle(replica, at: now)
    }
    recount(plan.station, at: now)
    for replica in fallen { goDown(replica, at: now) }
  }

  /// A replica is gone: those on it fail or wait again, those behind it go elsewhere.
  private mutating func goDown(_ replica: Int, at now: Int64) {
    let station = Int(replicas[replica].station)
    removeIdle(replica, at: now)
    recount(station, at: now)
    let first = evict(replica, at: now)
    if replicas[replica].state == .draining { replicas[replica].state = .absent }
    let fails = blueprint.stations[station].failsVisits
    // From the last to the first, so that the head of the queue keeps their order.
    if !fails { requeueAll(first, at: now) }
    rehome(replica, at: now)
    if fails { failAll(first, at: now) }
  }

  /// - Returns: the first of those that were on it, linked by `next`; or -1.
  private mutating func evict(_ replica: Int, at now: Int64) -> Int {
    if replicas[replica].count == 0 { return -1 }
    if blueprint.stations[Int(replicas[replica].station)].isShared {
      return detachShared(replica, at: now)
    }
    agenda.cancel(replicas[replica].event)
    replicas[replica].event = .none
    let first = Int(replicas[replica].first)
    detachAll(replica, at: now)
    return first
  }

  private mutating func failAll(_ first: Int, at now: Int64) {
    var visit = first
    while visit >= 0 {
      let next = Int(visits[visit].next)
      agenda.cancel(visits[visit].patience)
      visits[visit].patience = .none
      if visits[visit].attempt < 0 {
        visits.release(visit)
      } else {
        endVisit(visit, .failed, service: now &- visits[visit].began, at: now)
      }
      visit = next
    }
  }

  private mutating func requeueAll(_ first: Int, at now: Int64) {
    var visit = first
    var last = -1
    // The links are turned round.
    while visit >= 0 {
      let next = Int(visits[visit].next)
      visits[visit].next = Int32(last)
      last = visit
      visit = next
    }
    while last >= 0 {
      let next = Int(visits[last].next)
      if visits[last].role == .hold {
        // A place that is held cannot be had again without its holder's knowledge.
        agenda.cancel(visits[last].patience)
        visits[last].patience = .none
        endVisit(last, .failed, service: now &- visits[last].began, at: now)
      } else {
        requeue(last, at: now)
      }
      last = next
    }
  }

  private mutating func comeUp(_ replica: Int, _ plan: FaultNumbers, at now: Int64) {
    replicas[replica].downMask &= ~plan.bit
    guard replicas[replica].isUp else { return }
    replicas[replica].served = 0
    recount(Int(replicas[replica].station), at: now)
    takeUp(replica, at: now)
  }

  private mutating func slow(
    _ replica: Int, _ plan: FaultNumbers, isOn: Bool, at now: Int64
  ) {
    if isOn {
      replicas[replica].slowMask |= plan.bit
    } else {
      replicas[replica].slowMask &= ~plan.bit
    }
    let station = Int(replicas[replica].station)
    let old = replicas[replica].speed
    if blueprint.stations[station].isShared {
      changeShareSpeed(replica, to: speed(replica, station), at: now)
    } else {
      setSpeed(replica, station)
      if replicas[replica].state != .starting && replicas[replica].state != .settingUp {
        rescale(replica, from: old, at: now)
      }
    }
  }

  func setSpeed(_ replica: Int, _ station: Int) {
    replicas[replica].speed = speed(replica, station)
  }

  private func speed(_ replica: Int, _ station: Int) -> Double {
    let plan = blueprint.stations[station]
    var speed = 1.0
    if plan.speedCount > 0 {
      speed = blueprint.speeds[plan.firstSpeed + Int(replicas[replica].index) % plan.speedCount]
    }
    for fault in plan.firstFault..<plan.firstFault + plan.faultCount
    where replicas[replica].slowMask & blueprint.faults[fault].bit != 0 {
      speed /= blueprint.faults[fault].factor
    }
    return speed
  }
}

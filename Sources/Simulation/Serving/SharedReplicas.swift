/// The joint event simulation of arms that share replicas and one FIFO queue.
///
/// At equal times answers come first, then time-outs in the queue, then arrivals; requests that arrive
/// together come in the order of their rows, and a request before its mirrors. Only ends of service are
/// events: arrivals come in order, and so do the time-outs of those who wait, member by member.
struct SharedReplicas: ~Copyable {
  /// The arms, the owner of the replicas first.
  let members: [Int]
  private let capacity: ServiceCapacity
  private let patiences: Column<Patience>
  private let arms: Column<Int>

  /// Ends of service; the slot is the replica's.
  private var ends: EventQueue
  /// By replica, used so far: the handle of the request on it.
  private var served = Column<UInt64>(repeating: 0, count: 64)
  private var idle = Line<Int>(vacant: 0)
  private var usedReplicas = 0
  private var busyReplicas = 0

  /// Those who wait, by member, as handles.
  private var waiting: Lines
  private var waitingCount = 0
  /// The earliest time-out among those who wait and would leave.
  private var nextTimeout = Int64.max

  private let areas: Areas
  private var maximumWaiting: Column<Int>
  private var cutTimes: Column<Int>
  private let lateAnswers: Column<Int>
  private(set) var lastInstant = Int64.min

  static let memberBits = 8

  init(
    members: [Int], owner: ServicePlan, plans: [ServicePlan], ties: TieOrder = .scheduled
  ) {
    precondition(members.count <= 1 << Self.memberBits, "\(members.count) arms share replicas")
    self.members = members
    capacity = ServiceCapacity(owner)
    patiences = Column(repeating: Patience(owner), count: members.count)
    arms = Column(repeating: 0, count: members.count)
    for (member, plan) in plans.enumerated() {
      patiences[member] = Patience(plan)
      arms[member] = members[member]
    }
    ends = EventQueue(capacity: min(capacity.replicas, 1 << 16), ties: ties)
    waiting = Lines(count: members.count)
    areas = Areas(count: members.count)
    maximumWaiting = Column(repeating: 0, count: members.count)
    cutTimes = Column(repeating: 0, count: members.count)
    lateAnswers = Column(repeating: 0, count: members.count)
  }

  /// Lets time pass up to the last arrival of a block, whose requests arrive on the way.
  mutating func serve(block: Int, of blocks: borrowing OpenBlocks) {
    let firstRow = blocks.firstRow(ofBlock: block)
    let times = blocks.place(row: firstRow)
    for row in 0..<blocks.rows(ofBlock: block) {
      let now = blocks.arrivals[times &+ row]
      for member in 0..<arms.count {
        pass(until: now, blocks)
        arrive(firstRow &+ row, member, at: now, blocks)
      }
    }
  }

  /// Lets all that is in flight come to its end.
  mutating func drain(_ blocks: borrowing OpenBlocks) { pass(until: OpenBlocks.never - 1, blocks) }

  func facts(ofMember member: Int) -> ServingFacts {
    var facts = ServingFacts()
    facts.replicas = capacity.replicas
    facts.maximumWaiting = maximumWaiting[member]
    facts.cutTimes = cutTimes[member]
    facts.attempts.late = lateAnswers[member]
    facts.busyArea = areas.busyArea[member]
    facts.waitingArea = areas.waitingArea[member]
    return facts
  }

  /// Everything that happens up to `time`, in order.
  private mutating func pass(until time: Int64, _ blocks: borrowing OpenBlocks) {
    while true {
      let end = ends.earliestNanoseconds
      if min(end, nextTimeout) > time { break }
      if end <= nextTimeout {
        finish(at: end, blocks)
      } else {
        giveUp(at: nextTimeout, blocks)
      }
    }
  }

  @inline(__always)
  private mutating func arrive(
    _ row: Int, _ member: Int, at now: Int64, _ blocks: borrowing OpenBlocks
  ) {
    let place = blocks.place(arm: arms[member], row: row)
    if blocks.fates[place] == .notSent { return }
    if blocks.services[place] < 0 {
      blocks.services[place] = 0
      return
    }
    let handle = UInt64(row) << Self.memberBits | UInt64(member)
    if busyReplicas < capacity.replicas {
      blocks.takesOff(row: row)
      busyReplicas += 1
      let replica = idleReplica()
      let end = begin(handle, on: replica, at: now, blocks)
      ends.schedule(at: end, priority: 0, slot: UInt64(replica))
    } else if waitingCount >= capacity.queueLimit {
      blocks.fates[place] = .shed
      blocks.services[place] = 0
    } else {
      blocks.takesOff(row: row)
      areas.change(member, at: now, waiting: 1, busy: 0)
      waitingCount += 1
      waiting.append(handle, to: member)
      maximumWaiting[member] = max(maximumWaiting[member], waiting.count(of: member))
      if patiences[member].cancels {
        nextTimeout = min(nextTimeout, patiences[member].deadline(arrival: now))
      }
    }
  }

  /// Puts a request on a replica and writes what will become of it.
  ///
  /// - Returns: when the replica is free again.
  @inline(__always)
  private mutating func begin(
    _ handle: UInt64, on replica: Int, at start: Int64, _ blocks: borrowing OpenBlocks
  ) -> Int64 {
    let (row, member) = Self.rowAndMember(handle)
    let place = blocks.place(arm: arms[member], row: row)
    let arrival = blocks.arrivals[blocks.place(row: row)]
    let ending = Ending(
      of: blocks.services[place], from: start, arrival: arrival, patiences[member],
      before: blocks.endOfTime)
    if ending.isTimeOut {
      if !patiences[member].cancels && blocks.fates[place] == .answered { lateAnswers[member] += 1 }
      blocks.fates[place] = .timedOut
    }
    if ending.isCut { cutTimes[member] += 1 }
    blocks.waits[place] = start &- arrival
    blocks.services[place] = ending.time &- start
    blocks.latencies[place] = ending.latency
    areas.change(member, at: start, waiting: start > arrival ? -1 : 0, busy: 1)
    served[replica] = handle
    return ending.time
  }

  /// The earliest end of service: the replica takes the next request that waits, or rests.
  @inline(__always)
  private mutating func finish(at now: Int64, _ blocks: borrowing OpenBlocks) {
    let replica = ends.earliestSlot
    let (row, member) = Self.rowAndMember(served[replica])
    areas.change(member, at: now, waiting: 0, busy: -1)
    blocks.lands(row: row)
    lastInstant = now
    if waitingCount > 0 {
      let next = waiting.lineWithLeast()
      let handle = waiting.removeFirst(of: next)
      waitingCount -= 1
      if patiences[next].cancels { nextTimeout = earliestTimeout(blocks) }
      let end = begin(handle, on: replica, at: now, blocks)
      ends.replaceEarliest(at: end, priority: 0, slot: UInt64(replica))
    } else {
      ends.removeEarliest()
      busyReplicas -= 1
      idle.append(replica)
    }
  }

  /// The first of those who wait whose time-out is now leaves the queue.
  private mutating func giveUp(at now: Int64, _ blocks: borrowing OpenBlocks) {
    for member in 0..<arms.count where patiences[member].cancels && !waiting.isEmpty(member) {
      let (row, _) = Self.rowAndMember(waiting.first(of: member))
      let arrival = blocks.arrivals[blocks.place(row: row)]
      guard patiences[member].deadline(arrival: arrival) == now else { continue }
      _ = waiting.removeFirst(of: member)
      waitingCount -= 1
      areas.change(member, at: now, waiting: -1, busy: 0)
      let place = blocks.place(arm: arms[member], row: row)
      blocks.fates[place] = .timedOut
      blocks.waits[place] = now &- arrival
      blocks.services[place] = 0
      blocks.latencies[place] = patiences[member].timeout
      blocks.lands(row: row)
      lastInstant = now
      break
    }
    nextTimeout = earliestTimeout(blocks)
  }

  @inline(__always)
  private func earliestTimeout(_ blocks: borrowing OpenBlocks) -> Int64 {
    var earliest = Int64.max
    for member in 0..<arms.count where patiences[member].cancels && !waiting.isEmpty(member) {
      let (row, _) = Self.rowAndMember(waiting.first(of: member))
      let arrival = blocks.arrivals[blocks.place(row: row)]
      earliest = min(earliest, patiences[member].deadline(arrival: arrival))
    }
    return earliest
  }

  @inline(__always)
  private mutating func idleReplica() -> Int {
    if idle.isEmpty {
      if usedReplicas == served.count { growServed() }
      usedReplicas += 1
      return usedReplicas - 1
    }
    let replica = idle.first
    idle.removeFirst()
    return replica
  }

  private mutating func growServed() {
    let larger = Column<UInt64>(repeating: 0, count: 2 * served.count)
    served.copy(from: 0, count: served.count, to: larger, at: 0)
    served = larger
  }

  @inline(__always)
  private static func rowAndMember(_ handle: UInt64) -> (row: Int, member: Int) {
    (Int(handle >> UInt64(memberBits)), Int(handle & (1 << UInt64(memberBits) - 1)))
  }
}

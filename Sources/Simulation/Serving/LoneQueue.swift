/// One arm's FIFO queue in front of replicas that it shares with nobody, as a recursion without events.
///
/// A request starts when it has arrived and the first replica is free; nothing that comes later
/// changes that. So its whole fate is known at its arrival: with the replicas' free times in
/// ascending order, take the first, start at the later of it and the arrival, put the end of service
/// back in order. A client who gives up in the queue takes no replica; who gives up in service, with
/// cancelling, frees the replica at the time-out. All in integers, so the outcomes are those of the
/// events (`SharedReplicas`) to the bit, which a test compares.
///
/// - Complexity: O(replicas) a request without branches up to 24 replicas, O(log replicas) above.
/// - Source: Kiefer and Wolfowitz (1955), "On the theory of queues with many servers"; with patience:
///   Baccelli, Boyer and Hebuterne (1984), "Single-server queues with impatient customers".
struct LoneQueue: ~Copyable {
  let arm: Int
  private let capacity: ServiceCapacity
  private let patience: Patience
  /// Free times of the replicas, ascending, and `Int64.max` up to a multiple of 4 and one more; where
  /// there are few replicas.
  private let freeTimes: Column<Int64>
  /// Free times of the replicas used so far; where there are many.
  private var freeQueue: EventQueue
  /// When those who wait will leave the queue: never earlier than who came before.
  private var leaves = Line<Int64>(vacant: 0)
  private(set) var facts = ServingFacts()
  private(set) var lastInstant = Int64.min

  static let mostSorted = 24

  init(arm: Int, plan: ServicePlan) {
    self.arm = arm
    capacity = ServiceCapacity(plan)
    patience = Patience(plan)
    facts.replicas = capacity.replicas
    let sorted = capacity.replicas <= Self.mostSorted ? capacity.replicas : 0
    freeTimes = Column(repeating: .max, count: sorted + 1)
    freeTimes.fill(from: 0, count: sorted, with: .min)
    freeQueue = EventQueue(capacity: sorted == 0 ? min(capacity.replicas, 1 << 16) : 1)
  }

  /// Decides the fate of every request of a block that was sent to the arm.
  mutating func serve(block: Int, of blocks: borrowing OpenBlocks) {
    let firstRow = blocks.firstRow(ofBlock: block)
    let times = blocks.place(row: firstRow)
    let places = blocks.place(arm: arm, row: firstRow)
    let few = capacity.replicas <= Self.mostSorted
    var busy: Int128 = 0
    var waiting: Int128 = 0
    for row in 0..<blocks.rows(ofBlock: block) {
      let place = places &+ row
      let fate = blocks.fates[place]
      if fate == .notSent { continue }
      let service = blocks.services[place]
      if service < 0 {
        blocks.services[place] = 0
        continue
      }
      let arrival = blocks.arrivals[times &+ row]
      while !leaves.isEmpty && leaves.first <= arrival { leaves.removeFirst() }
      let start = few ? max(arrival, freeTimes[0]) : earliestStart(arrival)
      let deadline = patience.deadline(arrival: arrival)
      if start > arrival {
        if leaves.count >= capacity.queueLimit {
          blocks.fates[place] = .shed
          blocks.services[place] = 0
          continue
        }
        let leave = patience.cancels ? min(start, deadline) : start
        leaves.append(leave)
        facts.maximumWaiting = max(facts.maximumWaiting, leaves.count)
        blocks.waits[place] = leave &- arrival
        waiting &+= Int128(leave &- arrival)
        if patience.cancels && start > deadline {
          blocks.fates[place] = .timedOut
          blocks.services[place] = 0
          blocks.latencies[place] = patience.timeout
          lastInstant = max(lastInstant, deadline)
          continue
        }
      }
      let room = blocks.endOfTime &- start
      if service > room && service < ServiceDraws.longest { facts.cutTimes += 1 }
      var end = start &+ min(service, room)
      if end > deadline {
        blocks.fates[place] = .timedOut
        blocks.latencies[place] = patience.timeout
        if patience.cancels { end = deadline }
      } else {
        blocks.latencies[place] = end &- arrival
      }
      blocks.services[place] = end &- start
      busy &+= Int128(end &- start)
      lastInstant = max(lastInstant, end)
      if few { free(at: end) } else { takeReplica(until: end, arrival: arrival) }
    }
    facts.busyArea += busy
    facts.waitingArea += waiting
  }

  /// Replaces the first free time by `end`, which is not before it, and keeps the order.
  @inline(__always) private func free(at end: Int64) {
    for index in 0..<(freeTimes.count &- 1) {
      freeTimes[index] = min(freeTimes[index &+ 1], max(freeTimes[index], end))
    }
  }

  @inline(__always) private func earliestStart(_ arrival: Int64) -> Int64 {
    freeQueue.count < capacity.replicas ? arrival : max(arrival, freeQueue.earliestNanoseconds)
  }

  @inline(__always) private mutating func takeReplica(until end: Int64, arrival: Int64) {
    if freeQueue.count < capacity.replicas && freeQueue.earliestNanoseconds > arrival {
      freeQueue.schedule(at: end, priority: 0, slot: 0)
    } else {
      freeQueue.replaceEarliest(at: end, priority: 0, slot: 0)
    }
  }
}

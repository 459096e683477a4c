/// One arm's FIFO queue in front of replicas that it shares with nobody, as a recursion without events.
///
/// A request starts when it has arrived and the first replica is free; nothing that comes later
/// changes that. So its whole fate is known at its arrival: with the replicas' free times in
/// ascending order, take the first, start at the later of it and the arrival, put the end of service
/// back in order. A client who gives up in the queue takes no replica; who gives up in service, with
/// cancelling, frees the replica at the time-out. All in integers, so the outcomes are those of the
/// events (`SharedReplicas`) to the bit, which a test compares.
///
/// - Complexity: see `FreeTimes`, a request; memory follows the backlog.
/// - Source: Kiefer and Wolfowitz (1955), "On the theory of queues with many servers"; with patience:
///   Baccelli, Boyer and Hebuterne (1984), "Single-server queues with impatient customers".
struct LoneQueue: ~Copyable {
  let arm: Int
  private let capacity: ServiceCapacity
  private let patience: Patience
  private var freeTimes: FreeTimes
  /// When those who wait will leave the queue: never earlier than who came before.
  private var leaves = Line<Int64>(vacant: 0)
  private(set) var facts = ServingFacts()
  private(set) var lastInstant = Int64.min

  init(arm: Int, plan: ServicePlan) {
    self.arm = arm
    capacity = ServiceCapacity(plan)
    patience = Patience(plan)
    freeTimes = FreeTimes(replicas: capacity.replicas)
    facts.replicas = capacity.replicas
  }

  /// Decides the fate of every request of a block that was sent to the arm.
  mutating func serve(block: Int, of blocks: borrowing OpenBlocks) {
    let firstRow = blocks.firstRow(ofBlock: block)
    let times = blocks.place(row: firstRow)
    let places = blocks.place(arm: arm, row: firstRow)
    for row in 0..<blocks.rows(ofBlock: block) {
      let place = places &+ row
      if blocks.fates[place] == .notSent { continue }
      if blocks.services[place] < 0 {
        blocks.services[place] = 0
        continue
      }
      arrive(at: blocks.arrivals[times &+ row], place, blocks)
    }
  }

  @inline(__always)
  private mutating func arrive(at arrival: Int64, _ place: Int, _ blocks: borrowing OpenBlocks) {
    while !leaves.isEmpty && leaves.first <= arrival { leaves.removeFirst() }
    let start = freeTimes.earliestStart(arrival: arrival)
    if start > arrival && !wait(until: start, arrival, place, blocks) { return }
    let ending = Ending(
      of: blocks.services[place], from: start, arrival: arrival, patience,
      before: blocks.endOfTime)
    if ending.isTimeOut {
      if !patience.cancels && blocks.fates[place] == .answered { facts.attempts.late += 1 }
      blocks.fates[place] = .timedOut
    }
    if ending.isCut { facts.cutTimes += 1 }
    blocks.services[place] = ending.time &- start
    blocks.latencies[place] = ending.latency
    facts.busyArea &+= Int128(ending.time &- start)
    lastInstant = max(lastInstant, ending.time)
    freeTimes.take(until: ending.time, arrival: arrival)
  }

  /// Queues a request that cannot start at its arrival.
  ///
  /// - Returns: false where it never starts: the queue is full, or the client gives up before.
  @inline(__always)
  private mutating func wait(
    until start: Int64, _ arrival: Int64, _ place: Int, _ blocks: borrowing OpenBlocks
  ) -> Bool {
    if leaves.count >= capacity.queueLimit {
      blocks.fates[place] = .shed
      blocks.services[place] = 0
      return false
    }
    let deadline = patience.deadline(arrival: arrival)
    let leave = patience.cancels ? min(start, deadline) : start
    leaves.append(leave)
    facts.maximumWaiting = max(facts.maximumWaiting, leaves.count)
    facts.waitingArea &+= Int128(leave &- arrival)
    blocks.waits[place] = leave &- arrival
    if leave == start { return true }
    blocks.fates[place] = .timedOut
    blocks.services[place] = 0
    blocks.latencies[place] = patience.timeout
    lastInstant = max(lastInstant, leave)
    return false
  }
}

import Probability
import Traffic

/// Services that feed back on themselves or on each other, as one joint timeline of events.
///
/// A request's client sends attempts; an attempt goes along its route from station to station; at each
/// it is a visit, which waits in a queue and is served on a replica. What a client knows and what the
/// stations do are kept apart: an attempt that nobody waits for any more may still be served.
///
/// At equal times ends of service come first, then the rest in the order of `Happening`, then arrivals,
/// a request before its mirrors. Outcomes are those of `LoneQueue` and `SharedReplicas`, to the bit,
/// where these can serve.
///
/// Functions of the event loop that change nothing are `mutating` all the same: the compiler hands a value of this size
/// (1.4 KB) to others by a copy, once a call, and to these in place.
///
/// - Complexity: O(log n) an event, n the events pending; memory follows the backlog.
struct ServingCell: ~Copyable {
  let arms: [Int]
  let stationIndices: [Int]
  let blueprint: CellBlueprint
  let draws: CellDraws
  var agenda: Agenda

  var requests = Slab(vacant: RequestRecord())
  var attempts = Slab(vacant: AttemptRecord())
  var visits = Slab(vacant: VisitRecord())
  let replicas: Column<ReplicaRecord>
  let queues: Column<QueueRecord>
  /// By queue and lane.
  let laneHeads: Column<Int32>
  let laneTails: Column<Int32>
  /// A bit for each replica that is ready and has nothing to do.
  let idleWords: Column<UInt64>
  /// The members, then the named stations.
  let accounts: Column<AccountRecord>
  let stationStates: Column<StationState>
  let gates: Column<GateRecord>
  var faultProcesses: Column<FaultProcess>
  var autoscalers: [Autoscaler]
  var results = Slab(vacant: ResultRecord())
  let tallies: Column<AttemptFacts>
  let oddTimes: Column<OddTimes>
  /// By member.
  private(set) var causes: [LatencyCauses]

  var landings: Column<Landing>
  var landingCount = 0
  var nextTicket: Int64 = 0
  var nextHeadTicket: Int64 = -1
  /// When something last happened to a request.
  private(set) var lastInstant = Int64.min
  var endOfTime = Int64.max - 1
  var hasBegun = false
  var firstInstant: Int64 = 0
  var marks: LevelMarks
  /// When the next mark is due.
  var nextMark = Int64.max
  /// The run is over: nothing more is begun.
  var isStranding = false
  /// By replica's place: the ready replicas of each station, ascending.
  let readyReplicas: Column<Int32>
  /// Events since something last happened to a request.
  var idleEvents = 0

  /// Where the mirror spares production, which is then one of `arms`.
  var mirror: MirrorGate?

  /// Users in a closed loop, where they decide when requests arrive.
  var users: UserPool
  let isPaced: Bool
  /// Whether users wait for all members, or for the first arm alone.
  let usersAreSplit: Bool
  /// Who sends the row that is arriving; -1 where nobody waits for it.
  var sender: Int32 = -1
  /// No user sends any more.
  var isOver = false
  /// When something last happened while the next user was awaited.
  var lastHappening = Int64.min

  /// So many events in which no request comes nearer to its end, after the last arrival, end the run.
  let idleEventLimit: Int

  init(
    _ group: ServingGroup, names: [String], services: [ServicePlan?], stations: [NamedStation],
    seed: UInt64, idleEventLimit: Int, users plan: UserPlan? = nil, ties: TieOrder = .scheduled
  ) {
    self.idleEventLimit = idleEventLimit
    agenda = Agenda(capacity: 64, ties: ties)
    users = UserPool(plan, seed: seed, ties: ties)
    isPaced = plan != nil
    usersAreSplit = plan?.isSplit ?? false
    arms = group.arms
    stationIndices = group.stations
    blueprint = CellBlueprint(group, names: names, services: services, stations: stations)
    draws = CellDraws(group, names: names, services: services, stations: stations, seed: seed)
    replicas = Column(repeating: ReplicaRecord(), count: blueprint.replicaCount)
    queues = Column(repeating: QueueRecord(), count: blueprint.queueCount)
    laneHeads = Column(repeating: -1, count: 16 * blueprint.queueCount)
    laneTails = Column(repeating: -1, count: 16 * blueprint.queueCount)
    readyReplicas = Column(repeating: 0, count: blueprint.replicaCount)
    idleWords = Column(repeating: 0, count: blueprint.wordCount)
    accounts = Column(
      repeating: AccountRecord(), count: group.arms.count + group.stations.count)
    stationStates = Column(repeating: StationState(), count: blueprint.stations.count)
    gates = Column(repeating: GateRecord(), count: group.arms.count)
    faultProcesses = Column(repeating: FaultProcess(), count: 0)
    autoscalers = blueprint.autoscalers.map { Autoscaler($0) }
    tallies = Column(repeating: AttemptFacts(), count: group.arms.count)
    oddTimes = Column(repeating: OddTimes(), count: group.arms.count)
    causes = Array(repeating: LatencyCauses(), count: group.arms.count)
    landings = Column(repeating: Landing(), count: 256)
    marks = LevelMarks(accounts: group.arms.count + group.stations.count)
    layOut()
  }

  private func layOut() {
    for station in 0..<blueprint.stations.count {
      let plan = blueprint.stations[station]
      for index in 0..<plan.most {
        replicas[plan.firstReplica + index].station = Int32(station)
        replicas[plan.firstReplica + index].index = Int32(index)
      }
      let queueCount = plan.hasOwnQueues ? plan.most + 1 : 1
      for index in 0..<queueCount {
        queues[plan.firstQueue + index].station = Int32(station)
        queues[plan.firstQueue + index].replica =
          index == 0 ? -1 : Int32(plan.firstReplica + index - 1)
      }
    }
  }

  /// Lets time pass up to the last arrival of a block, whose requests arrive on the way.
  mutating func serve(_ admission: borrowing Admission, of blocks: borrowing OpenBlocks) {
    endOfTime = blocks.endOfTime
    let firstRow = blocks.firstRow(ofBlock: admission.block)
    let times = blocks.place(row: firstRow)
    for row in 0..<admission.count {
      serve(row, at: blocks.arrivals[times &+ row], admission, blocks)
    }
    land(in: blocks)
  }

  /// Lets time pass up to the arrival of a row, and lets it arrive.
  @inline(__always)
  mutating func serve(
    _ row: Int, at now: Int64, _ admission: borrowing Admission, _ blocks: borrowing OpenBlocks
  ) {
    let firstRow = blocks.firstRow(ofBlock: admission.block)
    if !hasBegun { begin(at: now) }
    if mirror != nil {
      spare(firstRow &+ row, admission.firstOrdinal &+ UInt64(row), now, blocks)
    }
    for member in 0..<arms.count {
      pass(until: now)
      if nextMark < now { mark(upTo: now) }
      arrive(row, firstRow &+ row, member, at: now, admission, blocks)
    }
    if landingCount > 128 { land(in: blocks) }
  }

  private mutating func spare(
    _ row: Int, _ ordinal: UInt64, _ now: Int64, _ blocks: borrowing OpenBlocks
  ) {
    pass(until: now)
    let production = arms.firstIndex(of: 0) ?? 0
    mirror?.look(waiting: accounts[production].waiting, at: now)
    mirror?.pass(row: row, ordinal: ordinal, blocks)
  }

  /// Lets all that is in flight come to its end; what never would, because nothing that could serve it
  /// comes back, is left in flight.
  mutating func drain(_ blocks: borrowing OpenBlocks, lastArrival: Int64) {
    // Of a closed loop, events since the last request may have been let happen already.
    if !isPaced { idleEvents = 0 }
    var now = max(lastInstant, lastArrival, lastHappening)
    while requests.count > 0 && idleEvents < idleEventLimit {
      let time = agenda.earliestTime()
      if time > endOfTime { break }
      now = time
      happen(at: time)
      if landingCount > 128 { land(in: blocks) }
    }
    if requests.count > 0 { strand(at: now) }
    land(in: blocks)
  }

  @inline(__always) private mutating func pass(until time: Int64) {
    while true {
      let next = agenda.earliestTime()
      if next > time { break }
      happen(at: next)
    }
  }

  @inline(never) mutating func happen(at now: Int64) {
    if nextMark < now { mark(upTo: now) }
    let (happening, subject) = agenda.take()
    idleEvents &+= 1
    switch happening {
    case .serviceEnd: endService(of: subject, at: now)
    case .shareEnd: endShare(of: subject, at: now)
    case .grant: grant(subject, at: now)
    case .timeOut: timeOut(subject, at: now)
    case .impatience: loseHeart(subject, at: now)
    case .repair: repair(subject, at: now)
    case .failure: fail(subject, at: now)
    case .ready: becomeReady(subject, at: now)
    case .scale: scale(subject, at: now)
    case .batchWait: endBatchWait(of: subject, at: now)
    case .hedge: hedge(subject, at: now)
    case .retry: retry(subject, at: now)
    }
  }

  /// Something happens to a request.
  @inline(__always) mutating func note(_ now: Int64) {
    lastInstant = now
    idleEvents = 0
  }

  /// A request's outcome is known and nothing of it is left in the cell.
  @inline(never) mutating func landIfDone(_ request: Int) {
    guard requests[request].isSettled && requests[request].live == 0 else { return }
    if landingCount == landings.count { growLandings() }
    let record = requests[request]
    landings[landingCount] = Landing(
      row: record.row, member: record.member, fate: record.fate,
      wait: record.ended &- record.arrival &- record.service, service: record.service,
      latency: record.settledAt &- record.arrival)
    landingCount &+= 1
    if record.fate == .answered {
      causes[Int(record.member)].add(record.parts, latency: record.settledAt &- record.arrival)
    }
    requests.release(request)
  }

  private mutating func growLandings() {
    let larger = Column(repeating: Landing(), count: 2 * landings.count)
    landings.copy(from: 0, count: landingCount, to: larger, at: 0)
    landings = larger
  }

  @inline(never) mutating func land(in blocks: borrowing OpenBlocks) {
    for index in 0..<landingCount {
      let landing = landings[index]
      let place = blocks.place(arm: arms[Int(landing.member)], row: landing.row)
      blocks.fates[place] = landing.fate
      blocks.waits[place] = landing.wait
      blocks.services[place] = landing.service
      blocks.latencies[place] = landing.latency
      blocks.lands(row: landing.row)
    }
    landingCount = 0
  }

  /// The time `length` after `now`, held to the end of time.
  @inline(__always) func later(_ now: Int64, by length: Int64) -> Int64 {
    now &+ min(length, endOfTime &- now)
  }
}

/// What happened to times that were drawn while the cell ran.
struct OddTimes: BitwiseCopyable {
  var negative = 0
  var cut = 0
}

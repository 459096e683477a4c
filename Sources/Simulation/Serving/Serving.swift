import Probability
import Statistics
import Traffic

/// Where virtual time passes: every arm's requests go through its queue, its replicas and its faults.
///
/// Blocks go in through `admit`, in order of arrival, and come out through `takeCompleted`, in the same
/// order, each as soon as the fate of all its requests is known; `drain` after the last block lets
/// everything in flight end. Memory follows the backlog. How the requests are cut into blocks changes
/// nothing.
///
/// Plain arms that share replicas (`sharedWith`) run on one joint timeline of events
/// (`SharedReplicas`); a plain arm that shares with nobody needs no events (`LoneQueue`), and its fates
/// are the same to the bit. Everything else (retries, batches, scaling, failures, routes) is a
/// `ServingCell`, one for all arms that share replicas or visit the same stations.
/// At equal times answers come first, then time-outs in the queue, then arrivals in the order of
/// their rows, a request before its mirrors in the order of the arms.
package final class Serving {
  package let armCount: Int
  package let capacity: Int
  /// Whether outcomes have columns of tokens: an arm is a language model.
  package let hasTokens: Bool

  /// How an arm's waiting times are computed; the outcomes do not depend on it.
  package enum Road: Sendable, CaseIterable {
    /// The recursion where nothing is shared, events elsewhere.
    case shortest
    /// Events for every arm.
    case events
    /// The general cell for every arm.
    case cells
  }

  private var blocks: OpenBlocks
  private var draws: [ServiceDraws?]
  private var luck = LuckColumns()
  private var sized: SizedTimes
  private var sentCounts: [Int]
  private var tallies: [FateTally]
  /// By arm; of those that no cell serves.
  private var presences: [PresenceLevels?]
  private var lone: [LoneArm] = []
  private var shared: [SharedArms] = []
  private var cells: [CellArms] = []
  private let stations: [NamedStation]
  /// By arm: served by a recursion or by `SharedReplicas`.
  private var isAskedOnce: [Bool]
  private var language: [LanguageArms] = []
  /// The cell, of `cells`, whose users decide when requests arrive.
  private var paced: Int?
  private var firstArrival: Int64?
  private var lastArrival = Int64.min

  /// - Parameters:
  ///   - names: of the arms; they name the streams of arms with luck of their own.
  ///   - services: by arm; nil gives answers in zero time, which never fail.
  ///   - stations: that the arms' routes name.
  ///   - sparing: how the mirror of a shadow spares arm 0, which then needs a service; the mirror's
  ///     own share, and the arms that see copies.
  ///   - pacing: where users decide when requests arrive, arm 0, or of a split every arm, needs a
  ///     service that is no language model's.
  ///   - ties: what decides among events of equal time and priority.
  ///   - capacity: of the blocks that will be admitted.
  ///   - idleEventLimit: after the last arrival, so many events in which no request comes nearer to its
  ///     end (replicas fail and are repaired, an autoscaler looks) leave the rest in flight.
  package init(
    names: [String], services: [ServicePlan?], stations: [NamedStation] = [],
    sparing: (plan: MirrorSparing, share: Double, copies: Range<Int>)? = nil,
    pacing: Pacing = .traffic, ties: TieOrder = .scheduled, seed: UInt64, capacity: Int,
    by road: Road = .shortest, idleEventLimit: Int = 1 << 22
  ) {
    precondition(names.count == services.count, "\(names.count) names, \(services.count) arms")
    precondition(names.count > 0 && capacity > 0, "\(names.count) arms, capacity \(capacity)")
    armCount = names.count
    self.capacity = capacity
    hasTokens = services.contains { $0?.language != nil }
    blocks = OpenBlocks(armCount: armCount, capacity: capacity, hasTokens: hasTokens)
    draws = zip(names, services).map { name, plan in
      plan.map { ServiceDraws(arm: name, plan: $0, seed: seed) }
    }
    sentCounts = Array(repeating: 0, count: armCount)
    sized = SizedTimes(services, capacity: capacity)
    tallies = Array(repeating: FateTally(), count: armCount)
    presences = Array(repeating: nil, count: armCount)
    self.stations = stations
    isAskedOnce = Array(repeating: false, count: names.count)
    let groups = ServingGroup.all(
      names: names, services: services, stations: stations, isJoint: pacing.isJoint)
    for group in groups {
      let plans = group.arms.compactMap { services[$0] }
      let isPaced = pacing != .traffic && group.arms.contains(0)
      let users = isPaced ? pacing.users : nil
      if plans[0].language != nil {
        precondition(!isPaced, "users of a language model")
        attendOnce(group)
        language.append(
          LanguageArms(
            members: group.arms, plans: plans, name: names[group.arms[0]], seed: seed,
            ties: ties))
        continue
      }
      let decidesCopies = sparing != nil && group.arms.contains(0)
      if road == .cells || decidesCopies || isPaced || !group.isPlain(services) {
        if users != nil { paced = cells.count }
        cells.append(
          CellArms(
            ServingCell(
              group, names: names, services: services, stations: stations, seed: seed,
              idleEventLimit: idleEventLimit, users: users, ties: ties)))
        if decidesCopies, let sparing {
          cells[cells.count - 1].cell.mirror = MirrorGate(
            sparing.plan, share: sparing.share, copies: sparing.copies, seed: seed)
        }
        continue
      }
      attendOnce(group)
      if plans.count == 1 && road == .shortest {
        lone.append(LoneArm(LoneQueue(arm: group.arms[0], plan: plans[0])))
      } else {
        shared.append(
          SharedArms(
            SharedReplicas(
              members: group.arms, owner: plans[0], plans: plans, ties: ties)))
      }
    }
    precondition((paced == nil) == (pacing.users == nil), "nobody answers the users")
  }

  /// Every request is at one queue and on one replica, once.
  private func attendOnce(_ group: ServingGroup) {
    for arm in group.arms {
      isAskedOnce[arm] = true
      presences[arm] = PresenceLevels()
    }
  }

  /// Whether users decide when requests arrive.
  package var isPaced: Bool { paced != nil }

  /// No user sends any more, so that no further row will be served.
  package var isOver: Bool { paced.map { cells[$0].cell.isOver } ?? false }

  /// Feeds one block. Arrivals must not step back, within the block and from block to block.
  ///
  /// - Parameters:
  ///   - arrivals: in order, at least `count`.
  ///   - loggedLatencies: in nanoseconds, negative where missing; may be empty where no arm reads it.
  ///   - sent: arm-major, `[arm * capacity + row]`; 0 is not sent.
  ///   - units: for balancing by unit; empty where each request is a unit of its own.
  ///   - priorities: below 16, 0 the most urgent; empty where the arms' clients say it.
  ///   - tokens: what language models ask of the rows; may be empty where no arm is one.
  package func admit(
    arrivals: [SimulatedTime], loggedLatencies: [Int64], firstOrdinal: UInt64, count: Int,
    sent: [UInt8], units: [UInt64] = [], priorities: [UInt8] = [],
    tokens: RequestTokens = RequestTokens(), sizedTimes: [Int64] = []
  ) {
    precondition(count <= capacity && count <= arrivals.count, "\(count) rows of \(capacity)")
    precondition(sent.count >= armCount * capacity, "\(sent.count) marks of what is sent")
    precondition(!isPaced, "users decide when requests arrive")
    noteTimes(arrivals, count)
    let block = blocks.open(arrivals: arrivals, count: count, firstOrdinal: firstOrdinal)
    let admission = Admission(
      block: block, firstOrdinal: firstOrdinal, count: count, capacity: capacity,
      loggedLatencies: loggedLatencies, sizedTimes: sizedTimes, sent: sent, tokens: tokens,
      units: units, priorities: priorities)
    plan(admission, into: blocks)
    // Who decides which copies are sent goes before those who get them.
    for group in cells where group.cell.mirror != nil { group.cell.serve(admission, of: blocks) }
    for group in cells where group.cell.mirror == nil { group.cell.serve(admission, of: blocks) }
    serveOthers(admission)
  }

  /// Feeds one block whose requests arrive when users send them, and writes their arrivals into it; rows
  /// that nobody sends any more are cut off.
  package func pace(_ requests: inout RequestBlock, sent: [UInt8]) {
    guard let paced else { preconditionFailure("no users") }
    let before = (draws, sentCounts, sized)
    if sized.isNeeded { sized.read(requests, sent: sent) }
    let count = requests.count
    let block = blocks.open(
      arrivals: requests.arrivals, count: count, firstOrdinal: requests.firstOrdinal)
    var admission = Admission(
      block: block, firstOrdinal: requests.firstOrdinal, count: count, capacity: capacity,
      loggedLatencies: requests.latencies, sizedTimes: sized.bases, sent: sent,
      tokens: hasTokens ? RequestTokens(requests) : RequestTokens(), units: requests.units,
      priorities: requests.priorities)
    plan(admission, into: blocks)
    let served = cells[paced].cell.serveUsers(admission, of: blocks)
    blocks.copyArrivals(ofBlock: block, count: served, to: &requests.arrivals)
    requests.count = served
    admission.count = served
    noteTimes(requests.arrivals, served)
    if served < count {
      blocks.truncate(block: block, to: served)
      (draws, sentCounts, sized) = before
      if sized.isNeeded { sized.read(requests, sent: sent) }
      planAgain(admission, requests.arrivals)
    }
    for (index, group) in cells.enumerated() where index != paced {
      group.cell.serve(admission, of: blocks)
    }
    serveOthers(admission)
  }

  private func serveOthers(_ admission: Admission) {
    for group in lone { group.queue.serve(block: admission.block, of: blocks) }
    for group in shared { group.replicas.serve(block: admission.block, of: blocks) }
    for group in language { group.pool.serve(block: admission.block, of: blocks, admission) }
  }

  /// Counts what was drawn for the rows that were served, and for no others.
  private func planAgain(_ admission: Admission, _ arrivals: [SimulatedTime]) {
    var scratch = OpenBlocks(armCount: armCount, capacity: capacity, hasTokens: hasTokens)
    var admission = admission
    admission.block = scratch.open(
      arrivals: arrivals, count: admission.count, firstOrdinal: admission.firstOrdinal)
    plan(admission, into: scratch)
  }

  /// Feeds one block of traffic.
  package func admit(_ block: RequestBlock, sent: [UInt8]) {
    if sized.isNeeded { sized.read(block, sent: sent) }
    admit(
      arrivals: block.arrivals, loggedLatencies: block.latencies,
      firstOrdinal: block.firstOrdinal, count: block.count, sent: sent, units: block.units,
      priorities: block.priorities, tokens: hasTokens ? RequestTokens(block) : RequestTokens(),
      sizedTimes: sized.bases)
  }

  /// Lets everything in flight end; nothing may be admitted after it.
  package func drain() {
    for group in shared { group.replicas.drain(blocks) }
    for group in cells { group.cell.drain(blocks, lastArrival: lastArrival) }
    for group in language { group.pool.drain(blocks) }
  }

  /// Moves the oldest block into `outcomes`, if the fates of all its requests are known.
  package func takeCompleted(into outcomes: inout BlockOutcomes) -> Bool {
    guard blocks.oldestIsComplete else { return false }
    for arm in 0..<armCount { presences[arm]?.add(block: blocks.oldest, arm: arm, of: blocks) }
    blocks.close(into: &outcomes)
    for arm in 0..<armCount {
      tallies[arm].add(outcomes, arm: arm, sumsLatencies: presences[arm] == nil)
    }
    return true
  }

  /// How many blocks were admitted and not taken yet.
  package var openBlockCount: Int { blocks.openCount }

  /// By arm; of the fates, those of the blocks that were taken. Complete after `drain` when all
  /// blocks were taken.
  package var facts: [ServingFacts] {
    var facts = Array(repeating: ServingFacts(), count: armCount)
    for group in lone {
      facts[group.queue.arm] = plain(group.queue.facts, at: group.queue.lastInstant)
    }
    for group in shared {
      for (member, arm) in group.replicas.members.enumerated() {
        facts[arm] = plain(
          group.replicas.facts(ofMember: member), at: group.replicas.lastInstant)
      }
    }
    for group in cells {
      let end = max(group.cell.lastInstant, lastArrival)
      for (member, arm) in group.cell.arms.enumerated() {
        facts[arm] = ended(group.cell.facts(ofMember: member, at: end), at: end)
      }
    }
    for group in language {
      for (member, arm) in group.pool.members.enumerated() {
        facts[arm] = plain(group.pool.facts(ofMember: member), at: group.pool.lastInstant)
      }
    }
    let mirror = cells.lazy.compactMap { $0.cell.mirror }.first
    for arm in 0..<armCount {
      tallies[arm].enter(&facts[arm])
      facts[arm].sent = draws[arm]?.sent ?? sentCounts[arm]
      facts[arm].missingLatency = draws[arm]?.missingLatency ?? 0
      if let mirror, arm < mirror.dropped.count {
        facts[arm].droppedCopies = mirror.dropped[arm]
        facts[arm].sent -= mirror.dropped[arm]
        facts[arm].missingLatency -= mirror.droppedWithoutTime[arm]
      }
      facts[arm].negativeTimes += (draws[arm]?.negativeTimes ?? 0) + sized.negative[arm]
      facts[arm].cutTimes += draws[arm]?.cutTimes ?? 0
      if isAskedOnce[arm] { facts[arm].countAttemptsOnce() }
    }
    return facts
  }

  /// Where nothing scales, all replicas were there all the time; only a language model's serve several
  /// requests at a time.
  private func plain(_ facts: ServingFacts, at lastInstant: Int64) -> ServingFacts {
    var facts = ended(facts, at: lastInstant)
    guard let begin = facts.begin, let end = facts.end else { return facts }
    let passed = Int128(end.nanoseconds) - Int128(begin.nanoseconds)
    facts.orderedArea = passed * Int128(facts.replicas)
    facts.readyArea = facts.orderedArea
    facts.servingArea = facts.language?.serviceArea ?? facts.busyArea
    facts.waitingSum = facts.waitingArea
    facts.servingSum = facts.servingArea
    return facts
  }

  private func ended(_ facts: ServingFacts, at lastInstant: Int64) -> ServingFacts {
    guard let firstArrival else { return facts }
    var facts = facts
    facts.begin = SimulatedTime(nanoseconds: firstArrival)
    facts.end = SimulatedTime(nanoseconds: max(lastInstant, lastArrival))
    return facts
  }

  private func plan(_ admission: Admission, into blocks: borrowing OpenBlocks) {
    luck.begin(count: admission.count)
    for arm in 0..<armCount { plan(arm, admission, into: blocks) }
  }

  private func plan(_ arm: Int, _ admission: Admission, into blocks: borrowing OpenBlocks) {
    if draws[arm] != nil {
      draws[arm]?.plan(admission, arm: arm, into: blocks, &luck)
      return
    }
    let place = blocks.place(arm: arm, row: blocks.firstRow(ofBlock: admission.block))
    for row in 0..<admission.count where admission.sent[arm * capacity + row] != 0 {
      blocks.fates[place + row] = .answered
      sentCounts[arm] += 1
    }
  }

  private func noteTimes(_ arrivals: [SimulatedTime], _ count: Int) {
    guard count > 0 else { return }
    let times = arrivals.span
    var last = lastArrival
    var stepsBack = false
    for row in 0..<count {
      let time = times[row].nanoseconds
      stepsBack = stepsBack || time < last
      last = time
    }
    precondition(!stepsBack, "arrivals step back before \(last) ns")
    precondition(last < OpenBlocks.never, "an arrival at \(last) ns")
    if firstArrival == nil { firstArrival = times[0].nanoseconds }
    lastArrival = last
  }

  /// By arm: its queue and its replicas over time, complete after `drain` when all blocks were taken; nil
  /// without a service.
  package var levels: [ServingLevels?] {
    var levels: [ServingLevels?] = Array(repeating: nil, count: armCount)
    for group in lone {
      levels[group.queue.arm] = plainLevels(
        group.queue.arm, group.queue.facts, until: group.queue.lastInstant)
    }
    for group in shared {
      for (member, arm) in group.replicas.members.enumerated() {
        levels[arm] = plainLevels(
          arm, group.replicas.facts(ofMember: member), until: group.replicas.lastInstant)
      }
    }
    for group in language {
      for (member, arm) in group.pool.members.enumerated() {
        levels[arm] = plainLevels(
          arm, group.pool.facts(ofMember: member), until: group.pool.lastInstant,
          busy: group.pool.busySpans)
      }
    }
    for group in cells {
      let end = max(group.cell.lastInstant, lastArrival)
      for (member, arm) in group.cell.arms.enumerated() {
        levels[arm] = group.cell.levels(ofMember: member, until: end)
      }
    }
    return levels
  }

  private func plainLevels(
    _ arm: Int, _ facts: ServingFacts, until lastInstant: Int64, busy: PresenceLevels? = nil
  ) -> ServingLevels? {
    guard firstArrival != nil else { return nil }
    return presences[arm]?.levels(
      until: max(lastInstant, lastArrival), replicas: facts.replicas, busy: busy)
  }

  /// By arm: where the latencies of its answered requests come from, complete after `drain`; nil for arms
  /// that no cell serves.
  package var causes: [LatencyCauses?] {
    var causes: [LatencyCauses?] = Array(repeating: nil, count: armCount)
    for group in cells {
      for (member, arm) in group.cell.arms.enumerated() { causes[arm] = group.cell.causes[member] }
    }
    return causes
  }

  /// By arm: whether its service and the requests' own records agree on how long they were there, complete
  /// after `drain` when all blocks were taken; nil without a service.
  ///
  /// Of a cell, requests are there from their arrival until their client has an answer or gives up; of other
  /// services, while they wait and are served.
  package var littleLaws: [LittleLaw.Verdict?] {
    let facts = facts
    var laws: [LittleLaw.Verdict?] = Array(repeating: nil, count: armCount)
    for arm in 0..<armCount {
      guard let total = presences[arm]?.total else { continue }
      laws[arm] = law(
        facts[arm], area: facts[arm].waitingArea + facts[arm].servingArea,
        times: total.waiting + total.serving)
    }
    for group in cells {
      let end = max(group.cell.lastInstant, lastArrival)
      for (member, arm) in group.cell.arms.enumerated() {
        let account = group.cell.accounts[member]
        let visits = law(
          facts[arm], area: facts[arm].waitingArea + facts[arm].servingArea,
          times: facts[arm].waitingSum + facts[arm].servingSum)
        laws[arm] =
          visits.holds
          ? law(
            facts[arm], area: account.presentArea(end), times: tallies[arm].latencySum,
            present: account.present) : visits
      }
    }
    return laws
  }

  private func law(
    _ facts: ServingFacts, area: Int128, times: Int128, present: Int = 0
  ) -> LittleLaw.Verdict {
    let length = (facts.end?.nanoseconds ?? 0) &- (facts.begin?.nanoseconds ?? 0)
    return LittleLaw.Verdict(
      area: area, timesInSystem: times, numberAtEnd: Int64(present), inFlight: 0,
      requests: Int64(facts.sent), length: length)
  }

  /// By named station: the replicas that several arms visit, complete after `drain`. Of the counts only
  /// those of time are told.
  package var stationFacts: [ServingFacts] {
    var facts = Array(repeating: ServingFacts(), count: stations.count)
    for group in cells {
      let end = max(group.cell.lastInstant, lastArrival)
      for (place, station) in group.cell.stationIndices.enumerated() {
        facts[station] = ended(group.cell.facts(ofStation: place, at: end), at: end)
      }
    }
    return facts
  }
}

private final class LoneArm {
  var queue: LoneQueue
  init(_ queue: consuming LoneQueue) { self.queue = queue }
}

private final class CellArms {
  var cell: ServingCell
  init(_ cell: consuming ServingCell) { self.cell = cell }
}

private final class SharedArms {
  var replicas: SharedReplicas
  init(_ replicas: consuming SharedReplicas) { self.replicas = replicas }
}

/// How many requests of an arm came to which end.
private struct FateTally {
  private var answered = 0
  private var timedOut = 0
  private var failed = 0
  private var shed = 0
  private var abandoned = 0
  private var inFlight = 0
  /// Of all requests, in nanoseconds.
  private(set) var latencySum: Int128 = 0

  mutating func add(_ outcomes: borrowing BlockOutcomes, arm: Int, sumsLatencies: Bool) {
    let start = arm * outcomes.capacity
    let fates = outcomes.fates.span.extracting(start..<start + outcomes.count)
    var counted = FateTally()
    for row in fates.indices {
      counted.answered += fates[row] == .answered ? 1 : 0
      counted.timedOut += fates[row] == .timedOut ? 1 : 0
      counted.failed += fates[row] == .failed ? 1 : 0
      counted.shed += fates[row] == .shed ? 1 : 0
      counted.abandoned += fates[row] == .abandoned ? 1 : 0
      counted.inFlight += fates[row] == .inFlight ? 1 : 0
    }
    let latencies = outcomes.latencies.span.extracting(start..<start + outcomes.count)
    if sumsLatencies { for row in latencies.indices { latencySum &+= Int128(latencies[row]) } }
    answered += counted.answered
    timedOut += counted.timedOut
    failed += counted.failed
    shed += counted.shed
    abandoned += counted.abandoned
    inFlight += counted.inFlight
  }

  func enter(_ facts: inout ServingFacts) {
    facts.answered = answered
    facts.timedOut = timedOut
    facts.failed = failed
    facts.shed = shed
    facts.abandoned = abandoned
    facts.inFlight = inFlight
  }
}

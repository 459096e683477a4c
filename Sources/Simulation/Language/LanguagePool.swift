import Probability

/// Arms that share the engines of a language model: their queue or queues, replicas and clients.
///
/// At equal times steps end first, then clients give up, then prefilled sequences come from the prefill
/// pool, then requests in the order of their rows (a request before its mirrors in the order of the
/// arms), and then steps begin, all of them in the order of the replicas: what the beginning of a step
/// does to a queue is seen at that instant by the replicas after it alone. Only the ends and beginnings of
/// runs of equal steps are looked at, so that the cost does not grow with the number of tokens.
///
/// - Complexity: O(replicas + log sequences) for each change of a batch.
struct LanguagePool: ~Copyable {
  /// The arms, the owner of the replicas first.
  let members: [Int]
  private let plan: LanguagePlan
  private let replicas: Int
  private let queueLimit: Int
  private let arms: Column<Int>
  private let patiences: Column<Patience>
  private let urgencies: Column<Int>
  private let anyCancels: Bool

  private var table: TokenSequences
  private let engines: [EngineSeat]
  /// By engine: what it does next and when, as `Key`.
  private let keys: Column<Int128>
  /// Of those who decode, and of those who prefill where they do it elsewhere.
  private var decoders: LanguageRouter
  private var prefillers: LanguageRouter
  /// Sequences on their way from prefill to decode; the slot is theirs.
  private var transfers: EventQueue
  private let transferPerToken: Int128

  private let memberFacts: Column<MemberFacts>
  /// The replicas at work over time.
  private(set) var busySpans = PresenceLevels()
  private(set) var lastInstant = Int64.min

  /// - Parameters:
  ///   - plans: by member; the first is the owner's.
  ///   - ownerName: it names the streams of drawn choices.
  init(
    members: [Int], plans: [ServicePlan], ownerName: String, seed: UInt64,
    ties: TieOrder = .scheduled
  ) {
    transfers = EventQueue(capacity: 61, ties: ties)
    let owner = plans[0]
    guard let plan = owner.language else { preconditionFailure("no language plan") }
    let mistakes = plan.mistakes(in: owner)
    precondition(mistakes.isEmpty, "\(mistakes)")
    let capacity = ServiceCapacity(owner)
    let pool = plan.prefillPool
    let engineCount = capacity.replicas + (pool?.replicas ?? 0)
    self.members = members
    self.plan = plan
    replicas = capacity.replicas
    queueLimit = capacity.queueLimit
    arms = Column(repeating: 0, count: members.count)
    patiences = Column(repeating: Patience(owner), count: members.count)
    urgencies = Column(repeating: 0, count: members.count)
    for (member, plan) in plans.enumerated() {
      arms[member] = members[member]
      patiences[member] = Patience(plan)
      urgencies[member] = plan.client.priority
    }
    anyCancels = plans.contains { Patience($0).cancels }
    let isCentral = owner.station.balancing == .central
    table = TokenSequences(
      lines: engineCount, engines: engineCount, members: members.count,
      levels: owner.station.discipline == .priority ? Self.levels : 1)
    engines = (0..<engineCount).map { index in
      let prefills = index >= capacity.replicas
      let rules = EngineRules(
        plan, steps: prefills ? pool?.steps ?? plan.steps : plan.steps, handsOver: prefills)
      let line = isCentral ? (prefills ? capacity.replicas : 0) : index
      return EngineSeat(LanguageEngine(index: index, line: line, rules: rules, plan: plan))
    }
    keys = Column(repeating: Key.never, count: engineCount)
    decoders = LanguageRouter(
      first: 0, count: replicas, balancing: owner.station.balancing, name: ownerName, seed: seed)
    prefillers = LanguageRouter(
      first: replicas, count: pool?.replicas ?? 0, balancing: owner.station.balancing,
      name: "\(ownerName)/prefill", seed: seed)
    transferPerToken = FixedPoint.length(seconds: pool?.transferPerToken ?? 0)
    memberFacts = Column(repeating: MemberFacts(), count: members.count)
  }

  private static let levels = 16

  /// What an engine does next: four times its fixed-point instant, and the rank among equal instants.
  private enum Key {
    static let never = Int128.max
    static let finish: Int128 = 0
    static let giveUp: Int128 = 1
    static let arrive: Int128 = 2
    static let begin: Int128 = 3

    @inline(__always) static func at(_ instant: Int128, _ rank: Int128) -> Int128 {
      4 &* instant &+ rank
    }
    @inline(__always) static func at(_ nanoseconds: Int64, _ rank: Int128) -> Int128 {
      at(FixedPoint.instant(nanoseconds), rank)
    }
    @inline(__always) static func instant(_ key: Int128) -> Int128 { key >> 2 }
    @inline(__always) static func begins(_ key: Int128) -> Bool { key & 3 == begin }
  }

  // MARK: Serving blocks

  /// Lets time pass up to the last arrival of a block, whose requests arrive on the way.
  mutating func serve(
    block: Int, of blocks: borrowing OpenBlocks, _ admission: borrowing Admission
  ) {
    table.endOfTime = blocks.endOfTime
    if plan.prefixCaching, let tokens = admission.tokens.prefixTokens {
      for seat in engines { seat.engine.memory.cachePrefixes(of: tokens) }
    }
    let firstRow = blocks.firstRow(ofBlock: block)
    let times = blocks.place(row: firstRow)
    if blocks.rows(ofBlock: block) > 0 { busySpans.begin(at: blocks.arrivals[times]) }
    for row in 0..<blocks.rows(ofBlock: block) {
      let now = blocks.arrivals[times &+ row]
      for member in 0..<arms.count {
        if blocks.fates[blocks.place(arm: arms[member], row: firstRow &+ row)] == .notSent {
          continue
        }
        pass(through: Key.at(now, Key.arrive), blocks)
        arrive(row, member, at: now, blocks, admission)
      }
    }
  }

  /// Lets all that is in flight come to its end.
  mutating func drain(_ blocks: borrowing OpenBlocks) {
    pass(through: Key.never &- 1, blocks)
  }

  func facts(ofMember member: Int) -> ServingFacts {
    var facts = ServingFacts()
    var language = LanguageFacts()
    var busy: Int128 = 0
    for seat in engines {
      let engine = seat.engine.facts
      language.steps += engine.steps
      language.prefilledTokens += engine.prefilledTokens
      language.cacheHitTokens += engine.cacheHitTokens
      language.decodedTokens += engine.decodedTokens
      language.preemptions += engine.preemptions
      language.recomputedTokens += engine.recomputedTokens
      language.memoryPeakTokens = max(
        language.memoryPeakTokens, seat.engine.memory.peak * plan.blockTokens)
      busy += engine.busy
    }
    language.replicas = engines.count
    language.costPerHour = plan.costPerHour
    language.answeredInputTokens = memberFacts[member].inputTokens
    language.answeredOutputTokens = memberFacts[member].outputTokens
    language.misfits = memberFacts[member].misfits
    language.missingTokens = memberFacts[member].missingTokens
    language.serviceArea = table.areas.busyArea[member]
    facts.replicas = engines.count
    facts.busyArea = FixedPoint.nanoseconds(busy)
    facts.waitingArea = table.areas.waitingArea[member]
    facts.maximumWaiting = memberFacts[member].maximumWaiting
    facts.cutTimes = memberFacts[member].cutTimes
    facts.language = language
    return facts
  }

  // MARK: Time

  /// Everything that happens up to a key, in order.
  private mutating func pass(through limit: Int128, _ blocks: borrowing OpenBlocks) {
    while true {
      var earliest = limit &+ 1
      var engine = -1
      for index in 0..<keys.count where keys[index] < earliest {
        earliest = keys[index]
        engine = index
      }
      let transfer =
        transfers.isEmpty ? Key.never : Key.at(transfers.earliestNanoseconds, Key.arrive)
      let timeout = anyCancels ? earliestTimeout : (key: Key.never, member: 0)
      if min(transfer, timeout.key) < earliest {
        if timeout.key < transfer {
          giveUp(timeout.member, at: Key.instant(timeout.key), blocks)
        } else {
          receive()
        }
      } else if engine < 0 {
        break
      } else if Key.begins(earliest) {
        begin(engine, at: Key.instant(earliest))
      } else {
        finish(engine, at: Key.instant(earliest), blocks)
      }
    }
  }

  private mutating func begin(_ engine: Int, at now: Int128) {
    let seat = engines[engine]
    let isBusy = seat.engine.begin(at: now, table)
    keys[engine] = isBusy ? Key.at(seat.engine.run.end, Key.finish) : Key.never
    guard decoders.isCentral, seat.engine.hasPreempted || seat.engine.hasAdmitted,
      table.waitingCounts[seat.engine.line] > 0
    else { return }
    offer(seat.engine.line, by: engine, at: now)
  }

  private mutating func finish(_ engine: Int, at now: Int128, _ blocks: borrowing OpenBlocks) {
    let seat = engines[engine]
    busySpans.addService(
      from: Int64(FixedPoint.nanoseconds(seat.engine.run.begin)),
      until: Int64(FixedPoint.nanoseconds(now)))
    seat.engine.finish(table)
    let goesOn = seat.engine.runningCount > 0 || table.waitingCounts[seat.engine.line] > 0
    keys[engine] = goesOn ? Key.at(now, Key.begin) : Key.never
    settle(at: now, blocks)
  }

  /// Somebody new is at the head of a line: an idle replica takes it, or those who may take it look at
  /// the end of the step under way.
  ///
  /// - Parameter beginner: the replica whose step's beginning at `now` made it so, which knows already;
  ///   -1 where it was another event. Of the steps of other replicas that begin at `now`, those before it
  ///   have begun, those after it have not.
  private func offer(_ line: Int, by beginner: Int, at now: Int128) {
    let candidates = engines(of: line)
    for engine in candidates where engine != beginner {
      if keys[engine] == Key.never {
        keys[engine] = Key.at(now, Key.begin)
        return
      }
      // A replica before the idle one that is between two steps at this very instant comes first.
      guard engine > beginner, !Key.begins(keys[engine]) else { continue }
      if engines[engine].engine.hasStepEnd(at: now) { cut(engine, at: now) }
    }
    for engine in candidates where engine != beginner && engines[engine].engine.hasRoom {
      cut(engine, at: engine < beginner ? now &+ 1 : now)
    }
  }

  private func engines(of line: Int) -> Range<Int> {
    if !decoders.isCentral { return line..<line + 1 }
    return line == 0 ? 0..<replicas : replicas..<engines.count
  }

  /// Gives up the steps of an engine that would begin at `now` or later.
  private func cut(_ engine: Int, at now: Int128) {
    if keys[engine] == Key.never || Key.begins(keys[engine]) { return }
    let seat = engines[engine]
    guard seat.engine.run.count > 1 else { return }
    seat.engine.cut(at: now)
    keys[engine] = Key.at(seat.engine.run.end, Key.finish)
  }

  // MARK: Arrivals

  private mutating func arrive(
    _ row: Int, _ member: Int, at now: Int64, _ blocks: borrowing OpenBlocks,
    _ admission: borrowing Admission
  ) {
    let number = blocks.firstRow(ofBlock: admission.block) &+ row
    let place = blocks.place(arm: arms[member], row: number)
    guard let length = admitted(row, member, admission) else {
      blocks.fates[place] = .failed
      return
    }
    let entity = admission.firstOrdinal &+ UInt64(row)
    let unit = admission.tokens.units.isEmpty ? entity : admission.tokens.units[row]
    let isSplit = prefillers.count > 0
    let engine =
      isSplit
      ? prefillers.choose(entity: entity, unit: unit)
      : decoders.choose(entity: entity, unit: unit)
    let line = engines[engine].engine.line
    if table.waitingCounts[line] >= queueLimit && !mayPass(line) {
      blocks.fates[place] = .shed
      return
    }
    let slot = table.take()
    var sequence = TokenSequence()
    sequence.state = .waiting
    sequence.row = number
    sequence.member = member
    sequence.level = level(row, member, admission)
    sequence.arrival = now
    sequence.line = line
    sequence.engine = engine
    sequence.entity = entity
    sequence.unit = unit
    sequence.input = length.input
    sequence.output = length.output
    sequence.target = length.input
    sequence.load = isSplit ? length.input : length.input + length.output
    if isSplit {
      prefillers.add(sequence.load, to: engine)
    } else {
      decoders.add(sequence.load, to: engine)
    }
    table.slots[slot] = sequence
    if plan.prefixCaching { keepPrefix(of: slot, row, admission) }
    blocks.takesOff(row: number)
    if patiences[member].cancels { table.watch(slot, in: member) }
    table.areas.change(member, at: now, waiting: 1, busy: 0)
    table.unstarted[member] += 1
    memberFacts[member].maximumWaiting = max(
      memberFacts[member].maximumWaiting, table.unstarted[member])
    join(slot, at: FixedPoint.instant(now))
  }

  /// The tokens of a request that can be served; nil where it fails at once.
  private func admitted(
    _ row: Int, _ member: Int, _ admission: borrowing Admission
  ) -> (input: Int, output: Int)? {
    precondition(
      row < admission.tokens.inputs.count && row < admission.tokens.outputs.count,
      "requests without tokens at a language model")
    let input = Int(admission.tokens.inputs[row])
    let output = Int(admission.tokens.outputs[row])
    if input < 1 || output < 1 {
      memberFacts[member].missingTokens += 1
      return nil
    }
    if plan.misfit(inputTokens: input, outputTokens: output) != nil {
      memberFacts[member].misfits += 1
      return nil
    }
    return (input, output)
  }

  private func level(_ row: Int, _ member: Int, _ admission: borrowing Admission) -> Int {
    if table.levels == 1 { return 0 }
    let traffics = admission.tokens.priorities
    return min(traffics.isEmpty ? urgencies[member] : Int(traffics[row]), Self.levels - 1)
  }

  /// Whether a replica of the line is free, so that a request need not wait.
  private func mayPass(_ line: Int) -> Bool {
    guard table.waitingCounts[line] == 0 else { return false }
    for engine in engines(of: line) where keys[engine] == Key.never { return true }
    return false
  }

  /// Keeps the identities of a prompt's whole blocks.
  private mutating func keepPrefix(
    of slot: Int, _ row: Int, _ admission: borrowing Admission
  ) {
    guard let size = admission.tokens.prefixTokens else { return }
    let places = admission.tokens.prefixPlaces[row]
    let count = min(places.count, table.slots[slot].input / size)
    guard count > 0 else { return }
    let prefix = table.prefixes.take(count)
    for index in 0..<count {
      table.prefixes[prefix + index] = admission.tokens.prefixes[places.lowerBound + index]
    }
    table.slots[slot].prefix = prefix
    table.slots[slot].prefixCount = count
  }

  private func join(_ slot: Int, at now: Int128) {
    table.queueLast(slot)
    let line = table.slots[slot].line
    if table.firstWaiting(line) == slot { offer(line, by: -1, at: now) }
  }

  /// The first sequence on its way from prefill is there.
  private mutating func receive() {
    let now = FixedPoint.instant(transfers.earliestNanoseconds)
    let slot = transfers.earliestSlot
    transfers.removeEarliest()
    if table.slots[slot].state == .lost {
      table.giveBack(slot)
      return
    }
    let sequence = table.slots[slot]
    let engine = decoders.choose(entity: sequence.entity, unit: sequence.unit)
    table.slots[slot].state = .waiting
    table.slots[slot].engine = engine
    table.slots[slot].line = engines[engine].engine.line
    table.slots[slot].load = sequence.input + sequence.output
    decoders.add(sequence.input + sequence.output, to: engine)
    join(slot, at: now)
  }

  // MARK: Ends

  /// Who left an engine at `now` is at its end, or on its way to another.
  private mutating func settle(at now: Int128, _ blocks: borrowing OpenBlocks) {
    while true {
      let slot = table.takeLeaving(TokenSequences.ended)
      if slot < 0 { break }
      let sequence = table.slots[slot]
      let patience = patiences[sequence.member]
      let isLate = table.nanoseconds(now) > patience.deadline(arrival: sequence.arrival)
      if patience.cancels && !sequence.isDoomed { table.unwatch(slot, in: sequence.member) }
      close(slot, at: now, timedOut: isLate || sequence.isDoomed, blocks)
      table.giveBack(slot)
    }
    while true {
      let slot = table.takeLeaving(TokenSequences.prefilled)
      if slot < 0 { break }
      send(slot, at: now)
    }
  }

  private mutating func send(_ slot: Int, at now: Int128) {
    leavePool(slot)
    table.slots[slot].state = .moving
    let length = transferPerToken &* Int128(table.slots[slot].input)
    let instant = FixedPoint.nanoseconds(now) + FixedPoint.nanoseconds(length)
    transfers.schedule(
      at: Int64(min(instant, Int128(table.endOfTime))), priority: 0, slot: UInt64(slot))
  }

  /// Takes a sequence off its router's account, and its prefix out of the store.
  private func leavePool(_ slot: Int) {
    let sequence = table.slots[slot]
    if sequence.prefixCount > 0 {
      table.prefixes.giveBack(sequence.prefix, count: sequence.prefixCount)
      table.slots[slot].prefixCount = 0
    }
    if decoders.isCentral { return }
    if sequence.engine < replicas {
      decoders.remove(sequence.load, from: sequence.engine)
    } else {
      prefillers.remove(sequence.load, from: sequence.engine)
    }
  }

  /// Writes down what became of a request that leaves at `now`.
  private mutating func close(
    _ slot: Int, at now: Int128, timedOut: Bool, _ blocks: borrowing OpenBlocks
  ) {
    if table.slots[slot].state != .moving { leavePool(slot) }
    let sequence = table.slots[slot]
    let member = sequence.member
    let end = table.nanoseconds(now)
    if FixedPoint.nanoseconds(now) > Int128(end) { memberFacts[member].cutTimes += 1 }
    let hasStarted = sequence.start > .min
    let place = blocks.place(arm: arms[member], row: sequence.row)
    if timedOut { blocks.fates[place] = .timedOut }
    blocks.waits[place] = (hasStarted ? sequence.start : end) &- sequence.arrival
    blocks.services[place] = hasStarted ? end &- sequence.start : 0
    blocks.latencies[place] = timedOut ? patiences[member].timeout : end &- sequence.arrival
    writeTokens(of: sequence, at: place, blocks)
    table.areas.change(
      member, at: end, waiting: hasStarted ? 0 : -1, busy: hasStarted ? -1 : 0)
    if !hasStarted { table.unstarted[member] -= 1 }
    if blocks.fates[place] == .answered {
      memberFacts[member].inputTokens += sequence.input
      memberFacts[member].outputTokens += sequence.output
    }
    blocks.lands(row: sequence.row)
    lastInstant = max(lastInstant, end)
  }

  private func writeTokens(
    of sequence: TokenSequence, at place: Int, _ blocks: borrowing OpenBlocks
  ) {
    guard sequence.firstToken > .min else { return }
    blocks.firstTokens[place] = sequence.firstToken &- sequence.arrival
    guard sequence.generated > 1 else { return }
    let passed = table.nanoseconds(sequence.lastToken) &- sequence.firstToken
    let gaps = Int64(sequence.generated - 1)
    blocks.tokenGaps[place] = (passed &+ gaps / 2) / gaps
    blocks.longestGaps[place] = Int64(
      min(FixedPoint.nanoseconds(sequence.longestGap), Int128(Int64.max)))
  }

  // MARK: Clients who give up

  /// When the next client gives up, and at which member.
  private var earliestTimeout: (key: Int128, member: Int) {
    var earliest = Int64.max
    var found = 0
    for member in 0..<arms.count where table.patient[member].first >= 0 {
      let arrival = table.slots[Int(table.patient[member].first)].arrival
      let deadline = patiences[member].deadline(arrival: arrival)
      if deadline < earliest { (earliest, found) = (deadline, member) }
    }
    return (earliest == .max ? Key.never : Key.at(earliest, Key.giveUp), found)
  }

  /// Who has waited longest for an answer leaves: at once, or from a replica when its step ends.
  private mutating func giveUp(
    _ member: Int, at now: Int128, _ blocks: borrowing OpenBlocks
  ) {
    let slot = Int(table.patient[member].first)
    table.unwatch(slot, in: member)
    switch table.slots[slot].state {
    case .waiting:
      let line = table.slots[slot].line
      let isFirst = table.firstWaiting(line) == slot
      table.leaveQueue(slot)
      close(slot, at: now, timedOut: true, blocks)
      table.giveBack(slot)
      if isFirst && table.waitingCounts[line] > 0 { offer(line, by: -1, at: now) }
    case .moving:
      close(slot, at: now, timedOut: true, blocks)
      table.slots[slot].state = .lost
    case .prefilling, .decoding:
      doom(slot, at: now, blocks)
    case .vacant, .lost:
      preconditionFailure("nobody is there to give up")
    }
  }

  private mutating func doom(_ slot: Int, at now: Int128, _ blocks: borrowing OpenBlocks) {
    let engine = table.slots[slot].engine
    table.slots[slot].isDoomed = true
    table.watch(slot, in: table.doomed(on: engine))
    if Key.begins(keys[engine]) {
      engines[engine].engine.dropDoomed(table)
      settle(at: now, blocks)
    } else {
      cut(engine, at: now)
    }
  }
}

/// An engine in an array of engines.
final class EngineSeat {
  var engine: LanguageEngine
  init(_ engine: consuming LanguageEngine) { self.engine = engine }
}

/// What belongs to one of the arms of a pool.
struct MemberFacts: BitwiseCopyable {
  var inputTokens = 0
  var outputTokens = 0
  var misfits = 0
  var missingTokens = 0
  var maximumWaiting = 0
  var cutTimes = 0
}

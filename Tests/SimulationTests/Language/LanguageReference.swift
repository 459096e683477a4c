import Probability
import Simulation
import Traffic

/// A language model's engines the plain way: one step at a time, lists walked from end to end, all
/// counts made anew. Times are whole numbers of 2⁻³² ns.
final class LanguageReference {
  let trial: LanguageTrial
  let members: [Int]
  let plan: LanguagePlan
  let service: ServicePlan
  private(set) var rows: [[LanguageRow]]
  private(set) var facts = LanguageFacts()
  private(set) var busy: Int128 = 0
  var engines: [PlainEngine] = []
  /// By line.
  var waiting: [[PlainSequence]] = []
  private var transfers: [(time: Int64, sequence: PlainSequence)] = []
  private var alive: [PlainSequence] = []
  private var turns = [0, 0]
  private let errors: [[Bool]]

  init(_ trial: LanguageTrial, owner: Int) {
    self.trial = trial
    service = trial.services[owner]
    plan = service.language.found
    members =
      [owner]
      + trial.services.indices.filter {
        $0 != owner && trial.services[$0].sharedWith == trial.names[owner]
      }
    rows = members.map { _ in trial.arrivals.map { _ in LanguageRow() } }
    errors = members.map { arm in
      trial.arrivals.indices.map { request in
        var stream = RandomStream(
          seed: trial.seed, StreamName("error"), entity: UInt64(request))
        return stream.nextUnit() < trial.services[arm].errorRate
      }
    }
    let pool = plan.prefillPool
    for index in 0..<service.replicas + (pool?.replicas ?? 0) {
      let prefills = index >= service.replicas
      let first = prefills ? service.replicas : 0
      engines.append(
        PlainEngine(
          pool: self, index: index, line: service.station.balancing == .central ? first : index,
          steps: prefills ? pool.found.steps : plan.steps, handsOver: prefills))
      waiting.append([])
    }
    play()
    for engine in engines {
      facts.steps += engine.facts.steps
      facts.prefilledTokens += engine.facts.prefilledTokens
      facts.cacheHitTokens += engine.facts.cacheHitTokens
      facts.decodedTokens += engine.facts.decodedTokens
      facts.preemptions += engine.facts.preemptions
      facts.recomputedTokens += engine.facts.recomputedTokens
      facts.memoryPeakTokens = max(facts.memoryPeakTokens, engine.facts.memoryPeakTokens)
      busy += engine.busy
    }
  }

  private func play() {
    for (request, arrival) in trial.arrivals.enumerated() {
      for member in members.indices where trial.sent[members[member]][request] {
        pass(until: arrival)
        arrive(request, member)
      }
    }
    pass(until: nil)
  }

  /// All events in the order of (instant, rank, number), up to the arrivals of an instant.
  private func pass(until limit: Int64?) {
    while true {
      var events: [(time: Int128, rank: Int, number: Int)] = []
      for engine in engines {
        guard let time = engine.time else { continue }
        events.append((time, engine.isBetweenSteps ? 3 : 0, engine.index))
      }
      for sequence in alive {
        guard let deadline = deadline(sequence), cancels(sequence), !sequence.isDoomed else {
          continue
        }
        events.append((fixed(deadline), 1, sequence.member * 1_000_000 + sequence.request))
      }
      for (number, transfer) in transfers.enumerated() {
        events.append((fixed(transfer.time), 2, number))
      }
      guard
        let next = events.min(by: { ($0.time, $0.rank, $0.number) < ($1.time, $1.rank, $1.number) })
      else { return }
      if let limit, (next.time, next.rank) > (fixed(limit), 2) { return }
      switch next.rank {
      case 0: engines[next.number].finish()
      case 1: giveUp(next.number, at: next.time)
      case 2: receive(next.number)
      default:
        engines[next.number].begin()
        if !waiting[engines[next.number].line].isEmpty {
          wake(engines[next.number].line, next.time)
        }
      }
    }
  }

  // MARK: Arrivals and routes

  private func arrive(_ request: Int, _ member: Int) {
    let input = Int(trial.tokens.inputs[request])
    let output = Int(trial.tokens.outputs[request])
    rows[member][request].fate = .failed
    if input < 1 || output < 1 { return }
    let most = input + output - 1
    if (most + plan.blockTokens - 1) / plan.blockTokens > plan.memoryTokens / plan.blockTokens {
      return
    }
    if !plan.chunkedPrefill && most > plan.tokenBudget { return }
    let sequence = PlainSequence(
      request: request, member: member, arrival: trial.arrivals[request], input: input,
      output: output)
    if service.station.discipline == .priority {
      sequence.level =
        trial.tokens.priorities.isEmpty
        ? trial.services[members[member]].client.priority : Int(trial.tokens.priorities[request])
    }
    if plan.prefixCaching, let size = trial.tokens.prefixTokens {
      let prefix = trial.tokens.prefixes[trial.tokens.prefixPlaces[request]]
      sequence.prefix = Array(prefix.prefix(input / size))
    }
    let engine = route(sequence, prefills: plan.prefillPool != nil)
    let line = engines[engine].line
    let isFree = waiting[line].isEmpty && engines.contains { $0.line == line && $0.time == nil }
    if let limit = service.queueLimit, waiting[line].count >= limit, !isFree {
      rows[member][request].fate = .shed
      return
    }
    rows[member][request].fate = errors[member][request] ? .failed : .answered
    alive.append(sequence)
    sequence.engine = engine
    sequence.load = plan.prefillPool == nil ? input + output : input
    queue(sequence, line, at: fixed(sequence.arrival))
  }

  private func queue(_ sequence: PlainSequence, _ line: Int, at time: Int128) {
    sequence.state = .waiting
    sequence.line = line
    waiting[line].append(sequence)
    wake(line, time)
  }

  func wake(_ line: Int, _ time: Int128) {
    if let idle = engines.first(where: { $0.line == line && $0.time == nil }) {
      idle.time = time
      idle.isBetweenSteps = true
    }
  }

  private func route(_ sequence: PlainSequence, prefills: Bool) -> Int {
    let first = prefills ? service.replicas : 0
    let count = prefills ? plan.prefillPool.found.replicas : service.replicas
    var stream = RandomStream(
      seed: trial.seed,
      StreamName("balance/\(trial.names[members[0]])" + (prefills ? "/prefill" : "")),
      entity: UInt64(sequence.request))
    let loads = (0..<count).map { replica in
      alive.filter { $0.engine == first + replica && $0.state != .moving }.map(\.load).reduce(0, +)
    }
    switch service.station.balancing {
    case .central: return first
    case .roundRobin:
      turns[prefills ? 1 : 0] += 1
      return first + (turns[prefills ? 1 : 0] - 1) % count
    case .random: return first + Int(stream.nextUnit() * Double(count))
    case .leastLoaded: return first + loads.firstIndex(of: loads.min().found).found
    case .choices(let choices):
      let drawn = (0..<choices).map { _ in Int(stream.nextUnit() * Double(count)) }
      let least = drawn.map { loads[$0] }.min().found
      return first + drawn.first { loads[$0] == least }.found
    case .sticky:
      let unit = trial.tokens.units[sequence.request]
      let scores = (0..<count).map { DrawKey.finalise(unit ^ DrawKey.finalise(UInt64($0) + 1)) }
      return first + scores.firstIndex(of: scores.max().found).found
    }
  }

  func send(_ sequence: PlainSequence, at now: Int128) {
    sequence.state = .moving
    let length = Int128((plan.prefillPool.found.transferPerToken * 1e9 * 0x1p32).rounded())
    let ready = Int64(up(now) + up(length * Int128(sequence.input)))
    let place = transfers.firstIndex { $0.time > ready } ?? transfers.count
    transfers.insert((ready, sequence), at: place)
  }

  private func receive(_ number: Int) {
    let (time, sequence) = transfers.remove(at: number)
    guard sequence.state == .moving else { return }
    sequence.prefix = []
    let engine = route(sequence, prefills: false)
    sequence.engine = engine
    sequence.load = sequence.input + sequence.output
    queue(sequence, engines[engine].line, at: fixed(time))
  }

  // MARK: Ends

  private func cancels(_ sequence: PlainSequence) -> Bool {
    trial.services[members[sequence.member]].timeoutCancels
  }

  private func deadline(_ sequence: PlainSequence) -> Int64? {
    trial.services[members[sequence.member]].timeout.map { sequence.arrival + $0.nanoseconds }
  }

  private func giveUp(_ number: Int, at now: Int128) {
    let sequence = alive.first { $0.member * 1_000_000 + $0.request == number }.found
    sequence.isDoomed = true
    switch sequence.state {
    case .waiting:
      waiting[sequence.line].removeAll { $0 === sequence }
      end(sequence, at: now)
    case .moving: end(sequence, at: now)
    case .running:
      let engine = engines[sequence.engine]
      if engine.isBetweenSteps {
        engine.remove(sequence)
        end(sequence, at: now)
      }
    case .gone: break
    }
  }

  func end(_ sequence: PlainSequence, at now: Int128) {
    let end = Int64(up(now))
    let isLate = deadline(sequence).map { end > $0 } ?? false
    alive.removeAll { $0 === sequence }
    sequence.state = .gone
    var row = rows[sequence.member][sequence.request]
    let start = sequence.start.map { Int64(up($0)) } ?? end
    row.wait = start - sequence.arrival
    row.service = end - start
    row.latency = end - sequence.arrival
    if sequence.isDoomed || isLate {
      row.fate = .timedOut
      row.latency = trial.services[members[sequence.member]].timeout.found.nanoseconds
    }
    if let first = sequence.tokens.first, let last = sequence.tokens.last {
      row.firstToken = Int64(up(first)) - sequence.arrival
      let gaps = zip(sequence.tokens.dropFirst(), sequence.tokens).map { $0 - $1 }
      if let longest = gaps.max() {
        row.longestGap = Int64(up(longest))
        let count = Int64(gaps.count)
        row.gap = (Int64(up(last)) - Int64(up(first)) + count / 2) / count
      }
    }
    rows[sequence.member][sequence.request] = row
  }

  func fixed(_ nanoseconds: Int64) -> Int128 { Int128(nanoseconds) * 4_294_967_296 }
  func up(_ time: Int128) -> Int128 { (time + 4_294_967_295) >> 32 }
}

final class PlainSequence {
  enum State { case waiting, running, moving, gone }
  let request: Int
  let member: Int
  let arrival: Int64
  let input: Int
  let output: Int
  var level = 0
  var prefix: [UInt64] = []
  var state = State.waiting
  var line = 0
  var engine = 0
  var load = 0
  var isDoomed = false
  var start: Int128?
  /// When each token of the answer was there.
  var tokens: [Int128] = []
  /// Keys and values: how many there are, how many there will be before it decodes, cached blocks held.
  var computed = 0
  var target: Int
  var held = 0
  var decodes: Bool { state == .running && computed >= target }

  init(request: Int, member: Int, arrival: Int64, input: Int, output: Int) {
    self.request = request
    self.member = member
    self.arrival = arrival
    self.input = input
    self.output = output
    target = input
  }
}

final class PlainEngine {
  unowned let pool: LanguageReference
  let index: Int
  let line: Int
  let steps: StepTimes
  let handsOver: Bool
  /// When its step ends, or the next begins.
  var time: Int128?
  var isBetweenSteps = true
  var facts = LanguageFacts()
  var busy: Int128 = 0
  private var running: [PlainSequence] = []
  /// Who takes part in the step as a decoder, and whose prompt it completes.
  private var decoding: [PlainSequence] = []
  private var joining: [PlainSequence] = []
  /// Cached blocks: identity, holders, and when nobody held it any more.
  private var cache: [(identity: UInt64, holders: Int, since: Int)] = []
  private var releases = 0
  private var plan: LanguagePlan { pool.plan }

  init(
    pool: LanguageReference, index: Int, line: Int, steps: StepTimes, handsOver: Bool
  ) {
    self.pool = pool
    self.index = index
    self.line = line
    self.steps = steps
    self.handsOver = handsOver
  }

  private func part(_ seconds: Double, _ count: Int) -> Int128 {
    Int128((seconds * 1e9 * 0x1p32).rounded(.toNearestOrEven)) * Int128(count)
  }

  // MARK: Memory

  private var prefixTokens: Int { pool.trial.tokens.prefixTokens ?? plan.blockTokens }
  private var weight: Int { prefixTokens / plan.blockTokens }
  private var total: Int { plan.memoryTokens / plan.blockTokens }
  private func blocks(_ tokens: Int) -> Int {
    (tokens + plan.blockTokens - 1) / plan.blockTokens
  }
  private var used: Int {
    running.map { blocks(max($0.computed, $0.target)) - $0.held * weight }.reduce(0, +)
      + cache.count * weight
  }
  private var idle: Int { cache.count { $0.holders == 0 } * weight }
  private var available: Int { total - used + idle }

  private func evict() {
    while used > total {
      let oldest = cache.indices.filter { cache[$0].holders == 0 }
        .min { cache[$0].since < cache[$1].since }.found
      cache.remove(at: oldest)
    }
  }

  func remove(_ sequence: PlainSequence) {
    for identity in sequence.prefix.prefix(sequence.held).reversed() {
      let entry = cache.firstIndex { $0.identity == identity }.found
      cache[entry].holders -= 1
      releases += 1
      cache[entry].since = releases
    }
    sequence.held = 0
    running.removeAll { $0 === sequence }
  }

  // MARK: A step

  func begin() {
    let now = time.found
    var preempted = false
    var budget = plan.tokenBudget
    var length: Int128 = 0
    var prefilled = 0
    joining = []
    if plan.chunkedPrefill {
      preempted = makeRoom()
      budget -= running.count { $0.decodes }
      if let partial = running.first(where: { !$0.decodes }) {
        prefill(partial, &budget, &length, &prefilled)
      }
    }
    while budget > 0 || !plan.chunkedPrefill, !preempted, let next = admit(now, budget) {
      if next.decodes {
        if plan.chunkedPrefill { budget -= 1 }
      } else {
        prefill(next, &budget, &length, &prefilled)
      }
    }
    if !plan.chunkedPrefill && prefilled == 0 { _ = makeRoom() }
    decoding = running.filter { sequence in
      sequence.decodes && !joining.contains { $0 === sequence }
    }
    if !plan.chunkedPrefill && prefilled > 0 { decoding = [] }
    if running.isEmpty {
      time = nil
      return
    }
    length += part(steps.base, 1) + part(steps.perSequence, decoding.count)
    length += part(steps.perCachedToken, decoding.map(\.computed).reduce(0, +))
    facts.prefilledTokens += prefilled
    facts.steps += 1
    busy += length
    time = now + length
    isBetweenSteps = false
  }

  private func prefill(
    _ sequence: PlainSequence, _ budget: inout Int, _ length: inout Int128, _ prefilled: inout Int
  ) {
    let from = sequence.computed
    sequence.computed = min(sequence.target, from + budget)
    let to = sequence.computed
    budget -= to - from
    prefilled += to - from
    length += part(steps.perPrefillToken, to - from)
    length += part(steps.perPrefillTokenSquared, to * to - from * from)
    if to == sequence.target { joining.append(sequence) }
  }

  private func decodeNeed() -> Int {
    running.count { sequence in
      sequence.decodes && !joining.contains { $0 === sequence }
        && sequence.computed % plan.blockTokens == 0
    }
  }

  private func makeRoom() -> Bool {
    var preempted = false
    while decodeNeed() > available {
      let level = running.map(\.level).max().found
      let victim = running.last { $0.level == level }.found
      facts.preemptions += 1
      facts.recomputedTokens += victim.computed
      remove(victim)
      victim.state = .waiting
      victim.computed = 0
      victim.target = victim.input + victim.tokens.count
      pool.waiting[line].insert(victim, at: 0)
      preempted = true
    }
    return preempted
  }

  private func admit(_ now: Int128, _ budget: Int) -> PlainSequence? {
    guard running.count < plan.sequences,
      let level = pool.waiting[line].map(\.level).min(),
      let next = pool.waiting[line].first(where: { $0.level == level })
    else { return nil }
    var hits: [Int] = []
    if next.computed == 0 {
      for identity in next.prefix.prefix((next.target - 1) / prefixTokens) {
        guard let entry = cache.firstIndex(where: { $0.identity == identity }) else { break }
        hits.append(entry)
      }
    }
    let computed = max(next.computed, hits.count * prefixTokens)
    if !plan.chunkedPrefill && next.target - computed > budget { return nil }
    let idleHits = hits.count { cache[$0].holders == 0 }
    var need = blocks(computed == next.target ? next.target + 1 : next.target)
    need -= (hits.count - idleHits) * weight
    if plan.chunkedPrefill { need += decodeNeed() }
    if !running.isEmpty { need += Int(Double(total) * plan.watermark) }
    if need > available { return nil }
    pool.waiting[line].removeAll { $0 === next }
    for entry in hits { cache[entry].holders += 1 }
    facts.cacheHitTokens += hits.count * prefixTokens
    next.held = hits.count
    next.computed = computed
    next.state = .running
    next.engine = index
    next.start = next.start ?? now
    running.append(next)
    evict()
    return next
  }

  func finish() {
    let now = time.found
    for sequence in decoding {
      sequence.computed += 1
      sequence.tokens.append(now)
      evict()
    }
    facts.decodedTokens += decoding.count
    facts.memoryPeakTokens = max(facts.memoryPeakTokens, (used - idle) * plan.blockTokens)
    for sequence in decoding where sequence.tokens.count == sequence.output {
      remove(sequence)
      pool.end(sequence, at: now)
    }
    var sent: [PlainSequence] = []
    for sequence in joining { if complete(sequence, now) { sent.append(sequence) } }
    for sequence in running where sequence.isDoomed {
      remove(sequence)
      pool.end(sequence, at: now)
    }
    for sequence in sent { pool.send(sequence, at: now) }
    isBetweenSteps = true
    if running.isEmpty && pool.waiting[line].isEmpty { time = nil }
  }

  /// - Returns: whether it goes on to another pool.
  private func complete(_ sequence: PlainSequence, _ now: Int128) -> Bool {
    for identity in sequence.prefix.dropFirst(sequence.held) {
      if let entry = cache.firstIndex(where: { $0.identity == identity }) {
        cache[entry].holders += 1
      } else {
        cache.append((identity, 1, 0))
      }
    }
    sequence.held = sequence.prefix.count
    sequence.tokens.append(now)
    if sequence.tokens.count == sequence.output {
      remove(sequence)
      pool.end(sequence, at: now)
      return false
    }
    if !handsOver || sequence.isDoomed { return false }
    remove(sequence)
    return true
  }
}

extension Optional {
  /// What must be there.
  fileprivate var found: Wrapped {
    guard let self else { preconditionFailure("nothing is there") }
    return self
  }
}

/// A request on its way through the engines of a pool.
struct TokenSequence: BitwiseCopyable {
  enum State: UInt8, BitwiseCopyable {
    case vacant, waiting, prefilling, decoding
    /// On the way from the prefill pool to its decoding replica.
    case moving
    /// Given up on the way; the slot is free when it arrives.
    case lost
  }

  var state = State.vacant
  /// The client has given up: it leaves at the end of the step.
  var isDoomed = false
  var row = 0
  var member = 0
  /// The urgency class whose lists it stands in; 0 where there is one class.
  var level = 0
  var arrival: Int64 = 0
  /// When its first prefill began; `Int64.min` before.
  var start = Int64.min
  /// When it had its first token; `Int64.min` before.
  var firstToken = Int64.min
  /// The queue it waits in, and the engine that it waits at or runs on; -1 where none yet.
  var line = 0
  var engine = -1

  /// The address of its draws, and whose request it is.
  var entity: UInt64 = 0
  var unit: UInt64 = 0
  /// What it counts on its router's account.
  var load = 0

  /// Tokens of the prompt and of the answer; at least 1.
  var input = 0
  var output = 0
  /// Tokens of the answer that were there when it joined the batch.
  var generated = 0
  /// Tokens whose keys and values are computed before it decodes, and how many of them are.
  var target = 0
  var computed = 0
  /// The engine's count of decode steps when it joined those who decode, and when it will end.
  var joined = 0
  var finish = 0
  /// The number of its admission on its engine.
  var admission = 0
  /// When it had its last token before the decode steps since `joined`.
  var lastToken: Int128 = 0
  /// Of the gaps between its tokens, without those in the engine's record since `joined`.
  var longestGap: Int128 = 0

  /// Identities of its prefix in the pool's store, and how many of them it holds in the cache.
  var prefix = 0
  var prefixCount = 0
  var held = 0

  /// Neighbours in a list of those who wait, run, or have ended; -1 is none.
  var previous: Int32 = -1
  var next: Int32 = -1
  /// Neighbours in a list of those who may give up.
  var older: Int32 = -1
  var younger: Int32 = -1

  /// Tokens whose keys and values are held after `counter` decode steps of its engine.
  @inline(__always) func context(at counter: Int) -> Int { target &+ counter &- joined }
}

/// The two ends of a linked list of sequences.
struct SequenceEnds: BitwiseCopyable {
  var first: Int32 = -1
  var last: Int32 = -1
}

/// The sequences of a pool in slots that are used again, and the lists they stand in.
struct TokenSequences: ~Copyable {
  let levels: Int
  private(set) var slots: Column<TokenSequence>
  private var vacant: Int32 = -1
  private var used = 0
  /// By line and level, first come first.
  let waiting: Column<SequenceEnds>
  /// By line.
  let waitingCounts: Column<Int>
  /// By engine and level, in the order they were admitted.
  let running: Column<SequenceEnds>
  /// By member: who may give up, in order of arrival; then by engine: the doomed.
  let patient: Column<SequenceEnds>
  /// Who ended, and who was prefilled for another pool, at the step end that is being worked on.
  let leaving = Column(repeating: SequenceEnds(), count: 2)
  static let ended = 0
  static let prefilled = 1
  /// The identities of the prefixes of those who have one.
  var prefixes = PrefixStore()
  /// Waiting and in service, by member.
  let areas: Areas
  /// How many wait whose first prefill has not begun, by member.
  let unstarted: Column<Int>
  /// The last instant at which anything can happen.
  var endOfTime = Int64.max - 1
  private let members: Int

  init(lines: Int, engines: Int, members: Int, levels: Int) {
    self.levels = levels
    self.members = members
    areas = Areas(count: members)
    unstarted = Column(repeating: 0, count: members)
    slots = Column(repeating: TokenSequence(), count: 64)
    waiting = Column(repeating: SequenceEnds(), count: lines * levels)
    waitingCounts = Column(repeating: 0, count: lines)
    running = Column(repeating: SequenceEnds(), count: engines * levels)
    patient = Column(repeating: SequenceEnds(), count: members + engines)
  }

  /// A slot for a new sequence.
  mutating func take() -> Int {
    if vacant >= 0 {
      let slot = Int(vacant)
      vacant = slots[slot].next
      return slot
    }
    if used == slots.count { grow() }
    used += 1
    return used - 1
  }

  mutating func giveBack(_ slot: Int) {
    slots[slot].state = .vacant
    slots[slot].next = vacant
    vacant = Int32(truncatingIfNeeded: slot)
  }

  private mutating func grow() {
    let larger = Column(repeating: TokenSequence(), count: 2 * slots.count)
    slots.copy(from: 0, count: slots.count, to: larger, at: 0)
    slots = larger
  }

  /// How an engine's instant shows outside.
  @inline(__always) func nanoseconds(_ instant: Int128) -> Int64 {
    let nanoseconds = FixedPoint.nanoseconds(instant)
    return nanoseconds < Int128(endOfTime) ? Int64(nanoseconds) : endOfTime
  }

  // MARK: Those who wait

  /// The most urgent who has waited longest; -1 where nobody waits.
  @inline(__always) func firstWaiting(_ line: Int) -> Int {
    if waitingCounts[line] == 0 { return -1 }
    for level in line &* levels..<line &* levels &+ levels where waiting[level].first >= 0 {
      return Int(waiting[level].first)
    }
    return -1
  }

  func queueLast(_ slot: Int) {
    let line = slots[slot].line
    append(slot, to: waiting, line &* levels &+ slots[slot].level)
    waitingCounts[line] += 1
  }

  func queueFirst(_ slot: Int) {
    let line = slots[slot].line
    prepend(slot, to: waiting, line &* levels &+ slots[slot].level)
    waitingCounts[line] += 1
  }

  func leaveQueue(_ slot: Int) {
    let line = slots[slot].line
    remove(slot, from: waiting, line &* levels &+ slots[slot].level)
    waitingCounts[line] -= 1
  }

  // MARK: Those who run

  func run(_ slot: Int, on engine: Int) {
    append(slot, to: running, engine &* levels &+ slots[slot].level)
  }

  func stopRunning(_ slot: Int, on engine: Int) {
    remove(slot, from: running, engine &* levels &+ slots[slot].level)
  }

  /// The last come of the least urgent; there must be one.
  func lastRunning(_ engine: Int) -> Int {
    var level = engine &* levels &+ levels &- 1
    while running[level].last < 0 { level -= 1 }
    return Int(running[level].last)
  }

  func leave(_ slot: Int, as list: Int) { append(slot, to: leaving, list) }

  /// The list of those on an engine who have given up.
  @inline(__always) func doomed(on engine: Int) -> Int { members &+ engine }

  /// Takes the first of those who leave; -1 where there is none.
  func takeLeaving(_ list: Int) -> Int {
    let slot = Int(leaving[list].first)
    if slot >= 0 { remove(slot, from: leaving, list) }
    return slot
  }

  // MARK: Lists

  private func append(_ slot: Int, to lists: borrowing Column<SequenceEnds>, _ list: Int) {
    let last = lists[list].last
    slots[slot].previous = last
    slots[slot].next = -1
    let link = Int32(truncatingIfNeeded: slot)
    if last >= 0 { slots[Int(last)].next = link } else { lists[list].first = link }
    lists[list].last = link
  }

  private func prepend(_ slot: Int, to lists: borrowing Column<SequenceEnds>, _ list: Int) {
    let first = lists[list].first
    slots[slot].previous = -1
    slots[slot].next = first
    let link = Int32(truncatingIfNeeded: slot)
    if first >= 0 { slots[Int(first)].previous = link } else { lists[list].last = link }
    lists[list].first = link
  }

  private func remove(_ slot: Int, from lists: borrowing Column<SequenceEnds>, _ list: Int) {
    let (previous, next) = (slots[slot].previous, slots[slot].next)
    if previous >= 0 { slots[Int(previous)].next = next } else { lists[list].first = next }
    if next >= 0 { slots[Int(next)].previous = previous } else { lists[list].last = previous }
  }

  // MARK: Those who may give up

  func watch(_ slot: Int, in list: Int) {
    let last = patient[list].last
    slots[slot].older = last
    slots[slot].younger = -1
    let link = Int32(truncatingIfNeeded: slot)
    if last >= 0 { slots[Int(last)].younger = link } else { patient[list].first = link }
    patient[list].last = link
  }

  func unwatch(_ slot: Int, in list: Int) {
    let (older, younger) = (slots[slot].older, slots[slot].younger)
    if older >= 0 { slots[Int(older)].younger = younger } else { patient[list].first = younger }
    if younger >= 0 { slots[Int(younger)].older = older } else { patient[list].last = older }
  }
}

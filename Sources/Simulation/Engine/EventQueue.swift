import Kernels
import Probability
import Traffic

/// The pending events, earliest first; equal times by priority, then in the order they were scheduled.
///
/// A 4-ary implicit heap of 16-byte keys (`EventKey`) and nothing else. The four children of a place
/// share a cache line; the earliest of them is found by conditional moves; the lines two levels down
/// are prefetched; places without an event hold a key above all others, so that no step asks how many
/// children there are. Nothing is allocated until the queue outgrows its capacity, which doubles.
///
/// The sequence has 32 bits. When they are used up, all pending events are numbered anew from 0 in
/// their order (n log n once in 4.3 · 10⁹ events): no order ever changes.
///
/// - Complexity: O(log₄ n) for scheduling and removing; scheduling is O(1) on average for random times.
/// - Source: LaMarca and Ladner (1996), "The influence of caches on the performance of heaps".
@safe package struct EventQueue: ~Copyable {
  /// Place 0 of the heap. Places 1…4 start a cache line.
  private var heap: UnsafeMutablePointer<UInt128>
  private var capacity: Int
  package private(set) var count = 0
  private var sequence: UInt64
  /// 0 leaves ties in the order of scheduling.
  private let tieKey: UInt64

  /// Places before the heap's first (so that children are aligned) and after its last (never used,
  /// always vacant, read as children of the last).
  private static let before = 3
  private static let after = 4

  /// A queue that holds `capacity` events before it has to grow.
  package init(capacity: Int = 61, ties: TieOrder = .scheduled) {
    self.init(capacity: capacity, firstSequence: 0, ties: ties)
  }

  /// With the sequence somewhere else than at its start, so that its end can be tested.
  init(capacity: Int, firstSequence: UInt64, ties: TieOrder = .scheduled) {
    precondition(capacity >= 0, "capacity \(capacity)")
    precondition(firstSequence <= EventKey.sequenceLimit, "sequence \(firstSequence)")
    self.capacity = capacity
    sequence = firstSequence
    switch ties {
    case .scheduled: tieKey = 0
    case .shuffled(let seed):
      let words = DrawKey(seed: seed, StreamName("ties")).words
      tieKey = UInt64(words.x) << 32 | UInt64(words.y) | 1
    }
    unsafe heap = Self.reserve(capacity: capacity)
  }

  deinit { unsafe kernels_release(heap - Self.before) }

  package var isEmpty: Bool { count == 0 }

  /// The earliest event, or nil where none is pending.
  package var earliest: Event? {
    guard count > 0 else { return nil }
    let key = unsafe heap[0]
    return Event(
      at: SimulatedTime(nanoseconds: EventKey.time(key)),
      priority: UInt8(EventKey.priority(key)), slot: UInt32(EventKey.slot(key)))
  }

  /// The earliest event's time in nanoseconds; `Int64.max` where none is pending.
  @inline(__always)
  package var earliestNanoseconds: Int64 { unsafe EventKey.time(heap[0]) }

  /// The earliest event's priority; meaningless where none is pending.
  @inline(__always)
  var earliestPriority: UInt8 { unsafe UInt8(EventKey.priority(heap[0])) }

  /// The earliest event's slot; meaningless where none is pending.
  @inline(__always)
  package var earliestSlot: Int { unsafe Int(EventKey.slot(heap[0])) }

  package mutating func schedule(_ event: Event) {
    schedule(
      at: event.time.nanoseconds, priority: UInt64(event.priority), slot: UInt64(event.slot))
  }

  /// Removes the earliest event and returns it, or nil where none is pending.
  package mutating func next() -> Event? {
    guard let event = earliest else { return nil }
    removeEarliest()
    return event
  }

  /// Removes the earliest event and schedules another, in one pass: the common step of a simulation.
  package mutating func replaceEarliest(with event: Event) {
    replaceEarliest(
      at: event.time.nanoseconds, priority: UInt64(event.priority), slot: UInt64(event.slot))
  }

  @inline(__always)
  mutating func schedule(at time: Int64, priority: UInt64, slot: UInt64) {
    let key = nextKey(at: time, priority: priority, slot: slot)
    if count == capacity { grow() }
    count += 1
    rise(key, from: count - 1)
  }

  @inline(__always)
  mutating func replaceEarliest(at time: Int64, priority: UInt64, slot: UInt64) {
    precondition(count > 0, "no event to replace")
    sink(nextKey(at: time, priority: priority, slot: slot))
  }

  @inline(__always)
  mutating func removeEarliest() {
    precondition(count > 0, "no event to remove")
    count -= 1
    let last = unsafe heap[count]
    unsafe heap[count] = EventKey.vacant
    if count > 0 { sink(last) }
  }

  /// Removes the events that were cancelled; the order of the others does not change.
  mutating func keep(_ entries: borrowing Column<AgendaEntry>) {
    var kept = 0
    for place in 0..<count {
      let key = unsafe heap[place]
      guard entries[Int(EventKey.slot(key))].generation & 1 == 1 else { continue }
      unsafe heap[kept] = key
      kept += 1
    }
    for place in kept..<count { unsafe heap[place] = EventKey.vacant }
    count = kept
    // A sorted array is a heap.
    var pending = unsafe UnsafeMutableBufferPointer(start: heap, count: count)
    unsafe pending.sort()
  }

  @inline(__always)
  private mutating func nextKey(at time: Int64, priority: UInt64, slot: UInt64) -> UInt128 {
    assert(time < Int64.max && priority < 16 && slot < Event.slotLimit)
    if sequence == EventKey.sequenceLimit { renumber() }
    let order = tieKey == 0 ? sequence : shuffled(sequence)
    let key = EventKey.key(time: time, priority: priority, sequence: order, slot: slot)
    sequence &+= 1
    return key
  }

  /// A number of 32 bits in place of a sequence. Where two of them are equal the slots decide.
  private func shuffled(_ sequence: UInt64) -> UInt64 {
    DrawKey.finalise(tieKey &+ sequence) >> (64 - EventKey.sequenceBits)
  }

  /// Puts `key` where it belongs on the way from place `start` up to the root.
  @inline(__always)
  private func rise(_ key: UInt128, from start: Int) {
    var place = start
    while place > 0 {
      let parent = (place &- 1) >> 2
      let above = unsafe heap[parent]
      guard key < above else { break }
      unsafe heap[place] = above
      place = parent
    }
    unsafe heap[place] = key
  }

  /// Puts `key` where it belongs on the way from the root down along the earliest children; what
  /// stood at the root is gone.
  @inline(__always)
  private func sink(_ key: UInt128) {
    let heap = unsafe self.heap
    let count = self.count
    var place = 0
    while true {
      let child = 4 &* place &+ 1
      if child >= count { break }
      unsafe kernels_prefetch_four_lines(heap, (4 &* child &+ 1) &* 16)
      let first = unsafe heap[child]
      let second = unsafe heap[child &+ 1]
      let third = unsafe heap[child &+ 2]
      let fourth = unsafe heap[child &+ 3]
      let secondIsEarlier = second < first
      let fourthIsEarlier = fourth < third
      let left = secondIsEarlier ? second : first
      let right = fourthIsEarlier ? fourth : third
      let rightIsEarlier = right < left
      let earliest = rightIsEarlier ? right : left
      let leftStep = secondIsEarlier ? 1 : 0
      let rightStep = 2 &+ (fourthIsEarlier ? 1 : 0)
      let takesRight = 0 &- (rightIsEarlier ? 1 : 0)
      let earliestPlace = child &+ (leftStep ^ ((leftStep ^ rightStep) & takesRight))
      guard earliest < key else { break }
      unsafe heap[place] = earliest
      place = earliestPlace
    }
    unsafe heap[place] = key
  }

  @inline(never)
  private mutating func grow() {
    let larger = max(61, 2 * capacity)
    let moved = unsafe Self.reserve(capacity: larger)
    unsafe moved.update(from: heap, count: count)
    unsafe kernels_release(heap - Self.before)
    unsafe heap = moved
    capacity = larger
  }

  /// Numbers the pending events from 0 in their order. A sorted array is a heap.
  @inline(never)
  private mutating func renumber() {
    var pending = unsafe UnsafeMutableBufferPointer(start: heap, count: count)
    unsafe pending.sort()
    for place in 0..<count {
      unsafe heap[place] = EventKey.renumbered(heap[place], sequence: UInt64(place))
    }
    sequence = UInt64(count)
  }

  /// A heap of vacant places; the caller releases it, from `before` places before its start.
  private static func reserve(capacity: Int) -> UnsafeMutablePointer<UInt128> {
    let places = before + capacity + after
    guard let memory = unsafe kernels_reserve(places * MemoryLayout<UInt128>.stride) else {
      preconditionFailure("no memory for \(capacity) events")
    }
    let start = unsafe memory.bindMemory(to: UInt128.self, capacity: places)
    unsafe start.initialize(repeating: EventKey.vacant, count: places)
    return unsafe start + before
  }
}

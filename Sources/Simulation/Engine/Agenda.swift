/// What an event of a serving cell is. The raw value is its rank among equal times: who is served ends
/// first, then who runs out of time, then what happens to replicas; arrivals are no events and come
/// after all.
enum Happening: UInt8, BitwiseCopyable {
  /// A replica is done with what it serves.
  case serviceEnd
  /// A replica that is shared by all on it is done with one of them.
  case shareEnd
  /// An attempt has been given a place to hold.
  case grant
  /// An attempt's time is over.
  case timeOut
  /// A visit has waited longer than its client's patience.
  case impatience
  case repair
  case failure
  /// A replica has started or is set up.
  case ready
  /// The number of replicas is looked at.
  case scale
  /// The oldest request in a queue has waited long enough for a batch.
  case batchWait
  case hedge
  case retry
}

/// Names a scheduled event, so that it can be taken back; stale once the event came or was cancelled.
struct EventHandle: BitwiseCopyable, Equatable {
  var slot: UInt32
  var generation: UInt32

  static let none = EventHandle(slot: .max, generation: 0)
}

/// Pending events that can be cancelled, over `EventQueue`.
///
/// The queue holds keys alone; whom an event concerns stands in a column at the key's slot, beside a
/// generation, odd while the event is pending. Cancelling makes it even: the dead key is skipped when
/// it surfaces, and when more than half of the keys are dead all of them are swept out.
///
/// The event that is being handled stays on top of the heap until the next one is scheduled, which then
/// takes its place in one pass, or until the next event is asked for.
///
/// - Complexity: O(log n) to schedule and to take, O(1) to cancel (amortised over sweeps).
struct Agenda: ~Copyable {
  private var queue: EventQueue
  private var entries: Column<AgendaEntry>
  private var free: UInt32 = .max
  private var used = 0
  private var dead = 0
  /// The heap's top was handled already.
  private var hasStaleTop = false

  init(capacity: Int = 64, ties: TieOrder = .scheduled) {
    queue = EventQueue(capacity: capacity, ties: ties)
    entries = Column(repeating: AgendaEntry(subject: 0, generation: 0), count: max(capacity, 1))
  }

  /// Events that are pending and not cancelled.
  var count: Int { queue.count - dead - (hasStaleTop ? 1 : 0) }

  /// Places that were ever needed for pending events.
  var places: Int { used }

  /// - Parameter time: below `Int64.max`.
  @inline(__always) @discardableResult
  mutating func schedule(_ happening: Happening, at time: Int64, _ subject: Int) -> EventHandle {
    let slot = takeSlot(subject)
    let priority = UInt64(happening.rawValue)
    if hasStaleTop {
      hasStaleTop = false
      queue.replaceEarliest(at: time, priority: priority, slot: UInt64(slot))
    } else {
      queue.schedule(at: time, priority: priority, slot: UInt64(slot))
    }
    return EventHandle(slot: slot, generation: entries[Int(slot)].generation)
  }

  /// Takes back an event, unless it came already or was taken back before.
  @inline(__always) mutating func cancel(_ handle: EventHandle) {
    if handle == .none { return }
    let slot = Int(handle.slot)
    if entries[slot].generation == handle.generation {
      entries[slot].generation &+= 1
      dead &+= 1
    }
  }

  /// The earliest event's time in nanoseconds; `Int64.max` where none is pending.
  @inline(__always) mutating func earliestTime() -> Int64 {
    clearTop()
    return queue.earliestNanoseconds
  }

  /// The earliest event, which is then no longer pending; there must be one, and `earliestTime` must
  /// have been asked for last.
  @inline(__always) mutating func take() -> (happening: Happening, subject: Int) {
    let slot = queue.earliestSlot
    let subject = Int(entries[slot].subject)
    guard let happening = Happening(rawValue: queue.earliestPriority) else {
      preconditionFailure("priority \(queue.earliestPriority)")
    }
    entries[slot].generation &+= 1
    releaseSlot(slot)
    hasStaleTop = true
    return (happening, subject)
  }

  @inline(__always) private mutating func clearTop() {
    if hasStaleTop {
      hasStaleTop = false
      queue.removeEarliest()
    }
    if dead > 0 { dropDead() }
  }

  private mutating func dropDead() {
    if dead > 64 && 2 * dead > queue.count {
      sweep()
      return
    }
    while dead > 0 && entries[queue.earliestSlot].generation & 1 == 0 {
      releaseSlot(queue.earliestSlot)
      queue.removeEarliest()
      dead &-= 1
    }
  }

  @inline(never) private mutating func sweep() {
    queue.keep(entries)
    // Places of the dead are those with an even generation that are not free yet: number all anew.
    free = .max
    for slot in 0..<used where entries[slot].generation & 1 == 0 { releaseSlot(slot) }
    dead = 0
  }

  @inline(__always) private mutating func takeSlot(_ subject: Int) -> UInt32 {
    var slot = free
    if slot != .max {
      free = entries[Int(slot)].subject
    } else {
      if used == entries.count { grow() }
      slot = UInt32(truncatingIfNeeded: used)
      used &+= 1
    }
    entries[Int(slot)].subject = UInt32(truncatingIfNeeded: subject)
    entries[Int(slot)].generation &+= 1
    return slot
  }

  @inline(__always) private mutating func releaseSlot(_ slot: Int) {
    entries[slot].subject = free
    free = UInt32(truncatingIfNeeded: slot)
  }

  @inline(never) private mutating func grow() {
    precondition(used < Int(Event.slotLimit), "\(used) events are pending")
    let larger = Column(
      repeating: AgendaEntry(subject: 0, generation: 0), count: 2 * entries.count)
    entries.copy(from: 0, count: used, to: larger, at: 0)
    entries = larger
  }
}

struct AgendaEntry: BitwiseCopyable {
  /// Whom the event concerns; of a free place, the next free one.
  var subject: UInt32
  /// Odd while the event is pending.
  var generation: UInt32
}

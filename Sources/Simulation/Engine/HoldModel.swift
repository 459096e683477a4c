import Traffic

/// The hold model, by which event queues are measured: again and again the earliest event is taken
/// and one is scheduled a random time after it, so that the number of pending events stays the same.
///
/// - Source: Jones (1986), "An empirical comparison of priority-queue and event-set implementations".
package struct HoldModel: ~Copyable {
  private var queue: EventQueue
  /// In nanoseconds; used in turn. Their number is a power of two.
  private let increments: Column<Int64>
  private var turn = 0

  package init(pending: Int, increments: [Int64]) {
    precondition(pending > 0, "pending events \(pending)")
    precondition(increments.count.nonzeroBitCount == 1, "\(increments.count) increments")
    self.increments = Column(repeating: 0, count: increments.count)
    for (index, increment) in increments.enumerated() { self.increments[index] = increment }
    queue = EventQueue(capacity: pending)
    for index in 0..<pending {
      let slot = UInt32(truncatingIfNeeded: index) & (Event.slotLimit - 1)
      queue.schedule(
        Event(at: SimulatedTime(nanoseconds: increments[turn]), slot: slot))
      turn = (turn + 1) & (increments.count - 1)
    }
  }

  /// Takes and schedules `steps` events.
  package mutating func run(steps: Int) {
    let mask = increments.count - 1
    for _ in 0..<steps {
      let now = queue.earliestNanoseconds
      let slot = queue.earliestSlot
      queue.replaceEarliest(
        at: now &+ increments[turn & mask], priority: 0, slot: UInt64(slot))
      turn &+= 1
    }
  }

  /// The earliest event's time and slot in one number.
  package var answer: UInt64 {
    UInt64(bitPattern: queue.earliestNanoseconds) &* 0x9E37_79B9_7F4A_7C15
      ^ UInt64(queue.earliestSlot)
  }
}

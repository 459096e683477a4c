import Probability
import Testing
import Traffic

@testable import Simulation

@Suite("The event queue") struct EngineEventQueueTests {
  private func luck(_ seed: UInt64) -> RandomStream {
    RandomStream(seed: seed, StreamName("test/event-queue"), entity: 0)
  }

  private func event(_ nanoseconds: Int64, _ priority: UInt8 = 0, slot: UInt32) -> Event {
    Event(at: SimulatedTime(nanoseconds: nanoseconds), priority: priority, slot: slot)
  }

  private func drain(_ queue: inout EventQueue) -> [Event] {
    var events: [Event] = []
    while let next = queue.next() { events.append(next) }
    return events
  }

  @Test(
    "gives events in the order of sorting them by time, priority and turn",
    arguments: [0, 1, 2, 3, 4, 5, 16, 17, 61, 62, 500, 4_000])
  func sorts(count: Int) {
    var luck = luck(UInt64(count))
    var queue = EventQueue(capacity: 5)
    var expected: [(turn: Int, event: Event)] = []
    for turn in 0..<count {
      let time = Int64(luck.nextWord() % 50) - 25
      let event = event(time, UInt8(luck.nextWord() % 16), slot: luck.nextWord() >> 4)
      expected.append((turn, event))
      queue.schedule(event)
    }
    expected.sort {
      ($0.event.time, $0.event.priority, $0.turn) < ($1.event.time, $1.event.priority, $1.turn)
    }
    #expect(queue.count == count)
    #expect(drain(&queue) == expected.map(\.event))
    #expect(queue.isEmpty && queue.earliest == nil && queue.earliestNanoseconds == .max)
  }

  @Test("keeps the order of scheduling among equal times and priorities")
  func firstInFirstOut() {
    var queue = EventQueue()
    for slot in 0..<1_000 { queue.schedule(event(7, 3, slot: UInt32(slot))) }
    #expect(drain(&queue).map(\.slot) == (0..<1_000).map { UInt32($0) })
  }

  @Test("puts times before 1970, at it and at both ends of the range in order")
  func wholeRange() {
    let times: [Int64] = [.min, .min + 1, -1_000_000_007, -1, 0, 1, .max - 1]
    var queue = EventQueue()
    for (slot, time) in times.enumerated().reversed() {
      queue.schedule(event(time, slot: UInt32(slot)))
    }
    #expect(drain(&queue).map(\.time.nanoseconds) == times)
  }

  @Test("keeps every bit of time, priority and slot")
  func keepsFields() {
    var queue = EventQueue()
    let most = event(-5, 15, slot: Event.slotLimit - 1)
    queue.schedule(most)
    #expect(queue.earliest == most)
    let least = event(.min, 0, slot: 0)
    queue.schedule(least)
    #expect(queue.next() == least)
    #expect(queue.next() == most)
  }

  /// The slow and obvious queue.
  private struct Reference {
    var events: [(turn: Int, event: Event)] = []
    var turn = 0

    mutating func schedule(_ event: Event) {
      events.append((turn, event))
      turn += 1
    }

    mutating func next() -> Event? {
      let first = events.indices.min {
        let (left, right) = (events[$0], events[$1])
        return (left.event.time, left.event.priority, left.turn)
          < (right.event.time, right.event.priority, right.turn)
      }
      return first.map { events.remove(at: $0).event }
    }
  }

  @Test(
    "does what a plain list does under any mixture of operations, across renumberings",
    arguments: UInt64(0)..<20)
  func mixture(seed: UInt64) {
    var luck = luck(1_000 + seed)
    let spare = [0, 1, 7, 100, 100_000][Int(seed % 5)]
    var queue = EventQueue(
      capacity: Int(seed % 7), firstSequence: EventKey.sequenceLimit - UInt64(spare))
    var reference = Reference()
    for _ in 0..<1_500 {
      let event = event(
        Int64(luck.nextWord() % 64), UInt8(luck.nextWord() % 3), slot: luck.nextWord() % 1_000)
      switch luck.nextWord() % 8 {
      case 0..<4:
        queue.schedule(event)
        reference.schedule(event)
      case 4, 5:
        #expect(queue.next() == reference.next(), "seed \(seed)")
      default:
        guard let expected = reference.next() else { continue }
        #expect(queue.earliest == expected, "seed \(seed)")
        queue.replaceEarliest(with: event)
        reference.schedule(event)
      }
      #expect(queue.count == reference.events.count)
    }
    while let expected = reference.next() { #expect(queue.next() == expected, "seed \(seed)") }
    #expect(queue.count == 0, "seed \(seed)")
  }

  @Test("keeps the order among equal times when the sequence is used up in between")
  func renumbers() {
    var queue = EventQueue(capacity: 8, firstSequence: EventKey.sequenceLimit - 5)
    for slot in 0..<20 { queue.schedule(event(1, slot: UInt32(slot))) }
    #expect(drain(&queue).map(\.slot) == (0..<20).map { UInt32($0) })
  }

  @Test("takes 16 bytes an event")
  func size() { #expect(MemoryLayout<UInt128>.stride == 16 && MemoryLayout<Event>.size == 16) }

  @Test("stops when an event is replaced where there is none")
  func replacingNothing() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue()
      queue.replaceEarliest(with: Event(at: SimulatedTime(nanoseconds: 0), slot: 0))
    }
  }

  @Test("the hold model keeps the number of events and repeats itself")
  func holdModel() {
    let increments = (0..<64).map { Int64($0 * 37 % 64) }
    var first = HoldModel(pending: 10, increments: increments)
    var second = HoldModel(pending: 10, increments: increments)
    first.run(steps: 1_000)
    second.run(steps: 400)
    second.run(steps: 600)
    #expect(first.answer == second.answer)
  }
}

import Simulation
import Testing
import Traffic

@Suite("Ties") struct TieTests {
  @Test("events of one instant and kind come in the order of a draw")
  func shuffles() {
    func order(_ ties: TieOrder) -> [UInt32] {
      var queue = EventQueue(ties: ties)
      for slot in UInt32(0)..<40 {
        queue.schedule(Event(at: SimulatedTime(nanoseconds: 5), priority: 1, slot: slot))
      }
      queue.schedule(Event(at: SimulatedTime(nanoseconds: 5), priority: 0, slot: 40))
      queue.schedule(Event(at: SimulatedTime(nanoseconds: 4), priority: 2, slot: 41))
      var slots: [UInt32] = []
      while let event = queue.next() { slots.append(event.slot) }
      return slots
    }
    let ordered = order(.scheduled)
    let first = order(.shuffled(seed: 1))
    #expect(ordered == [41, 40] + Array(0..<40))
    // Time and priority decide as ever.
    #expect(first[..<2] == [41, 40])
    #expect(first != ordered && first.sorted() == ordered.sorted())
    #expect(order(.shuffled(seed: 1)) == first)
    #expect(order(.shuffled(seed: 2)) != first)
  }

  /// Requests and everything that happens to them at a few instants.
  private func result(_ ties: TieOrder, seed: UInt64, capacity: Int = 64) -> CellRun.Result {
    CellTrial(seed: 40_000 + seed).run.result(capacity: capacity, ties: ties)
  }

  @Test("a shuffled cell keeps count and does not see blocks", arguments: UInt64(0)..<20)
  func cells(seed: UInt64) {
    let whole = result(.shuffled(seed: seed), seed: seed)
    #expect(result(.shuffled(seed: seed), seed: seed, capacity: 7) == whole, "seed \(seed)")
    for facts in whole.facts {
      #expect(facts.attempts.made == facts.attempts.ended, "seed \(seed)")
      #expect(facts.waitingArea == facts.waitingSum, "seed \(seed)")
    }
  }

  @Test("where many times are equal, some results hang on ties")
  func shows() {
    let seeds = UInt64(0)..<20
    #expect(seeds.contains { result(.shuffled(seed: 1), seed: $0) != result(.scheduled, seed: $0) })
  }
}

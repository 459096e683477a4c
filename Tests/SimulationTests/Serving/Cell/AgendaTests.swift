import Probability
import Testing

@testable import Simulation

@Suite("Agenda") struct AgendaTests {
  /// Compared with a list that is searched from end to end.
  @Test("gives what was scheduled and not cancelled, in order", arguments: UInt64(0)..<20)
  func order(seed: UInt64) {
    var luck = RandomStream(seed: seed, StreamName("test/agenda"), entity: 0)
    var agenda = Agenda(capacity: 4)
    var pending: [(time: Int64, rank: UInt8, turn: Int, handle: EventHandle)] = []
    var now: Int64 = -50
    for turn in 0..<3_000 {
      let choice = luck.below(10)
      if choice < 5 {
        let kind = Happening(rawValue: UInt8(luck.below(4))) ?? .retry
        let time = now + Int64(luck.below(20))
        pending.append((time, kind.rawValue, turn, agenda.schedule(kind, at: time, turn)))
      } else if choice < 8 && !pending.isEmpty {
        let place = Int(luck.below(UInt32(pending.count)))
        agenda.cancel(pending[place].handle)
        agenda.cancel(pending[place].handle)
        pending.remove(at: place)
      } else {
        let first = pending.indices.min {
          let (left, right) = (pending[$0], pending[$1])
          return (left.time, left.rank, left.turn) < (right.time, right.rank, right.turn)
        }
        guard let first else {
          #expect(agenda.earliestTime() == .max)
          continue
        }
        let expected = pending.remove(at: first)
        #expect(agenda.earliestTime() == expected.time)
        let taken = agenda.take()
        #expect(taken.happening.rawValue == expected.rank && taken.subject == expected.turn)
        agenda.cancel(expected.handle)
        now = expected.time
      }
      #expect(agenda.count == pending.count)
    }
  }

  @Test("cancelled events do not pile up")
  func sweeping() {
    var agenda = Agenda(capacity: 4)
    agenda.schedule(.retry, at: 1_000_000, 1)
    for turn in 0..<20_000 {
      let handle = agenda.schedule(.timeOut, at: Int64(turn + 500_000), 2)
      agenda.cancel(handle)
      if turn % 10 == 0 { _ = agenda.earliestTime() }
    }
    #expect(agenda.count == 1 && agenda.places < 300)
  }
}

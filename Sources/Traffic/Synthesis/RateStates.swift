import Probability

/// The states of a Markov-modulated process: each has a rate, is left after an exponential time, and gives
/// way to one of the others, all equally likely.
///
/// Stay k draws its length and its state from entity k of the stream "arrival/state". The first state is one
/// that a process met that had gone on for ever: in proportion to how long states last.
struct RateStates: Sendable {
  private let states: [SyntheticPlan.State]
  private let seed: UInt64
  private static let stream = StreamName("arrival/state")
  private var stay: UInt64 = 0
  private var state = 0
  private var end: Int64?

  init(_ states: [SyntheticPlan.State], seed: UInt64) {
    self.states = states
    self.seed = seed
  }

  /// The rate at `time` and the end of the stay; times must not step back.
  mutating func part(at time: Int64) -> (rate: Double, end: Int64) {
    while true {
      let end = end ?? begin(at: time)
      if time < end { return (states[state].rate, end) }
      enterNext(at: end)
    }
  }

  private mutating func begin(at time: Int64) -> Int64 {
    var luck = RandomStream(seed: seed, Self.stream, entity: stay)
    let wait = luck.nextUnit()
    let total = states.reduce(0) { $0 + $1.stay.seconds }
    var rest = luck.nextUnit() * total
    state = 0
    while state < states.count - 1, rest >= states[state].stay.seconds {
      rest -= states[state].stay.seconds
      state += 1
    }
    return last(of: wait, from: time)
  }

  private mutating func enterNext(at time: Int64) {
    stay += 1
    var luck = RandomStream(seed: seed, Self.stream, entity: stay)
    let wait = luck.nextUnit()
    let others = states.count - 1
    let choice = min(Int(luck.nextUnit() * Double(others)), others - 1)
    state = choice < state ? choice : choice + 1
    _ = last(of: wait, from: time)
  }

  /// Draws how long the state lasts, from 1 ns up.
  private mutating func last(of unit: Double, from time: Int64) -> Int64 {
    let length = -Elementary.log(unit) * Double(states[state].stay.nanoseconds)
    let (sum, overflows) = time.addingReportingOverflow(Int64(min(max(length, 1), 0x1p62)))
    let end = overflows ? Int64.max : sum
    self.end = end
    return end
  }
}

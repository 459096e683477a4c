import Probability
import Simulation
import Statistics
import Testing
import Traffic

@Suite("Presence over time") struct PresenceTests {
  private struct Answer: Equatable {
    var levels: [ServingLevels?]
    var laws: [LittleLaw.Verdict?]
    var facts: [ServingFacts]
  }

  private func answer(
    _ trial: ServingTrial, capacity: Int = 32, by road: Serving.Road = .shortest
  ) -> Answer {
    let serving = Serving(
      names: trial.names, services: trial.services, seed: trial.seed, capacity: capacity, by: road)
    var outcomes = BlockOutcomes(armCount: trial.names.count, capacity: capacity)
    for first in stride(from: 0, to: trial.arrivals.count, by: capacity) {
      let range = first..<min(first + capacity, trial.arrivals.count)
      var marks = Array(repeating: UInt8(0), count: trial.names.count * capacity)
      for arm in trial.names.indices {
        for row in range where trial.sent[arm][row] { marks[arm * capacity + row - first] = 1 }
      }
      serving.admit(
        arrivals: Array(trial.arrivals[range]), loggedLatencies: Array(trial.latencies[range]),
        firstOrdinal: UInt64(first), count: range.count, sent: marks)
      while serving.takeCompleted(into: &outcomes) {}
    }
    serving.drain()
    while serving.takeCompleted(into: &outcomes) {}
    return Answer(levels: serving.levels, laws: serving.littleLaws, facts: serving.facts)
  }

  /// The same with times so long that there are many stretches, and requests that span several.
  private func slow(_ trial: ServingTrial, by factor: Int64) -> ServingTrial {
    var trial = trial
    trial.arrivals = trial.arrivals.map { SimulatedTime(nanoseconds: $0.nanoseconds * factor) }
    trial.latencies = trial.latencies.map { $0 < 0 ? $0 : $0 * factor }
    for arm in trial.services.indices {
      if let timeout = trial.services[arm]?.timeout {
        trial.services[arm]?.timeout = SimulatedDuration(nanoseconds: timeout.nanoseconds * factor)
      }
    }
    return trial
  }

  @Test("columns give the levels that a cell sees while it runs", arguments: UInt64(0)..<60)
  func roads(seed: UInt64) {
    let factors: [Int64] = [1, 1_000_000, 40_000_003, 9_000_000_000]
    let trial = slow(
      ServingTrial(seed: 6_000 + seed, kind: seed < 30 ? .missing : [.sharing, .missing]),
      by: factors[Int(seed % 4)])
    let short = answer(trial)
    #expect(short.levels == answer(trial, by: .events).levels, "seed \(seed)")
    #expect(short.levels == answer(trial, by: .cells).levels, "seed \(seed)")
    for (levels, facts) in zip(short.levels, short.facts) {
      guard let levels else { continue }
      #expect(levels.stretches.count <= 512, "seed \(seed)")
      #expect(levels.stretches.reduce(0) { $0 + $1.waitingArea } == facts.waitingArea)
      #expect(levels.stretches.reduce(0) { $0 + $1.busyArea } == facts.busyArea)
      #expect(levels.stretches.reduce(0) { $0 + $1.readyArea } == facts.readyArea)
    }
  }

  @Test("how requests are cut into blocks shows in nothing", arguments: UInt64(0)..<10)
  func blocks(seed: UInt64) {
    let trial = slow(
      ServingTrial(seed: 7_000 + seed, kind: [.sharing, .missing]), by: 70_000_001)
    let whole = answer(trial, capacity: 512)
    for capacity in [1, 7, 64] { #expect(answer(trial, capacity: capacity) == whole) }
  }

  @Test("Little's law holds to the nanosecond on every road", arguments: UInt64(0)..<40)
  func little(seed: UInt64) {
    let trial = ServingTrial(seed: 8_000 + seed, kind: [.sharing, .missing])
    for road in Serving.Road.allCases {
      let answer = answer(trial, by: road)
      for (arm, law) in answer.laws.enumerated() {
        #expect((law == nil) == (trial.services[arm] == nil))
        #expect(law?.holds ?? true, "seed \(seed), \(road): \(law?.text ?? "")")
      }
    }
  }
}

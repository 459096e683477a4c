import Probability
import Simulation
import Testing
import Traffic

@Suite("Serving") struct ServingTests {
  @Test(
    "the recursion, the events and the cell give the same columns and facts",
    arguments: UInt64(0)..<150)
  func roads(seed: UInt64) {
    let trial = ServingTrial(seed: seed, kind: .missing)
    let short = trial.outcomes(capacity: 50)
    for road in [Serving.Road.events, .cells] {
      let other = trial.outcomes(capacity: 50, by: road)
      #expect(short.blocks == other.blocks, "seed \(seed), \(road)")
      #expect(short.facts == other.facts, "seed \(seed), \(road)")
    }
  }

  @Test("shared replicas and the cell give the same columns and facts", arguments: UInt64(0)..<60)
  func sharedRoads(seed: UInt64) {
    let trial = ServingTrial(seed: 4_000 + seed, kind: [.sharing, .missing])
    let events = trial.outcomes(capacity: 50, by: .events)
    let cells = trial.outcomes(capacity: 50, by: .cells)
    #expect(events.blocks == cells.blocks, "seed \(seed)")
    #expect(events.facts == cells.facts, "seed \(seed)")
  }

  @Test(
    "gives every request the fate that a plain list of events gives it", arguments: UInt64(0)..<60)
  func reference(seed: UInt64) {
    let trial = ServingTrial(seed: seed, requests: 120, kind: [.sharing, .missing])
    let rows = trial.rows(capacity: 16)
    for arm in trial.names.indices {
      guard let plan = trial.services[arm] else { continue }
      let owner = plan.sharedWith == nil ? arm : 0
      #expect(
        rows[arm] == ServingReference(trial, owner: owner).rows[arm], "seed \(seed), arm \(arm)")
    }
  }

  @Test("does not depend on how requests are cut into blocks", arguments: UInt64(0)..<20)
  func blockSize(seed: UInt64) {
    let trial = ServingTrial(seed: 1_000 + seed, kind: [.sharing, .missing])
    let whole = trial.outcomes(capacity: 4_096)
    for capacity in [1, 7, 64] {
      let cut = trial.outcomes(capacity: capacity)
      #expect(ServingTrial.rows(of: cut.blocks) == ServingTrial.rows(of: whole.blocks))
      #expect(cut.facts == whole.facts, "seed \(seed), capacity \(capacity)")
    }
  }

  @Test("every request that was sent has one end", arguments: UInt64(0)..<40)
  func conservation(seed: UInt64) {
    let trial = ServingTrial(seed: 2_000 + seed, kind: [.sharing, .missing])
    let (blocks, facts) = trial.outcomes(capacity: 32)
    let rows = ServingTrial.rows(of: blocks)
    for (arm, fact) in facts.enumerated() {
      let sent = trial.sent[arm].count { $0 }
      #expect(fact.sent == sent)
      #expect(fact.answered + fact.timedOut + fact.failed + fact.shed == sent)
      for (request, row) in rows[arm].enumerated() {
        #expect((row.fate == .notSent) == !trial.sent[arm][request])
      }
    }
  }

  @Test("the areas over time are the sums over requests (Little's law)", arguments: UInt64(0)..<40)
  func little(seed: UInt64) {
    for road in Serving.Road.allCases {
      let trial = ServingTrial(seed: 3_000 + seed, kind: [.sharing, .missing])
      let (blocks, facts) = trial.outcomes(capacity: 32, by: road)
      let rows = ServingTrial.rows(of: blocks)
      for (arm, fact) in facts.enumerated() where trial.services[arm] != nil {
        #expect(fact.waitingArea == rows[arm].reduce(0) { $0 + Int128($1.wait) })
        #expect(fact.busyArea == rows[arm].reduce(0) { $0 + Int128($1.service) })
        if let utilisation = fact.utilisation { #expect(utilisation >= 0 && utilisation <= 1) }
      }
    }
  }

  @Test("a missing logged latency is a failure at arrival, counted")
  func missing() {
    var trial = ServingTrial(seed: 5)
    trial.names = ["production"]
    trial.services = [ServicePlan(time: .logged(scale: 1))]
    trial.arrivals = [0, 1, 2].map { SimulatedTime(nanoseconds: $0) }
    trial.latencies = [10, -1, 10]
    trial.sent = [[true, true, true]]
    for road in Serving.Road.allCases {
      let (blocks, facts) = trial.outcomes(capacity: 4, by: road)
      let rows = ServingTrial.rows(of: blocks)[0]
      #expect(rows[1] == OutcomeRow(fate: .failed))
      #expect(rows[2] == OutcomeRow(fate: .answered, wait: 8, service: 10, latency: 18))
      #expect(facts[0].missingLatency == 1 && facts[0].failed == 1)
      #expect(facts[0].maximumWaiting == 1)
      #expect(facts[0].begin?.nanoseconds == 0 && facts[0].end?.nanoseconds == 20)
      #expect(facts[0].utilisation == 1 && facts[0].meanWaiting == 0.4)
    }
  }

  /// One request a nanosecond at each of `times`, sent to all arms.
  private func trial(
    _ services: [ServicePlan?], times: [Int64], latencies: [Int64]
  ) -> ServingTrial {
    var trial = ServingTrial(seed: 1)
    trial.names = services.indices.map { "arm\($0)" }
    trial.services = services
    trial.arrivals = times.map { SimulatedTime(nanoseconds: $0) }
    trial.latencies = latencies
    trial.sent = services.map { _ in times.map { _ in true } }
    return trial
  }

  private func plan(_ change: (inout ServicePlan) -> Void = { _ in }) -> ServicePlan {
    var plan = ServicePlan(time: .logged(scale: 1))
    change(&plan)
    return plan
  }

  @Test("production comes before its mirrors when they arrive together")
  func mirrors() {
    let mirror = plan { $0.sharedWith = "arm1" }
    let rows = trial([mirror, plan(), mirror], times: [0, 100], latencies: [5, 5])
      .rows(capacity: 4)
    #expect(rows[1].map(\.wait) == [0, 0])
    #expect(rows[0].map(\.wait) == [5, 5])
    #expect(rows[2].map(\.wait) == [10, 10])
  }

  @Test("a mirror's load makes production wait")
  func sharedLoad() {
    let mirror = plan { $0.sharedWith = "arm0" }
    let times: [Int64] = [0, 6]
    let alone = trial([plan()], times: times, latencies: [5, 5]).rows(capacity: 4)
    let both = trial([plan(), mirror], times: times, latencies: [5, 5]).rows(capacity: 4)
    #expect(alone[0].map(\.latency) == [5, 5])
    #expect(both[0].map(\.latency) == [5, 9])
  }

  @Test("a time-out that cancels frees the replica, one that does not keeps it")
  func timeouts() {
    let cancelling = plan { $0.timeout = SimulatedDuration(nanoseconds: 10) }
    let lasting = plan {
      $0.timeout = SimulatedDuration(nanoseconds: 10)
      $0.timeoutCancels = false
    }
    for road in Serving.Road.allCases {
      let rows = trial([cancelling, lasting], times: [0, 5, 6], latencies: [30, 4, 50])
        .rows(capacity: 2, by: road)
      #expect(rows[0][0] == OutcomeRow(fate: .timedOut, wait: 0, service: 10, latency: 10))
      #expect(rows[0][1] == OutcomeRow(fate: .answered, wait: 5, service: 4, latency: 9))
      #expect(rows[0][2] == OutcomeRow(fate: .timedOut, wait: 8, service: 2, latency: 10))
      #expect(rows[1][0] == OutcomeRow(fate: .timedOut, wait: 0, service: 30, latency: 10))
      #expect(rows[1][1] == OutcomeRow(fate: .timedOut, wait: 25, service: 4, latency: 10))
    }
  }

  @Test("an answer at the very time-out still counts, one a nanosecond later does not")
  func deadline() {
    let plan = plan { $0.timeout = SimulatedDuration(nanoseconds: 10) }
    let rows = trial([plan], times: [0, 100], latencies: [10, 11]).rows(capacity: 2)
    #expect(rows[0].map(\.fate) == [.answered, .timedOut])
  }

  @Test("a full queue sheds at once, and a limit of 0 lets nobody wait")
  func limits() {
    let none = plan { $0.queueLimit = 0 }
    let one = plan { $0.queueLimit = 1 }
    for road in Serving.Road.allCases {
      let rows = trial([none, one], times: [0, 1, 2, 9], latencies: [5, 5, 5, 5])
        .rows(capacity: 8, by: road)
      #expect(rows[0].map(\.fate) == [.answered, .shed, .shed, .answered])
      #expect(rows[1].map(\.fate) == [.answered, .answered, .shed, .answered])
      #expect(rows[1][2] == OutcomeRow(fate: .shed))
    }
  }

  @Test("arms without a service answer in zero time")
  func noService() {
    let (blocks, facts) = trial([nil], times: [0, 0, 5], latencies: [9, -1, 9])
      .outcomes(capacity: 2)
    #expect(
      ServingTrial.rows(of: blocks)[0]
        == Array(repeating: OutcomeRow(fate: .answered), count: 3))
    #expect(facts[0].sent == 3 && facts[0].answered == 3 && facts[0].utilisation == nil)
  }

  @Test("blocks come out in order, none before the fates of its requests are known")
  func order() {
    let serving = Serving(
      names: ["a"], services: [plan()], seed: 1, capacity: 1, by: .events)
    var outcomes = BlockOutcomes(armCount: 1, capacity: 1)
    for (ordinal, latency) in [Int64(100), 1, 1].enumerated() {
      serving.admit(
        arrivals: [SimulatedTime(nanoseconds: Int64(ordinal))], loggedLatencies: [latency],
        firstOrdinal: UInt64(ordinal), count: 1, sent: [1])
      #expect(!serving.takeCompleted(into: &outcomes))
    }
    serving.drain()
    var ordinals: [UInt64] = []
    while serving.takeCompleted(into: &outcomes) { ordinals.append(outcomes.firstOrdinal) }
    #expect(ordinals == [0, 1, 2])
  }

  @Test("service times below zero count as zero, endless ones are cut, both counted")
  func coercions() {
    let negative = ServicePlan(time: .drawn(.constant(-1)))
    let endless = ServicePlan(time: .drawn(.constant(.infinity)))
    for road in Serving.Road.allCases {
      let (blocks, facts) = trial([negative, endless], times: [0, 1], latencies: [0, 0])
        .outcomes(capacity: 2, by: road)
      let rows = ServingTrial.rows(of: blocks)
      #expect(rows[0].map(\.service) == [0, 0] && facts[0].negativeTimes == 2)
      #expect(rows[1].map(\.service) == [1 << 60, 1 << 60] && facts[1].cutTimes == 2)
    }
  }

  @Test("nothing lasts beyond the end of time")
  func endOfTime() {
    let endless = ServicePlan(time: .drawn(.constant(.infinity)))
    let start = Int64.max - (1 << 60) - 10
    for road in Serving.Road.allCases {
      let (blocks, facts) = trial(
        [endless], times: [start, start + 1, start + 2], latencies: [0, 0, 0]
      ).outcomes(capacity: 2, by: road)
      let rows = ServingTrial.rows(of: blocks)[0]
      #expect(rows.map(\.service) == [1 << 60, 9, 0])
      #expect(facts[0].cutTimes == 3)
      #expect(facts[0].end?.nanoseconds == Int64.max - 1)
    }
  }

  @Test("lengths of time stay exact when the traffic starts before 1970")
  func beforeTheEpoch() {
    let endless = ServicePlan(time: .drawn(.constant(.infinity)))
    let times = (0..<20).map { Int64($0) - 1_000 }
    for road in Serving.Road.allCases {
      let rows = trial([endless], times: times, latencies: times).rows(capacity: 2, by: road)[0]
      #expect(rows.allSatisfy { $0.wait >= 0 && $0.latency == $0.wait + $0.service })
    }
  }

  @Test("memory follows the backlog, not the number of requests")
  func memory() {
    let serving = Serving(names: ["a"], services: [plan()], seed: 1, capacity: 8, by: .events)
    var outcomes = BlockOutcomes(armCount: 1, capacity: 8)
    for block in 0..<500 {
      let arrivals = (0..<8).map { SimulatedTime(nanoseconds: Int64(block * 8 + $0) * 10) }
      serving.admit(
        arrivals: arrivals, loggedLatencies: Array(repeating: 9, count: 8),
        firstOrdinal: UInt64(block * 8), count: 8, sent: Array(repeating: 1, count: 8))
      while serving.takeCompleted(into: &outcomes) {}
      #expect(serving.openBlockCount <= 1)
    }
  }

  @Test(
    "a request meets the draw of its own address, whatever else is there",
    arguments: [
      .uniform(low: 1e-7, high: 2e-7), .exponential(mean: 2e-7),
      .normal(mean: 1e-6, standardDeviation: 1e-7), .lognormal(mu: -14, sigma: 1),
      .gamma(shape: 2.5, scale: 1e-7), .weibull(shape: 0.7, scale: 1e-7),
      .pareto(minimum: 1e-7, shape: 1.5), .bernoulli(probability: 0.4),
      .categorical(weights: [1, 2, 3]), .empirical(values: [1e-9, 3e-9, 7e-9]),
      .mixture([
        .init(weight: 1, distribution: .exponential(mean: 1e-7)),
        .init(weight: 2, distribution: .constant(3e-7)),
      ]),
    ] as [Distribution])
  func addresses(time: Distribution) {
    let firstOrdinal: UInt64 = 1 << 32 - 20
    var own = ServicePlan(time: .drawn(time))
    own.luck = .own
    own.errorRate = 0.3
    var shared = own
    shared.luck = .shared
    for share in [UInt32(1), 9] {
      var luck = RandomStream(seed: 3, StreamName("test/sent"), entity: UInt64(share))
      let sent = (0..<3 * 64).map { _ in luck.below(10) < share ? UInt8(1) : 0 }
      let serving = Serving(
        names: ["a", "b", "c"], services: [shared, own, shared], seed: 9, capacity: 64)
      serving.admit(
        arrivals: Array(repeating: SimulatedTime(nanoseconds: 0), count: 64), loggedLatencies: [],
        firstOrdinal: firstOrdinal, count: 64, sent: sent)
      var outcomes = BlockOutcomes(armCount: 3, capacity: 64)
      #expect(serving.takeCompleted(into: &outcomes))
      for (arm, name) in ["", "/b", ""].enumerated() {
        for row in 0..<64 where sent[arm * 64 + row] != 0 {
          let entity = firstOrdinal + UInt64(row)
          var service = RandomStream(seed: 9, StreamName("service\(name)"), entity: entity)
          var error = RandomStream(seed: 9, StreamName("error\(name)"), entity: entity)
          let expected = SimulatedDuration(seconds: time.draw(using: &service)).nanoseconds
          #expect(outcomes.services[arm * 64 + row] == expected)
          let fate: Fate = error.nextUnit() < 0.3 ? .failed : .answered
          #expect(outcomes.fates[arm * 64 + row] == fate)
        }
      }
    }
  }

  @Test("service times round to the nearest nanosecond, ties to even")
  func rounding() {
    let seconds = [0, 4.9e-10, 0.5e-9, 1.5e-9, 2.5e-9, 0.123_456_789_4, 5e6, 9e6]
    for value in seconds {
      let rows = trial([ServicePlan(time: .drawn(.constant(value)))], times: [0], latencies: [0])
        .rows(capacity: 1)
      #expect(rows[0][0].service == SimulatedDuration(seconds: value).nanoseconds)
    }
  }

  @Test("stops when arrivals step back, or arms share in a circle")
  func misuse() async {
    await #expect(processExitsWith: .failure) {
      let serving = Serving(names: ["a"], services: [nil], seed: 1, capacity: 2)
      serving.admit(
        arrivals: [SimulatedTime(nanoseconds: 2), SimulatedTime(nanoseconds: 1)],
        loggedLatencies: [], firstOrdinal: 0, count: 2, sent: [1, 1])
    }
    await #expect(processExitsWith: .failure) {
      var plan = ServicePlan(time: .logged(scale: 1))
      plan.sharedWith = "a"
      _ = Serving(names: ["a"], services: [plan], seed: 1, capacity: 2)
    }
  }
}

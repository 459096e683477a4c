import Probability
import Simulation
import Testing
import Traffic

@Suite("Users in a closed loop") struct UserTests {
  @Test("two users and one replica, by hand")
  func byHand() {
    var service = ServicePlan(time: .drawn(always(4)))
    service.replicas = 1
    let run = UserRun([service], users: 2, think: always(10), requests: 6)
    let result = run.result()
    // Both come at 10; the second is served from 14 to 18. They come again at 24 and 28, when the replica
    // has just become free, and at 38 and 42.
    #expect(result.arrivals == [10, 10, 24, 28, 38, 42])
    #expect(result.cells.rows[0].map(\.wait) == [0, 4, 0, 0, 0, 0])
    #expect(result.cells.rows[0].allSatisfy { $0.fate == .answered && $0.service == 4 })
  }

  @Test("who is turned away or gives up thinks again; nobody sends from the end on")
  func ends() {
    var service = ServicePlan(time: .drawn(always(50)))
    service.queueLimit = 0
    service.timeout = nanoseconds(8)
    var run = UserRun([service], users: 2, think: always(10), requests: 100)
    run.users.end = SimulatedTime(nanoseconds: 38)
    let result = run.result()
    // At 10 one is served until the time-out at 18, and the other, turned away at once, comes again at 20.
    // They would come again at 38 and 46.
    #expect(result.arrivals == [10, 10, 20, 28])
    #expect(
      result.cells.rows[0].map(\.fate) == [.timedOut, .shed, .timedOut, .timedOut])
    #expect(result.cells.facts[0].sent == 4)
    for capacity in [1, 2, 7] { #expect(run.result(capacity: capacity) == result) }
  }

  @Test("who waits for an answer past the end sends no more")
  func stuck() {
    var service = ServicePlan(time: .drawn(always(4)))
    service.station.failures = [
      .outages(.at([nanoseconds(1)]), lasting: always(5000), share: 1)
    ]
    service.station.onFailure = .requeue
    var run = UserRun([service], users: 3, think: always(10), requests: 50)
    run.users.end = SimulatedTime(nanoseconds: 4000)
    let result = run.result()
    #expect(result.arrivals == [10, 10, 10])
    #expect(result.cells.rows[0].map(\.latency) == [5005, 5009, 5013])
  }

  /// M/M/c//N: the mean number who wait and how many are served a second, from the balance of births
  /// (those who think) and deaths.
  private func balance(
    users: Int, replicas: Int, think: Double, service: Double
  ) -> (throughput: Double, waiting: Double) {
    var weights = [1.0]
    for number in 1...users {
      let birth = Double(users - number + 1) / think
      let death = Double(min(number, replicas)) / service
      weights.append(weights[number - 1] * birth / death)
    }
    let total = weights.reduce(0, +)
    var (throughput, waiting) = (0.0, 0.0)
    for number in 0...users {
      let share = weights[number] / total
      throughput += share * Double(min(number, replicas)) / service
      waiting += share * Double(max(0, number - replicas))
    }
    return (throughput, waiting)
  }

  @Test(
    "throughput and waiting are those of the machine-repair queue",
    arguments: [(5, 1, 1.0, 0.25), (12, 3, 2.0, 0.5), (20, 2, 1.0, 0.2)])
  func machineRepair(users: Int, replicas: Int, think: Double, service: Double) {
    var plan = ServicePlan(time: .drawn(.exponential(mean: service)))
    plan.replicas = replicas
    let expected = balance(users: users, replicas: replicas, think: think, service: service)
    var throughputs: [Double] = []
    var waits: [Double] = []
    for seed in UInt64(0)..<12 {
      var run = UserRun(
        [plan], users: users, think: .exponential(mean: think), requests: 500)
      run.seed = seed
      let result = run.result()
      let (warm, last) = (60, 499)
      let seconds = Double(result.arrivals[last] - result.arrivals[warm]) / 1e9
      let throughput = Double(last - warm) / seconds
      let wait = result.cells.rows[0][warm..<last].reduce(0.0) { $0 + Double($1.wait) } / 1e9
      throughputs.append(throughput)
      // Little's law.
      waits.append(throughput * wait / Double(last - warm))
    }
    #expect(Self.isWithin(expected.throughput, throughputs), "\(expected) \(throughputs)")
    #expect(Self.isWithin(expected.waiting, waits), "\(expected) \(waits)")
    let most = min(Double(users) / (think + service), Double(replicas) / service)
    #expect(expected.throughput <= most)
  }

  /// Whether a mean lies within 5 standard errors of what was found.
  private static func isWithin(_ expected: Double, _ found: [Double]) -> Bool {
    let count = Double(found.count)
    let mean = found.reduce(0, +) / count
    let variance = found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    return (mean - expected).magnitude < 5 * (variance / count).squareRoot()
  }

  /// A random cell with everything in it and users in front of it.
  private func trial(_ seed: UInt64) -> UserRun {
    let cell = CellTrial(seed: seed, requests: 60).run
    var luck = RandomStream(seed: seed, StreamName("test/users"), entity: 0)
    var run = UserRun(
      cell.services, users: Int(luck.below(9)) + 1,
      think: [.exponential(mean: 20e-9), .constant(7e-9), .uniform(low: 0, high: 30e-9)][
        Int(luck.below(3))], requests: 60)
    for arm in run.services.indices {
      // No latency was logged of requests that nobody has sent yet.
      if case .logged = run.services[arm].time {
        run.services[arm].time = .drawn(.exponential(mean: 5e-9))
      }
    }
    (run.stations, run.units, run.priorities) = (cell.stations, cell.units, cell.priorities)
    run.seed = seed
    if luck.below(3) == 0 { run.users.end = SimulatedTime(nanoseconds: 120) }
    if luck.below(2) == 0 {
      run.users.isSplit = true
      let arms = run.services.count
      let targets = (0..<60).map { _ in Int(luck.below(UInt32(arms))) }
      run.sent = (0..<arms).map { arm in targets.map { $0 == arm } }
    } else if run.services.count > 1 {
      // A mirror that copies half.
      let copied = (0..<60).map { _ in luck.below(2) == 0 }
      run.sent = run.services.indices.map { $0 == 0 ? copied.map { _ in true } : copied }
    }
    if luck.below(4) == 0 { run.ties = .shuffled(seed: seed) }
    return run
  }

  @Test("nothing depends on blocks, and nobody has two requests", arguments: UInt64(0)..<30)
  func blocks(seed: UInt64) {
    let run = trial(20_000 + seed)
    let whole = run.result(capacity: 128)
    for capacity in [1, 7] { #expect(run.result(capacity: capacity) == whole, "seed \(seed)") }
    #expect(zip(whole.arrivals, whole.arrivals.dropFirst()).allSatisfy { $0 <= $1 })
    // Those who are in the system when a request comes, that one included, are no more than the users.
    var ends: [Int64] = []
    for (row, arrival) in whole.arrivals.enumerated() {
      let arm = run.users.isSplit ? run.sent?.firstIndex { $0[row] } ?? 0 : 0
      let outcome = whole.cells.rows[arm][row]
      ends.append(outcome.fate == .inFlight ? .max : arrival + outcome.latency)
      let present = ends.filter { $0 > arrival }.count
      #expect(present <= run.users.count, "seed \(seed), row \(row)")
    }
    for (arm, facts) in whole.cells.facts.enumerated() {
      let sent = whole.arrivals.indices.count { run.sent?[arm][$0] ?? true }
      #expect(facts.sent == sent, "seed \(seed)")
      let ended =
        facts.answered + facts.failed + facts.shed + facts.timedOut + facts.abandoned
        + facts.inFlight
      #expect(ended == sent, "seed \(seed)")
      #expect(facts.attempts.made == facts.attempts.ended, "seed \(seed)")
      #expect(facts.waitingArea == facts.waitingSum, "seed \(seed)")
    }
  }

  @Test("requests that come when users sent them meet the same", arguments: UInt64(0)..<40)
  func replay(seed: UInt64) {
    let run = trial(30_000 + seed)
    let result = run.result()
    #expect(run.replay(result.arrivals, capacity: 13) == result, "seed \(seed)")
  }

  @Test(
    "ties of all kinds may be shuffled, and times that differ are not", arguments: UInt64(0)..<8)
  func shuffled(seed: UInt64) {
    var plan = ServicePlan(time: .drawn(.exponential(mean: 0.3)))
    plan.replicas = 2
    plan.timeout = SimulatedDuration(seconds: 1)
    plan.client.retry = RetryPlan(attempts: 3, delay: .drawn(.exponential(mean: 0.1)))
    var run = UserRun([plan], users: 8, think: .exponential(mean: 1), requests: 120)
    run.seed = seed
    let ordered = run.result()
    run.ties = .shuffled(seed: 5)
    #expect(run.result() == ordered)
  }
}

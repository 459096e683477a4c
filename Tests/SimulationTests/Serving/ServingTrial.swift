import Probability
import Simulation
import Traffic

/// A random service configuration and traffic for it, small times so that many are equal.
struct ServingTrial {
  var names: [String]
  var services: [ServicePlan?]
  var arrivals: [SimulatedTime] = []
  var latencies: [Int64] = []
  /// By arm, then request.
  var sent: [[Bool]] = []
  var seed: UInt64

  struct Kind: OptionSet {
    let rawValue: Int
    static let sharing = Kind(rawValue: 1)
    static let missing = Kind(rawValue: 2)
  }

  init(seed: UInt64, requests: Int = 300, kind: Kind = []) {
    self.seed = seed
    var luck = RandomStream(seed: seed, StreamName("test/serving"), entity: 0)
    let armCount = Int(luck.below(4)) + 1
    names = (0..<armCount).map { "arm\($0)" }
    services = []
    for arm in 0..<armCount {
      services.append(Self.plan(&luck, arm: arm, sharing: kind.contains(.sharing)))
    }
    var now = Int64(luck.below(2_000)) - 1_000
    for _ in 0..<requests {
      now += Int64(luck.below(luck.below(10) == 0 ? 40 : 4))
      arrivals.append(SimulatedTime(nanoseconds: now))
      let missing = kind.contains(.missing) && luck.below(10) == 0
      latencies.append(missing ? -1 : Int64(luck.below(luck.below(8) == 0 ? 60 : 9)))
    }
    for _ in 0..<armCount {
      let share = luck.below(5)
      sent.append((0..<requests).map { _ in share == 0 || luck.below(4) < share })
    }
  }

  private static func plan(_ luck: inout RandomStream, arm: Int, sharing: Bool) -> ServicePlan? {
    if arm > 0 && luck.below(8) == 0 { return nil }
    var plan = ServicePlan(time: .logged(scale: [1, 1, 0.5, 2.5][Int(luck.below(4))]))
    plan.replicas = [1, 2, 3, 8, 16, 17, 40][Int(luck.below(7))]
    if luck.below(2) == 0 { plan.queueLimit = Int(luck.below(6)) }
    if luck.below(2) == 0 {
      plan.timeout = SimulatedDuration(nanoseconds: Int64(luck.below(25)))
      plan.timeoutCancels = luck.below(3) > 0
    }
    plan.errorRate = [0, 0, 0.2, 1][Int(luck.below(4))]
    plan.luck = luck.below(2) == 0 ? .own : .shared
    if sharing && arm > 0 && luck.below(4) > 0 { plan.sharedWith = "arm0" }
    return plan
  }

  /// Runs it in blocks of `capacity` rows.
  func outcomes(
    capacity: Int, by road: Serving.Road = .shortest
  ) -> (blocks: [BlockOutcomes], facts: [ServingFacts]) {
    let serving = Serving(
      names: names, services: services, seed: seed, capacity: capacity, by: road)
    var taken: [BlockOutcomes] = []
    var outcomes = BlockOutcomes(armCount: names.count, capacity: capacity)
    var first = 0
    while first < arrivals.count {
      let count = min(capacity, arrivals.count - first)
      var marks = Array(repeating: UInt8(0), count: names.count * capacity)
      for arm in names.indices {
        for row in 0..<count where sent[arm][first + row] { marks[arm * capacity + row] = 1 }
      }
      serving.admit(
        arrivals: Array(arrivals[first..<first + count]),
        loggedLatencies: Array(latencies[first..<first + count]), firstOrdinal: UInt64(first),
        count: count, sent: marks)
      while serving.takeCompleted(into: &outcomes) { taken.append(outcomes) }
      first += count
    }
    serving.drain()
    while serving.takeCompleted(into: &outcomes) { taken.append(outcomes) }
    return (taken, serving.facts)
  }

  /// The same as one row an arm and request, however it is cut into blocks.
  func rows(capacity: Int, by road: Serving.Road = .shortest) -> [[OutcomeRow]] {
    Self.rows(of: outcomes(capacity: capacity, by: road).blocks)
  }

  static func rows(of blocks: [BlockOutcomes]) -> [[OutcomeRow]] {
    guard let armCount = blocks.first?.armCount else { return [] }
    return (0..<armCount).map { arm in
      blocks.flatMap { block in
        (0..<block.count).map { row in
          let place = arm * block.capacity + row
          return OutcomeRow(
            fate: block.fates[place], wait: block.waits[place], service: block.services[place],
            latency: block.latencies[place])
        }
      }
    }
  }
}

struct OutcomeRow: Equatable {
  var fate = Fate.notSent
  var wait: Int64 = 0
  var service: Int64 = 0
  var latency: Int64 = 0
}

extension RandomStream {
  /// Uniform in 0..<bound, near enough for tests.
  mutating func below(_ bound: UInt32) -> UInt32 { nextWord() % bound }
}

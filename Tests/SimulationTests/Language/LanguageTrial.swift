import Probability
import Simulation
import Traffic

/// What became of a request at an arm with a language model.
struct LanguageRow: Equatable {
  var fate = Fate.notSent
  var wait: Int64 = 0
  var service: Int64 = 0
  var latency: Int64 = 0
  var firstToken: Int64 = -1
  var gap: Int64 = -1
  var longestGap: Int64 = -1
}

/// Language models and requests for them.
struct LanguageTrial {
  var names: [String]
  var services: [ServicePlan]
  var arrivals: [Int64] = []
  var tokens = RequestTokens()
  /// By arm, then request.
  var sent: [[Bool]] = []
  var seed: UInt64 = 0

  struct Outcome: Equatable {
    var rows: [[LanguageRow]]
    var facts: [ServingFacts]
  }

  /// One arm, by hand.
  init(_ language: LanguagePlan, replicas: Int = 1, balancing: StationPlan.Balancing = .central) {
    names = ["arm0"]
    var service = ServicePlan(time: .drawn(.constant(0)))
    service.replicas = replicas
    service.station.balancing = balancing
    service.language = language
    services = [service]
    sent = [[]]
  }

  mutating func add(at arrival: Int64, input: Int32, output: Int32, prefix: [UInt64]? = nil) {
    arrivals.append(arrival)
    tokens.inputs.append(input)
    tokens.outputs.append(output)
    sent[0].append(true)
    guard let prefix else { return }
    let start = tokens.prefixes.count
    tokens.prefixes += prefix
    tokens.prefixPlaces.append(start..<tokens.prefixes.count)
  }

  /// Runs it in blocks of `capacity` rows.
  func outcome(capacity: Int = 64) -> Outcome {
    let serving = Serving(names: names, services: services, seed: seed, capacity: capacity)
    var outcomes = BlockOutcomes(armCount: names.count, capacity: capacity, hasTokens: true)
    var rows = names.map { _ in [LanguageRow]() }
    var first = 0
    while first < arrivals.count {
      let range = first..<min(first + capacity, arrivals.count)
      admit(range, capacity, to: serving)
      first = range.upperBound
      while serving.takeCompleted(into: &outcomes) { Self.append(outcomes, to: &rows) }
    }
    serving.drain()
    while serving.takeCompleted(into: &outcomes) { Self.append(outcomes, to: &rows) }
    return Outcome(rows: rows, facts: serving.facts)
  }

  private func admit(_ range: Range<Int>, _ capacity: Int, to serving: Serving) {
    var marks = Array(repeating: UInt8(0), count: names.count * capacity)
    for arm in names.indices {
      for (row, request) in range.enumerated() where sent[arm][request] {
        marks[arm * capacity + row] = 1
      }
    }
    serving.admit(
      arrivals: range.map { SimulatedTime(nanoseconds: arrivals[$0]) }, loggedLatencies: [],
      firstOrdinal: UInt64(range.lowerBound), count: range.count, sent: marks,
      tokens: tokens.rows(range))
  }

  private static func append(_ outcomes: BlockOutcomes, to rows: inout [[LanguageRow]]) {
    for arm in rows.indices {
      for row in 0..<outcomes.count {
        let place = arm * outcomes.capacity + row
        rows[arm].append(
          LanguageRow(
            fate: outcomes.fates[place], wait: outcomes.waits[place],
            service: outcomes.services[place], latency: outcomes.latencies[place],
            firstToken: outcomes.firstTokens[place], gap: outcomes.tokenGaps[place],
            longestGap: outcomes.longestGaps[place]))
      }
    }
  }
}

extension RequestTokens {
  func rows(_ range: Range<Int>) -> RequestTokens {
    var rows = self
    rows.inputs = Array(inputs[range])
    rows.outputs = Array(outputs[range])
    if !priorities.isEmpty { rows.priorities = Array(priorities[range]) }
    if !prefixPlaces.isEmpty { rows.prefixPlaces = Array(prefixPlaces[range]) }
    if !units.isEmpty { rows.units = Array(units[range]) }
    return rows
  }
}

// MARK: Random trials

extension LanguageTrial {
  /// A random configuration, small so that everything in it meets everything else.
  init(seed: UInt64, requests: Int = 40) {
    var luck = RandomStream(seed: seed, StreamName("test/language"), entity: 0)
    let armCount = [1, 1, 2, 3][luck.index(4)]
    names = (0..<armCount).map { "arm\($0)" }
    services = []
    self.seed = seed
    let blockTokens = [1, 2, 3, 5, 16][luck.index(5)]
    for arm in 0..<armCount {
      services.append(Self.service(&luck, arm))
      services[arm].language?.blockTokens = blockTokens
    }
    let spread = [2, 10, 40, 200][luck.index(4)]
    let longest = (input: [4, 12, 40][luck.index(3)], output: [3, 10, 60][luck.index(3)])
    var now = Int64(luck.index(2_000)) - 1_000
    tokens.prefixTokens = blockTokens * (luck.index(3) / 2 + 1)
    let hasPriorities = luck.index(2) == 0
    for _ in 0..<requests {
      now += Int64(luck.index(spread))
      arrivals.append(now)
      tokens.inputs.append(Int32(luck.index(longest.input) + (luck.index(30) == 0 ? 0 : 1)))
      tokens.outputs.append(Int32(luck.index(longest.output) + (luck.index(30) == 0 ? 0 : 1)))
      tokens.units.append(UInt64(luck.index(5)))
      if hasPriorities { tokens.priorities.append(UInt8(luck.index(4))) }
      addPrefix(&luck)
    }
    for _ in 0..<armCount {
      let share = luck.index(4)
      sent.append((0..<requests).map { _ in share < 2 || luck.index(4) < share })
    }
  }

  /// A chain of identities that shares its beginning with those of other requests.
  private mutating func addPrefix(_ luck: inout RandomStream) {
    let start = tokens.prefixes.count
    let tale = UInt64(luck.index(3))
    let parting = luck.index(4)
    for index in 0..<luck.index(8) {
      let branch = index < parting ? 0 : UInt64(luck.index(2)) + 1
      tokens.prefixes.append(DrawKey.finalise(tale << 32 | branch << 16 | UInt64(index)))
    }
    tokens.prefixPlaces.append(start..<tokens.prefixes.count)
  }

  private static func service(_ luck: inout RandomStream, _ arm: Int) -> ServicePlan {
    var service = ServicePlan(time: .drawn(.constant(0)))
    service.replicas = luck.index(3) + 1
    if luck.index(3) == 0 { service.queueLimit = luck.index(5) }
    if luck.index(3) == 0 {
      service.timeout = SimulatedDuration(nanoseconds: Int64(luck.index(300)))
      service.timeoutCancels = luck.index(3) > 0
    }
    service.errorRate = [0, 0, 0.2][luck.index(3)]
    service.station.balancing =
      [
        .central, .roundRobin, .random, .leastLoaded, .choices(2), .sticky,
      ][luck.index(6)]
    service.station.discipline = luck.index(2) == 0 ? .fifo : .priority
    service.client.priority = luck.index(3)
    service.language = language(&luck)
    if arm > 0 && luck.index(2) == 0 { service.sharedWith = "arm0" }
    return service
  }

  private static func language(_ luck: inout RandomStream) -> LanguagePlan {
    let sequences = luck.index(6) + 1
    var plan = LanguagePlan(
      steps: steps(&luck), sequences: sequences,
      tokenBudget: sequences + luck.index([1, 10, 60][luck.index(3)]),
      memoryTokens: 20 + luck.index([20, 80, 400][luck.index(3)]))
    plan.watermark = [0, 0.01, 0.2][luck.index(3)]
    plan.chunkedPrefill = luck.index(2) == 0
    plan.prefixCaching = luck.index(2) == 0
    if luck.index(4) == 0 {
      plan.prefillPool = PrefillPoolPlan(
        replicas: luck.index(2) + 1, steps: steps(&luck),
        transferPerToken: [0, 0.3e-9, 1e-9][luck.index(3)])
    }
    return plan
  }

  private static func steps(_ luck: inout RandomStream) -> StepTimes {
    StepTimes(
      base: [1e-9, 3e-9, 2.5e-9, 1e-9 / 3][luck.index(4)],
      perPrefillToken: [0, 0.3e-9, 1e-9][luck.index(3)],
      perPrefillTokenSquared: [0, 0.01e-9][luck.index(2)],
      perSequence: [0, 0.5e-9, 0.1e-9][luck.index(3)],
      perCachedToken: [0, 0.013e-9, 0.2e-9][luck.index(3)])
  }
}

extension RandomStream {
  fileprivate mutating func index(_ count: Int) -> Int { Int(nextUnit() * Double(count)) }
}

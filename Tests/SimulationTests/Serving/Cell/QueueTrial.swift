import Foundation
import Probability
import Simulation
import Traffic

/// A queue of `Vectors/queues.json` or `queues-cells.json`, run through a cell, and what its customers met.
struct QueueTrial: Decodable, Sendable {
  var id: String
  var model: String
  var params: Parameters
  var expect: [String: Double]

  struct Parameters: Decodable, Sendable {
    var arr: String?
    var svc: String?
    var c: Int?
    var K: Int?
    var t: Double?
    var patience: String?
    var mu: Rates?
    var p: Double?
    var b: Int?
    var lam: Double?
    var theta: Double?
    var alpha: Double?
    var lam1: Double?
    var lam2: Double?
  }

  /// One rate or several.
  struct Rates: Decodable, Sendable {
    var values: [Double]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let one = try? container.decode(Double.self) {
        values = [one]
      } else {
        values = try container.decode([Double].self)
      }
    }
  }

  struct File: Decodable { var cases: [QueueTrial] }

  /// Customers a replication, of whom the first are not measured.
  struct Length: Sendable {
    var warmUp: Int
    var measured: Int
  }

  private var arrival: Distribution? {
    if let text = params.arr { return Self.distribution(text) }
    if let first = params.lam1, let second = params.lam2 {
      return .exponential(mean: 1 / (first + second))
    }
    return params.lam.map { .exponential(mean: 1 / $0) }
  }

  private var service: Distribution? {
    if let text = params.svc { return Self.distribution(text) }
    return (params.mu?.values.first).map { .exponential(mean: 1 / $0) }
  }

  /// The offered load of a replica.
  var load: Double {
    guard let gap = arrival?.mean, let time = service?.mean else { return .nan }
    let work = time / gap / Double(params.c ?? 1)
    switch model {
    case "feedback": return work / (1 - (params.p ?? 0))
    case "batch": return work / Double(params.b ?? 1)
    case "tandem": return work / 0.8
    case "mginf": return 0
    default: return work
    }
  }

  // MARK: Plans

  private func plan() -> (service: ServicePlan, stations: [NamedStation])? {
    guard let service else { return nil }
    var plan = ServicePlan(time: .drawn(service))
    var stations: [NamedStation] = []
    plan.replicas = params.c ?? 1
    plan.queueLimit = params.K.map { $0 - plan.replicas }
    plan.client.patience = params.patience.flatMap { Self.distribution($0) }
    switch model {
    case "GGc", "GGcK": break
    case "PS": plan.station.discipline = .processorSharing
    case "tandem":
      let rate = params.mu?.values.last ?? 1
      let second = ServicePlan(time: .drawn(.exponential(mean: 1 / rate)))
      stations = [NamedStation(name: "second", service: second)]
      plan.route = [.own(again: 0), .visit("second")]
    case "feedback": plan.route = [.own(again: params.p ?? 0)]
    case "batch":
      plan.station.batch = BatchPlan(
        largest: params.b ?? 1, time: .curve([.init(size: 1, factor: 1)]))
    case "retrial":
      plan.queueLimit = 0
      plan.client.retry = RetryPlan(
        attempts: 1 << 30, delay: .drawn(.exponential(mean: 1 / (params.theta ?? 1))))
    case "setup": plan.station.setUp = .exponential(mean: 1 / (params.alpha ?? 1))
    case "prio": plan.station.discipline = .priority
    case "forkjoin2":
      stations = ["left", "right"].map {
        NamedStation(name: $0, service: ServicePlan(time: .drawn(service)))
      }
      plan.route = [.fanOut(["left", "right"], needed: 2)]
    case "mginf": plan.replicas = 400
    default: return nil
    }
    return (plan, stations)
  }

  /// Whether it is a queue, and not a process of arrivals.
  var isQueue: Bool { plan() != nil }

  // MARK: Runs

  /// What one replication measured, by the names of `expect`.
  func figures(seed: UInt64, _ length: Length) -> [String: Double] {
    guard let (service, stations) = plan(), let arrival else { return [:] }
    let capacity = 1_000
    let count = length.warmUp + length.measured
    let serving = Serving(
      names: ["queue"], services: [service], stations: stations, seed: seed, capacity: capacity,
      by: .cells)
    var outcomes = BlockOutcomes(armCount: 1, capacity: capacity)
    var record = CustomerRecord(warmUp: length.warmUp, threshold: params.t ?? 0)
    let urgentShare = params.lam1.map { $0 / ($0 + (params.lam2 ?? 0)) } ?? 0
    let sent = Array(repeating: UInt8(1), count: capacity)
    var now = SimulatedTime(nanoseconds: 0)
    for first in stride(from: 0, to: count, by: capacity) {
      let size = min(capacity, count - first)
      var arrivals: [SimulatedTime] = []
      var priorities: [UInt8] = []
      for ordinal in first..<first + size {
        var luck = RandomStream(seed: seed, StreamName("arrival"), entity: UInt64(ordinal))
        now = now + SimulatedDuration(seconds: arrival.draw(using: &luck))
        arrivals.append(now)
        priorities.append(luck.nextUnit() < urgentShare ? 0 : 1)
      }
      record.come(arrivals, priorities)
      serving.admit(
        arrivals: arrivals, loggedLatencies: [], firstOrdinal: UInt64(first), count: size,
        sent: sent, priorities: model == "prio" ? priorities : [])
      if first + size == count { serving.drain() }
      while serving.takeCompleted(into: &outcomes) { record.leave(outcomes) }
    }
    var figures = record.figures
    if let facts = serving.facts.first, let begin = facts.begin, let end = facts.end {
      let busy = Double(facts.busyArea) / 1e9 / (end - begin).seconds
      figures["gamma"] = busy
      figures["Pidle"] = 1 - busy / Double(service.replicas)
      figures["root"] = Self.root(
        idle: 1 - busy, work: (self.service?.mean ?? 0) / (arrival.mean ?? .nan))
    }
    return figures
  }

  /// The same services and arrivals at one shared processor, where theory has the mean stay of that, too.
  var shared: QueueTrial? {
    guard let stay = expect["EW_PS"] else { return nil }
    var trial = self
    trial.model = "PS"
    trial.expect = ["W": stay]
    return trial
  }

  /// The ratio at which the numbers before a batch server fall off: of its busy time 1 − p₀ the share r goes on beyond
  /// each number, so that 1 − p₀ = (λ/μ) p₀ / (1 − r).
  private static func root(idle: Double, work: Double) -> Double {
    idle < 1 ? 1 - work * idle / (1 - idle) : .nan
  }

  /// "exp:rate", "det:value", "uniform:low:high", "lognormal:mean:sigma", "erlang:k:mean", "hyper:p:r1:r2".
  static func distribution(_ text: String) -> Distribution? {
    let parts = text.split(separator: ":")
    let numbers = parts.dropFirst().compactMap { Double($0) }
    switch (parts.first, numbers.count) {
    case ("exp", 1): return .exponential(mean: 1 / numbers[0])
    case ("det", 1): return .constant(numbers[0])
    case ("uniform", 2): return .uniform(low: numbers[0], high: numbers[1])
    case ("lognormal", 2):
      let sigma = numbers[1]
      return .lognormal(mu: Elementary.log(numbers[0]) - sigma * sigma / 2, sigma: sigma)
    case ("erlang", 2): return .gamma(shape: numbers[0], scale: numbers[1] / numbers[0])
    case ("hyper", 3):
      return .mixture([
        .init(weight: numbers[0], distribution: .exponential(mean: 1 / numbers[1])),
        .init(weight: 1 - numbers[0], distribution: .exponential(mean: 1 / numbers[2])),
      ])
    default: return nil
    }
  }
}

/// What the customers of one replication met, the first ones left out.
struct CustomerRecord {
  let warmUp: Int
  let threshold: Double
  private var arrivals: [Int64] = []
  private var isUrgent: [Bool] = []
  private var departures: [Int64] = []
  private var waits: [Double] = []
  private var sojourns: [Double] = []
  private var urgentWaits: [Double] = []
  private var otherWaits: [Double] = []
  private var queueing = 0.0
  private var left = 0
  private var lost = 0
  private var waited = 0

  init(warmUp: Int, threshold: Double) {
    self.warmUp = warmUp
    self.threshold = threshold
  }

  mutating func come(_ times: [SimulatedTime], _ priorities: [UInt8]) {
    arrivals += times.map(\.nanoseconds)
    isUrgent += priorities.map { $0 == 0 }
  }

  mutating func leave(_ outcomes: BlockOutcomes) {
    for row in 0..<outcomes.count {
      let customer = left
      left += 1
      departures.append(arrivals[customer] + outcomes.latencies[row])
      if customer < warmUp { continue }
      let wait = Double(outcomes.waits[row]) * 1e-9
      queueing += wait
      if outcomes.fates[row] != .shed && wait > 0 { waited += 1 }
      guard outcomes.fates[row] == .answered else {
        lost += 1
        continue
      }
      waits.append(wait)
      sojourns.append(Double(outcomes.latencies[row]) * 1e-9)
      if isUrgent[customer] { urgentWaits.append(wait) } else { otherWaits.append(wait) }
    }
  }

  /// Of those who are lost at a full queue, waits do not count; of those who lose heart, `Pwait` counts.
  var figures: [String: Double] {
    let seconds = Double(arrivals[left - 1] - arrivals[warmUp]) * 1e-9
    let all = Double(left - warmUp)
    let served = Double(waits.count)
    let sum = sojourns.reduce(0, +)
    let inQueue = queueing
    var figures = [
      "Wq": waits.reduce(0, +) / served, "W": sum / served, "Lq": inQueue / seconds,
      "L": sum / seconds, "throughput": served / seconds, "Ploss": Double(lost) / all,
      "Pwait": Double(waited) / (isImpatient ? all : served), "W_all": inQueue / all,
      "Pwait_gt_t": Double(waits.count { $0 > threshold }) / served,
      "Psojourn_gt_t": Double(sojourns.count { $0 > threshold }) / served,
      "varWq": Self.variance(waits), "varW": Self.variance(sojourns), "Lorbit": inQueue / seconds,
      "Wq1": urgentWaits.reduce(0, +) / Double(max(1, urgentWaits.count)),
      "Wq2": otherWaits.reduce(0, +) / Double(max(1, otherWaits.count)),
    ]
    figures["varL"] = Self.variance(numbersSeen())
    figures["q99_wait"] = Self.quantile99(waits)
    figures["q99_sojourn"] = Self.quantile99(sojourns)
    return figures
  }

  /// Some who wait are lost.
  private var isImpatient: Bool { waited > waits.count { $0 > 0 } }

  private static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  }

  private static func quantile99(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.sorted()[min(values.count - 1, values.count * 99 / 100)]
  }

  /// How many each customer found there.
  private func numbersSeen() -> [Double] {
    let ends = departures.sorted()
    var gone = 0
    var seen: [Double] = []
    for customer in 0..<left {
      while gone < left && ends[gone] <= arrivals[customer] { gone += 1 }
      if customer >= warmUp { seen.append(Double(customer - gone)) }
    }
    return seen
  }
}

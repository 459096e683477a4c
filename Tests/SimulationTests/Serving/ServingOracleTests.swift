import Foundation
import Probability
import Simulation
import TestSupport
import Testing
import Traffic

/// Queues whose steady state has a closed form.
///
/// Every figure must lie within the 99.9 % t interval over 30 replications, the warm-up removed. The
/// quick form leaves out the heavily loaded queues, which need long runs;
/// `UNDERSTUDY_CALIBRATION=full swift test -c release --filter ServingOracle` runs all, at length.
@Suite("Queues with a closed form") struct ServingOracleTests {
  struct Queue: Decodable, Sendable, CustomTestStringConvertible {
    var id: String
    var params: Parameters
    var expect: [String: Double]
    var testDescription: String { id }

    struct Parameters: Decodable, Sendable {
      var arr: String
      var svc: String
      var c: Int
      var K: Int?
      var t: Double?
    }
  }

  private struct Vectors: Decodable { var cases: [Queue] }

  private static let isFull =
    ProcessInfo.processInfo.environment["UNDERSTUDY_CALIBRATION"] == "full"

  private static func queues() -> [Queue] {
    let all = (try? vectors(Vectors.self, named: "queues"))?.cases ?? []
    return isFull ? all : all.filter { load($0) < 0.85 || $0.params.K != nil }
  }

  private static func load(_ queue: Queue) -> Double {
    let mean = { (text: String) in distribution(text)?.mean ?? .nan }
    return mean(queue.params.svc) / mean(queue.params.arr) / Double(queue.params.c)
  }

  @Test("there are vectors")
  func present() { #expect(Self.queues().count >= (Self.isFull ? 32 : 15)) }

  @Test("waits, losses and tails are those of theory", arguments: queues())
  func closedForm(queue: Queue) throws {
    let arrival = try #require(Self.distribution(queue.params.arr))
    var plan = ServicePlan(time: .drawn(try #require(Self.distribution(queue.params.svc))))
    plan.replicas = queue.params.c
    plan.queueLimit = queue.params.K.map { $0 - queue.params.c }
    let figures = Self.replicate(arrival: arrival, plans: [plan], threshold: queue.params.t ?? 0)
    var compared = 0
    for (name, expected) in queue.expect.sorted(by: { $0.key < $1.key }) {
      guard let values = figures[0][name] else { continue }
      compared += 1
      expectMean(values, expected, "\(queue.id) \(name)")
    }
    #expect(compared > 0)
  }

  /// The workload of M/M/1 whose customers leave at τ, served or not, is that of a dam of height τ:
  /// the unlimited queue's, given that it is at most τ. So a share
  /// (1 − ρ) e^{−(μ−λ)τ} / (1 − ρ e^{−(μ−λ)τ}) times out, and the server idles (1 − ρ) / (1 − ρ e^{−(μ−λ)τ}).
  ///
  /// - Source: Cohen (1982), "The Single Server Queue", III.5 (the finite dam).
  @Test(
    "time-outs that cancel follow the finite dam", arguments: [(0.8, 2.0), (0.5, 1.0), (1.5, 3)])
  func finiteDam(load: Double, timeout: Double) {
    var plan = ServicePlan(time: .drawn(.exponential(mean: 1)))
    plan.timeout = SimulatedDuration(seconds: timeout)
    let figures = Self.replicate(
      arrival: .exponential(mean: 1 / load), plans: [plan], threshold: 0)
    let decay = Elementary.exp(-(1 - load) * timeout)
    let top = 1 - load * decay
    expectMean(figures[0]["Ptimeout"] ?? [], (1 - load) * decay / top, "time-outs")
    expectMean(figures[0]["busy"] ?? [], 1 - (1 - load) / top, "utilisation")
  }

  /// A request and its mirror are a batch of two exponential services at one server: production waits
  /// λ E[S²] / 2(1 − ρ) with S their sum (Pollaczek-Khinchine), the mirror one service more.
  @Test("a mirror on production's replica is a batch of two")
  func mirror() {
    var production = ServicePlan(time: .drawn(.exponential(mean: 1)))
    production.luck = .own
    var mirror = production
    mirror.sharedWith = "arm0"
    let figures = Self.replicate(
      arrival: .exponential(mean: 4), plans: [production, mirror], threshold: 0)
    let wait = 0.25 * 6 / (2 * (1 - 0.5))
    expectMean(figures[0]["Wq"] ?? [], wait, "production's wait")
    expectMean(figures[1]["Wq"] ?? [], wait + 1, "the mirror's wait")
    expectMean(figures[0]["busy"] ?? [], 0.25, "production's part of the replica")
  }

  @Test("errors come at their rate and take as long as answers")
  func errors() {
    var plan = ServicePlan(time: .drawn(.exponential(mean: 1)))
    plan.errorRate = 0.2
    plan.replicas = 2
    let figures = Self.replicate(arrival: .exponential(mean: 1), plans: [plan], threshold: 0)
    expectMean(figures[0]["Pfailed"] ?? [], 0.2, "failures")
    expectMean(figures[0]["Wq"] ?? [], 1.0 / 3, "M/M/2 at 0.5")
  }

  /// The 99.9 % t interval over 30 replications covers the expected value.
  private func expectMean(_ values: [Double], _ expected: Double, _ what: String) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / (n - 1) / n).squareRoot()
    let t9995 = 3.6594
    #expect(values.count == Self.replications, "\(what)")
    #expect(
      abs(mean - expected) <= t9995 * error + 1e-12,
      "\(what): \(mean) ± \(t9995 * error), expected \(expected)")
  }

  // MARK: Runs

  private static let replications = 30
  private static let warmUp = isFull ? 20_000 : 1_000
  private static let measured = isFull ? 60_000 : 1_500

  /// By arm and figure: one value a replication.
  private static func replicate(
    arrival: Distribution, plans: [ServicePlan], threshold: Double
  ) -> [[String: [Double]]] {
    var figures = plans.map { _ in [String: [Double]]() }
    for seed in 0..<UInt64(replications) {
      let (rows, seconds) = run(arrival, plans, seed: 77_000 + seed)
      for arm in plans.indices {
        for (name, value) in summary(rows[arm], seconds, threshold, plans[arm].replicas) {
          figures[arm][name, default: []].append(value)
        }
      }
    }
    return figures
  }

  /// The rows after the warm-up, by arm, and how many seconds they took to arrive.
  private static func run(
    _ arrival: Distribution, _ plans: [ServicePlan], seed: UInt64
  ) -> (rows: [[OutcomeRow]], seconds: Double) {
    let capacity = 500
    let count = warmUp + measured
    let serving = Serving(
      names: plans.indices.map { "arm\($0)" }, services: plans, seed: seed, capacity: capacity)
    var outcomes = BlockOutcomes(armCount: plans.count, capacity: capacity)
    let sent = Array(repeating: UInt8(1), count: plans.count * capacity)
    var blocks: [BlockOutcomes] = []
    var now = SimulatedTime(nanoseconds: 0)
    var start = now
    for first in stride(from: 0, to: count, by: capacity) {
      let size = min(capacity, count - first)
      let arrivals = (first..<first + size).map { ordinal in
        var luck = RandomStream(seed: seed, StreamName("arrival"), entity: UInt64(ordinal))
        if ordinal == warmUp { start = now }
        now = now + SimulatedDuration(seconds: arrival.draw(using: &luck))
        return now
      }
      serving.admit(
        arrivals: arrivals, loggedLatencies: [], firstOrdinal: UInt64(first), count: size,
        sent: sent)
      if first + size == count { serving.drain() }
      while serving.takeCompleted(into: &outcomes) { blocks.append(outcomes) }
    }
    let rows = ServingTrial.rows(of: blocks).map { Array($0.dropFirst(warmUp)) }
    return (rows, (now - start).seconds)
  }

  private static func summary(
    _ rows: [OutcomeRow], _ seconds: Double, _ threshold: Double, _ replicas: Int
  ) -> [String: Double] {
    let all = Double(rows.count)
    let served = rows.filter { $0.fate != .shed }
    let n = Double(served.count)
    let limit = SimulatedDuration(seconds: threshold).nanoseconds
    let mean = { (value: (OutcomeRow) -> Double) in served.reduce(0) { $0 + value($1) } / n }
    let share = { (holds: (OutcomeRow) -> Bool) in Double(served.count(where: holds)) / n }
    return [
      "Wq": mean { Double($0.wait) / 1e9 },
      "W": mean { Double($0.wait + $0.service) / 1e9 },
      "Pwait": share { $0.wait > 0 },
      "Pwait_gt_t": share { $0.wait > limit },
      "Psojourn_gt_t": share { $0.wait + $0.service > limit },
      "Ploss": 1 - n / all,
      "Ptimeout": share { $0.fate == .timedOut },
      "Pfailed": share { $0.fate == .failed },
      "busy": mean { Double($0.service) / 1e9 } * n / seconds / Double(replicas),
    ]
  }

  /// "exp:rate", "det:value", "uniform:low:high", "lognormal:mean:sigma", "erlang:k:mean", "hyper:p:r1:r2".
  private static func distribution(_ text: String) -> Distribution? {
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

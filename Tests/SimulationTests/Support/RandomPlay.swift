import Probability
import Simulation
import Testing
import Traffic

/// What a random play may be made of.
struct PlayKind: CustomTestStringConvertible, Sendable {
  enum Task: CaseIterable { case binary, regression, classes }
  enum Deployment: CaseIterable { case shadow, mirror, split }
  enum Services: CaseIterable { case none, own, shared }

  var task: Task
  var deployment: Deployment
  var services: Services

  static let all: [PlayKind] = Task.allCases.flatMap { task in
    Deployment.allCases.flatMap { deployment in
      Services.allCases.map { PlayKind(task: task, deployment: deployment, services: $0) }
    }
  }

  var testDescription: String { "\(task), \(deployment), services: \(services)" }
}

extension Play {
  /// A small study with late and lost labels, requests without an answer, segments, units with several requests, and
  /// monitors on everything.
  static func random(_ kind: PlayKind, seed: UInt64, requests: Int = 160) -> Play {
    var luck = RandomStream(seed: seed, StreamName("test/play"), entity: 0)
    let arms = ["production", "first", "second"]
    var play = Play(
      arms: arms, task: kind.task.studyTask, metrics: kind.task.metrics + Self.operational,
      isSplit: kind.deployment == .split, hasUnits: luck.below(2) == 0, segments: ["colour"])
    play.seed = seed
    // The p-value of a quantile is slow without optimisation; one task is enough.
    if kind.task != .binary { play.comparisons.removeAll { $0.metric == .latencyQuantile(0.9) } }
    if kind.deployment == .mirror { play.deployment = .shadow(mirror: 0.3) }
    for arm in arms.indices {
      play.ledger.arms[arm].service = Self.service(kind.services, arm: arm, &luck)
    }
    play.ledger.labels = LabelPlan(
      delay: luck.below(2) == 0 ? .constant(3) : .exponential(mean: 20), lost: 0.1)
    play.ledger.buckets =
      [.automatic, .every(SimulatedDuration(seconds: 7)), .day][
        Int(luck.below(3))]
    play.ledger.options.auc = luck.below(2) == 0 ? .exact : .binned
    play.ledger.monitors = Self.monitors(arms, hasServices: kind.services != .none)
    play.traffic.rows = Self.rows(kind.task, arms: arms.count, requests, &luck)
    return play
  }

  private static let operational: [Metric] = [
    .latencyMean, .latencyQuantile(0.9), .timeoutShare, .errorShare, .shedShare,
  ]

  private static func service(
    _ services: PlayKind.Services, arm: Int, _ luck: inout RandomStream
  ) -> ServicePlan? {
    if services == .none { return nil }
    var plan = ServicePlan(
      time: arm == 2 ? .logged(scale: 1.5) : .drawn(.exponential(mean: 0.4)))
    plan.replicas = Int(luck.below(3)) + 1
    plan.queueLimit = luck.below(2) == 0 ? 3 : nil
    plan.timeout = luck.below(2) == 0 ? SimulatedDuration(seconds: 1) : nil
    plan.errorRate = 0.05
    if services == .shared, arm > 0 { plan.sharedWith = "production" }
    return plan
  }

  private static func monitors(_ arms: [String], hasServices: Bool) -> [MonitorPlan] {
    let signals: [MonitorPlan.Signal] =
      hasServices ? [.error, .score, .latency] : [.error, .score]
    return arms.flatMap { arm in
      signals.flatMap { signal in
        [
          MonitorPlan(
            name: "\(arm) \(signal) adwin", detector: .adwin(delta: 0.5), arm: arm, signal: signal),
          MonitorPlan(
            name: "\(arm) \(signal) ph", detector: .pageHinkley(delta: 0.005, threshold: 1),
            arm: arm, signal: signal),
        ]
      }
    }
  }

  private static func rows(
    _ task: PlayKind.Task, arms: Int, _ requests: Int, _ luck: inout RandomStream
  ) -> [TableTraffic.Row] {
    var now = SimulatedTime.day(2024, 3, 1).nanoseconds
    return (0..<requests).map { _ in
      now += Int64(luck.below(800)) * 1_000_000
      var row = TableTraffic.Row(time: SimulatedTime(nanoseconds: now))
      row.unit = UInt64(luck.below(60))
      row.latency = luck.below(12) == 0 ? -1 : Int64(luck.below(900)) * 1_000_000
      row.segments = [luck.below(3)]
      let label = luck.below(11) == 0 ? Float.nan : task.label(&luck)
      row.label = label
      row.logged = (0..<arms).map { _ in luck.below(13) == 0 ? .nan : task.answer(label, &luck) }
      return row
    }
  }
}

extension PlayKind.Task {
  var studyTask: StudyFindings.Task {
    switch self {
    case .binary: Play.binary
    case .regression: .regression
    case .classes: .classes(names: ["low", "middle", "high"])
    }
  }

  var metrics: [Metric] {
    switch self {
    case .binary: [.accuracy, .logLoss, .brier, .auc, .calibrationError, .disagreement]
    case .regression: [.meanAbsoluteError, .rootMeanSquaredError]
    case .classes: [.errorRate, .logLoss, .disagreement]
    }
  }

  fileprivate func label(_ luck: inout RandomStream) -> Float {
    switch self {
    case .binary: Float(luck.below(2))
    case .regression: Float(luck.nextNormal() * 10)
    case .classes: Float(luck.below(3))
    }
  }

  fileprivate func answer(_ label: Float, _ luck: inout RandomStream) -> Double {
    switch self {
    case .binary: Double(luck.below(33)) / 32
    case .regression: (label.isNaN ? 0 : Double(label)) + luck.nextNormal()
    case .classes: Double(luck.below(3))
    }
  }
}

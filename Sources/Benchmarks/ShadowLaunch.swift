import Foundation
import Models
import Probability
import Simulation
import Traffic

/// The launch that the shadow cases play, ready to start.
///
/// 6.4 requests a millisecond; 20 standard normal features; a label that is 1 with probability sigmoid(x · w);
/// two logistic models whose weights are w with errors of standard deviation 0.15 and 0.1; production on 8
/// servers of 1 ms (lognormal, sigma 0.5), the candidate on 4 of 0.5 ms (sigma 0.7), each with luck of its own.
struct ShadowLaunch {
  private var timeline: Timeline
  private var source: any TrafficSource

  static let features = (0..<20).map { "x\($0)" }
  private static let seed: UInt64 = 1
  private static let rate = 6_400.0
  private static let metrics: [Metric] = [
    .accuracy, .latencyQuantile(0.5), .latencyQuantile(0.95), .latencyQuantile(0.99),
  ]

  init(requests: Int, threads: Int) {
    var traffic = SyntheticPlan(
      start: SimulatedTime(nanoseconds: 0), arrivals: .poisson(rate: Self.rate),
      features: Self.features.map {
        SyntheticPlan.Feature(name: $0, kind: .drawn(.normal(mean: 0, standardDeviation: 1)))
      },
      label: .labeller(index: 0, output: .classes(names: ["0", "1"])))
    traffic.requests = requests
    let columns = ModelColumns(features: Array(Self.features.indices), logged: [])
    let labeller = ModelLabeller(
      model: Self.model("truth"), columns: columns, streamName: "0/truth.json")
    source = SyntheticSource(plan: traffic, labellers: [labeller], seed: Self.seed)
    let models = [Self.model("production"), Self.model("candidate")]
    var plan = Timeline.Plan(
      ledger: LedgerPlan(
        arms: [
          Self.arm("production", replicas: 8, mean: 0.001, sigma: 0.5),
          Self.arm("candidate", replicas: 4, mean: 0.0005, sigma: 0.7),
        ], outputs: models.map(\.output), task: .binary(names: ["0", "1"]), isSplit: false,
        metrics: Self.metrics, options: MetricOptions(), labels: LabelPlan(), buckets: .automatic,
        schema: source.schema, monitors: []),
      deployment: .shadow(mirror: 1), models: models, columns: [columns, columns],
      seed: Self.seed)
    plan.threads = threads
    timeline = Timeline(plan)
  }

  /// Plays all of it.
  mutating func play() -> [ComparisonFinding] {
    do {
      let run = try timeline.run(&source) { _ in }
      return FindingsBuilder(run).comparisons(Self.metrics.map { ComparisonPlan(metric: $0) })
    } catch {
      preconditionFailure("synthetic traffic does not fail: \(error)")
    }
  }

  private static func arm(_ name: String, replicas: Int, mean: Double, sigma: Double) -> ArmPlan {
    let law = Distribution.lognormal(mu: Elementary.log(mean) - sigma * sigma / 2, sigma: sigma)
    var service = ServicePlan(time: .drawn(law))
    service.replicas = replicas
    service.luck = .own
    return ArmPlan(name: name, model: .file(path: "\(name).json"), service: service)
  }

  // MARK: Models

  private static let errors = ["truth": 0, "production": 0.15, "candidate": 0.1]

  private static func model(_ name: String) -> any Model {
    do {
      return try ModelFile.load(bytes: Array(modelText(name).utf8), name: name)
    } catch {
      preconditionFailure("the benchmark's own model is refused: \(error)")
    }
  }

  private static func modelText(_ name: String) -> String {
    let truth = normals("truth").map { 0.5 * $0 }
    let error = errors[name] ?? 0
    let weights = zip(truth, normals(name)).map { $0 + error * $1 }
    return """
      { "kind": "logistic_regression", "features": \(features), "coef": \(weights), "intercept": 0 }
      """
  }

  private static func normals(_ name: String) -> [Double] {
    var luck = RandomStream(seed: 7, StreamName("benchmark/weights/\(name)"), entity: 0)
    return features.map { _ in luck.nextNormal() }
  }

  // MARK: As files

  /// Writes the same launch as a scenario with its models.
  ///
  /// - Returns: the scenario's path.
  static func writeScenario(
    requests: Int, automaticMetrics: Bool, in folder: URL
  ) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in errors.keys.sorted() {
      try Data(modelText(name).utf8).write(to: folder.appendingPathComponent("\(name).json"))
    }
    let scenario = folder.appendingPathComponent("launch.json5")
    let questions =
      automaticMetrics
      ? "metricOptions: { auc: \"binned\" }"
      : "metrics: \(metrics.map(\.name)), compare: \(metrics.map(\.name))"
    try Data(scenarioText(requests: requests, questions).utf8).write(to: scenario)
    return scenario.path
  }

  private static func scenarioText(requests: Int, _ questions: String) -> String {
    let columns = features.map { "\($0): { normal: { mean: 0, sd: 1 } }" }
    return """
      {
        title: "The shadow case of the benchmarks",
        seed: \(seed),
        traffic: { synthetic: {
          requests: \(requests), start: "1970-01-01T00:00:00Z", arrivals: { poisson: \(rate) },
          features: { \(columns.joined(separator: ", ")) }, label: { model: "truth.json" },
        } },
        arms: {
          production: { model: "production.json", service: {
            replicas: 8, luck: "own", time: { lognormal: { mean: "1ms", cv: \(cv(sigma: 0.5)) } } } },
          candidate: { model: "candidate.json", service: {
            replicas: 4, luck: "own", time: { lognormal: { mean: "0.5ms", cv: \(cv(sigma: 0.7)) } } } },
        },
        \(questions),
      }
      """
  }

  /// The coefficient of variation of a lognormal.
  private static func cv(sigma: Double) -> Double {
    (Elementary.exp(sigma * sigma) - 1).squareRoot()
  }
}

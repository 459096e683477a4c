import Documents
import Scenarios
import Simulation
import Statistics
import Traffic

/// Plans a scenario's own questions from its own traffic.
///
/// The traffic is played once as a shadow of all requests, whatever the scenario deploys: its pairs tell what a shadow and
/// what an A/B test of the same arms would need.
struct ScenarioPlanning {
  private let request: PlanRequest
  private let path: String
  private let isCancelled: @Sendable () -> Bool

  init(_ request: PlanRequest, path: String, isCancelled: @escaping @Sendable () -> Bool) {
    self.request = request
    self.path = path
    self.isCancelled = isCancelled
  }

  func findings() throws -> ScenarioPlanFindings {
    var options = Study.Options()
    options.settings = request.settings
    options.seed = request.seed
    options.threads = request.threads
    let study = try Study(scenario: path, options: options, isCancelled: isCancelled)
    let scenario = study.scenario
    let questions = try questions(of: scenario)
    let run = try played(study, options)
    let ledger = run.ledger
    let span = Double(ledger.lastArrival.nanoseconds) - Double(ledger.firstArrival.nanoseconds)
    // As many gaps as requests but one make the span.
    let gaps = Double(max(1, ledger.requests - 1))
    let days = span > 0 ? span / 86_400e9 * Double(ledger.requests) / gaps : nil
    var findings = ScenarioPlanFindings(
      title: scenario.title, requests: ledger.requests, days: days, seed: scenario.seed,
      deployment: scenario.deployment, shares: try shares(of: scenario),
      power: request.numbers["power"] ?? 0.8, family: request.comparisons ?? family(of: scenario))
    findings.looks = request.looks
    findings.assumptions = assumptions(scenario, questions)
    for question in questions {
      for arm in scenario.arms.indices.dropFirst()
      where question.arm == nil || question.arm == scenario.arms[arm].name {
        let plan = QuestionPlan(
          request: request, question: question, arm: arm, scenario: scenario, frame: findings)
        findings.comparisons.append(try plan.comparison(run, isCancelled: isCancelled))
      }
    }
    return findings
  }

  private func questions(of scenario: Scenario) throws -> [ComparisonPlan] {
    guard scenario.arms.count > 1, !scenario.comparisons.isEmpty else {
      throw StudyError(
        .badData,
        Diagnostic(
          at: Place(file: path), "the scenario compares nothing that could be planned",
          help: "give it a candidate and a metric in compare"))
    }
    let names = scenario.comparisons.map(\.metric.name)
    if let unknown = request.metrics.first(where: { !names.contains($0) }) {
      throw PlanRequest.Mistake(
        "--metric is \"\(unknown)\", which the scenario does not compare",
        help: "it compares \(names.joined(separator: ", "))")
    }
    return scenario.comparisons.filter {
      request.metrics.isEmpty || request.metrics.contains($0.metric.name)
    }
  }

  /// Holm's adjustment of a run begins with all of its comparisons.
  private func family(of scenario: Scenario) -> Int {
    scenario.comparisons.reduce(0) { $0 + ($1.arm == nil ? scenario.arms.count - 1 : 1) }
  }

  private func shares(of scenario: Scenario) throws(PlanRequest.Mistake) -> [Double] {
    let count = scenario.arms.count
    if request.shares != PlanRequest(metric: "mean").shares {
      guard request.shares.count == count else {
        throw .init(
          "--shares has \(request.shares.count) numbers, and the scenario \(count) arms",
          help: "one an arm, production's first")
      }
      return request.shares
    }
    if case .split(let shares, _, _) = scenario.deployment { return shares }
    return Array(repeating: 1 / Double(count), count: count)
  }

  /// The whole traffic in a shadow, with every value kept.
  private func played(_ study: Study, _ options: Study.Options) throws -> Timeline.Run {
    var plain = study.scenario
    plain.deployment = .shadow(mirror: 1)
    plain.replications = 1
    plain.monitors = []
    plain.gates = []
    plain.twinWithoutMirror = false
    plain.metricOptions.auc = .exact
    plain.metrics = plain.comparisons.map(\.metric)
    let hasQuantile = plain.metrics.contains {
      if case .latencyQuantile = $0 { true } else { false }
    }
    if hasQuantile, !plain.metrics.contains(.latencyMean) { plain.metrics.append(.latencyMean) }
    var run = StudyRun(
      OpenedStudy(study.opened, replacing: plain), options: options, fingerprint: "",
      isCancelled: isCancelled)
    run.keepsOutcomes = true
    return try run.run(0, threads: options.threads, progress: { _ in }).0
  }

  private func assumptions(_ scenario: Scenario, _ questions: [ComparisonPlan]) -> [String] {
    var sentences = ["Traffic to come is like that of the scenario, as dense and as dependent."]
    let isByUnit = !scenario.deployment.splitsRequests
    sentences.append(
      isByUnit
        ? "An A/B test assigns whole units, where requests name any."
        : "An A/B test assigns requests one by one.")
    sentences.append(
      "An adjusted test has the other model answer every request as well, beside it, in a shadow.")
    if questions.contains(where: { $0.metric.unit == .nanoseconds }) {
      sentences.append("Latencies are those of a shadow, in which every arm serves all requests.")
    }
    return sentences
  }
}

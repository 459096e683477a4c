import Models
import Scenarios
import Simulation
import Traffic

extension OpenedStudy {
  /// What would be run, for `check`: arms, traffic, questions, memory.
  var planText: String {
    var lines = ["\(scenario.title)", ""]
    lines.append("traffic      \(trafficText)")
    for (arm, model) in zip(scenario.arms, models) {
      let name = arm.name.padded(to: 13)
      lines.append("\(name)\(model.model.summary)\(serviceText(arm))")
    }
    lines.append("deployment   \(deploymentText)")
    for load in loads { lines.append("load         \(load.place.name): \(load.words)") }
    if !scenario.shifts.isEmpty {
      lines.append("shifts       \(scenario.shifts.map(\.name).joined(separator: "; "))")
    }
    lines.append("metrics      \(scenario.metrics.map(\.name).joined(separator: ", "))")
    lines.append("comparisons  \(scenario.comparisons.count), Holm's adjustment over all")
    if scenario.replications > 1 { lines.append("replications \(scenario.replications)") }
    lines.append("memory       \(memoryText)")
    return lines.joined(separator: "\n") + "\n"
  }

  /// What is asked of replicas, in parts of what they can serve.
  var loads: [ServiceLoad] {
    LoadPlan(
      arms: scenario.arms, stations: scenario.stations, deployment: scenario.deployment,
      rate: scenario.traffic.rate, users: scenario.pacing.users
    ).loads
  }

  private var trafficText: String {
    let columns = "\(schema.features.count) features"
    switch scenario.traffic {
    case .replay(let plan): return "\(plan.path), \(columns)"
    case .synthetic(let plan):
      let length =
        plan.requests.map { "\($0) requests" } ?? plan.duration.map(\.text) ?? "no end"
      return "synthetic, \(length), \(columns)"
    }
  }

  private func serviceText(_ arm: ArmPlan) -> String {
    guard let service = arm.service else { return "; answers in zero time" }
    if let owner = service.sharedWith { return "; on the replicas of \(owner)" }
    return "; \(service.replicas) replica\(service.replicas == 1 ? "" : "s")"
  }

  private var deploymentText: String {
    switch scenario.deployment {
    case .shadow(let mirror): return "shadow, \(mirror * 100) % mirrored"
    case .split(let shares, _, let by):
      let parts = zip(scenario.arms, shares).map { "\($0.name) \($1 * 100) %" }
      return "A/B by \(by.rawValue): \(parts.joined(separator: ", "))"
    }
  }

  /// What grows with the number of requests is said before the run starts, with the bounded
  /// alternative.
  private var memoryText: String {
    let ranks = scenario.metrics.filter { $0 == .auc || $0 == .calibrationError }
    var grows: [String] = []
    if !ranks.isEmpty, scenario.metricOptions.auc == .exact {
      let bytes = 8 * scenario.arms.count + 4
      grows.append(
        "\(bytes) bytes a request for \(ranks.map(\.name).joined(separator: " and ")) "
          + "(bounded with metricOptions.auc: \"binned\")")
    }
    if scenario.deployment.isSplit { grows.append("about 100 bytes a unit") }
    return grows.isEmpty
      ? "does not grow with the number of requests" : grows.joined(separator: "; ")
  }
}

extension String {
  /// With spaces behind, up to a width; longer texts keep one space.
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}

import Models
import Simulation
import Traffic

extension Scenario {
  /// The scenario with the metrics and comparisons that it left to the task, once the traffic has told
  /// what its labels are.
  ///
  /// Reading the resolved text of the answer gives the answer again.
  package func filled(for task: StudyFindings.Task) -> Scenario {
    guard metrics.isEmpty else { return self }
    var filled = self
    filled.metrics = automaticMetrics(for: task)
    if comparisons.isEmpty {
      filled.comparisons = filled.metrics.filter(\.isComparedByDefault)
        .map { ComparisonPlan(metric: $0) }
    }
    filled.addMetricsInUse()
    return filled
  }

  private func automaticMetrics(for task: StudyFindings.Task) -> [Metric] {
    var metrics: [Metric] =
      switch task {
      case .binary: [.accuracy, .logLoss, .brier, .auc, .calibrationError]
      case .classes: [.accuracy, .logLoss]
      case .regression: [.meanAbsoluteError, .rootMeanSquaredError]
      case .unlabelled: []
      }
    let areModels = !arms.contains { $0.model == .noModel }
    if arms.count > 1, areModels, case .shadow = deployment { metrics.append(.disagreement) }
    let services = arms.compactMap(\.service)
    if !services.isEmpty {
      metrics += [.latencyMean, .latencyQuantile(0.5), .latencyQuantile(0.99)]
    }
    if services.contains(where: \.mayTimeOut) { metrics.append(.timeoutShare) }
    if services.contains(where: \.mayFail) { metrics.append(.errorShare) }
    if services.contains(where: \.mayShed) { metrics.append(.shedShare) }
    if services.contains(where: { $0.client.patience != nil }) { metrics.append(.abandonedShare) }
    if arms.contains(where: { $0.costPerThousand != nil }) { metrics.append(.costPerThousand) }
    return metrics
  }
}

extension ServicePlan {
  fileprivate var mayTimeOut: Bool { timeout != nil || client.deadline != nil }

  fileprivate var mayFail: Bool {
    errorRate > 0 || !station.failures.isEmpty && station.onFailure == .fail
  }

  fileprivate var mayShed: Bool {
    queueLimit != nil || client.rateLimit != nil || client.breaker != nil
  }
}

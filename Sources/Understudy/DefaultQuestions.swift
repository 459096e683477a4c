import Scenarios
import Simulation

/// What is measured and compared where the scenario does not say: it depends on the task and the services.
struct DefaultQuestions {
  let task: StudyFindings.Task
  let scenario: Scenario

  var filled: Scenario {
    var filled = scenario
    if filled.metrics.isEmpty { filled.metrics = metrics }
    if filled.comparisons.isEmpty {
      filled.comparisons = filled.metrics.filter(\.isComparable).map {
        ComparisonPlan(metric: $0)
      }
    }
    for metric in filled.comparisons.map(\.metric) + filled.gates.map(\.metric)
    where !filled.metrics.contains(metric) {
      filled.metrics.append(metric)
    }
    return filled
  }

  private var metrics: [Metric] {
    var metrics: [Metric] =
      switch task {
      case .binary: [.accuracy, .logLoss, .auc, .calibrationError, .disagreement]
      case .classes: [.accuracy, .logLoss, .disagreement]
      case .regression: [.meanAbsoluteError, .rootMeanSquaredError]
      case .unlabelled: []
      }
    let services = scenario.arms.compactMap(\.service)
    if services.count == scenario.arms.count {
      metrics += [.latencyMean, .latencyQuantile(0.5), .latencyQuantile(0.99)]
    }
    if services.contains(where: { $0.timeout != nil }) { metrics.append(.timeoutShare) }
    if services.contains(where: { $0.errorRate > 0 }) { metrics.append(.errorShare) }
    if services.contains(where: { $0.queueLimit != nil }) { metrics.append(.shedShare) }
    if scenario.arms.contains(where: { $0.costPerThousand != nil }) {
      metrics.append(.costPerThousand)
    }
    return metrics
  }
}

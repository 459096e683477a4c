/// A metric that is a mean of one value a request: its exact resolution and how the mean becomes the metric.
package struct MeanMetric: Sendable, Equatable {
  package let metric: Metric
  package let resolution: Resolution
  /// What the value is a mean over.
  package let basis: Basis

  package enum Basis: Sendable, Equatable {
    /// Requests with an answer and a label.
    case labelled
    /// Requests with an answer.
    case answered
    /// Requests that the arm was sent.
    case sent
    /// Requests that production and the arm both answered.
    case paired
  }

  /// nil for metrics that are not means (AUC, calibration error, quantiles, cost).
  package init?(_ metric: Metric) {
    self.metric = metric
    switch metric {
    case .accuracy, .errorRate: (resolution, basis) = (.whole, .labelled)
    case .logLoss, .brier: (resolution, basis) = (.fixed, .labelled)
    case .meanAbsoluteError, .rootMeanSquaredError: (resolution, basis) = (.real, .labelled)
    case .latencyMean, .firstTokenMean, .tokenGapMean: (resolution, basis) = (.whole, .answered)
    case .within, .timeoutShare, .errorShare, .shedShare, .abandonedShare:
      (resolution, basis) = (.whole, .sent)
    case .disagreement: (resolution, basis) = (.whole, .paired)
    case .auc, .calibrationError, .latencyQuantile, .costPerThousand: return nil
    }
  }

  /// Whether each value is 0 or 1.
  package var isShare: Bool {
    switch metric {
    case .accuracy, .errorRate, .disagreement, .within, .timeoutShare, .errorShare, .shedShare,
      .abandonedShare:
      true
    default: false
    }
  }

  /// The metric of a mean value: a mean square becomes its root.
  package func metricValue(ofMean mean: Double) -> Double {
    switch metric {
    case .rootMeanSquaredError: max(0, mean).squareRoot()
    default: mean
    }
  }

  /// d metric / d mean at `mean`, for the delta method.
  package func slope(atMean mean: Double) -> Double {
    switch metric {
    case .rootMeanSquaredError: mean > 0 ? 0.5 / mean.squareRoot() : 0
    default: 1
    }
  }
}

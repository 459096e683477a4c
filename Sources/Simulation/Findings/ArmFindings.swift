package struct ArmFindings: Sendable, Equatable {
  package var name: String
  package var isProduction: Bool
  /// `Model.summary`.
  package var model: String
  package var metrics: [MetricFinding]
  package var fates: Fates
  /// nil without a service.
  package var latency: LatencyFindings?
  /// nil without a service.
  package var serving: ServingFindings?
  /// Binary tasks: bins of the predicted probability, ascending, empty bins left out.
  package var calibration: [CalibrationBin]
  /// Binary tasks: (false positive rate, true positive rate), from (0,0) to (1,1), at most 200 points.
  package var roc: [CurvePoint]
  /// Regression: residual (answer − label) histogram.
  package var residuals: [HistogramBin]

  package init(
    name: String, isProduction: Bool, model: String, metrics: [MetricFinding], fates: Fates
  ) {
    self.name = name
    self.isProduction = isProduction
    self.model = model
    self.metrics = metrics
    self.fates = fates
    latency = nil
    serving = nil
    calibration = []
    roc = []
    residuals = []
  }
}

package struct MetricFinding: Sendable, Equatable {
  package var metric: Metric
  package var finding: Finding

  package init(metric: Metric, finding: Finding) {
    self.metric = metric
    self.finding = finding
  }
}

/// What became of the requests that an arm was sent:
/// sent = answered + timedOut + failed + shed + abandoned + inFlight.
package struct Fates: Sendable, Equatable {
  package var sent = 0
  package var answered = 0
  package var timedOut = 0
  package var failed = 0
  package var shed = 0
  /// Left by their client, who was tired of waiting.
  package var abandoned = 0
  /// Neither answered nor lost when the run ended.
  package var inFlight = 0
  /// Answers whose label arrived.
  package var labelled = 0

  package init() {}

  /// Those that ended without an answer.
  package var lost: Int { timedOut + failed + shed + abandoned }
}

package struct CalibrationBin: Sendable, Equatable {
  package var low: Double
  package var high: Double
  package var meanPrediction: Double
  /// Share of class 1, with its interval.
  package var observed: Estimate

  package init(low: Double, high: Double, meanPrediction: Double, observed: Estimate) {
    self.low = low
    self.high = high
    self.meanPrediction = meanPrediction
    self.observed = observed
  }
}

package struct CurvePoint: Sendable, Equatable {
  package var x: Double
  package var y: Double

  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// Latencies of answered requests, in nanoseconds.
package struct LatencyFindings: Sendable, Equatable {
  /// Half the width of a histogram bucket over its middle: the relative error of any quantile.
  package var relativeError: Double
  /// Ascending, no empty bins.
  package var histogram: [HistogramBin]
  /// p = 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999 where n allows.
  package var quantiles: [QuantileFinding]
  /// Mean parts of the latency, in nanoseconds.
  package var meanWait: Double
  package var meanService: Double
  /// Busy share of the replicas' time.
  package var utilisation: Double

  package init(
    relativeError: Double, histogram: [HistogramBin], quantiles: [QuantileFinding],
    meanWait: Double, meanService: Double, utilisation: Double
  ) {
    self.relativeError = relativeError
    self.histogram = histogram
    self.quantiles = quantiles
    self.meanWait = meanWait
    self.meanService = meanService
    self.utilisation = utilisation
  }
}

package struct QuantileFinding: Sendable, Equatable {
  package var p: Double
  package var estimate: Estimate

  package init(p: Double, estimate: Estimate) {
    self.p = p
    self.estimate = estimate
  }
}

package struct HistogramBin: Sendable, Equatable {
  package var low: Double
  package var high: Double
  package var count: Int

  package init(low: Double, high: Double, count: Int) {
    self.low = low
    self.high = high
    self.count = count
  }
}

import Probability

/// The Shiryaev-Roberts procedure: the sum of the likelihood ratios of all places where the change may have been.
///
/// R = (1 + R) · Λ(x), with an alarm where R >= A; then R starts again. Before a change R − n is a martingale, so
/// that the mean time to a false alarm is at least A (less the head start), whatever the two densities are.
///
/// - Source: Shiryaev (1963); Roberts (1966); Pollak (1985) and Moustakides, Polunchenko and Tartakovsky (2011) for the
///   head start.
package struct ShiryaevRoberts: DriftDetector {
  package let ratio: LogLikelihoodRatio
  /// A > 0.
  package let threshold: Double
  /// Where R starts, >= 0.
  package let headStart: Double
  package private(set) var statistic: Double

  package init(_ ratio: LogLikelihoodRatio, threshold: Double, headStart: Double = 0) {
    precondition(threshold > 0 && headStart >= 0, "threshold \(threshold), start \(headStart)")
    self.ratio = ratio
    self.threshold = threshold
    self.headStart = headStart
    statistic = headStart
  }

  package mutating func reset() { statistic = headStart }

  @inline(__always)
  package mutating func add(_ value: Double) -> DriftState {
    statistic = (1 + statistic) * Elementary.exp(ratio(value))
    guard statistic >= threshold else { return .stable }
    reset()
    return .drift
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInRegisters(values, to: &record)
  }
}

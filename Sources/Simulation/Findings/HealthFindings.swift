import Traffic

package struct HealthFindings: Sendable, Equatable {
  /// What was skipped or coerced.
  package var counts: [TrafficCount]
  /// Things a person should know before trusting the numbers, most important first; whole sentences.
  package var warnings: [String]
  /// A/B only: observed against planned shares.
  package var sampleRatio: SampleRatio?
  package var labelsArrived: Int
  package var labelsLost: Int
  /// Times without a zone were read in this one; nil when all had one.
  package var assumedZone: String?

  package struct SampleRatio: Sendable, Equatable {
    package var planned: [Double]
    /// Units a side.
    package var observed: [Int]
    package var p: Double

    package init(planned: [Double], observed: [Int], p: Double) {
      self.planned = planned
      self.observed = observed
      self.p = p
    }
  }

  package init() {
    counts = []
    warnings = []
    sampleRatio = nil
    labelsArrived = 0
    labelsLost = 0
    assumedZone = nil
  }
}

/// Metrics of one segment: requests whose column `column` holds `value`.
package struct SegmentFindings: Sendable, Equatable {
  package var column: String
  package var value: String
  package var requests: Int
  package var arms: [Row]

  package struct Row: Sendable, Equatable {
    package var arm: String
    package var metrics: [MetricFinding]
    /// Against production, of the first metric compared; nil for production itself.
    package var candidateMinusProduction: Finding?

    package init(arm: String, metrics: [MetricFinding]) {
      self.arm = arm
      self.metrics = metrics
      candidateMinusProduction = nil
    }
  }

  package init(column: String, value: String, requests: Int, arms: [Row]) {
    self.column = column
    self.value = value
    self.requests = requests
    self.arms = arms
  }
}

import Traffic

/// Metrics by time bucket.
package struct TimelineFindings: Sendable, Equatable {
  /// "day", "quarter", "30m": how the buckets were cut.
  package var bucket: String
  /// Ascending; bucket i covers starts[i]..<starts[i + 1], the last one up to `end`.
  package var starts: [SimulatedTime]
  package var end: SimulatedTime
  package var series: [Series]

  package struct Series: Sendable, Equatable {
    package var arm: String
    package var metric: Metric
    /// One a bucket.
    package var points: [Finding]

    package init(arm: String, metric: Metric, points: [Finding]) {
      self.arm = arm
      self.metric = metric
      self.points = points
    }
  }

  package init(bucket: String, starts: [SimulatedTime], end: SimulatedTime, series: [Series]) {
    self.bucket = bucket
    self.starts = starts
    self.end = end
    self.series = series
  }
}

package struct EventFinding: Sendable, Equatable {
  package var time: SimulatedTime
  /// "alarm", "shiftStart", "shiftEnd".
  package var kind: String
  /// The monitor or shift.
  package var source: String
  package var detail: String

  package init(time: SimulatedTime, kind: String, source: String, detail: String) {
    self.time = time
    self.kind = kind
    self.source = source
    self.detail = detail
  }
}

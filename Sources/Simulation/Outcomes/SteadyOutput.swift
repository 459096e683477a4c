import Statistics

/// One arm's latencies in the order of the requests, for what holds in the long run, in memory that does not
/// grow.
package struct SteadyOutput: Sendable {
  package private(set) var series = OutputSeries()
  package private(set) var quantiles = SteadyQuantiles()

  package init() {}

  /// Adds the answered requests of a block; nanoseconds.
  mutating func add(_ latencies: Span<Int64>, fates: Span<Fate>) {
    for row in latencies.indices where fates[row] == .answered {
      series.append(latencies[row])
      quantiles.append(latencies[row])
    }
  }
}

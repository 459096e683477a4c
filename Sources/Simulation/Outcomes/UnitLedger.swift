import Statistics
import Traffic

/// Per-unit sums of one arm of a split: what cluster-robust comparisons need.
///
/// Memory: one entry a unit, in the order in which units first came.
package struct UnitLedger: Sendable {
  /// By mean metric: how many values each unit gave, and their sum.
  package private(set) var counts: [[Int]]
  package private(set) var sums: [[Double]]
  private var indices: [UInt64: Int] = [:]
  private let metricCount: Int

  package init(metrics: [MeanMetric]) {
    metricCount = metrics.count
    counts = metrics.map { _ in [] }
    sums = metrics.map { _ in [] }
  }

  package var unitCount: Int { indices.count }

  /// Whether no unit gave more than one value of this metric: then requests are the units.
  package func isOnePerUnit(_ metric: Int) -> Bool { counts[metric].allSatisfy { $0 <= 1 } }

  package func mean(_ metric: Int) throws(Unavailable) -> ClusteredMean {
    try ClusteredMean(counts: counts[metric], sums: sums[metric])
  }

  package mutating func fold(
    _ columns: AnswerColumns, units: [UInt64], sent: ArraySlice<UInt8>, count: Int
  ) {
    for row in 0..<count where sent[sent.startIndex + row] == 1 {
      let unit = index(of: units[row])
      for metric in 0..<metricCount {
        let value = columns.values[metric][row]
        if value.isNaN { continue }
        counts[metric][unit] += 1
        sums[metric][unit] += value
      }
    }
  }

  private mutating func index(of unit: UInt64) -> Int {
    if let index = indices[unit] { return index }
    let index = indices.count
    indices[unit] = index
    for metric in 0..<metricCount {
      counts[metric].append(0)
      sums[metric].append(0)
    }
    return index
  }
}

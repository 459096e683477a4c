import Statistics
import Traffic

/// Per-unit sums of one arm of a split: what cluster-robust comparisons need.
///
/// Memory: one entry a unit, in the order in which units first came; nothing where each request is a unit.
package struct UnitLedger: Sendable {
  /// By mean metric: how many values each unit gave, and their sum.
  package private(set) var counts: [[Int]]
  package private(set) var sums: [[Double]]
  /// How many units the arm was sent, whatever became of their requests.
  package private(set) var unitCount = 0
  private var indices: [UInt64: Int] = [:]
  private let metricCount: Int
  private let requestsAreUnits: Bool

  package init(metrics: [MeanMetric], requestsAreUnits: Bool) {
    metricCount = metrics.count
    self.requestsAreUnits = requestsAreUnits
    counts = metrics.map { _ in [] }
    sums = metrics.map { _ in [] }
  }

  /// Whether no unit gave more than one value of this metric: then requests are as good as units.
  package func isOnePerUnit(_ metric: Int) -> Bool { counts[metric].allSatisfy { $0 <= 1 } }

  package func mean(_ metric: Int) throws(Unavailable) -> ClusteredMean {
    try ClusteredMean(counts: counts[metric], sums: sums[metric])
  }

  package mutating func fold(
    _ columns: AnswerColumns, units: [UInt64], sent: ArraySlice<UInt8>, count: Int
  ) {
    for row in 0..<count where sent[sent.startIndex + row] == 1 {
      if requestsAreUnits {
        unitCount += 1
        continue
      }
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
    let index = unitCount
    indices[unit] = index
    unitCount += 1
    for metric in 0..<metricCount {
      counts[metric].append(0)
      sums[metric].append(0)
    }
    return index
  }
}

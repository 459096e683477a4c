import Traffic

/// Every arm's value of every mean-type metric, request by request: what a plan is measured from.
///
/// Memory: 8 bytes a request, arm and metric, and 8 a request.
package struct OutcomeStore: Sendable {
  /// By arm and mean metric; NaN where the metric does not apply to the request.
  package private(set) var values: [[[Double]]]
  /// Empty where requests name no units.
  package private(set) var units: [UInt64] = []

  package init(arms: Int, metrics: Int) {
    values = Array(repeating: Array(repeating: [], count: metrics), count: arms)
  }

  package mutating func append(_ columns: [AnswerColumns], count: Int) {
    for (arm, column) in columns.enumerated() {
      for metric in values[arm].indices {
        values[arm][metric].append(contentsOf: column.values[metric][..<count])
      }
    }
  }

  package mutating func append(units block: [UInt64], count: Int) {
    units.append(contentsOf: block[..<count])
  }
}

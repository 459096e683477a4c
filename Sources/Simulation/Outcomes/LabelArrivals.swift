import Probability
import Traffic

/// When the label of each request arrives, and whether it does.
package struct LabelArrivals: Sendable {
  private let plan: LabelPlan
  private let seed: UInt64
  /// In nanoseconds.
  private let constantDelay: Int64?
  package private(set) var arrived = 0
  package private(set) var lost = 0
  package private(set) var missing = 0

  package init(plan: LabelPlan, seed: UInt64) {
    self.plan = plan
    self.seed = seed
    if case .constant(let seconds) = plan.delay {
      constantDelay = Self.duration(seconds)
    } else {
      constantDelay = nil
    }
  }

  /// Copies the labels that will arrive into `labels` (NaN for the others) and their times into `times`.
  package mutating func fill(
    _ block: RequestBlock, labels: inout [Float], times: inout [SimulatedTime]
  ) {
    if let constantDelay, plan.lost == 0 {
      Self.copy(block, delay: constantDelay, &labels, &times)
      let absent = Self.countMissing(labels.span.extracting(0..<block.count))
      missing += absent
      arrived += block.count - absent
      return
    }
    for row in 0..<block.count {
      let ordinal = block.firstOrdinal + UInt64(row)
      labels[row] = block.labels[row]
      times[row] = block.arrivals[row].advanced(by: delay(of: ordinal))
      if block.labels[row].isNaN {
        missing += 1
      } else if isLost(ordinal) {
        labels[row] = .nan
        lost += 1
      } else {
        arrived += 1
      }
    }
  }

  private static func copy(
    _ block: RequestBlock, delay: Int64, _ labels: inout [Float], _ times: inout [SimulatedTime]
  ) {
    let (given, arrivals) = (block.labels.span, block.arrivals.span)
    var labels = labels.mutableSpan
    var times = times.mutableSpan
    for row in 0..<block.count {
      labels[row] = given[row]
      times[row] = arrivals[row].advanced(by: delay)
    }
  }

  private static func countMissing(_ labels: Span<Float>) -> Int {
    var missing = 0
    for row in labels.indices { missing += labels[row].isNaN ? 1 : 0 }
    return missing
  }

  private func isLost(_ ordinal: UInt64) -> Bool {
    guard plan.lost > 0 else { return false }
    var draws = RandomStream(seed: seed, .labelLost, entity: ordinal)
    return draws.nextUnit() < plan.lost
  }

  private func delay(of ordinal: UInt64) -> Int64 {
    if let constantDelay { return constantDelay }
    var draws = RandomStream(seed: seed, .labelDelay, entity: ordinal)
    return Self.duration(plan.delay.quantile(draws.nextUnit()))
  }

  /// A delay below zero is none; one past 36 years (2⁶⁰ ns) is cut there, so that time does not overflow.
  private static func duration(_ seconds: Double) -> Int64 {
    SimulatedDuration(seconds: min(max(0, seconds), 0x1p60 / 1e9)).nanoseconds
  }
}

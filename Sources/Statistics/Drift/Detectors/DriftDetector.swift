/// What a detector says after a value.
package enum DriftState: UInt8, Sendable, Equatable {
  /// Nothing speaks against "no change".
  case stable
  /// The statistic is in its warning zone; only detectors that have one say so.
  case warning
  /// A change is announced, and the detector has begun anew.
  case drift
}

/// Something that takes the values of a stream, one at a time, and announces a change.
///
/// The contract: the answer to a value depends on the values before it and on nothing else; a run that is split over
/// several calls gives what one call gives; memory is constant, or grows with the logarithm of the window.
/// Detectors of errors take 1 for a wrong answer and 0 for a right one.
package protocol DriftDetector: Sendable {
  /// Takes the next value, which must be finite.
  mutating func add(_ value: Double) -> DriftState

  /// Takes all values in their order and notes what the detector says of each.
  mutating func add(_ values: Span<Double>, to record: inout DriftRecord)

  /// Forgets every value.
  mutating func reset()
}

extension DriftDetector {
  /// The alarms among `values`, taken in their order.
  package mutating func record(of values: [Double]) -> DriftRecord {
    var record = DriftRecord()
    add(values.span, to: &record)
    return record
  }

  /// The loop over a detector that owns arrays: it must not be copied, or its arrays would be too.
  @inline(__always)
  mutating func addInPlace(_ values: Span<Double>, to record: inout DriftRecord) {
    for index in values.indices {
      let state = add(values[index])
      if state != .stable { record.note(state, at: index) }
    }
    record.count += values.count
  }

  /// The loop over a detector of plain numbers, which stays in registers.
  @inline(__always)
  mutating func addInRegisters(_ values: Span<Double>, to record: inout DriftRecord) {
    var detector = self
    for index in values.indices {
      let state = detector.add(values[index])
      if state != .stable { record.note(state, at: index) }
    }
    record.count += values.count
    self = detector
  }
}

/// When a detector announced a change, and when it stood in its warning zone.
package struct DriftRecord: Sendable, Equatable {
  /// How many values were taken.
  package fileprivate(set) var count = 0
  /// The places, from 0, of the values at which a change was announced.
  package private(set) var drifts: [Int] = []
  /// The runs of values that left the detector in its warning zone.
  package private(set) var warnings: [Range<Int>] = []

  package init() {}

  /// - Parameter index: within the span that is being taken, `count` not yet raised by it.
  @inline(never)
  fileprivate mutating func note(_ state: DriftState, at index: Int) {
    let place = count + index
    if state == .drift {
      drifts.append(place)
    } else if let last = warnings.last, last.upperBound == place {
      warnings[warnings.count - 1] = last.lowerBound..<place + 1
    } else {
      warnings.append(place..<place + 1)
    }
  }

  /// How many values left the detector in its warning zone.
  package var warningCount: Int { warnings.reduce(0) { $0 + $1.count } }
}

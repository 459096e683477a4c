import Probability

/// A schedule of a shift, tied to the start of a traffic.
struct ShiftClock: Sendable {
  private let from: SimulatedTime
  private let until: SimulatedTime
  private let ramp: ShiftPlan.Schedule.Ramp?
  private let recurrence: ShiftPlan.Schedule.Recurrence?

  init(_ schedule: ShiftPlan.Schedule, start: SimulatedTime) {
    from = schedule.from?.clamped(start: start) ?? start
    until = schedule.until?.clamped(start: start) ?? SimulatedTime(nanoseconds: .max)
    ramp = schedule.ramp
    recurrence = schedule.recurrence
  }

  /// From 0 (it does not act) to 1 (in full).
  func strength(at time: SimulatedTime) -> Double {
    guard time >= from, time < until else { return 0 }
    let elapsed = UInt64(bitPattern: time.nanoseconds &- from.nanoseconds)
    if let recurrence,
      elapsed % UInt64(recurrence.every.nanoseconds) >= UInt64(recurrence.activeFor.nanoseconds)
    {
      return 0
    }
    return ramp?.strength(after: elapsed) ?? 1
  }

  /// Writes the strength on each of `rows`.
  func strengths(
    at arrivals: [SimulatedTime], rows: Range<Int>, into strengths: inout [Double]
  ) {
    let isWhole = ramp == nil && recurrence == nil
    for row in rows { strengths[row] = isWhole ? 1 : strength(at: arrivals[row]) }
  }

  /// The rows whose requests arrive in [from, until): all others have strength 0.
  func rows(of arrivals: [SimulatedTime], count: Int) -> Range<Int> {
    let first = Self.firstRow(of: arrivals, count: count, notBefore: from)
    return first..<max(first, Self.firstRow(of: arrivals, count: count, notBefore: until))
  }

  /// Whether no request from `time` on can be touched.
  func isOver(at time: SimulatedTime) -> Bool { time >= until }

  /// The spans inside [start, end) in which the strength may be above 0, ascending and apart.
  ///
  /// More than `most` spans are told as the one that covers them.
  func spans(from start: SimulatedTime, to end: SimulatedTime, most: Int) -> [ShiftTruth.Span] {
    let first = max(from, start)
    let last = min(until, end)
    guard first < last else { return [] }
    let whole = ShiftTruth.Span(start: first, end: last)
    guard let recurrence, recurrence.activeFor < recurrence.every else { return [whole] }
    let every = Int128(recurrence.every.nanoseconds)
    let origin = Int128(from.nanoseconds)
    let periods =
      (Int128(first.nanoseconds) - origin) / every...(Int128(last.nanoseconds) - 1 - origin) / every
    guard periods.upperBound - periods.lowerBound < Int128(most) else { return [whole] }
    return periods.compactMap { number in
      let on = origin + number * every
      let off = on + Int128(recurrence.activeFor.nanoseconds)
      let clipped = max(on, Int128(first.nanoseconds))..<max(on, min(off, Int128(last.nanoseconds)))
      guard clipped.lowerBound < clipped.upperBound else { return nil }
      return ShiftTruth.Span(
        start: SimulatedTime(nanoseconds: Int64(clipped.lowerBound)),
        end: SimulatedTime(nanoseconds: Int64(clipped.upperBound)))
    }
  }

  private static func firstRow(
    of arrivals: [SimulatedTime], count: Int, notBefore time: SimulatedTime
  ) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) >> 1
      if arrivals[middle] < time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension ShiftPlan.Schedule.Ramp {
  fileprivate func strength(after elapsed: UInt64) -> Double {
    guard elapsed < UInt64(duration.nanoseconds) else { return 1 }
    return shape.strength(at: Double(elapsed) / Double(duration.nanoseconds))
  }
}

extension ShiftPlan.Schedule.Ramp.Shape {
  /// The strength when a share of the ramp has passed: 0 at 0, 1/2 at 1/2, 1 at 1.
  ///
  /// The sigmoid is the logistic curve g(x) = 1 / (1 + exp(−10 (x − 1/2))), stretched so that its ends are
  /// exactly 0 and 1: (g(x) − g(0)) / (g(1) − g(0)).
  package func strength(at share: Double) -> Double {
    guard share > 0 else { return 0 }
    guard share < 1 else { return 1 }
    switch self {
    case .linear: return share
    case .sigmoid:
      let low = Elementary.logistic(-5)
      let value = (Elementary.logistic(10 * (share - 0.5)) - low) / (1 - 2 * low)
      return min(max(value, 0), 1)
    }
  }
}

extension TimePoint {
  /// The instant, kept inside virtual time.
  fileprivate func clamped(start: SimulatedTime) -> SimulatedTime {
    switch self {
    case .instant(let time): return time
    case .offset(let duration):
      let (sum, overflow) = start.nanoseconds.addingReportingOverflow(duration.nanoseconds)
      if overflow { return SimulatedTime(nanoseconds: duration.nanoseconds < 0 ? .min : .max) }
      return SimulatedTime(nanoseconds: sum)
    }
  }
}

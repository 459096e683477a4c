/// Little's law as an identity of whole numbers: the area under the number in the system is the sum of the times that
/// requests spent in it.
///
/// The two are counted by different hands: the area from the steps of the cell's level, the times from each request's own
/// record. A request counts for its time inside the run's window: one that was there at the beginning from
/// then on, one that is still there at the end up to the end. So nothing is left over, and one nanosecond of
/// difference is a mistake.
///
/// - Source: Little (1961); Stidham (1974) for the sample path, with its boundary terms.
package struct LittleLaw: Sendable, Equatable {
  /// The window's beginning, in nanoseconds.
  package let begin: Int64
  package private(set) var departedCount: Int64 = 0
  package private(set) var inFlightCount: Int64 = 0
  private var timesOfDeparted: Int128 = 0
  private var arrivalsInFlight: Int128 = 0
  private var lastTime: Int64

  package init(begin: Int64 = 0) {
    self.begin = begin
    lastTime = begin
  }

  /// A request left, whatever its fate; it may have come before the window, and must have left inside it.
  package mutating func depart(arrivedAt arrival: Int64, at departure: Int64) {
    precondition(
      departure >= arrival && departure >= begin, "in the system from \(arrival) to \(departure)")
    timesOfDeparted &+= Int128(departure) &- Int128(max(arrival, begin))
    departedCount &+= 1
    lastTime = max(lastTime, departure)
  }

  /// A request that is still in the system when the window ends.
  package mutating func remain(arrivedAt arrival: Int64) {
    arrivalsInFlight &+= Int128(max(arrival, begin))
    inFlightCount &+= 1
    lastTime = max(lastTime, arrival)
  }

  /// - Parameter numberInSystem: from the same beginning, advanced to the window's end.
  package func verdict(_ numberInSystem: LevelOverTime) -> Verdict {
    precondition(numberInSystem.start == begin, "windows that begin at different times")
    precondition(lastTime <= numberInSystem.now, "a request at \(lastTime), after the window")
    let end = numberInSystem.now
    return Verdict(
      area: numberInSystem.area,
      timesInSystem: timesOfDeparted + Int128(inFlightCount) * Int128(end) - arrivalsInFlight,
      numberAtEnd: numberInSystem.level, inFlight: inFlightCount,
      requests: departedCount + inFlightCount, length: end - begin)
  }

  package struct Verdict: Sendable, Equatable {
    /// Under the number in the system, in requests · nanoseconds.
    package let area: Int128
    /// From the requests' records, in nanoseconds.
    package let timesInSystem: Int128
    /// What the level says is there at the end, and what the records say.
    package let numberAtEnd: Int64
    package let inFlight: Int64
    package let requests: Int64
    /// Of the window, in nanoseconds.
    package let length: Int64

    /// Both sides as they were counted elsewhere.
    package init(
      area: Int128, timesInSystem: Int128, numberAtEnd: Int64, inFlight: Int64, requests: Int64,
      length: Int64
    ) {
      self.area = area
      self.timesInSystem = timesInSystem
      self.numberAtEnd = numberAtEnd
      self.inFlight = inFlight
      self.requests = requests
      self.length = length
    }

    package var holds: Bool { area == timesInSystem && numberAtEnd == inFlight }
    package var areaMinusTimes: Int128 { area - timesInSystem }

    /// L, λ (per second) and W (in nanoseconds) of the window; nil where no time passed or nobody was there.
    package var means: (number: Double, ratePerSecond: Double, timeNanoseconds: Double)? {
      guard length > 0, requests > 0 else { return nil }
      return (
        Double(area) / Double(length), Double(requests) / (Double(length) / 1e9),
        Double(timesInSystem) / Double(requests)
      )
    }

    package var text: String {
      guard !holds else {
        return "the area under the number in the system is the sum of the times in it: \(area) ns"
      }
      return
        "the area under the number in the system is \(area) ns, and the times in it add up to "
        + "\(timesInSystem) ns; \(numberAtEnd) in the system at the end, \(inFlight) on record"
    }
  }
}

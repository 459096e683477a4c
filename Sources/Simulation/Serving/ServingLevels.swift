import Traffic

/// How many waited, were served and were there over time, in at most 512 stretches of equal length.
///
/// Areas are exact integrals of the levels over each stretch: a mean level is the area over the width.
/// The width is 2²⁰ ns times a power of two, the least that 512 stretches are enough for.
package struct ServingLevels: Sendable, Equatable {
  package var begin: SimulatedTime
  package var width: SimulatedDuration
  /// The last stretch may end before its width is over.
  package var end: SimulatedTime
  package var stretches: [Stretch]

  package struct Stretch: Sendable, Equatable {
    /// Request-nanoseconds.
    package var waitingArea: Int128 = 0
    package var servingArea: Int128 = 0
    /// Replica-nanoseconds.
    package var busyArea: Int128 = 0
    package var orderedArea: Int128 = 0
    package var readyArea: Int128 = 0
  }
}

/// The areas of all accounts at the ends of stretches.
///
/// A level does not change between events, so an area at any instant follows from the level and the
/// instant: nothing is kept but these marks, and they are taken when the first event after them comes.
/// When there are too many every other one is forgotten.
struct LevelMarks {
  private(set) var begin: Int64 = 0
  private(set) var width: Int64 = 1 << 20
  /// By stretch and account.
  private(set) var marks: [ServingLevels.Stretch] = []
  private(set) var count = 0
  private let accounts: Int

  static let most = 512

  init(accounts: Int) { self.accounts = accounts }

  mutating func begin(at now: Int64) { begin = now }

  /// When the next stretch ends; `Int64.max` is beyond the end of time.
  var next: Int64 {
    let (length, overflows) = width.multipliedReportingOverflow(by: Int64(count + 1))
    if overflows { return .max }
    let (time, overflowsToo) = begin.addingReportingOverflow(length)
    return overflowsToo ? .max : time
  }

  mutating func append(_ areas: [ServingLevels.Stretch]) {
    marks += areas
    count += 1
    if count < Self.most { return }
    // The ends of even stretches remain.
    var kept: [ServingLevels.Stretch] = []
    for stretch in stride(from: 1, to: count, by: 2) {
      kept += marks[stretch * accounts..<(stretch + 1) * accounts]
    }
    marks = kept
    count /= 2
    width *= 2
  }

  /// One account's stretches; `last` are its areas at `end`.
  func levels(of account: Int, until end: Int64, _ last: ServingLevels.Stretch) -> ServingLevels {
    var stretches: [ServingLevels.Stretch] = []
    var before = ServingLevels.Stretch()
    for stretch in 0..<count where begin + width * Int64(stretch + 1) <= end {
      let mark = marks[stretch * accounts + account]
      stretches.append(mark.since(before))
      before = mark
    }
    if begin + width * Int64(stretches.count) < end { stretches.append(last.since(before)) }
    return ServingLevels(
      begin: SimulatedTime(nanoseconds: begin), width: SimulatedDuration(nanoseconds: width),
      end: SimulatedTime(nanoseconds: end), stretches: stretches)
  }
}

extension ServingLevels.Stretch {
  fileprivate func since(_ before: Self) -> Self {
    Self(
      waitingArea: waitingArea - before.waitingArea, servingArea: servingArea - before.servingArea,
      busyArea: busyArea - before.busyArea, orderedArea: orderedArea - before.orderedArea,
      readyArea: readyArea - before.readyArea)
  }
}

import Traffic

/// How time is cut, and the buckets that hold requests so far, ascending.
///
/// An automatic grid begins fine and takes coarser, nested cuts whenever it would hold more than
/// `automaticLimit` buckets; which cut it ends on depends on the arrivals alone.
package struct TimeGrid: Sendable, Equatable {
  package private(set) var cut: TimeCut
  /// The start of each bucket that holds a request.
  package private(set) var starts: [SimulatedTime] = []
  /// How many requests each bucket holds.
  package private(set) var counts: [Int] = []
  private let limit: Int
  private var currentEnd = SimulatedTime(nanoseconds: .min)

  /// Automatic grids keep at most this many buckets.
  package static let automaticLimit = 60
  /// Explicit grids too, but for this many; past it they are coarsened like automatic ones.
  package static let explicitLimit = 2_000

  package init(_ buckets: TimeBuckets) {
    limit = buckets == .automatic ? Self.automaticLimit : Self.explicitLimit
    cut =
      switch buckets {
      case .automatic: TimeCut.finest
      case .every(let width): .fixed(nanoseconds: width.nanoseconds)
      case .day: .fixed(nanoseconds: TimeCut.day)
      case .week: .calendar(.week)
      case .month: .calendar(.month)
      case .quarter: .calendar(.quarter)
      }
  }

  /// What adding some arrivals did to the grid.
  package struct Step: Sendable {
    /// Where old buckets went when the grid was coarsened: `merges[old]` is the new index; empty when it was not.
    package var merges: [Int]
    /// Rows of the block by bucket index, in order.
    package var runs: [Run]

    package struct Run: Sendable {
      package var bucket: Int
      package var rows: Range<Int>
    }
  }

  /// Puts the rows of a block into buckets. Coarsens first, if all of them would not fit.
  package mutating func place(_ arrivals: [SimulatedTime], count: Int) -> Step {
    var merges: [Int] = []
    var runs: [Step.Run] = []
    var row = 0
    while row < count {
      if arrivals[row] >= currentEnd {
        let start = cut.start(of: arrivals[row])
        if starts.last != start {
          if starts.count == limit, cut.coarser != nil {
            let step = coarsen()
            merges = merges.isEmpty ? step : merges.map { step[$0] }
            runs = remapped(runs, by: step)
            currentEnd = starts.last.map { cut.next(after: $0) } ?? currentEnd
            continue
          }
          starts.append(start)
          counts.append(0)
        }
        currentEnd = cut.next(after: start)
      }
      let first = row
      while row < count, arrivals[row] < currentEnd { row += 1 }
      counts[counts.count - 1] += row - first
      runs.append(Step.Run(bucket: starts.count - 1, rows: first..<row))
    }
    return Step(merges: merges, runs: runs)
  }

  /// Takes coarser cuts until at least one bucket is freed, or there is no coarser cut.
  private mutating func coarsen() -> [Int] {
    var merges = Array(starts.indices)
    while starts.count == limit, let coarser = cut.coarser {
      cut = coarser
      var newStarts: [SimulatedTime] = []
      var newCounts: [Int] = []
      var step: [Int] = []
      for (start, count) in zip(starts, counts) {
        let coarse = cut.start(of: start)
        if newStarts.last == coarse {
          newCounts[newCounts.count - 1] += count
        } else {
          newStarts.append(coarse)
          newCounts.append(count)
        }
        step.append(newStarts.count - 1)
      }
      merges = merges.map { step[$0] }
      (starts, counts) = (newStarts, newCounts)
    }
    return merges
  }

  private func remapped(_ runs: [Step.Run], by step: [Int]) -> [Step.Run] {
    var merged: [Step.Run] = []
    for run in runs {
      let bucket = step[run.bucket]
      if let last = merged.last, last.bucket == bucket {
        merged[merged.count - 1].rows = last.rows.lowerBound..<run.rows.upperBound
      } else {
        merged.append(Step.Run(bucket: bucket, rows: run.rows))
      }
    }
    return merged
  }
}

/// One way to cut time; calendar cuts are in UTC.
package enum TimeCut: Sendable, Equatable {
  /// Multiples of the width since 1970-01-01T00:00:00Z.
  case fixed(nanoseconds: Int64)
  case calendar(CalendarUnit)
  /// Several weeks together, counted from Monday 1970-01-05.
  case weeks(Int64)

  static let day: Int64 = 86_400_000_000_000
  static let finest = TimeCut.fixed(nanoseconds: widths[0])
  private static let week = 7 * day
  /// 1970-01-05T00:00:00Z.
  private static let monday = 4 * day
  private static let second: Int64 = 1_000_000_000
  /// The rungs of the ladder below a month, each a multiple of the one before.
  private static let widths: [Int64] = [
    1_000_000, 10_000_000, 100_000_000, second, 5 * second, 15 * second, 60 * second,
    300 * second, 900 * second, 3600 * second, 6 * 3600 * second, day,
  ]

  package func start(of time: SimulatedTime) -> SimulatedTime {
    switch self {
    case .fixed(let width): Self.multiple(of: width, from: 0, upTo: time)
    case .weeks(let count): Self.multiple(of: count * Self.week, from: Self.monday, upTo: time)
    case .calendar(let unit): time.start(of: unit)
    }
  }

  /// The last instant a whole number of widths from `origin` that is not after `time`.
  private static func multiple(
    of width: Int64, from origin: Int64, upTo time: SimulatedTime
  ) -> SimulatedTime {
    let remainder = (time.nanoseconds % width - origin % width) % width
    return SimulatedTime(
      nanoseconds: time.nanoseconds - (remainder < 0 ? remainder + width : remainder))
  }

  /// The start of the bucket after the one that starts at `start`.
  package func next(after start: SimulatedTime) -> SimulatedTime {
    switch self {
    case .fixed(let width): start.advanced(by: width)
    case .weeks(let count): start.advanced(by: count * Self.week)
    case .calendar(let unit): start.startOfNext(unit)
    }
  }

  /// The next coarser cut that nests this one; nil for a year.
  package var coarser: TimeCut? {
    switch self {
    case .fixed(let width):
      if let wider = Self.widths.first(where: { $0 > width && $0 % width == 0 }) {
        .fixed(nanoseconds: wider)
      } else if Self.day % width == 0 {
        .calendar(.month)
      } else {
        .fixed(nanoseconds: 2 * width)
      }
    case .calendar(.month): .calendar(.quarter)
    case .calendar(.quarter): .calendar(.year)
    case .calendar(.week): .weeks(2)
    case .weeks(let count): .weeks(2 * count)
    case .calendar: nil
    }
  }

  /// "15m", "day", "quarter".
  package var name: String {
    switch self {
    case .fixed(Self.day): "day"
    case .fixed(let width): SimulatedDuration(nanoseconds: width).text
    case .weeks(let count): SimulatedDuration(nanoseconds: count * Self.week).text
    case .calendar(let unit): unit.rawValue
    }
  }
}

extension SimulatedTime {
  /// Later by `nanoseconds` ≥ 0; the last instant there is, where that lies beyond it.
  func advanced(by nanoseconds: Int64) -> SimulatedTime {
    let (time, overflows) = self.nanoseconds.addingReportingOverflow(nanoseconds)
    return SimulatedTime(nanoseconds: overflows ? .max : time)
  }
}

import Traffic

/// How time is cut, and the buckets that hold requests so far, ascending.
///
/// An automatic grid begins fine and climbs a ladder of nested cuts whenever it would hold more than
/// `automaticLimit` buckets; which cut it ends on depends on the arrivals alone.
package struct TimeGrid: Sendable, Equatable {
  package private(set) var cut: TimeCut
  /// The start of each bucket that holds a request.
  package private(set) var starts: [SimulatedTime] = []
  /// How many requests each bucket holds.
  package private(set) var counts: [Int] = []
  private let limit: Int
  private var rung: Int?
  private var currentEnd = SimulatedTime(nanoseconds: .min)

  /// Automatic grids keep at most this many buckets.
  package static let automaticLimit = 60
  /// Explicit grids too, but for this many; past it they are coarsened like automatic ones.
  package static let explicitLimit = 2_000

  private static let ladder: [TimeCut] = [
    .fixed(nanoseconds: 1_000_000), .fixed(nanoseconds: 10_000_000),
    .fixed(nanoseconds: 100_000_000), .fixed(nanoseconds: 1_000_000_000),
    .fixed(nanoseconds: 5_000_000_000), .fixed(nanoseconds: 15_000_000_000),
    .fixed(nanoseconds: 60_000_000_000), .fixed(nanoseconds: 300_000_000_000),
    .fixed(nanoseconds: 900_000_000_000), .fixed(nanoseconds: 3_600_000_000_000),
    .fixed(nanoseconds: 21_600_000_000_000), .fixed(nanoseconds: 86_400_000_000_000),
    .month, .quarter, .year,
  ]

  package init(_ buckets: TimeBuckets) {
    switch buckets {
    case .automatic: (cut, rung, limit) = (Self.ladder[0], 0, Self.automaticLimit)
    case .every(let width):
      (cut, rung, limit) = (.fixed(nanoseconds: width.nanoseconds), nil, Self.explicitLimit)
    case .day:
      (cut, rung, limit) = (.fixed(nanoseconds: 86_400_000_000_000), nil, Self.explicitLimit)
    case .week: (cut, rung, limit) = (.week, nil, Self.explicitLimit)
    case .month: (cut, rung, limit) = (.month, nil, Self.explicitLimit)
    case .quarter: (cut, rung, limit) = (.quarter, nil, Self.explicitLimit)
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
          if starts.count == limit {
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

  /// Takes the next coarser cut until at least one bucket is freed.
  private mutating func coarsen() -> [Int] {
    var merges = Array(starts.indices)
    while starts.count == limit {
      climb()
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

  private mutating func climb() {
    if let rung, rung + 1 < Self.ladder.count {
      self.rung = rung + 1
      cut = Self.ladder[rung + 1]
    } else {
      rung = nil
      cut = cut.doubled
    }
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
  /// From Monday.
  case week
  case month
  case quarter
  case year
  /// Several years at once, counted from year 0.
  case years(Int)

  package func start(of time: SimulatedTime) -> SimulatedTime {
    switch self {
    case .fixed(let width):
      SimulatedTime(nanoseconds: time.nanoseconds.roundedDown(to: width))
    case .week:
      // 1970-01-01 was a Thursday: three days after a Monday.
      SimulatedTime(
        nanoseconds: (time.nanoseconds + 3 * Self.day).roundedDown(to: 7 * Self.day) - 3 * Self.day)
    case .month: Self.month(of: time, each: 1)
    case .quarter: Self.month(of: time, each: 3)
    case .year: Self.month(of: time, each: 12)
    case .years(let count): Self.month(of: time, each: 12 * count)
    }
  }

  /// The start of the bucket after the one that starts at `start`.
  package func next(after start: SimulatedTime) -> SimulatedTime {
    switch self {
    case .fixed(let width): SimulatedTime(nanoseconds: start.nanoseconds + width)
    case .week: SimulatedTime(nanoseconds: start.nanoseconds + 7 * Self.day)
    case .month: Self.month(of: start, each: 1, ahead: 1)
    case .quarter: Self.month(of: start, each: 3, ahead: 1)
    case .year: Self.month(of: start, each: 12, ahead: 1)
    case .years(let count): Self.month(of: start, each: 12 * count, ahead: 1)
    }
  }

  /// A coarser cut that nests this one.
  package var doubled: TimeCut {
    switch self {
    case .fixed(let width): .fixed(nanoseconds: width * 2)
    case .week: .fixed(nanoseconds: 14 * Self.day)
    case .month: .quarter
    case .quarter: .year
    case .year: .years(2)
    case .years(let count): .years(2 * count)
    }
  }

  private static let day: Int64 = 86_400_000_000_000

  private static func month(
    of time: SimulatedTime, each months: Int, ahead: Int = 0
  ) -> SimulatedTime {
    let date = CalendarDate(time)
    let index = (date.year * 12 + date.month - 1).roundedDown(to: months) + ahead * months
    return CalendarDate(
      year: index.roundedDown(to: 12) / 12, month: index - index.roundedDown(to: 12) + 1
    ).time
  }
}

extension FixedWidthInteger where Self: SignedInteger {
  /// The largest multiple of `width` that is not above this number.
  fileprivate func roundedDown(to width: Self) -> Self {
    let remainder = self % width
    return remainder < 0 ? self - remainder - width : self - remainder
  }
}

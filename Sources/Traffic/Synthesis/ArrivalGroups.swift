import Probability

/// Arrivals in groups: each arrival of the process brings as many requests as are drawn for it, all at
/// its instant.
///
/// Group g has draw g of the stream "arrival/group". Sizes are rounded to whole numbers, at least 1.
struct ArrivalGroups: Sendable {
  private let sizes: Distribution
  private let draws: RequestDraws
  private(set) var times: [SimulatedTime]
  private var counts: [Double]
  private var next = 0
  private var end = 0
  /// Requests of the group before `next` that are still to come.
  private var left = 0

  /// How many groups are drawn at a time; it shows in no result.
  static let stretch = 256

  init(sizes: Distribution, seed: UInt64, antithetic: Bool) {
    self.sizes = sizes
    draws = RequestDraws(seed: seed, stream: "arrival/group", antithetic: antithetic)
    times = Array(repeating: SimulatedTime(nanoseconds: 0), count: Self.stretch)
    counts = Array(repeating: 0, count: Self.stretch)
  }

  var isEmpty: Bool { left == 0 && next == end }

  /// Takes in the next groups, of which the first has the number `first`.
  mutating func take(_ times: [SimulatedTime], count: Int, from first: UInt64) {
    self.times = times
    draws.fillUnits(&counts, from: first)
    let sizes = sizes
    var values = counts.mutableSpan
    sizes.replaceUnits(&values)
    next = 0
    end = count
  }

  /// Writes arrivals to `arrivals[rows]` until the groups or the rows end.
  ///
  /// - Returns: the first row that is not written.
  mutating func write(_ arrivals: inout [SimulatedTime], rows: Range<Int>) -> Int {
    var row = rows.lowerBound
    while row < rows.upperBound {
      if left == 0 {
        guard next < end else { return row }
        left = Int(min(max(counts[next].rounded(.toNearestOrEven), 1), 0x1p53))
        next += 1
      }
      let last = min(rows.upperBound, row + left)
      left -= last - row
      while row < last {
        arrivals[row] = times[next - 1]
        row += 1
      }
    }
    return row
  }
}

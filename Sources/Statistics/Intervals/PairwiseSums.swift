/// All sums a + b of a value of one column and one of another (or of two of one column, each pair once and each
/// value with itself), in order, without making them.
///
/// The rounded sum grows with either value, so that counting the sums up to a bound takes one walk along both
/// columns, and a sum of given rank is found by narrowing bounds around it.
///
/// - Complexity: O(n + m) space; a rank takes some ten walks of O(n + m).
/// - Source: Monahan (1984) and Johnson and Mizoguchi (1978) for the problem.
package struct PairwiseSums: Sendable, Equatable {
  /// Ascending.
  private let first: [Double]
  private let second: [Double]
  /// Whether the columns are one and pairs have i <= j.
  private let isOneColumn: Bool
  package let count: Int

  /// The differences candidate − production.
  package static func differences(
    candidate: [Double], production: [Double]
  ) throws(Unavailable) -> PairwiseSums {
    try PairwiseSums(
      RadixSort.sorted(candidate), RadixSort.sorted(production.map { -$0 }), isOneColumn: false)
  }

  /// The sums of two of the values, each with itself too: twice the Walsh averages.
  package static func within(_ values: [Double]) throws(Unavailable) -> PairwiseSums {
    let sorted = RadixSort.sorted(values)
    return try PairwiseSums(sorted, sorted, isOneColumn: true)
  }

  private init(_ first: [Double], _ second: [Double], isOneColumn: Bool) throws(Unavailable) {
    guard let a = first.first, let b = first.last, let c = second.first, let d = second.last
    else { throw .tooFew(has: 0, needs: 1) }
    guard (a + c).isFinite, (b + d).isFinite, a.isFinite, d.isFinite else { throw .notFinite }
    self.first = first
    self.second = second
    self.isOneColumn = isOneColumn
    count = isOneColumn ? first.count * (first.count + 1) / 2 : first.count * second.count
  }

  /// What lies on either side of a bound.
  package struct Tally: Sendable, Equatable {
    /// How many sums are at most the bound.
    package var atMost = 0
    /// The largest of them, and the smallest of the others; infinite if none.
    package var below = -Double.infinity
    package var above = Double.infinity
  }

  package func tally(at bound: Double) -> Tally {
    var tally = Tally()
    var j = second.count
    for (i, value) in first.enumerated() {
      while j > 0, value + second[j - 1] > bound { j -= 1 }
      let start = isOneColumn ? i : 0
      if j > start {
        tally.atMost += j - start
        tally.below = max(tally.below, value + second[j - 1])
      }
      let next = max(j, start)
      if next < second.count { tally.above = min(tally.above, value + second[next]) }
    }
    return tally
  }

  /// How many sums lie below and how many at most at the bound.
  package func counts(at bound: Double) -> (below: Int, atMost: Int) {
    (tally(at: bound.nextDown).atMost, tally(at: bound).atMost)
  }

  /// Σ t³ − t over the values that are equal within a column.
  package var tieCubes: Double {
    Self.tieCubes(first) + (isOneColumn ? 0 : Self.tieCubes(second))
  }

  private static func tieCubes(_ column: [Double]) -> Double {
    var (sum, run) = (Int128(0), Int128(1))
    for place in column.indices.dropFirst() {
      if column[place] == column[place - 1] {
        // (t + 1)³ − (t + 1) is larger than t³ − t by 3t(t + 1).
        sum += 3 * run * (run + 1)
        run += 1
      } else {
        run = 1
      }
    }
    return Double(sum)
  }

  /// Halfway between the sums in the middle.
  package var median: Double {
    let low = sum(ofRank: (count + 1) / 2)
    guard count % 2 == 0 else { return low }
    let tally = tally(at: low)
    return tally.atMost > count / 2 ? low : low / 2 + tally.above / 2
  }

  /// The sum of this rank, from 1 to `count`.
  package func sum(ofRank rank: Int) -> Double {
    precondition(rank >= 1 && rank <= count, "rank \(rank) of \(count)")
    var bounds = Bounds(
      low: (first[0] + second[0]).nextDown, next: first[0] + second[0],
      high: first[first.count - 1] + second[second.count - 1], above: count)
    let few = 4_096 + first.count + second.count
    var probes = count > 16 * few ? guesses(rank) : []
    var (isStuck, isUpwards) = (false, false)
    var sizeBefore = count
    while bounds.size > few, bounds.next < bounds.high {
      let guess: Double
      if let probe = probes.popLast() {
        guess = probe
      } else if isStuck {
        guess = bounds.middle
        isStuck = false
      } else {
        // A little to one side of the rank and then to the other, so that both bounds move.
        let aside = max(few / 4, bounds.size / 256)
        guess = bounds.place(of: isUpwards ? rank + aside : rank - aside)
        isUpwards.toggle()
      }
      bounds.narrow(to: rank, with: tally, at: guess)
      if !isUpwards {
        isStuck = bounds.size > sizeBefore / 2
        sizeBefore = bounds.size
      }
    }
    if bounds.next >= bounds.high { return bounds.high }
    let rest = sums(above: bounds.low, upTo: bounds.high)
    return RadixSort.sorted(rest)[rank - bounds.below - 1]
  }

  /// The sum that is looked for lies in low < s <= high.
  private struct Bounds {
    var low: Double
    /// The smallest sum above `low`.
    var next: Double
    var high: Double
    /// How many sums are at most `low`, and at most `high`.
    var below = 0
    var above: Int

    var size: Int { above - below }

    /// Moves one bound to where `guess` is, or the doubles around sums that it lies between.
    mutating func narrow(to rank: Int, with tally: (Double) -> Tally, at guess: Double) {
      let probe = min(max(guess, next), high.nextDown)
      let tally = tally(probe)
      if tally.atMost >= rank {
        (high, above) = (tally.below, tally.atMost)
      } else {
        (low, below, next) = (probe, tally.atMost, tally.above)
      }
    }

    /// Where a rank would lie if the sums were spread evenly.
    func place(of rank: Int) -> Double {
      let share = (Double(rank - below) - 0.5) / Double(above - below)
      return next * (1 - share) + high * share
    }

    /// The middle of the doubles between, which no distribution of the sums can slow down.
    var middle: Double {
      let (low, high) = (OrderedBits.key(next), OrderedBits.key(high))
      return OrderedBits.value(low + (high - low) / 2)
    }
  }

  /// Bounds around the rank among the sums of evenly spaced values, the likelier ones last.
  private func guesses(_ rank: Int) -> [Double] {
    func spaced(_ column: [Double]) -> [Double] {
      // Few values of short columns: the walks along them are cheap, and a rough guess will do.
      let kept = min(column.count, column.count < 16_384 ? 64 : 256)
      return (0..<kept).map { column[(2 * $0 + 1) * column.count / (2 * kept)] }
    }
    let (a, b) = (spaced(first), spaced(second))
    var sums: [Double] = []
    sums.reserveCapacity(a.count * b.count)
    for value in a { for other in b { sums.append(value + other) } }
    let sorted = RadixSort.sorted(sums)
    let place = Double(rank) / Double(count) * Double(sorted.count)
    let reach = Double(sorted.count) / 512
    func at(_ place: Double) -> Double { sorted[max(0, min(sorted.count - 1, Int(place)))] }
    return [at(place + reach), at(place - reach)]
  }

  private func sums(above low: Double, upTo high: Double) -> [Double] {
    var sums: [Double] = []
    var (from, to) = (second.count, second.count)
    for (i, value) in first.enumerated() {
      while from > 0, value + second[from - 1] > low { from -= 1 }
      while to > 0, value + second[to - 1] > high { to -= 1 }
      for j in max(from, isOneColumn ? i : 0)..<max(to, from, isOneColumn ? i : 0) {
        sums.append(value + second[j])
      }
    }
    return sums
  }
}

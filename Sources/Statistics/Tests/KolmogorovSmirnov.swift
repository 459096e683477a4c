import Probability

/// The largest distance between the distribution functions of two samples.
///
/// - Source: Smirnov (1939); Hodges (1958) for counting paths; Schröer and Trenkler (1995) for ties.
package struct KolmogorovSmirnov: Sendable, Equatable {
  private let ranks: TieBlocks
  /// The largest i m − j n (candidate ahead below: its values are smaller) and j n − i m, exact.
  private let candidateBelow: Int
  private let candidateAbove: Int

  /// Cells of the lattice up to which the exact law is counted.
  package static let mostCells = 20_000_000

  /// - Parameter ranks: of two groups, the candidate's first.
  package init(_ ranks: TieBlocks) {
    precondition(ranks.groups == 2, "\(ranks.groups) groups, not 2")
    self.ranks = ranks
    let (n, m) = (ranks.sizes[0], ranks.sizes[1])
    var gap = 0
    var (most, least) = (0, 0)
    let counts = ranks.counts
    for place in stride(from: 0, to: counts.count, by: 2) {
      gap += Int(counts[place]) * m - Int(counts[place + 1]) * n
      most = max(most, gap)
      least = min(least, gap)
    }
    (candidateBelow, candidateAbove) = (most, -least)
  }

  /// The distance that speaks for the alternative: `.greater` means that the candidate's values are larger.
  package func distance(_ alternative: Question.Alternative = .different) -> Double {
    Double(reach(alternative)) / (Double(ranks.sizes[0]) * Double(ranks.sizes[1]))
  }

  /// From the limiting law, without correction: Kolmogorov's, or exp(−2λ²) in one direction.
  package func pAsymptotic(_ alternative: Question.Alternative = .different) -> PValue {
    let (n, m) = (Double(ranks.sizes[0]), Double(ranks.sizes[1]))
    let lambda = (n / (n + m) * m).squareRoot() * distance(alternative)
    if alternative == .different { return PValue(kolmogorov: lambda) }
    let ln = -2 * lambda * lambda
    return PValue(value: Elementary.exp(ln), ln: ln)
  }

  /// Over all ways to deal the values to the arms; nil beyond `mostCells`.
  ///
  /// - Parameter keepsTies: whether the ties of the samples are kept, or taken for an accident of rounding (which
  ///   gives a larger p).
  /// - Complexity: O(n m D): cells of the lattice within the distance.
  package func pExact(
    _ alternative: Question.Alternative = .different, keepsTies: Bool = true
  ) -> PValue? {
    let reach = reach(alternative)
    guard reach > 0 else { return .one }
    let law = LatticePaths(
      ranks, reach: reach, alternative: alternative, keepsTies: keepsTies && ranks.hasTies)
    guard law.cells <= Self.mostCells else { return nil }
    let share = law.touchingShare()
    // Far below the smallest double the same sum is made of logarithms.
    guard share < 0x1p-960 else { return PValue(share) }
    let ln = law.logTouchingShare()
    return PValue(value: Elementary.exp(ln), ln: ln)
  }

  private func reach(_ alternative: Question.Alternative) -> Int {
    switch alternative {
    case .different: max(candidateBelow, candidateAbove)
    case .greater: candidateAbove
    case .less: candidateBelow
    }
  }
}

/// Paths from (0, 0) to (n, m), one step a value in ascending order, right for the candidate and up for production:
/// which share of them touches |i m − j n| >= reach?
///
/// Every term is positive, so that tiny shares keep their digits.
private struct LatticePaths {
  let n: Int
  let m: Int
  /// Gaps i m − j n from `low` to `high` do not touch.
  let low: Int
  let high: Int
  /// Whether the values are apart after so many; nil where all are.
  let isApart: [Bool]?

  init(_ ranks: TieBlocks, reach: Int, alternative: Question.Alternative, keepsTies: Bool) {
    n = ranks.sizes[0]
    m = ranks.sizes[1]
    low = alternative == .less ? -.max : 1 - reach
    high = alternative == .greater ? .max : reach - 1
    guard keepsTies else {
      isApart = nil
      return
    }
    var apart = [Bool](repeating: false, count: n + m + 1)
    var below = 0
    for block in 0..<ranks.blocks {
      below += ranks.size(block)
      apart[below] = true
    }
    isApart = apart
  }

  /// How many cells a count visits, saturated.
  var cells: Int {
    let width: Int
    if isApart != nil || low == -.max || high == .max {
      width = m + 1
    } else {
      width = min(m + 1, (high - low) / n + 3)
    }
    return (n + 1).multipliedReportingOverflow(by: width).overflow ? .max : (n + 1) * width
  }

  /// The rows j of column i that may not touch; all of them with ties, where a path may return unseen.
  private func rows(_ i: Int) -> ClosedRange<Int> {
    if isApart != nil { return 0...m }
    let bottom = high == .max ? 0 : max(0, (i * m - high + n - 1) / n)
    let top = low == -.max ? m : min(m, (i * m - low) / n)
    return bottom...max(bottom, top)
  }

  private func touches(_ i: Int, _ j: Int) -> Bool {
    let gap = i * m - j * n
    guard gap < low || gap > high else { return false }
    return isApart?[i + j] ?? true
  }

  /// Cell (i, j) holds the share of the paths to it that touched, from the cells to its left and below.
  func touchingShare() -> Double {
    var column = [Double](repeating: 1, count: m + 1)
    for i in 0...n {
      let rows = rows(i)
      for j in rows {
        if touches(i, j) {
          column[j] = 1
        } else if i == 0 {
          column[j] = j == 0 ? 0 : column[j - 1]
        } else if j > 0 {
          let below = rows.contains(j - 1) ? column[j - 1] : 1
          column[j] = (Double(i) * column[j] + Double(j) * below) / Double(i + j)
        }
      }
    }
    return column[m]
  }

  func logTouchingShare() -> Double {
    var column = [Double](repeating: 0, count: m + 1)
    for i in 0...n {
      let rows = rows(i)
      for j in rows {
        if touches(i, j) {
          column[j] = 0
        } else if i == 0 {
          column[j] = j == 0 ? -.infinity : column[j - 1]
        } else if j > 0 {
          let below = rows.contains(j - 1) ? column[j - 1] : 0
          let left = column[j] + Elementary.log(Double(i) / Double(i + j))
          column[j] = logSum(left, below + Elementary.log(Double(j) / Double(i + j)))
        }
      }
    }
    return column[m]
  }
}

/// log(eᵃ + eᵇ).
func logSum(_ a: Double, _ b: Double) -> Double {
  let (small, large) = a < b ? (a, b) : (b, a)
  return small == -.infinity ? large : large + Elementary.log1p(Elementary.exp(small - large))
}

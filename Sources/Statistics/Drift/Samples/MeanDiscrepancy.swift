import Probability

/// The maximum mean discrepancy of two samples under a Gaussian kernel, with its permutation test in bulk.
///
/// MMD² = mean k(x, x′) + mean k(y, y′) − 2 mean k(x, y) over pairs of different rows, k = exp(−d²/2σ²). Kernels are rounded once to
/// whole multiples of a power of two and then added as integers, so that statistics and their comparisons are exact: no order
/// of work, and no tie that rounding would break, shows in p.
///
/// A permutation asks for the sum of the kernels within n of N rows. For each row the sums over all subsets of 8 neighbours
/// are tabulated, and 32 rows of a permutation cost four look-ups; no matrix is kept.
///
/// - Source: Gretton, Borgwardt, Rasch, Schölkopf and Smola (2012), "A kernel two-sample test", Lemma 6; Phipson and Smyth (2010) for
///   counting the data among the permutations.
package struct MeanDiscrepancy: Sendable, Equatable {
  /// σ.
  package let width: Double
  /// MMD², unbiased: it may be below 0.
  package let statistic: Double
  /// Of the permutations, in their order.
  package let permuted: [Double]
  /// How many of them reach the statistic.
  package let reaching: Int
  /// Whether all ways to deal the rows were taken.
  package let isExact: Bool

  /// How many ways to deal are enumerated at most.
  package static let mostExact = 50_000

  /// - Parameters:
  ///   - reference: two rows or more.
  ///   - current: two rows or more, of as many columns.
  ///   - width: σ > 0; nil for the median heuristic of the reference.
  ///   - permutations: how many are drawn where there are too many to take all.
  /// - Complexity: O(N² (columns + 32 + permutations / 16)) time, O(N permutations / 8) space and, for the median, O(n²).
  package init(
    reference: RowMatrix, current: RowMatrix, width: Double? = nil, permutations: Int, seed: UInt64
  ) throws(Unavailable) {
    let (n, m) = (reference.rows, current.rows)
    guard n > 1, m > 1 else { throw .tooFew(has: min(n, m), needs: 2) }
    let ways = Subsets.number(of: n, in: n + m)
    let isExact = (ways ?? .max) <= Self.mostExact
    let subsets =
      isExact
      ? Subsets(all: n, of: n + m)
      : Subsets(
        drawn: 0..<permutations, size: n, of: n + m, seed: seed, name: "drift/mean-discrepancy")
    try self.init(
      reference: reference, current: current, width: width,
      memberships: .init(words: subsets.words, count: subsets.subsets), isExact: isExact)
  }

  /// Sets of rows that stand for the reference: bit j of words[w · count + s] says whether set s has row 32 w + j.
  package struct Memberships: Sendable {
    let words: [UInt32]
    let count: Int

    init(words: [UInt32], count: Int) {
      self.words = words
      self.count = count
    }

    /// - Parameter sets: of rows below `rows`.
    package init(_ sets: [[Int]], rows: Int) {
      var words = [UInt32](repeating: 0, count: (rows + 31) / 32 * sets.count)
      for (index, set) in sets.enumerated() {
        for row in set { words[(row >> 5) * sets.count + index] |= 1 << UInt32(row & 31) }
      }
      self.init(words: words, count: sets.count)
    }
  }

  /// The same with permutations that are given.
  package init(
    reference: RowMatrix, current: RowMatrix, width: Double? = nil, memberships: Memberships,
    isExact: Bool = false
  ) throws(Unavailable) {
    let (n, m) = (reference.rows, current.rows)
    guard n > 1, m > 1 else { throw .tooFew(has: min(n, m), needs: 2) }
    let given: Double
    if let width { given = width } else { given = try reference.medianWidth() }
    guard given > 0 else { throw .noVariation }
    let sums = KernelSums(
      reference.followed(by: current), width: given, first: n, memberships: memberships)
    let terms = Terms(n: n, m: m, all: sums.all)
    let observed = terms.numerator(within: sums.observed.within, degrees: sums.observed.degrees)
    let numerators = (0..<memberships.count).map {
      terms.numerator(within: sums.within[$0], degrees: sums.degrees[$0])
    }
    self.width = given
    self.isExact = isExact
    let scale = terms.denominator / sums.quantum
    statistic = Double(observed) / scale
    permuted = numerators.map { Double($0) / scale }
    reaching = numerators.count { $0 >= observed }
  }

  /// The share of the ways to deal, or of the permutations with the data among them, that reach the statistic.
  package var p: PValue {
    isExact
      ? PValue(Double(reaching) / Double(permuted.count))
      : PValue(Double(reaching + 1) / Double(permuted.count + 1))
  }

  /// alibi-detect's and evidently's: the data are not counted, so that p may be 0 and the test rejects too often.
  package var pWithoutData: Double { Double(reaching) / Double(permuted.count) }

  /// MMD² over the common denominator n m (n − 1)(m − 1) of its three means.
  private struct Terms {
    let n: Int
    let m: Int
    /// Over all pairs of rows.
    let all: Int64

    var denominator: Double { Double(n) * Double(n - 1) * Double(m) * Double(m - 1) }

    /// - Parameters:
    ///   - within: over pairs within the set.
    ///   - degrees: over the set's rows, of each row's sum with all others.
    func numerator(within: Int64, degrees: Int64) -> Int128 {
      let between = Int128(degrees) - 2 * Int128(within)
      let rest = Int128(all) - Int128(within) - between
      let (n, m) = (Int128(n), Int128(m))
      return 2
        * (Int128(within) * m * (m - 1) + rest * n * (n - 1) - between * (n - 1) * (m - 1))
    }
  }
}

import Probability

/// The permutation test of two arms: under the null each way to deal the units to the arms is equally likely.
///
/// A null value other than 0 is taken off the candidate's units first. The statistic is the difference of the means
/// (or ratios), by default over its standard error: then the test keeps its level in large samples even where the
/// arms' variances differ, and is still exact where the distributions agree.
///
/// - Source: Fisher (1935); Janssen (1997) and Chung and Romano (2013) for the studentized form; Phipson and Smyth
///   (2010) for counting the data among the resamples.
package struct Permutations: Sendable {
  package let estimate: Double
  /// Welch's (or the delta method's) of the estimate.
  package let standardError: Double
  package let isStudentized: Bool
  /// Whether all ways to deal were taken, and not a sample of them.
  package let isExact: Bool
  /// The sums over the candidate's share of each way to deal, column by column.
  private let dealt: [[Double]]
  private let observed: PermutationColumns.Row
  private let totals: PermutationColumns.Row
  private let columns: PermutationColumns

  /// How many ways to deal are enumerated at most.
  package static let mostExact = 50_000

  /// - Complexity: O(resamples · n / 8) time, O(n + resamples) space.
  package init(
    _ arms: TwoArms, isStudentized: Bool = true, resamples: Int, seed: UInt64
  ) throws(Unavailable) {
    let columns = try PermutationColumns(arms)
    let (size, count) = (columns.candidateCount, columns.count)
    let ways = Subsets.number(of: size, in: count)
    isExact = (ways ?? .max) <= Self.mostExact
    var dealt = columns.fixed.map { _ in [Double]() }
    func take(_ subsets: Subsets) {
      for (index, column) in columns.fixed.enumerated() {
        dealt[index] += subsets.sums(column).map { Double($0) * column.quantum }
      }
    }
    if isExact {
      take(Subsets(all: size, of: count))
    } else {
      let batch = Subsets.batch(of: count)
      for start in stride(from: 0, to: resamples, by: batch) {
        take(
          Subsets(
            drawn: start..<min(start + batch, resamples), size: size, of: count, seed: seed,
            name: "permutation"))
      }
    }
    self.columns = columns
    self.isStudentized = isStudentized
    self.dealt = dealt
    estimate = columns.estimate
    observed = columns.row { $0.prefix(size) }
    totals = columns.row { $0[...] }
    standardError = columns.standardError(observed, totals)
    guard standardError > 0 else { throw .noVariation }
  }

  /// The number of ways to deal that p counts.
  package var total: Int { (dealt.first?.count ?? 0) + base }
  private var base: Int { isExact ? 0 : 1 }

  /// The statistic of the data against `null`.
  package func statistic(against null: Double) -> Double {
    let distance = estimate - null
    return isStudentized ? (distance == 0 ? 0 : distance / standardError) : distance
  }

  package func pGreater(than null: Double) -> PValue { p(counts(null).greater) }
  package func pLess(than null: Double) -> PValue { p(counts(null).less) }

  /// Twice the smaller one-sided p-value.
  package func pTwoSided(against null: Double) -> PValue {
    let counts = counts(null)
    return p(min(counts.greater, counts.less)).doubled
  }

  /// The share of ways to deal whose statistic is as far from 0 as that of the data.
  package func pAbsolute(against null: Double) -> PValue { p(counts(null).absolute) }

  /// The smallest null that is not rejected to the "greater" side at `tail`, −∞ where none is.
  package func lower(tail: Double) -> Double {
    end(tail, direction: -1) { counts($0).greater }
  }

  /// The largest null that is not rejected to the "less" side at `tail`, ∞ where none is.
  package func upper(tail: Double) -> Double {
    end(tail, direction: 1) { counts($0).less }
  }

  private func p(_ count: Int) -> PValue { PValue(Double(base + count) / Double(total)) }

  /// Where, on one side of the nulls, the test starts to reject.
  private func end(_ tail: Double, direction: Double, _ count: (Double) -> Int) -> Double {
    let most = NullThresholds.rank(tail, of: total)
    func isRejected(_ null: Double) -> Bool { base + count(null) <= most }
    // With few ways to deal, even the estimate may be rejected: then the end lies on its other side.
    let startsRejected = isRejected(estimate)
    let way = startsRejected ? -direction : direction
    var near = estimate
    var step = standardError
    var far = estimate + way * step
    while isRejected(far) == startsRejected {
      near = far
      step *= 2
      // The statistics of a null so far away no longer change with it.
      guard step < 0x1p20 * standardError else { return direction * .infinity }
      far = estimate + way * step
    }
    for _ in 0..<50 {
      let middle = near + (far - near) / 2
      if middle == near || middle == far { break }
      if isRejected(middle) == startsRejected { near = middle } else { far = middle }
    }
    return startsRejected ? far : near
  }

  private func counts(_ null: Double) -> (greater: Int, less: Int, absolute: Int) {
    let statistic = columns.statistic(against: null, isStudentized: isStudentized)
    let own = statistic(observed, totals)
    // Sums of the same numbers in another order, or of decimals that tie, differ by rounding.
    let tie = max(abs(own), statistic.unit) * 0x1p-36
    var counts = (greater: 0, less: 0, absolute: 0)
    for way in 0..<(dealt.first?.count ?? 0) {
      let value = statistic(columns.row(dealt, way), totals)
      if value >= own - tie { counts.greater += 1 }
      if value <= own + tie { counts.less += 1 }
      if abs(value) >= abs(own) - tie { counts.absolute += 1 }
    }
    return counts
  }
}

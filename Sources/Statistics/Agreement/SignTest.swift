/// The sign test of pairs: is the candidate's value above production's as often as below?
///
/// Pairs that differ by exactly the null value say nothing and are left out.
///
/// - Source: Arbuthnott (1710); Dixon and Mood (1946); Thompson (1936) for the interval.
package struct SignTest: Sendable, Equatable {
  /// Candidate − production, ascending.
  package let differences: [Double]

  /// - Complexity: O(n log n).
  package init(candidate: [Double], production: [Double]) throws(Unavailable) {
    precondition(candidate.count == production.count, "\(candidate.count), \(production.count)")
    guard !candidate.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    differences = candidate.indices.map { candidate[$0] - production[$0] }.sorted()
  }

  /// How many differences lie above `null`, and how many not at it.
  package func counts(null: Double = 0) -> (positive: Int, nonzero: Int) {
    let positive = differences.reduce(0) { $0 + ($1 > null ? 1 : 0) }
    return (positive, positive + differences.reduce(0) { $0 + ($1 < null ? 1 : 0) })
  }

  package func p(_ alternative: Question.Alternative, null: Double = 0) -> PValue {
    let (positive, nonzero) = counts(null: null)
    return ConditionalTest(law: .binomial(trials: nonzero), count: positive)
      .p(alternative, sides: .tails)
  }

  package var median: Double {
    let n = differences.count
    let (low, high) = (differences[(n - 1) / 2], differences[n / 2])
    return low + (high - low) / 2
  }

  /// All medians of the differences that the test does not reject: from one order statistic to another, infinite
  /// where there are too few pairs.
  package func interval(level: Double, alternative: Question.Alternative) -> Bounds {
    let error = alternative == .different ? (1 - level) / 2 : 1 - level
    let depth = depth(error)
    let (low, high) =
      depth == 0
      ? (-Double.infinity, Double.infinity)
      : (differences[depth - 1], differences[differences.count - depth])
    return Bounds(
      lower: alternative == .less ? -.infinity : low,
      upper: alternative == .greater ? .infinity : high)
  }

  /// The largest d with P(Binomial(n, ½) < d) <= error.
  private func depth(_ error: Double) -> Int {
    let n = differences.count
    let law = ConditionalLaw.binomial(trials: n)
    var (low, high) = (0, (n + 1) / 2)
    while low < high {
      let middle = (low + high + 1) / 2
      let isAllowed = law.tails(at: middle - 1, odds: 1).lower.value <= error
      if isAllowed { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

import Probability

/// The permutation test of two variances: each arm's distances from its own median, dealt to the arms anew.
///
/// Where the arms' distributions differ by a shift alone, each way to deal is nearly equally likely, whatever the
/// tails: unlike the F test it needs no normal law. From the median and not the mean, so that most values of a column
/// of few events stay equal. A null ratio other than 1 is divided out of the candidate first.
///
/// - Source: Fisher (1935); Boos and Brownie (1989) for distances from an arm's own centre; Phipson and Smyth (2010)
///   for counting the data among the resamples.
package struct VariancePermutation: Sendable {
  /// Candidate over production; infinite where production's values are all equal.
  package let ratio: Double
  /// Over the null ratio, of the data and of each way to deal.
  private let observed: Double
  private let dealt: [Double]
  private let isExact: Bool

  /// - Parameter null: the ratio of variances that is asked about, > 0.
  /// - Throws: `noVariation` where all values of either arm are equal.
  /// - Complexity: O(resamples · n / 8 + n log n) time.
  package init(
    _ arms: TwoArms, null: Double = 1, resamples: Int, seed: UInt64
  ) throws(Unavailable) {
    let (candidate, production) = (
      try Moments(of: arms.candidate.values), try Moments(of: arms.production.values)
    )
    let scale = max(candidate.standardDeviation / null.squareRoot(), production.standardDeviation)
    guard scale > 0 else { throw .noVariation }
    func distances(_ values: [Double], _ unit: Double) throws(Unavailable) -> [Double] {
      let centre = try SampleQuantile.medianUnbiased([0.5], of: values)[0]
      // In order, so that how the rows came decides nothing: they are dealt by their places.
      return values.map { ($0 - centre) / unit }.sorted()
    }
    let rows =
      try distances(arms.candidate.values, scale * null.squareRoot())
      + distances(arms.production.values, scale)
    let squares = rows.map { $0 * $0 }
    guard squares.allSatisfy(\.isFinite) else { throw .unrepresentable }
    let columns = [rows, squares].map { FixedColumn($0, terms: rows.count) }
    let (size, count) = (candidate.count, rows.count)
    isExact = (Subsets.number(of: size, in: count) ?? .max) <= Permutations.mostExact
    let totals = columns.map(\.sum)
    func ratio(_ sum: Double, _ square: Double) -> Double {
      Self.ratio(
        Self.variance(sum, square, size),
        Self.variance(totals[0] - sum, totals[1] - square, count - size))
    }
    var dealt: [Double] = []
    func take(_ subsets: Subsets) {
      let sums = columns.map { column in
        subsets.sums(column).map { Double($0) * column.quantum }
      }
      dealt += sums[0].indices.map { ratio(sums[0][$0], sums[1][$0]) }
    }
    if isExact {
      take(Subsets(all: size, of: count))
    } else {
      let batch = Subsets.batch(of: count)
      for start in stride(from: 0, to: resamples, by: batch) {
        take(
          Subsets(
            drawn: start..<min(start + batch, resamples), size: size, of: count, seed: seed,
            name: "variance-permutation"))
      }
    }
    self.dealt = dealt
    let own = columns.map { column in
      Double(column.multiples.prefix(size).reduce(0, +)) * column.quantum
    }
    observed = ratio(own[0], own[1])
    let root = candidate.standardDeviation / production.standardDeviation
    self.ratio = root * root
  }

  private static func variance(_ sum: Double, _ square: Double, _ count: Int) -> Double {
    let n = Double(count)
    return max(0, square - sum * (sum / n)) / (n - 1)
  }

  private static func ratio(_ one: Double, _ other: Double) -> Double {
    // What is left of equal values is rounding.
    let tiny = 0x1p-40 * (one + other)
    if one <= tiny { return 0 }
    return other <= tiny ? .infinity : one / other
  }

  /// The number of ways to deal that p counts.
  package var total: Int { dealt.count + base }
  private var base: Int { isExact ? 0 : 1 }

  /// The share of ways to deal whose ratio is as far out; for `.different` twice the smaller side's.
  package func p(_ alternative: Question.Alternative) -> PValue {
    // Sums of the same numbers in another order differ by rounding.
    let tie = 0x1p-36 * (observed.isFinite ? observed : 0)
    let greater = base + dealt.count { $0 >= observed - tie }
    let less = base + dealt.count { $0 <= observed + tie }
    func p(_ count: Int) -> PValue { PValue(Double(count) / Double(total)) }
    switch alternative {
    case .greater: return p(greater)
    case .less: return p(less)
    case .different: return p(min(greater, less)).doubled
    }
  }
}

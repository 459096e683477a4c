import Probability

/// One sample's quantile with limits and a test that hold at any sample size, whatever the distribution.
///
/// - Source: Thompson (1936) for the interval; its test is the binomial one of how many values lie below (the sign test
///   for the median).
package struct QuantileInterval: Sendable {
  package let p: Double
  /// The median-unbiased quantile (Hyndman and Fan's type 8).
  package let value: Double
  private let sorted: [Double]

  /// - Complexity: O(n log n) time.
  package init(_ values: [Double], p: Double) throws(Unavailable) {
    guard !values.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    guard values.allSatisfy({ !$0.isNaN }) else { throw .notFinite }
    precondition(p > 0 && p < 1, "a quantile at \(p)")
    sorted = values.sorted()
    self.p = p
    value = SampleQuantile.medianUnbiased(p, ofSorted: sorted)
    guard value.isFinite else { throw .notFinite }
  }

  package func bounds(_ question: Question) -> Bounds {
    let tail = 1 - question.level
    let ranks =
      switch question.alternative {
      case .different: OrderStatisticRanks(count: sorted.count, p: p, level: question.level)
      case .greater:
        OrderStatisticRanks(count: sorted.count, p: p, lowerTail: tail, upperTail: 0)
      case .less: OrderStatisticRanks(count: sorted.count, p: p, lowerTail: 0, upperTail: tail)
      }
    return ranks.bounds(sorted: sorted)
  }

  package func p(_ alternative: Question.Alternative, null: Double) -> PValue {
    switch alternative {
    case .greater: return pGreater(than: null)
    case .less: return pLess(than: null)
    case .different:
      let (greater, less) = (pGreater(than: null), pLess(than: null))
      return (greater.ln < less.ln ? greater : less).doubled
    }
  }

  /// P(no more values at or below `null` than there are), were the quantile `null`.
  private func pGreater(than null: Double) -> PValue {
    let below = NullThresholds.count(of: sorted, atMost: null)
    let n = sorted.count
    if below >= n { return .one }
    // P(B <= k) = P(n − B >= n − k).
    return Self.atLeast(
      n - below, of: n, chance: 1 - p, Binomial(trials: n, probability: p).cdf(below))
  }

  /// P(no fewer values below `null` than there are), were the quantile `null`.
  private func pLess(than null: Double) -> PValue {
    let below = NullThresholds.count(of: sorted, below: null)
    let n = sorted.count
    if below == 0 { return .one }
    return Self.atLeast(
      below, of: n, chance: p, Binomial(trials: n, probability: p).survival(below - 1))
  }

  /// P(B >= k), with its logarithm from the F distribution where it underflows.
  private static func atLeast(_ k: Int, of n: Int, chance: Double, _ value: Double) -> PValue {
    if value > 1e-300 { return PValue(value) }
    let law = FDistribution(numerator: Double(2 * (n - k + 1)), denominator: Double(2 * k))
    let point = law.denominator * (1 - chance) / (chance * law.numerator)
    return PValue(value: value, ln: law.logSurvival(point))
  }
}

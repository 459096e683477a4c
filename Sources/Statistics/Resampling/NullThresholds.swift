import Probability

/// One threshold a resample: the null values from it upwards are those under which the resample is at least as
/// far to the "greater" side as the data.
///
/// The p-value of a null counts thresholds, (1 + k) / (B + 1), and the interval's ends are the thresholds at which
/// it passes the level, so that the test and the interval never disagree.
///
/// - Source: Davison and Hinkley (1997), sections 4.2 and 5.4; Hartigan (1969) for sign changes.
package struct NullThresholds: Sendable {
  /// Ascending.
  private let sorted: [Double]
  /// Resamples that count whatever the null is: the data themselves.
  private let base: Int
  /// Two values this close are equal but for rounding.
  private let tie: Double

  /// - Parameters:
  ///   - thresholds: in the unit of the estimate; infinite ones are allowed.
  ///   - base: how many further resamples are as extreme as the data under each null.
  ///   - tie: the distance below which a threshold counts as equal to the null.
  package init(_ thresholds: [Double], base: Int = 1, tie: Double) {
    sorted = thresholds.sorted()
    self.base = base
    self.tie = tie
  }

  /// The number of resamples with the data.
  package var total: Int { sorted.count + base }

  /// Small where the truth is greater than `null`.
  package func pGreater(than null: Double) -> PValue {
    p(Self.count(of: sorted, atMost: null + tie))
  }

  /// Small where the truth is less than `null`.
  package func pLess(than null: Double) -> PValue {
    p(sorted.count - Self.count(of: sorted, below: null - tie))
  }

  /// Twice the smaller of the two.
  package func pTwoSided(against null: Double) -> PValue {
    let (greater, less) = (pGreater(than: null), pLess(than: null))
    return (greater.value < less.value ? greater : less).doubled
  }

  /// The smallest null that is not rejected to the "greater" side at `tail`, −∞ where none is.
  package func lower(tail: Double) -> Double {
    let rank = Self.rank(tail, of: total) - base
    return rank < 0 ? -.infinity : rank < sorted.count ? sorted[rank] : .infinity
  }

  /// The largest null that is not rejected to the "less" side at `tail`, ∞ where none is.
  package func upper(tail: Double) -> Double {
    let rank = Self.rank(tail, of: total) - base
    return rank < 0 ? .infinity : rank < sorted.count ? sorted[sorted.count - 1 - rank] : -.infinity
  }

  private func p(_ count: Int) -> PValue { PValue(Double(base + count) / Double(total)) }

  /// How many of `total` equally likely cases have together no more than `share`.
  static func rank(_ share: Double, of total: Int) -> Int {
    // 1 − 0.9 is a little below a tenth.
    Int((share * Double(total) * (1 + 0x1p-40)).rounded(.down))
  }

  static func count(of sorted: [Double], atMost value: Double) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  static func count(of sorted: [Double], below value: Double) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Answer {
  /// The interval and p-value that thresholds give to `question`.
  init(
    _ thresholds: NullThresholds, estimate: Double, standardError: Double?, to question: Question,
    null: Double
  ) {
    self.init(estimate: estimate, standardError: standardError)
    let tail = 1 - question.level
    switch question.alternative {
    case .different:
      let (lower, upper) = (thresholds.lower(tail: tail / 2), thresholds.upper(tail: tail / 2))
      interval = Bounds(lower: min(lower, upper), upper: max(lower, upper))
      p = thresholds.pTwoSided(against: null)
    case .greater:
      interval = Bounds(lower: thresholds.lower(tail: tail), upper: .infinity)
      p = thresholds.pGreater(than: null)
    case .less:
      interval = Bounds(lower: -.infinity, upper: thresholds.upper(tail: tail))
      p = thresholds.pLess(than: null)
    }
    cautions = [.resolution(oneIn: thresholds.total)]
  }
}

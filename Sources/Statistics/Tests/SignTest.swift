import Probability

/// The median of differences by their signs alone: true for any distribution.
///
/// - Source: Arbuthnot (1710); Thompson (1936) for the interval between order statistics.
package struct SignTest: Sendable, Equatable {
  /// Ascending.
  private let sorted: [Double]

  package init(_ differences: [Double]) throws(Unavailable) {
    guard !differences.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    sorted = RadixSort.sorted(differences)
  }

  package var median: Double {
    let n = sorted.count
    return n % 2 == 1 ? sorted[n / 2] : sorted[n / 2 - 1] / 2 + sorted[n / 2] / 2
  }

  /// How many lie below and above; those equal to `null` are in neither.
  package func signs(against null: Double = 0) -> (below: Int, above: Int) {
    let below = sorted.partitioningIndex { $0 >= null }
    return (below, sorted.count - sorted.partitioningIndex { $0 > null })
  }

  /// From the signs that are not zero.
  package func p(_ alternative: Question.Alternative, against null: Double = 0) -> PValue {
    let signs = signs(against: null)
    let n = signs.below + signs.above
    switch alternative {
    case .different:
      return signs.below == signs.above
        ? .one : FairCoin.tail(atMost: min(signs.below, signs.above), of: n).doubled
    case .greater: return FairCoin.tail(atMost: signs.below, of: n)
    case .less: return FairCoin.tail(atMost: signs.above, of: n)
    }
  }

  /// The value with k below or at it that may not be left out: P(at most k − 1 of n below) <= tail.
  ///
  /// −∞ where even the smallest value may be.
  package func lowerBound(tail: Double) -> Double {
    let k = FairCoin.fewest(of: sorted.count, beyond: tail)
    return k == 0 ? -.infinity : sorted[k - 1]
  }

  /// The mirror of `lowerBound`.
  package func upperBound(tail: Double) -> Double {
    let k = FairCoin.fewest(of: sorted.count, beyond: tail)
    return k == 0 ? .infinity : sorted[sorted.count - k]
  }
}

/// Tails of the number of heads of a fair coin.
enum FairCoin {
  /// P(heads <= k) of n throws, its logarithm also where the number underflows.
  static func tail(atMost k: Int, of n: Int) -> PValue {
    if k < 0 { return .zero }
    if k >= n { return .one }
    let value = Binomial(trials: n, probability: 0.5).cdf(k)
    guard value < 0x1p-1000 else { return PValue(value) }
    // The point at k and the quickly falling terms below it.
    var (sum, term) = (1.0, 1.0)
    for j in stride(from: k, to: 0, by: -1) {
      term *= Double(j) / Double(n - j + 1)
      sum += term
      if term < sum * 0x1p-60 { break }
    }
    let point = GammaFunction.logChoose(Double(n), Double(k)) - Double(n) * 0.693_147_180_559_945_3
    return PValue(value: value, ln: point + Elementary.log(sum))
  }

  /// The smallest k with P(heads <= k) > `tail`.
  static func fewest(of n: Int, beyond tail: Double) -> Int {
    (0...n).partitioningIndex { self.tail(atMost: $0, of: n).value > tail }
  }
}

extension RandomAccessCollection {
  /// The offset of the first element for which `isSecond` holds, the elements ordered by it; the count if none.
  func partitioningIndex(_ isSecond: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if isSecond(self[index(startIndex, offsetBy: middle)]) {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return low
  }
}

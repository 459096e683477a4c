/// The exact null law of the Mann-Whitney statistic without ties: how many of the C(m + n, m) orders of m and n values
/// have u pairs in which the first arm's value is the larger.
///
/// The counts are exact while they fit a double; beyond, and in every tail, their relative error stays below 10⁻¹⁴
/// (checked against exact integers up to 300 and 300). They are held times a power of two where their sum would
/// pass the largest double.
///
/// - Complexity: O(min(m, n) · m n) time and O(m n) space to make, O(1) for a tail.
/// - Source: Mann and Whitney (1947); the product form of the generating function (the Gaussian binomial coefficient).
package struct MannWhitneyCounts: Sendable {
  /// How many values each arm has, both at least 1.
  package let first: Int
  package let second: Int
  private let law: SymmetricCounts

  /// The most values of the smaller arm for which the digits hold.
  package static let mostOfFewer = 300

  /// - Precondition: both counts are at least 1, and the smaller at most `mostOfFewer`.
  package init(_ first: Int, _ second: Int) {
    precondition(
      min(first, second) >= 1 && min(first, second) <= Self.mostOfFewer,
      "arms of \(first) and \(second) values")
    self.first = first
    self.second = second
    let (few, many) = (min(first, second), max(first, second))
    let bits = GammaFunction.logChoose(Double(few + many), Double(few)) * 0x1.71547652b82fep0
    let scale = max(0, Int(bits) - 1000)
    let start = SymmetricCounts.power(-scale)
    law = SymmetricCounts(
      lowerHalf: few <= 60
        ? Self.lowerHalf(few, many, start: start) : Self.lowerHalfInPairs(few, many, start: start),
      largest: few * many, scale: scale)
  }

  /// The largest value of the statistic, m n.
  package var largest: Int { law.largest }
  /// The count at u = 0...m n, times 2^−`scale`.
  package func count(_ u: Int) -> Double { law.count(u) }
  /// All counts are held times 2^−scale.
  package var scale: Int { law.scale }
  /// C(m + n, m), times 2^−`scale`.
  package var total: Double { law.total }

  /// P(U = u).
  package func pmf(_ u: Int) -> Double { law.count(u) / law.total }
  /// P(U <= u).
  package func cdf(_ u: Int) -> Double { law.tail(u).lower }
  /// P(U > u), without cancellation in the tail.
  package func survival(_ u: Int) -> Double { law.tail(u).upper }
  /// log P(U <= u).
  package func logCdf(_ u: Int) -> Double { law.tail(u).logLower }
  /// log P(U > u).
  package func logSurvival(_ u: Int) -> Double { law.tail(u).logUpper }

  /// Multiplies by (1 − q^(n+i)) / (1 − q^i), i = 1...m. After every step the polynomial is again a symmetric one:
  /// its upper half is copied from the lower, where the subtractions take little from much.
  private static func lowerHalf(_ few: Int, _ many: Int, start: Double) -> [Double] {
    let half = few * many / 2
    var counts = [Double](repeating: 0, count: half + 1)
    counts[0] = start
    for i in 1...few {
      let degree = many * i
      let middle = min(half, degree / 2)
      let step = many + i
      if middle >= step {
        for u in (step...middle).reversed() { counts[u] -= counts[u - step] }
      }
      if middle >= i {
        for u in i...middle { counts[u] += counts[u - i] }
      }
      if middle < half {
        for u in (middle + 1)...half { counts[u] = u <= degree ? counts[degree - u] : 0 }
      }
    }
    return counts
  }

  /// The same to twice the digits: from about a hundred values in each arm on the subtractions show in doubles.
  private static func lowerHalfInPairs(_ few: Int, _ many: Int, start: Double) -> [Double] {
    let half = few * many / 2
    var counts = [Pair](repeating: Pair(0), count: half + 1)
    counts[0] = Pair(start)
    for i in 1...few {
      let degree = many * i
      let middle = min(half, degree / 2)
      let step = many + i
      if middle >= step {
        for u in (step...middle).reversed() { counts[u] = counts[u] + -counts[u - step] }
      }
      if middle >= i {
        for u in i...middle { counts[u] = counts[u] + counts[u - i] }
      }
      if middle < half {
        for u in (middle + 1)...half { counts[u] = u <= degree ? counts[degree - u] : Pair(0) }
      }
    }
    return counts.map(\.value)
  }
}

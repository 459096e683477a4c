/// The number of marked ones among `draws` taken without replacement from `population`, of which `marked` are marked.
///
/// - Source: the probability in Loader's (2000) saddle-point form; tails are sums of it away from the mean, every term
///   positive, so that both keep their relative accuracy (10⁻¹²) down to the smallest double and, as logarithms, beyond.
package struct Hypergeometric: Sendable, Hashable {
  package let population: Int
  package let marked: Int
  package let draws: Int

  package init(population: Int, marked: Int, draws: Int) {
    precondition(
      marked >= 0 && draws >= 0 && marked <= population && draws <= population,
      "cannot draw \(draws) of \(population) with \(marked) marked")
    self.population = population
    self.marked = marked
    self.draws = draws
  }

  package var mean: Double {
    population == 0 ? 0 : Double(draws) * (Double(marked) / Double(population))
  }
  package var variance: Double {
    guard population > 1 else { return 0 }
    let share = Double(marked) / Double(population)
    let rest = Double(population - marked) / Double(population)
    return Double(draws) * share * rest
      * (Double(population - draws) / Double(population - 1))
  }

  /// The values that occur.
  package var support: ClosedRange<Int> {
    max(0, draws - (population - marked))...min(draws, marked)
  }

  /// P(X = k).
  package func pmf(_ k: Int) -> Double { support.contains(k) ? term(k).value : 0 }
  /// log P(X = k).
  package func logPmf(_ k: Int) -> Double {
    support.contains(k) ? term(k).logarithm : -.infinity
  }
  /// P(X <= k). O(standard deviation).
  package func cdf(_ k: Int) -> Double { tail(k).lower }
  /// P(X > k), without cancellation in the tail. O(standard deviation).
  package func survival(_ k: Int) -> Double { tail(k).upper }
  /// log P(X <= k).
  package func logCdf(_ k: Int) -> Double { tail(k).logLower }
  /// log P(X > k).
  package func logSurvival(_ k: Int) -> Double { tail(k).logUpper }

  /// The smallest k with P(X <= k) >= p, for p in 0...1.
  package func quantile(_ p: Double) -> Int {
    if p == 0 { return support.lowerBound }
    return smallest(near: Normal.quantile(p)) { cdf($0) >= p }
  }
  /// The smallest k with P(X > k) <= q; small q keep their digits.
  package func upperQuantile(_ q: Double) -> Int {
    if q >= 1 { return support.lowerBound }
    return smallest(near: Normal.upperQuantile(q)) { survival($0) <= q }
  }

  private func smallest(near z: Double, where holds: (Int) -> Bool) -> Int {
    let spread = variance.squareRoot()
    return smallestCount(
      in: support, near: mean + z * spread, spread: 0.25 * spread, where: holds)
  }

  private func tail(_ k: Int) -> Tail {
    let range = support
    if k < range.lowerBound || k >= range.upperBound {
      return k < range.lowerBound ? .below : .above
    }
    let isLower = Double(k) < mean
    var scale = term(isLower ? k : k + 1)
    scale.factor *= isLower ? sumDownwards(from: k) : sumUpwards(from: k + 1)
    return Tail(isLower: isLower, probability: scale)
  }

  /// Σ over j <= k of P(j) / P(k).
  private func sumDownwards(from k: Int) -> Double {
    let rest = Double(population - marked - draws)
    let (k, m, n) = (Double(k), Double(marked), Double(draws))
    var (sum, term, j) = (1.0, 1.0, k)
    while j > 0, term > sum * 0x1p-56 {
      term *= (j / (m - j + 1)) * ((rest + j) / (n - j + 1))
      sum += term
      j -= 1
    }
    return sum
  }

  /// Σ over j >= k of P(j) / P(k).
  private func sumUpwards(from k: Int) -> Double {
    let rest = Double(population - marked - draws)
    let (k, m, n) = (Double(k), Double(marked), Double(draws))
    var (sum, term, j) = (1.0, 1.0, k)
    while term > sum * 0x1p-56 {
      term *= ((m - j) / (j + 1)) * ((n - j) / (rest + j + 1))
      sum += term
      j += 1
    }
    return sum
  }

  /// P(X = k) for k in the support: C(K, k) C(N − K, n − k) / C(N, n).
  private func term(_ k: Int) -> ScaledProbability {
    let (all, m, n, x) = (Double(population), Double(marked), Double(draws), Double(k))
    let fair = Pair(multiplying: m, n)
    let actual = Pair(multiplying: x, all)
    // The excess of the mean over k, by which all four cells of the table lie off theirs.
    let excess = ((fair.high - actual.high) + (fair.low - actual.low)) / all
    var parts = CellLikelihood()
    parts.multiply(margin: m)
    parts.multiply(margin: all - m)
    parts.multiply(margin: n)
    parts.multiply(margin: all - n)
    parts.divide(margin: all)
    parts.divide(cell: x, excess: excess)
    parts.divide(cell: m - x, excess: -excess)
    parts.divide(cell: n - x, excess: -excess)
    parts.divide(cell: all - m - n + x, excess: excess)
    return parts.probability
  }
}

/// A quotient of factorials in Stirling's form, of margins and cells of a table; 0! is 1.
private struct CellLikelihood {
  private var exponent = 0.0
  private var square = 1.0

  private static let turn = 0x1.921fb54442d18p2

  var probability: ScaledProbability {
    ScaledProbability(exponent: exponent, factor: square.squareRoot())
  }

  mutating func multiply(margin: Double) {
    if margin == 0 { return }
    exponent += GammaFunction.stirlingRemainder(margin)
    square *= Self.turn * margin
  }

  mutating func divide(margin: Double) {
    if margin == 0 { return }
    exponent -= GammaFunction.stirlingRemainder(margin)
    square /= Self.turn * margin
  }

  mutating func divide(cell count: Double, excess: Double) {
    if count == 0 {
      exponent -= excess
      return
    }
    exponent -= LogDeviation.deviance(count: count, mean: count + excess, excess: excess)
    divide(margin: count)
  }
}

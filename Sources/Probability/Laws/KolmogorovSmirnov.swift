/// The exact law of D = sup |F_n − F| for `count` independent values of a continuous distribution F.
///
/// Both tails keep their relative accuracy: nothing is subtracted on the way to either.
///
/// Up to `largestExact` values the relative error is below 10⁻¹³. Above, the middle is taken from an asymptotic series
/// in 1/√n, with an error below 10⁻⁹, and the upper tail from the one-sided law, with a relative error below 10⁻⁸ that
/// soon vanishes.
///
/// - Complexity: O(n · n d) for a tail in the middle (0.1 s at n = 5,000), O(n) far above it.
/// - Source: the path of the counts between two lines as in Noé (1972) and Durbin (1973), here over the increments of a
///   Poisson process, of which both the surviving and the leaving mass are kept; Smirnov (1944) for the one-sided tail;
///   Pelz and Good (1976) for the series.
package struct KolmogorovSmirnov: Sendable, Hashable {
  package let count: Int

  /// The most values for which the middle of the law is exact.
  package static let largestExact = 10_000

  /// - Precondition: count >= 1.
  package init(count: Int) {
    precondition(count >= 1, "a number of values: \(count)")
    self.count = count
  }

  /// P(D <= d).
  package func cdf(_ d: Double) -> Double { tail(d).lower }
  /// P(D > d), without cancellation in the tail.
  package func survival(_ d: Double) -> Double { tail(d).upper }
  /// log P(D <= d).
  package func logCdf(_ d: Double) -> Double { tail(d).logLower }
  /// log P(D > d).
  package func logSurvival(_ d: Double) -> Double { tail(d).logUpper }

  /// P(D⁺ > d), D⁺ = sup (F_n − F), without cancellation.
  package func oneSidedSurvival(_ d: Double) -> Double {
    d <= 0 ? 1 : d >= 1 ? 0 : oneSided(d).value
  }
  /// log P(D⁺ > d).
  package func oneSidedLogSurvival(_ d: Double) -> Double {
    d <= 0 ? 0 : d >= 1 ? -.infinity : oneSided(d).logarithm
  }

  private func tail(_ d: Double) -> Tail {
    if d.isNaN { return .none }
    let n = Double(count)
    // D is never below 1/(2n).
    if n * d <= 0.5 || d >= 1 { return n * d <= 0.5 ? .below : .above }
    // Both lines are crossed with probability near exp(−8 n d²), one alone with 2 exp(−2 n d²).
    if d >= 0.5 || n * d * d > 7 {
      var probability = oneSided(d)
      probability.factor *= 2
      return Tail(isLower: false, probability: probability)
    }
    if count <= Self.largestExact { return CorridorWalk(count: count, distance: d).tail }
    if n * d * d < 2.5 { return PelzGood.tail(count: n, d) }
    // Both lines are crossed so seldom that their limit is enough.
    var probability = oneSided(d)
    let both = Elementary.exp(-8 * n * d * d - probability.exponent)
    probability.factor = 2 * (probability.factor - both)
    return Tail(isLower: false, probability: probability)
  }

  /// d Σ C(n, j) (d + j/n)^(j − 1) (1 − d − j/n)^(n − j) over j <= n (1 − d): d Σ P(Bin(n, d + j/n) = j)/(d + j/n).
  private func oneSided(_ d: Double) -> ScaledProbability {
    let n = Double(count)
    let last = Int((n * (1 - d)).rounded(.down))
    // The terms rise to one maximum and fall: the sum is taken from there outwards.
    var (low, high) = (0, last)
    while low < high {
      let j = low + (high - low) / 2
      if oneSidedTerm(j + 1, d).logarithm > oneSidedTerm(j, d).logarithm {
        low = j + 1
      } else {
        high = j
      }
    }
    let middle = low
    let top = oneSidedTerm(middle, d)
    var sum = top.factor
    for direction in [-1, 1] {
      var j = middle + direction
      var highest = 0.0
      while j >= 0 && j <= last {
        let term = oneSidedTerm(j, d)
        let value = term.factor * Elementary.exp(term.exponent - top.exponent)
        sum += value
        highest = max(highest, value)
        if value < 0x1p-60 * sum && value < 0x1p-20 * highest { break }
        j += direction
      }
    }
    return ScaledProbability(exponent: top.exponent, factor: d * sum)
  }

  private func oneSidedTerm(_ j: Int, _ d: Double) -> ScaledProbability {
    let (n, x) = (Double(count), Double(j))
    let share = d + x / n
    let excess = n * d
    if j == 0 { return ScaledProbability(exponent: n * Elementary.log1p(-d), factor: 1 / d) }
    if j == count { return ScaledProbability(exponent: 0, factor: 0) }
    let rest = n - x
    let mean = rest - excess
    if mean <= 0 { return ScaledProbability(exponent: 0, factor: 0) }
    let deviance =
      LogDeviation.deviance(count: x, mean: x + excess, excess: excess)
      + LogDeviation.deviance(count: rest, mean: mean, excess: -excess)
    let remainder =
      GammaFunction.stirlingRemainder(n)
      - (GammaFunction.stirlingRemainder(x) + GammaFunction.stirlingRemainder(rest))
    return ScaledProbability(
      exponent: remainder - deviance,
      factor: 0x1.9884533d43651p-2 * (n / x / rest).squareRoot() / share)
  }
}

/// The noncentral F distribution: (noncentral χ² of `numerator` / numerator) / (χ² of `denominator` / denominator).
package struct NoncentralF: Sendable, Hashable {
  package let numerator: Double
  package let denominator: Double
  package let noncentrality: Double

  /// - Precondition: the degrees of freedom are above 0, noncentrality >= 0, all finite.
  package init(numerator: Double, denominator: Double, noncentrality: Double) {
    precondition(
      numerator > 0 && denominator > 0 && noncentrality >= 0
        && max(numerator, denominator, noncentrality) < .infinity,
      "not a noncentral F: \(numerator), \(denominator), \(noncentrality)")
    self.numerator = numerator
    self.denominator = denominator
    self.noncentrality = noncentrality
  }

  /// P(F <= f); 0 below 0.
  package func cdf(_ f: Double) -> Double { tail(f).lower }
  /// P(F > f), without cancellation in the tail.
  package func survival(_ f: Double) -> Double { tail(f).upper }
  /// log P(F <= f).
  package func logCdf(_ f: Double) -> Double { tail(f).logLower }
  /// log P(F > f).
  package func logSurvival(_ f: Double) -> Double { tail(f).logUpper }
  /// The f with P(F <= f) = p.
  package func quantile(_ p: Double) -> Double { place(lower: p, upper: 1 - p) }
  /// The f with P(F > f) = q; small q keep their digits.
  package func upperQuantile(_ q: Double) -> Double { place(lower: 1 - q, upper: q) }

  private func tail(_ f: Double) -> Tail {
    if f.isNaN { return .none }
    if f <= 0 || f == .infinity { return f <= 0 ? .below : .above }
    if noncentrality == 0 {
      return FDistribution(numerator: numerator, denominator: denominator).tail(f)
    }
    let (a, b) = (numerator / 2, denominator / 2)
    let ratio = numerator / denominator * f
    let (x, y) = ratio < .infinity ? (ratio / (1 + ratio), 1 / (1 + ratio)) : (1, 0)
    let mixture = BetaMixture(x: x, y: y, b: b, mean: noncentrality / 2)
    let isLower = f * numerator < numerator + noncentrality
    let sum = mixture.sum(from: a, offset: 0, lower: isLower)
    if sum.value < 0.75 { return Tail(isLower: isLower, probability: sum) }
    let rest = mixture.sum(from: a, offset: 0, lower: !isLower)
    return Tail(isLower: !isLower, probability: rest)
  }

  private func place(lower p: Double, upper q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    if p == 0 || q == 0 { return p == 0 ? 0 : .infinity }
    let isLower = p < q
    let target = Elementary.log(isLower ? p : q)
    let start = Elementary.log1p(noncentrality / numerator)
    let root = increasingRoot(from: start, step: 0.5) { v in
      let tail = tail(Elementary.exp(v))
      return isLower ? tail.logLower - target : target - tail.logUpper
    }
    return Elementary.exp(root)
  }
}

/// Poisson mixtures of beta tails at one place: Σ e^−μ μ^(j + s) / Γ(j + s + 1) · I(x; a + s + j, b).
struct BetaMixture {
  /// The place, x + y = 1.
  var x: Double
  var y: Double
  var b: Double
  /// μ, half the noncentrality.
  var mean: Double

  /// The sum over lower or upper tails, from I(x; a, b) on, a with its offset.
  func sum(from a: Double, offset: Double, lower: Bool) -> ScaledProbability {
    let mixture = PoissonMixture(
      mean: mean, offset: offset, shape: a, constant: x * (a + b), slope: x)
    return mixture.sum(lower: lower) { a in
      let point = IncompleteBeta.Point(x: x, y: y, excess: b * x - a * y)
      let term = IncompleteBeta.term(at: point, a, b)
      return (
        IncompleteBeta.tail(at: point, a, b, term: term).scaled(lower: lower),
        ScaledProbability(exponent: term.exponent, factor: term.factor / a)
      )
    }
  }
}

/// The range of `groups` normals over an independent deviation √(χ²/`degreesOfFreedom`), as Tukey's comparisons of all
/// pairs use it; infinitely many degrees of freedom mean a known deviation.
///
/// - Complexity: about 10⁴ normal tails a probability (0.2 ms), ten times that for a quantile.
/// - Source: the double integral of Tukey (1953), by the trapezoidal rule, whose error falls exponentially here;
///   relative error below 10⁻¹² in both tails.
package struct StudentizedRange: Sendable, Hashable {
  package let groups: Int
  package let degreesOfFreedom: Double

  /// - Precondition: groups >= 2, degreesOfFreedom > 0.
  package init(groups: Int, degreesOfFreedom: Double) {
    precondition(
      groups >= 2 && degreesOfFreedom > 0,
      "not a studentized range: \(groups), \(degreesOfFreedom)")
    self.groups = groups
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(Q <= q).
  package func cdf(_ q: Double) -> Double { tail(q).lower }
  /// P(Q > q), without cancellation in the tail.
  package func survival(_ q: Double) -> Double { tail(q).upper }
  /// log P(Q <= q).
  package func logCdf(_ q: Double) -> Double { tail(q).logLower }
  /// log P(Q > q).
  package func logSurvival(_ q: Double) -> Double { tail(q).logUpper }
  /// The q with P(Q <= q) = p.
  package func quantile(_ p: Double) -> Double { place(lower: p, upper: 1 - p) }
  /// The q with P(Q > q) = q; small q keep their digits.
  package func upperQuantile(_ q: Double) -> Double { place(lower: 1 - q, upper: q) }

  private func tail(_ q: Double) -> Tail {
    if q.isNaN { return .none }
    if q <= 0 || q == .infinity { return q <= 0 ? .below : .above }
    let lower = probability(q, lower: true)
    return lower.value < 0.5
      ? Tail(isLower: true, probability: lower)
      : Tail(isLower: false, probability: probability(q, lower: false))
  }

  private func probability(_ q: Double, lower: Bool) -> ScaledProbability {
    let range = NormalRange(groups: groups)
    if degreesOfFreedom == .infinity {
      return ScaledProbability(exponent: range.logTail(q, lower: lower), factor: 1)
    }
    return DeviationLaw(degreesOfFreedom: degreesOfFreedom).mean { s in
      range.logTail(q * s, lower: lower)
    }
  }

  private func place(lower p: Double, upper q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    if p == 0 || q == 0 { return p == 0 ? 0 : .infinity }
    let isLower = p < q
    let target = Elementary.log(isLower ? p : q)
    let root = increasingRoot(from: 1, step: 0.5) { v in
      let tail = tail(Elementary.exp(v))
      return isLower ? tail.logLower - target : target - tail.logUpper
    }
    return Elementary.exp(root)
  }
}

/// The range of independent standard normals.
struct NormalRange {
  var groups: Int

  private static let step = 0.25

  /// log P(range <= w) or log P(range > w): k ∫ φ(z) [Φ(z) − Φ(z − w)]^(k − 1) dz, z the largest, and its complement
  /// k ∫ φ(z) (Φ(z)^(k − 1) − [Φ(z) − Φ(z − w)]^(k − 1)) dz.
  func logTail(_ w: Double, lower: Bool) -> Double {
    if w == 0 || w > 1e150 { return (w == 0) == lower ? -.infinity : 0 }
    let others = Double(groups - 1)
    // Far out both ends of the range lie about alike from the middle.
    let start = lower ? -9 : max(-9, 0.5 * w - 12)
    var (sum, top) = (0.0, -Double.infinity)
    for i in 0..<84 {
      let z = start + Double(i) * Self.step
      let exponent = Self.logIntegrand(z, w, others, lower: lower)
      if exponent > top {
        sum = sum * Elementary.exp(top - exponent) + 1
        top = exponent
      } else if exponent > top - 50 {
        sum += Elementary.exp(exponent - top)
      }
    }
    return top + Elementary.log(sum * Self.step * (others + 1) * 0x1.9884533d43651p-2)
  }

  private static func logIntegrand(
    _ z: Double, _ w: Double, _ others: Double, lower: Bool
  ) -> Double {
    let bell = -0.5 * z * z
    // All the others are below z, and within w of it.
    if lower { return bell + others * logWithin(z, w) }
    let below = Normal.logCdf(z)
    let logShare = Normal.logCdf(z - w) - below
    // Φ(z)^m (1 − (1 − share)^m).
    let some =
      logShare < -40
      ? Elementary.log(others) + logShare
      : Elementary.log(
        -Elementary.expm1(others * Elementary.log1p(-Elementary.exp(logShare))))
    return bell + others * below + some
  }

  /// log (Φ(z) − Φ(z − w)).
  private static func logWithin(_ z: Double, _ w: Double) -> Double {
    if w > 0.25 {
      return Elementary.log(
        z > 0.5 * w
          ? Normal.survival(z - w) - Normal.survival(z) : Normal.cdf(z) - Normal.cdf(z - w))
    }
    // About the middle m: w φ(m) Σ h^2k He₂ₖ(m) / (2k + 1)!, h = w/2, He the Hermite polynomials.
    let (m, h) = (z - 0.5 * w, 0.5 * w)
    var (before, hermite) = (m, m * m - 1)
    var (sum, power, k) = (1.0, 1.0, 1.0)
    while power > 1e-30 && k < 14 {
      power *= h * h / ((2 * k) * (2 * k + 1))
      sum += power * hermite
      before = m * hermite - 2 * k * before
      hermite = m * before - (2 * k + 1) * hermite
      k += 1
    }
    return Elementary.log(w * sum * 0x1.9884533d43651p-2) - 0.5 * m * m
  }
}

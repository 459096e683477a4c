/// The regularised incomplete gamma functions P (lower) and Q (upper), with a relative error below 3 · 10⁻¹³ in both
/// tails (2 · 10⁻¹⁵ of the logarithm), in bounded time for every a.
///
/// - Source: DLMF 8.11.4 (series) and 8.9.2 (continued fraction), the common factor in Loader's form; for small a and x
///   Gautschi (1979), section 4; for large a near the mean the integral itself, by Gauss and Legendre's rule.
package enum IncompleteGamma {
  /// P(a, x) = γ(a, x) / Γ(a), for a > 0, x >= 0.
  package static func lower(_ a: Double, _ x: Double) -> Double { tail(a, x).lower }

  /// Q(a, x) = Γ(a, x) / Γ(a), for a > 0, x >= 0.
  package static func upper(_ a: Double, _ x: Double) -> Double { tail(a, x).upper }

  /// log P(a, x), finite where P itself is too small for a double.
  package static func logLower(_ a: Double, _ x: Double) -> Double { tail(a, x).logLower }

  /// log Q(a, x).
  package static func logUpper(_ a: Double, _ x: Double) -> Double { tail(a, x).logUpper }

  /// The x with P(a, x) = p.
  package static func inverseLower(_ a: Double, _ p: Double) -> Double {
    inverse(a, lower: p, upper: 1 - p)
  }

  /// The x with Q(a, x) = q; small q keep their digits.
  package static func inverseUpper(_ a: Double, _ q: Double) -> Double {
    inverse(a, lower: 1 - q, upper: q)
  }

  static func tail(_ a: Double, _ x: Double) -> Tail {
    if a.isNaN || x.isNaN || a <= 0 || x < 0 {
      return .none
    }
    if x == 0 || x == .infinity {
      return x == 0 ? .below : .above
    }
    if a < 1 && x < 1.5 {
      let upper = smallUpper(a, x)
      if upper < 0.5 {
        return Tail(
          isLower: false, probability: ScaledProbability(exponent: 0, factor: upper))
      }
    }
    var scale = term(a, x)
    let isLower = x < a + 1
    if a > 300 && isNearMean(a, x) {
      scale.factor *= a * (isLower ? centralLower(a, x) : centralUpper(a, x))
    } else {
      scale.factor *= isLower ? series(a, x) : a * fraction(a, x)
    }
    return Tail(isLower: isLower, probability: scale)
  }

  /// x^a exp(−x) / Γ(a + 1).
  static func term(_ a: Double, _ x: Double) -> ScaledProbability {
    if a < 1 {
      return ScaledProbability(
        exponent: a * Elementary.log(x) - x - GammaFunction.log(1 + a), factor: 1)
    }
    return ScaledProbability(
      exponent: -LogDeviation.deviance(count: a, mean: x, excess: x - a)
        - GammaFunction.stirlingRemainder(a),
      factor: 0x1.9884533d43651p-2 / a.squareRoot())
  }

  /// 1 + x/(a+1) + x²/((a+1)(a+2)) + …
  private static func series(_ a: Double, _ x: Double) -> Double {
    var sum = 1.0
    var term = 1.0
    var n = a
    repeat {
      n += 1
      term *= x / n
      sum += term
    } while term > sum * 0x1p-56
    return sum
  }

  /// Whether the series or the fraction would take more than 150 steps.
  private static func isNearMean(_ a: Double, _ x: Double) -> Bool {
    (x - a).magnitude < 0.26 * a - 75
  }

  /// γ(a, x) / (x^a e^−x) = ∫₀^∞ exp(−(a − x) d − x (e^−d − 1 + d)) dd, d the fall of log t below log x.
  private static func centralLower(_ a: Double, _ x: Double) -> Double {
    let excess = a - x
    let reach = TailQuadrature.reach(linear: max(excess, 0), curvature: x)
    let range = reach * (1 + 0.25 * reach)
    var sum = 0.0
    for i in 0..<TailQuadrature.count {
      let d = range * TailQuadrature.places[i]
      sum +=
        TailQuadrature.weights[i]
        * Elementary.exp(-excess * d - x * LogDeviation.exponentialExcess(-d))
    }
    return range * sum
  }

  /// Γ(a, x) / (x^a e^−x) = ∫₀^∞ exp(−(x − a) d − x (e^d − 1 − d)) dd, d the rise of log t above log x.
  private static func centralUpper(_ a: Double, _ x: Double) -> Double {
    let excess = x - a
    let range = TailQuadrature.reach(linear: excess, curvature: x)
    var sum = 0.0
    for i in 0..<TailQuadrature.count {
      let d = range * TailQuadrature.places[i]
      sum +=
        TailQuadrature.weights[i]
        * Elementary.exp(-excess * d - x * LogDeviation.exponentialExcess(d))
    }
    return range * sum
  }

  /// 1/(x+1−a− 1(1−a)/(x+3−a− 2(2−a)/(x+5−a− …))), by Lentz's method.
  private static func fraction(_ a: Double, _ x: Double) -> Double {
    var b = x + 1 - a
    var c = 1e300
    var d = 1 / b
    var value = d
    var i = 0.0
    while true {
      i += 1
      let numerator = -i * (i - a)
      b += 2
      d = 1 / (numerator * d + b)
      c = b + numerator / c
      let change = c * d
      value *= change
      if (change - 1).magnitude <= 0x1p-52 { return value }
    }
  }

  /// Q for a < 1 and x < 1.5, where 1 − P would cancel.
  private static func smallUpper(_ a: Double, _ x: Double) -> Double {
    let exponent = a * Elementary.log(x) - GammaFunction.log(1 + a)
    var sum = 0.0
    var term = 1.0
    var n = 0.0
    repeat {
      n += 1
      term *= -x / n
      sum += term / (a + n)
    } while term.magnitude > 0x1p-58
    return -Elementary.expm1(exponent) - Elementary.exp(exponent) * a * sum
  }

  private static func inverse(_ a: Double, lower p: Double, upper q: Double) -> Double {
    guard a > 0, p >= 0, q >= 0 else { return .nan }
    if p == 0 { return 0 }
    if q == 0 { return .infinity }
    let isLower = p < q
    let target = Elementary.log(isLower ? p : q)
    let root = newtonRoot(from: startOfInverse(a, lower: p, upper: q)) { v in
      let x = Elementary.exp(v)
      let logarithm = isLower ? logLower(a, x) : logUpper(a, x)
      // d log P / d log x = x f(x) / P, and the same with a minus sign for Q.
      let density = term(a, x)
      let slope = a * density.factor * Elementary.exp(density.exponent - logarithm)
      return (logarithm - target, isLower ? slope : -slope)
    }
    return Elementary.exp(root)
  }

  /// log x of Wilson and Hilferty (1931), or of the leading term in the lower tail.
  private static func startOfInverse(_ a: Double, lower p: Double, upper q: Double) -> Double {
    let z = p < q ? Normal.quantile(p) : Normal.upperQuantile(q)
    let c = 1 / (9 * a)
    let root = 1 - c + z * c.squareRoot()
    if root > 0.2 && a > 0.2 { return Elementary.log(a) + 3 * Elementary.log(root) }
    if p < q { return (Elementary.log(p) + GammaFunction.log(a + 1)) / a }
    return Elementary.log(max(a, -Elementary.log(q)))
  }
}

/// The regularised incomplete beta function I, with a relative error below 3 · 10⁻¹³ in both tails
/// (2 · 10⁻¹⁵ of the logarithm), in bounded time for all parameters.
///
/// - Source: the continued fraction of DiDonato and Morris (1992), TOMS 708, equation 9; the common factor in Loader's
///   form; for two large parameters the integral itself, by Gauss and Legendre's rule.
package enum IncompleteBeta {
  /// I(x; a, b) = P(X <= x) for X ~ Beta(a, b), a, b > 0.
  package static func lower(_ x: Double, _ a: Double, _ b: Double) -> Double {
    tail(at: Point(x, a, b), a, b).lower
  }

  /// 1 − I(x; a, b), without cancellation.
  package static func upper(_ x: Double, _ a: Double, _ b: Double) -> Double {
    tail(at: Point(x, a, b), a, b).upper
  }

  /// The x with I(x; a, b) = p.
  package static func inverseLower(_ p: Double, _ a: Double, _ b: Double) -> Double {
    inverse(lower: p, upper: 1 - p, a, b)
  }

  /// The x with 1 − I(x; a, b) = q; small q keep their digits.
  package static func inverseUpper(_ q: Double, _ a: Double, _ b: Double) -> Double {
    inverse(lower: 1 - q, upper: q, a, b)
  }

  private static func inverse(
    lower p: Double, upper q: Double, _ a: Double, _ b: Double
  ) -> Double {
    guard a > 0, b > 0, p >= 0, q >= 0 else { return .nan }
    if p == 0 || q == 0 { return p == 0 ? 0 : 1 }
    return Elementary.logistic(logit(lower: p, upper: q, a, b))
  }
}

// MARK: - Points and tails, for the distributions that are made of it

extension IncompleteBeta {
  /// A place in 0...1, with 1 − x and with its distance from the mean, each to full relative accuracy.
  struct Point {
    var x: Double
    var y: Double
    /// (a + b) x − a.
    var excess: Double

    init(x: Double, y: Double, excess: Double) {
      self.x = x
      self.y = y
      self.excess = excess
    }

    init(_ x: Double, _ a: Double, _ b: Double) {
      let total = Pair(adding: a, b)
      let product = Pair(multiplying: total.high, x)
      let difference = Pair(adding: product.high, -a)
      excess = difference.high + (difference.low + (product.low + total.low * x))
      self.x = x
      y = 1 - x
    }

    /// The place with log(x / y) = v.
    init(logit v: Double, _ a: Double, _ b: Double) {
      let e = Elementary.exp(-v.magnitude)
      let (far, near) = (1 / (1 + e), e / (1 + e))
      x = v < 0 ? near : far
      y = v < 0 ? far : near
      excess = b * x - a * y
    }
  }

  static func tail(at point: Point, _ a: Double, _ b: Double) -> Tail {
    tail(at: point, a, b, term: term(at: point, a, b))
  }

  /// The tail where its term is known.
  static func tail(
    at point: Point, _ a: Double, _ b: Double, term: ScaledProbability
  ) -> Tail {
    if !(a > 0 && b > 0 && point.x >= 0 && point.y >= 0) { return .none }
    if point.x == 0 || point.y == 0 { return point.x == 0 ? .below : .above }
    // x < (a + 1)/(a + b + 2), by the distance from the mean: a + b may swallow the 2.
    let isLower = point.excess + 2 * point.x < 1
    let turned = Point(x: point.y, y: point.x, excess: -point.excess)
    let integral: Double
    // Within four standard deviations of the mean the fraction takes up to √(a + b) steps.
    if min(a, b) > 10_000,
      point.excess * point.excess < 16 * (a + b) * point.x * point.y
    {
      integral = centralUpper(from: isLower ? turned : point, a + b)
    } else {
      integral = isLower ? fraction(at: point, a, b) : fraction(at: turned, b, a)
    }
    return Tail(
      isLower: isLower,
      probability: ScaledProbability(exponent: term.exponent, factor: term.factor * integral))
  }

  /// x^a y^b / B(a, b).
  static func term(at point: Point, _ a: Double, _ b: Double) -> ScaledProbability {
    let n = a + b
    let deviance =
      LogDeviation.deviance(count: a, mean: n * point.x, excess: point.excess)
      + LogDeviation.deviance(count: b, mean: n * point.y, excess: -point.excess)
    let remainder =
      GammaFunction.stirlingRemainder(n)
      - (GammaFunction.stirlingRemainder(a) + GammaFunction.stirlingRemainder(b))
    return ScaledProbability(
      exponent: remainder - deviance,
      factor: 0x1.9884533d43651p-2 * (a / n * b).squareRoot())
  }

  /// I · B(a, b) / (x^a y^b), by Lentz's method; converges fast for x < (a + 1)/(a + b + 2).
  ///
  /// Every coefficient is built on the distance from the mean, so that none cancels where a large parameter meets a
  /// small one.
  private static func fraction(at point: Point, _ a: Double, _ b: Double) -> Double {
    let (x, y) = (point.x, point.y)
    let start = 1 - point.excess
    var d = (a + 1) / (a * start)
    var c = 1e300
    var value = d
    var n = 0.0
    while true {
      n += 1
      let s = a + 2 * n - 1
      let w = n * (b - n) * x / s
      let numerator = (a + n - 1) / s * (a + b + n - 1) * w * x
      let denominator = n + w + (a + n) / (s + 2) * (start + n * (1 + y))
      d = 1 / (denominator + numerator * d)
      c = denominator + numerator / c
      let change = c * d
      value *= change
      if (change - 1).magnitude <= 0x1p-52 { return value }
    }
  }

  /// (1 − I) · B(a, b) / (x^a y^b) = ∫₀^∞ exp(−excess d − n [log(1 + x (e^d − 1)) − x d]) dd, d the rise of log(t/(1 − t))
  /// above that of x; n = a + b, both large.
  private static func centralUpper(from point: Point, _ n: Double) -> Double {
    let (x, y, excess) = (point.x, point.y, point.excess)
    let reach = TailQuadrature.reach(linear: max(excess, 0), curvature: n * x * y)
    let range = reach * (1 + 0.25 * reach)
    // The bracket is x (e^d − 1 − d) − (u − log(1 + u)) with u = x (e^d − 1), and the same in −y and −d: the smaller
    // of x and y leaves the second part at most half of the first.
    let (share, sign) = x <= y ? (x, 1.0) : (y, -1.0)
    var sum = 0.0
    for i in 0..<TailQuadrature.count {
      let d = range * TailQuadrature.places[i]
      let excessOfExp = LogDeviation.exponentialExcess(sign * d)
      let u = share * (sign * d + excessOfExp)
      let bend = share * excessOfExp - LogDeviation.deviance(count: 1, mean: 1 + u, excess: u)
      sum += TailQuadrature.weights[i] * Elementary.exp(-excess * d - n * bend)
    }
    return range * sum
  }

  /// log(x / (1 − x)) of the place with I = p and 1 − I = q, both above 0.
  static func logit(lower p: Double, upper q: Double, _ a: Double, _ b: Double) -> Double {
    let isLower = p < q
    let target = Elementary.log(isLower ? p : q)
    let limit = 700.0
    let root = newtonRoot(from: startOfLogit(lower: p, upper: q, a, b)) { v in
      let place = Point(logit: max(-limit, min(limit, v)), a, b)
      let term = term(at: place, a, b)
      let tail = tail(at: place, a, b, term: term)
      let logarithm = isLower ? tail.logLower : tail.logUpper
      let slope = term.factor * Elementary.exp(term.exponent - logarithm)
      // Past the limit the tail is a power: its logarithm is a straight line.
      let beyond = (v - max(-limit, min(limit, v))) * slope
      return isLower
        ? (logarithm + beyond - target, slope) : (logarithm - beyond - target, -slope)
    }
    return root
  }

  private static func startOfLogit(
    lower p: Double, upper q: Double, _ a: Double, _ b: Double
  ) -> Double {
    let z = p < q ? Normal.quantile(p) : Normal.upperQuantile(q)
    let centre = Elementary.log(a / b) + 0.5 * (1 / b - 1 / a)
    let guess = centre + z * (1 / a + 1 / b).squareRoot()
    if min(a, b) >= 1 { return guess }
    // The power law of the tail, where it is the nearer guess.
    let logBeta = GammaFunction.logBeta(a, b)
    let power =
      p < q
      ? (Elementary.log(p) + Elementary.log(a) + logBeta) / a
      : -(Elementary.log(q) + Elementary.log(b) + logBeta) / b
    return power.magnitude > 1 ? power : 0
  }
}

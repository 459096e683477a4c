/// The logarithm of the gamma function and what is made of it.
package enum GammaFunction {
  /// log Γ(x) for x > 0; for x < 0 log |Γ(x)| by reflection. Infinity at the poles.
  ///
  /// Relative error below 10⁻¹⁵ for x > 0, the zeros at 1 and 2 included.
  package static func log(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x <= 0 { return reflectedLog(x) }
    if x < 0.5 { return logNearOne(x) - Elementary.log(x) }
    if x < 0.75 { return logNearTwo(x - 1) - Elementary.log(x) }
    if x < 1.5 { return logNearOne(x - 1) }
    if x < 3 { return logNearTwo(x - 2) }
    if x < 10 { return logBelowTen(x) }
    if x > 1e17 { return x * (Elementary.log(x) - 1) }
    return (x - 0.5) * Elementary.log(x) - x + (0x1.d67f1c864beb5p-1 + stirlingRemainder(x))
  }

  /// The derivative of log Γ, for x > 0, and below by reflection; NaN at the poles.
  ///
  /// - Source: the recurrence and DLMF 5.11.2; absolute error below 10⁻¹⁵ times max(1, |value|).
  package static func digamma(_ x: Double) -> Double {
    if x <= 0 {
      guard x > -0x1p52, x != x.rounded(.towardZero) else { return .nan }
      let turn = .pi * (x - x.rounded(.down))
      return digamma(1 - x) - .pi * Elementary.cos(turn) / Elementary.sin(turn)
    }
    var x = x
    var shift = 0.0
    while x < 10 {
      shift += 1 / x
      x += 1
    }
    let w = 1 / (x * x)
    let tail = horner(
      w, 1 / 12.0, -1 / 120.0, 1 / 252.0, -1 / 240.0, 1 / 132.0, -691 / 32760.0, 1 / 12.0,
      -3617 / 8160.0)
    return Elementary.log(x) - 0.5 / x - w * tail - shift
  }

  /// log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b), without the cancellation of its terms; a, b > 0.
  package static func logBeta(_ a: Double, _ b: Double) -> Double {
    let (small, large) = a < b ? (a, b) : (b, a)
    if large < 10 { return log(small) + (log(large) - log(small + large)) }
    let share = small / large
    let rest = stirlingRemainder(large) - stirlingRemainder(small + large)
    // log Γ(large) − log Γ(small + large), every term of one sign.
    let fall =
      -(large - 0.5) * Elementary.log1p(share) - small * (Elementary.log(small + large) - 1)
    if small < 10 { return log(small) + (fall + rest) }
    return -0.5 * Elementary.log(large) + 0x1.d67f1c864beb5p-1 + (stirlingRemainder(small) + rest)
      + (small - 0.5) * Elementary.log(share / (1 + share))
      - large * Elementary.log1p(share)
  }

  /// log of the number of ways to choose k of n, for 0 <= k <= n.
  package static func logChoose(_ n: Double, _ k: Double) -> Double {
    let few = min(k, n - k)
    if few < 0 || n.isNaN || k.isNaN { return few < 0 ? -.infinity : .nan }
    if few == 0 { return 0 }
    if few == 1 { return Elementary.log(n) }
    if few < 30, few == few.rounded(.down), n < 1e9 {
      // At most 30 roundings in the number of ways: less than the logarithm of it shows.
      return Elementary.log((0..<Int(few)).reduce(1) { $0 * (n - Double($1)) / Double($1 + 1) })
    }
    return -Elementary.log(n + 1) - logBeta(few + 1, n - few + 1)
  }

  /// log Γ(x) − [(x − ½) log x − x + ½ log 2π], for x > 0: near 1/(12 x).
  ///
  /// - Source: DLMF 5.11.1 from 10 on (error below 10⁻¹⁷); below, the recurrence. Loader (2000) shows how
  ///   binomial and Poisson probabilities are built of it.
  package static func stirlingRemainder(_ x: Double) -> Double {
    if x < 10 { return stirlingBelowTen(x) }
    let w = 1 / (x * x)
    let tail = horner(
      w, 1 / 12.0, -1 / 360.0, 1 / 1260.0, -1 / 1680.0, 1 / 1188.0, -691 / 360360.0, 1 / 156.0,
      -3617 / 122400.0)
    return tail / x
  }

  private static func stirlingBelowTen(_ x: Double) -> Double {
    if x < 1 {
      return log(x) - ((x - 0.5) * Elementary.log(x) - x + 0x1.d67f1c864beb5p-1)
    }
    var x = x
    var sum = 0.0
    while x < 10 {
      // (x + ½) log(1 + 1/x) − 1 = artanh(s)/s − 1 with s = 1/(2x + 1).
      let s = 1 / (2 * x + 1)
      sum += 0.5 * LogDeviation.bend(s * s)
      x += 1
    }
    return sum + stirlingRemainder(x)
  }

  private static func reflectedLog(_ x: Double) -> Double {
    guard x > -0x1p52, x != x.rounded(.towardZero) else { return .infinity }
    let turn = .pi * (x - x.rounded(.down))
    return Elementary.log(.pi / (-x * Elementary.sin(turn))) - log(-x)
  }

  /// log Γ(1 + t), t in −0.25...0.5. Shifted to u >= 0, where the fit has no cancellation.
  private static func logNearOne(_ t: Double) -> Double {
    let u = t + 0.25
    let top = horner(
      u, -0x1.a051c372609eep-1, -0x1.2badc13677783p1, -0x1.bbd7a0f28511dp0, 0x1.514a5be05606fp-1,
      0x1.540ad2dd75d30p0, 0x1.11e38475a5f0ap-1, 0x1.27ecd425f5c73p-4, 0x1.2ea0eb8e77c14p-9)
    let bottom = horner(
      u, 1, 0x1.0e24b7f8fa9acp2, 0x1.ba3d3f67020cdp2, 0x1.61de653e1790cp2, 0x1.1ebdb469558fap1,
      0x1.b87e1b46d5b6ep-2, 0x1.073ab7ce5143cp-5, 0x1.19dc75a7d2120p-11)
    return t * (top / bottom)
  }

  /// log Γ(2 + t), t in −0.5...1, in u = t + ½.
  private static func logNearTwo(_ t: Double) -> Double {
    let u = t + 0.5
    let top = horner(
      u, 0x1.eeb95b094c191p-3, 0x1.f9eb8ee4777bfp-1, 0x1.6bfdd7b70dadbp0, 0x1.fa95f1907cea8p-1,
      0x1.768301bead7ebp-2, 0x1.26f3ddc4187e1p-4, 0x1.cd23635139311p-8, 0x1.2aa31672c2120p-12,
      0x1.8fadf579927e7p-19)
    let bottom = horner(
      u, 1, 0x1.3241f461a5195p1, 0x1.26165d7e4f56ap1, 0x1.2227dddb27f30p0, 0x1.38c52a9657bc7p-2,
      0x1.69dbf47f64d01p-5, 0x1.9ac52b46192a1p-9, 0x1.72e2d72072b48p-14, 0x1.30bf5c1bbdf6fp-21)
    return t * (top / bottom)
  }

  private static func logBelowTen(_ x: Double) -> Double {
    var x = x
    var product = 1.0
    while x >= 3 {
      x -= 1
      product *= x
    }
    return Elementary.log(product) + logNearTwo(x - 2)
  }
}

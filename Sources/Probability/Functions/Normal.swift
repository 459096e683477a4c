/// The standard normal distribution, right in both tails down to the smallest double.
package enum Normal {
  /// exp(−z²/2) / √(2π), the square exact.
  package static func density(_ z: Double) -> Double { 0x1.9884533d43651p-2 * bell(z) }

  /// P(Z <= z).
  package static func cdf(_ z: Double) -> Double { survival(-z) }

  /// P(Z > z), without cancellation in the tail; relative error below 10⁻¹⁵.
  package static func survival(_ z: Double) -> Double {
    if z < 0.6 {
      return z < -9 ? 1 : 0.5 - 0.5 * ErrorFunction.erf(z * rootHalf)
    }
    return z > 39 ? 0 : 0.5 * bell(z) * ErrorFunction.erfcxTail(z * rootHalf)
  }

  /// log P(Z > z), finite for every finite z with z² below the largest double.
  package static func logSurvival(_ z: Double) -> Double {
    if z < -1 { return Elementary.log1p(-cdf(z)) }
    if z < 1 { return Elementary.log(survival(z)) }
    return Elementary.log(0.5 * ErrorFunction.erfcxTail(z * rootHalf)) - 0.5 * z * z
  }

  /// log P(Z <= z).
  package static func logCdf(_ z: Double) -> Double { logSurvival(-z) }

  /// P(|Z| > z), z >= 0.
  static func outside(_ z: Double) -> ScaledProbability {
    if z.isNaN || z == .infinity { return ScaledProbability(exponent: 0, factor: z - z) }
    if z < 0.6 { return ScaledProbability(exponent: 0, factor: 2 * survival(z)) }
    let square = Pair(multiplying: z, z)
    let factor = ErrorFunction.erfcxTail(z * rootHalf)
    // What z² has below its last place is small only while z² is not huge; beyond, it no longer shows.
    let rest = square.high < 1e15 ? 1 - 0.5 * square.low : 1
    return ScaledProbability(
      exponent: -0.5 * square.high, factor: square.high < 1e300 ? factor * rest : 1)
  }

  /// P(Z <= z), or the other side where that is the smaller.
  static func tail(_ z: Double) -> Tail {
    var probability = outside(z.magnitude)
    probability.factor *= 0.5
    return Tail(isLower: z < 0, probability: probability)
  }

  /// The z with P(Z <= z) = p, for p in (0, 1): relative error below 10⁻¹⁵; −infinity at 0, infinity at 1.
  package static func quantile(_ p: Double) -> Double { quantile(p, complement: 1 - p) }

  /// The z with P(Z > z) = q: small q keep their digits.
  package static func upperQuantile(_ q: Double) -> Double { -quantile(q) }

  private static let rootHalf = 0x1.6a09e667f3bcdp-1

  /// exp(−z²/2), the square exact.
  private static func bell(_ z: Double) -> Double {
    if z.magnitude > 40 { return 0 }
    let square = Pair(multiplying: z, z)
    return Elementary.exp(-0.5 * square.high, plus: -0.5 * square.low)
  }
}

// MARK: - Quantile

extension Normal {
  static let centralHalfWidth = 0.425

  @inline(__always)
  private static func quantile(_ p: Double, complement: Double) -> Double {
    let offset = p - 0.5
    if offset.magnitude <= centralHalfWidth { return centralQuantile(offset) }
    if offset < 0 { return p > 0 ? -tailQuantile(p) : p == 0 ? -.infinity : .nan }
    return complement > 0 ? tailQuantile(complement) : complement == 0 ? .infinity : .nan
  }

  /// The z with P(0 < Z <= z) = half, for half in 0...0.5.
  static func quantile(centred half: Double) -> Double {
    half <= centralHalfWidth
      ? centralQuantile(half) : half < 0.5 ? tailQuantile(0.5 - half) : .infinity
  }

  /// The quantile of 0.5 + offset, |offset| <= 0.425.
  ///
  /// - Source: the pieces and variables of Wichura (1988), AS 241; a new minimax fit, relative error 1.3 · 10⁻¹⁶.
  @inline(__always)
  static func centralQuantile(_ offset: Double) -> Double {
    let r = 0.180625 - offset * offset
    let top = horner(
      r, 0x1.b18d91e9eef75p1, 0x1.0a4821f6c299cp7, 0x1.ece42fa2162efp10, 0x1.ad1b30d9d5326p13,
      0x1.66c0fe5352fbep15, 0x1.06bed0760f299p16, 0x1.052941d54089cp15, 0x1.399c9b9db70d2p11)
    let bottom = horner(
      r, 1, 0x1.52813a357c6c5p5, 0x1.5796e1f6ff6e7p9, 0x1.51216dca035fep12, 0x1.4b74b519aba05p14,
      0x1.3314a26434f60p15, 0x1.c0de3f4cc3994p14, 0x1.46a2446b5d75ep12)
    return offset * (top / bottom)
  }

  /// The z > 0 with P(Z > z) = q, for q in (0, 0.075].
  static func tailQuantile(_ q: Double) -> Double {
    let r = (-Elementary.log(q)).squareRoot()
    return r <= 5 ? nearTail(r) : farTail(r)
  }

  /// The z with P(Z > z) = exp(−r²), r in 1.6...5.
  @inline(__always)
  static func nearTail(_ r: Double) -> Double {
    let u = r - 1.6
    let top = horner(
      u, 0x1.6c665fde9526bp0, 0x1.288ca3ad663c9p2, 0x1.71e2d87225ca8p2, 0x1.d458d7367229ep1,
      0x1.46b38888cfb5bp0, 0x1.f2097d3b7bb43p-3, 0x1.76be0b561fc39p-6, 0x1.98ac323c3bd18p-11)
    let bottom = horner(
      u, 1, 0x1.0719b5a31c57cp1, 0x1.ae3f6e6ad5fbdp0, 0x1.62a2c34e87129p-1, 0x1.310a2d180f4a3p-3,
      0x1.f54a9d925a0bcp-7, 0x1.20ed3c87ca4cap-11, 0x1.20eaef57d55a8p-30)
    return top / bottom
  }

  /// The z with P(Z > z) = exp(−r²), r in 5...27.4.
  static func farTail(_ r: Double) -> Double {
    let u = r - 5
    let top = horner(
      u, 0x1.aa1b1c13ee527p2, 0x1.5d8c7cda9b8bfp2, 0x1.c883d5cf3d671p0, 0x1.2f366e4692aaep-2,
      0x1.b1a63f1526790p-6, 0x1.448f54cba15bfp-10, 0x1.c4718bb46ddc6p-16, 0x1.ac440da73b0e3p-23)
    let bottom = horner(
      u, 1, 0x1.32f427e8c4dc1p-1, 0x1.1817b8c5c6c65p-3, 0x1.e662c6c7a86d3p-7,
      0x1.9b1c8c0c2afd2p-11, 0x1.341a382d0238fp-16, 0x1.2ed3e47595ecdp-23, 0x1.20090e6328ef6p-49)
    return top / bottom
  }
}

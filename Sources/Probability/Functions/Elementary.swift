/// Elementary functions built on IEEE 754 +, −, ×, ÷ and √ alone: the same bits on every machine.
///
/// No fused multiply-add and nothing from the system's mathematics library stands on a path to a result. The largest
/// errors seen against 50-digit arithmetic, in units in the last place of the result (ulp), normal or
/// subnormal: exp 0.75, expm1 0.9, log 0.8, log1p 0.8, pow 0.7, sin and cos 0.8, logistic 1.8. The
/// tests hold each of them to 1 ulp (logistic: 2).
///
/// - Source: the reductions and compensations are those of Tang (1989, 1990) and of Cody and Waite (1980);
///   the polynomials are minimax fits, made by `Tests/ProbabilityTests/Vectors/fit.py`.
package enum Elementary {
  /// e to the power x. Overflows to infinity above 709.78, is subnormal below −708.39 and 0 below −745.13.
  package static func exp(_ x: Double) -> Double {
    x.magnitude < ordinaryExponent ? expOrdinary(x, plus: 0) : expExtreme(x, plus: 0)
  }

  /// exp(x) − 1 without cancellation near 0.
  package static func expm1(_ x: Double) -> Double {
    if x.magnitude < 0x1p-54 { return x }
    guard x.magnitude < 40 else { return expm1Far(x) }
    let step = nearestStep(x)
    let reduced = reduce(x, by: step.count)
    let square = reduced.r * reduced.r
    let parabola = Pair(larger: reduced.r, smaller: 0.5 * square)
    let low = parabola.low + (square * expCubic(reduced.r) + reduced.low)
    if step.count == 0 { return parabola.high + low }
    // 2^k (1 + e) − 1 = 2^k ((1 − 2^−k) + e).
    let start = Pair(adding: 1, -power(ofTwo: -Int(step.count)))
    let total = Pair(adding: start.high, parabola.high)
    return (total.high + (total.low + (start.low + low))) * power(ofTwo: Int(step.count))
  }

  /// The natural logarithm: −infinity at ±0, NaN below 0.
  package static func log(_ x: Double) -> Double {
    x >= .leastNormalMagnitude && x < .infinity ? logOrdinary(x) : logExtreme(x)
  }

  /// log(1 + x) without cancellation near 0: −infinity at −1, NaN below.
  package static func log1p(_ x: Double) -> Double {
    if x.magnitude < 0x1p-54 { return x }
    if x > -0.2928 && x < 0.4142 {
      let s = x / (2 + x)
      let half = 0.5 * x * x
      return x - (half - s * (half + logBend(s * s)))
    }
    guard x > -1, x < .infinity else { return x == -1 ? -.infinity : x == .infinity ? x : .nan }
    let sum = Pair(adding: x.magnitude < 1 ? 1 : x, x.magnitude < 1 ? x : 1)
    let parts = split(sum.high)
    let f = parts.significand - 1
    let s = f / (2 + f)
    let half = 0.5 * f * f
    let correction = sum.low / sum.high
    let tail = s * (half + logBend(s * s)) + (parts.exponent * ln2Low + correction)
    return parts.exponent * ln2High - ((half - tail) - f)
  }

  /// 1 / (1 + exp(−x)) without overflow; a subnormal result keeps its digits.
  package static func logistic(_ x: Double) -> Double {
    let e = exp(-x.magnitude)
    return (x < 0 ? e : x.isNaN ? x : 1) / (1 + e)
  }
}

// MARK: - exp

extension Elementary {
  static let ordinaryExponent = 708.0
  private static let log2e = 0x1.71547652b82fep0
  /// ln 2 = high + low; high has 32 bits, so that k · high is exact for |k| < 2²¹.
  static let ln2High = 0x1.62e42fee00000p-1
  static let ln2Low = 0x1.a39ef35793c76p-33
  /// Adding 1.5 · 2⁵² rounds to the nearest integer and leaves it in the low bits.
  static let roundingShift = 0x1.8p52

  @inline(__always)
  private static func nearestStep(_ x: Double) -> (count: Double, bits: UInt64) {
    let shifted = x * log2e + roundingShift
    return (shifted - roundingShift, shifted.bitPattern)
  }

  /// x + plus − k ln 2 as an unevaluated sum r + low, |r| <= ln 2 / 2.
  @inline(__always)
  private static func reduce(
    _ x: Double, plus: Double = 0, by count: Double
  ) -> (r: Double, low: Double) {
    let high = x - count * ln2High
    let rest = count * ln2Low - plus
    let r = high - rest
    return (r, (high - r) - rest)
  }

  /// (exp(r) − 1 − r) / r² − ½ for |r| <= ln 2 / 2, error 2⁻⁵⁹.
  @inline(__always)
  private static func expCubic(_ r: Double) -> Double {
    let r2 = r * r
    let r4 = r2 * r2
    let low =
      0x1.5555555555557p-3 * r + (0x1.555555555554ep-5 + 0x1.11111111100ebp-7 * r) * r2
    let middle =
      (0x1.6c16c16c1a08ap-10 + 0x1.a01a01abe0e81p-13 * r)
      + (0x1.a01a01905a6f1p-16 + 0x1.71de024545121p-19 * r) * r2
    let high =
      (0x1.27e510ea835fcp-22 + 0x1.af4dc50f5ccb8p-26 * r) + 0x1.1f19def3d9958p-29 * r2
    return low + r4 * (middle + r4 * high)
  }

  /// exp(x + plus) / 2^k, in 0.7...1.42, and k in the low bits.
  @inline(__always)
  private static func expSignificand(_ x: Double, plus: Double) -> (value: Double, step: UInt64) {
    let step = nearestStep(x)
    let reduced = reduce(x, plus: plus, by: step.count)
    let square = reduced.r * reduced.r
    let bend = 0.5 * square + (square * expCubic(reduced.r) + reduced.low)
    let sum = 1 + reduced.r
    return (sum + (((1 - sum) + reduced.r) + bend), step.bits)
  }

  /// exp(x + plus) for |x| < 708 and |plus| below an ulp of x; branch-free.
  @inline(__always)
  static func expOrdinary(_ x: Double, plus: Double) -> Double {
    let part = expSignificand(x, plus: plus)
    return Double(bitPattern: part.value.bitPattern &+ part.step << 52)
  }

  /// exp(x + plus) near and past the ends of the range, and for NaN.
  static func expExtreme(_ x: Double, plus: Double) -> Double {
    if x.isNaN { return x }
    if x > 710 { return .infinity }
    if x < -746 { return 0 }
    let part = expSignificand(x, plus: plus)
    let k = Int(Int64(bitPattern: part.step << 12) >> 12)
    return part.value * power(ofTwo: k / 2) * power(ofTwo: k - k / 2)
  }

  private static func expm1Far(_ x: Double) -> Double {
    // NaN and large: exp swallows the 1; small: −1 and a share that cannot be seen.
    x < 0 ? -1 : exp(x)
  }

  /// exp(x + low): the exponential of a number that is known to more than a double.
  static func exp(_ x: Double, plus low: Double) -> Double {
    x.magnitude < ordinaryExponent ? expOrdinary(x, plus: low) : expExtreme(x, plus: low)
  }

  /// 2^k for k in −1022...1023.
  @inline(__always)
  static func power(ofTwo k: Int) -> Double {
    Double(bitPattern: UInt64(truncatingIfNeeded: 1023 &+ k) << 52)
  }
}

// MARK: - log

extension Elementary {
  private static let bitsOfRootHalf: UInt64 = 0x3fe6_a09e_667f_3bcd
  private static let bitsOfOne: UInt64 = 0x3ff0_0000_0000_0000

  /// x = 2^exponent · significand with significand in [√½, √2), for normal positive x; branch-free.
  @inline(__always)
  static func split(_ x: Double) -> (exponent: Double, significand: Double) {
    let shifted = x.bitPattern &+ (bitsOfOne &- bitsOfRootHalf)
    let exponent = Double(bitPattern: shifted >> 52 | 0x4330_0000_0000_0000) - (0x1p52 + 1023)
    let significand = Double(bitPattern: (shifted & 0x000f_ffff_ffff_ffff) &+ bitsOfRootHalf)
    return (exponent, significand)
  }

  /// 2 (artanh(s) / s − 1) of z = s², for s = f / (2 + f) and 1 + f in [√½, √2).
  @inline(__always)
  static func logBend(_ z: Double) -> Double {
    let z2 = z * z
    let even = 0x1.9999999995238p-2 + z2 * (0x1.c71c62cf5d0b3p-3 + z2 * 0x1.39fd9a7232531p-3)
    let odd =
      0x1.5555555555558p-1
      + z2 * (0x1.2492492e034aap-2 + z2 * (0x1.7462bac7812e2p-3 + z2 * 0x1.2b61a41c7c7e0p-3))
    return z * odd + z2 * even
  }

  /// log of a normal positive x; branch-free.
  @inline(__always)
  static func logOrdinary(_ x: Double) -> Double {
    let parts = split(x)
    let f = parts.significand - 1
    let s = f / (2 + f)
    let half = 0.5 * f * f
    let tail = s * (half + logBend(s * s)) + parts.exponent * ln2Low
    return parts.exponent * ln2High - ((half - tail) - f)
  }

  private static func logExtreme(_ x: Double) -> Double {
    if x == 0 { return -.infinity }
    if x < 0 { return .nan }
    // Infinity, NaN, or a subnormal number.
    return x < 1 ? logOrdinary(x * 0x1p54) - 54 * 0x1.62e42fefa39efp-1 : x
  }
}

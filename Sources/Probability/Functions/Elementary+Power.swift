extension Elementary {
  /// x to the power y, with the special cases of IEEE 754 (pow(x, 0) = 1, pow(1, y) = 1, a negative x only with an
  /// integer y).
  package static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    if x.isNaN || y.isNaN { return .nan }
    let parity = Parity(of: y)
    let sign: Double = x.sign == .minus && parity == .odd ? -1 : 1
    let base = x.magnitude
    if base == 1 && (y.isInfinite || x == 1) { return 1 }
    if base == 0 || base == .infinity || y.isInfinite {
      return (base > 1) == (y > 0) ? sign * .infinity : sign * 0
    }
    if x < 0 && parity == .fraction { return .nan }
    return sign * positivePower(base, y)
  }

  private enum Parity {
    case even, odd, fraction

    init(of y: Double) {
      if y.magnitude >= 0x1p53 {
        self = .even
      } else {
        let whole = Int64(y)
        self = Double(whole) != y ? .fraction : whole & 1 == 0 ? .even : .odd
      }
    }
  }

  /// x^y for finite positive x and finite y: exp(y log x), the logarithm to 2⁻⁷⁰ and the product exact.
  private static func positivePower(_ x: Double, _ y: Double) -> Double {
    let logarithm = logPair(x)
    let estimate = y * logarithm.high
    if estimate > 710 { return .infinity }
    if estimate < -746 { return 0 }
    let exponent = logarithm * y
    return exp(exponent.high, plus: exponent.low)
  }

  /// log x for finite positive x, with a relative error below 2⁻⁶⁸.
  static func logPair(_ x: Double) -> Pair {
    let isSubnormal = x < .leastNormalMagnitude
    let parts = split(isSubnormal ? x * 0x1p54 : x)
    let exponent = isSubnormal ? parts.exponent - 54 : parts.exponent
    // s = f / (2 + f), then log m = 2 s (1 + z/3 + z²/5 + z³ rest(z)) with z = s².
    let f = parts.significand - 1
    let divisor = Pair(adding: 1, parts.significand)
    let s = f / divisor.high
    let product = Pair(multiplying: s, divisor.high)
    let sLow = (((f - product.high) - product.low) - s * divisor.low) / divisor.high
    let ratio = Pair(s, sLow)
    let z = ratio * ratio
    let fifth = Pair(0x1.999999999999ap-3, -0x1.999999999999ap-57)
    let third = Pair(0x1.5555555555555p-2, 0x1.5555555555555p-56)
    let inner = Pair(larger: fifth.high, smaller: z.high * logRest(z.high) + fifth.low)
    let middle = z * inner
    let outer = Pair(larger: third.high, smaller: middle.high)
    let series = z * Pair(outer.high, outer.low + (middle.low + third.low))
    let whole = Pair(larger: 1, smaller: series.high)
    let mantissa = Pair(2 * s, 2 * sLow) * Pair(whole.high, whole.low + series.low)
    // 42 bits of ln 2, so that the product with an exponent of 11 bits is exact.
    let sum = Pair(adding: exponent * 0x1.62e42fefa3800p-1, mantissa.high)
    return Pair(
      larger: sum.high, smaller: sum.low + (mantissa.low + exponent * 0x1.ef35793c76730p-45))
  }

  /// (artanh(s)/s − 1 − z/3 − z²/5) / z³ for z = s² <= 0.0295, relative error 2⁻⁵⁰.
  private static func logRest(_ z: Double) -> Double {
    let z2 = z * z
    let even =
      0x1.2492492492497p-3
      + z2 * (0x1.745d17551cffdp-4 + z2 * (0x1.1115a2e770ba4p-4 + z2 * 0x1.d9ce24dcece6ep-5))
    let odd =
      0x1.c71c71c715386p-4 + z2 * (0x1.3b13a51a640e6p-4 + z2 * 0x1.e01f1e518ecc3p-5)
    return even + z * odd
  }
}

/// Division of whole nanoseconds by a double, exact before the one rounding, so that nothing drifts.
struct ExactRatio {
  /// The divisor is `significand` · 2^`exponent`, with an odd significand.
  private let significand: UInt64
  private let exponent: Int

  /// - Parameter divisor: finite and above 0.
  init(_ divisor: Double) {
    precondition(divisor > 0 && divisor.isFinite, "divisor \(divisor)")
    let whole = divisor.significandBitPattern | (divisor.isNormal ? 1 << 52 : 0)
    let shift = whole.trailingZeroBitCount
    significand = whole >> UInt64(shift)
    let biased = divisor.isNormal ? Int(divisor.exponentBitPattern) : 1
    exponent = biased - 1075 + shift
  }

  /// `value * factor / divisor`, rounded to the nearest, ties to even; nil when it does not fit.
  func quotient(_ value: Int64, times factor: UInt64 = 1) -> Int64? {
    var numerator = UInt128(value.magnitude) * UInt128(factor)
    var denominator = UInt128(significand)
    if exponent < 0 {
      guard numerator == 0 || numerator.leadingZeroBitCount >= -exponent else { return nil }
      numerator = numerator == 0 ? 0 : numerator << UInt128(-exponent)
    } else {
      guard denominator.leadingZeroBitCount > exponent else { return 0 }
      denominator <<= UInt128(exponent)
    }
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    let rest = denominator - remainder
    let roundsUp = remainder > rest || (remainder == rest && quotient & 1 == 1)
    let (size, overflows) = quotient.addingReportingOverflow(roundsUp ? 1 : 0)
    guard !overflows, size <= UInt128(Int64.max) else { return nil }
    return value < 0 ? -Int64(size) : Int64(size)
  }
}

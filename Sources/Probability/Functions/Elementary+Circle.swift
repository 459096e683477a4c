extension Elementary {
  /// The sine of x in radians, for every finite x; NaN for infinities.
  package static func sin(_ x: Double) -> Double {
    if x.magnitude < 0x1p-27 { return x }
    guard x.isFinite else { return .nan }
    let angle = Angle(x.magnitude)
    let value = angle.quadrant & 1 == 0 ? sineNear(angle.rest) : cosineNear(angle.rest)
    return (angle.quadrant & 2 != 0) != (x < 0) ? -value : value
  }

  /// The cosine of x in radians, for every finite x; NaN for infinities.
  package static func cos(_ x: Double) -> Double {
    guard x.isFinite else { return .nan }
    let angle = Angle(x.magnitude)
    let value = angle.quadrant & 1 == 0 ? cosineNear(angle.rest) : sineNear(angle.rest)
    return (angle.quadrant + 1) & 2 != 0 ? -value : value
  }

  /// sin(r) for |r| <= π/4, r known as a pair.
  private static func sineNear(_ r: Pair) -> Double {
    let z = r.high * r.high
    let z2 = z * z
    let bend =
      (-0x1.5555555555555p-3 + 0x1.1111111110b9ep-7 * z)
      + z2
      * ((-0x1.a01a019e7f403p-13 + 0x1.71de37914575ap-19 * z)
        + z2 * (-0x1.ae6005e4b8014p-26 + 0x1.5e095d89b39c1p-33 * z))
    return r.high + (z * r.high * bend + r.low * (1 - 0.5 * z))
  }

  /// cos(r) for |r| <= π/4, r known as a pair.
  private static func cosineNear(_ r: Pair) -> Double {
    let z = r.high * r.high
    let z2 = z * z
    let bend =
      (0x1.5555555555555p-5 + -0x1.6c16c16c1695fp-10 * z)
      + z2
      * ((0x1.a01a019f4cf85p-16 + -0x1.27e4fa15c5ab0p-22 * z)
        + z2 * (0x1.1eeb66dd3ea72p-29 + -0x1.907c3babe6a82p-37 * z))
    let half = 0.5 * z
    let near = 1 - half
    return near + (((1 - near) - half) + (z2 * bend - r.high * r.low))
  }
}

/// x = quadrant · π/2 + rest with |rest| <= π/4 (and a hair), for finite x >= 0.
private struct Angle {
  var quadrant: Int
  var rest: Pair

  init(_ x: Double) {
    if x <= 0x1.921fb54442d18p-1 {
      self.init(quadrant: 0, rest: Pair(x))
    } else if x < 0x1p20, let near = Angle(near: x) {
      self = near
    } else {
      self.init(far: x)
    }
  }

  private init(quadrant: Int, rest: Pair) {
    self.quadrant = quadrant
    self.rest = rest
  }

  /// Cody and Waite's subtraction of π/2 in three parts, 119 bits; nil where so much cancels that more are needed.
  private init?(near x: Double) {
    let shifted = x * 0x1.45f306dc9c883p-1 + Elementary.roundingShift
    let count = shifted - Elementary.roundingShift
    let first = x - count * 0x1.921fb54400000p0
    let second = Pair(adding: first, -(count * 0x1.0b4611a600000p-34))
    rest = Pair(larger: second.high, smaller: second.low - count * 0x1.3198a2e037073p-69)
    quadrant = Int(shifted.bitPattern & 3)
    if rest.high.magnitude < 0x1p-30 { return nil }
  }

  /// Payne and Hanek (1983): x · 2/π modulo 4 in integers, with 190 bits behind the point.
  private init(far x: Double) {
    let significand = x.significandBitPattern | 1 << 52
    let scale = Int(x.exponent) - 52
    // The bits of 2/π of weight 2^(2 − scale) and more make whole turns; start below them.
    let start = scale - 2 + 64
    let (top, middle, bottom) = (
      Self.window(start), Self.window(start + 64), Self.window(start + 128)
    )
    let low = significand.multipliedFullWidth(by: bottom)
    let centre = significand.multipliedFullWidth(by: middle)
    let (word1, carry) = centre.low.addingReportingOverflow(low.high)
    var word2 = significand &* top &+ centre.high &+ (carry ? 1 : 0)
    quadrant = Int(word2 >> 62)
    word2 <<= 2
    var fraction = UInt128(word2 | word1 >> 62) << 64 | UInt128(word1 << 2 | low.low >> 62)
    // A fraction of one half or more belongs to the next quadrant, from below.
    let isBelow = fraction >> 127 == 1
    if isBelow {
      quadrant = (quadrant + 1) & 3
      fraction = 0 &- fraction
    }
    let shift = fraction.leadingZeroBitCount
    let aligned = fraction << shift
    let head = Double(UInt64(truncatingIfNeeded: aligned >> 75))
    let tail = Double(UInt64(truncatingIfNeeded: aligned >> 22) & 0x1f_ffff_ffff_ffff)
    let unit = Elementary.power(ofTwo: -53 - shift)
    let turns = Pair(larger: head * unit, smaller: tail * unit * 0x1p-53)
    rest = turns * Pair(0x1.921fb54442d18p0, 0x1.1a62633145c07p-54)
    if isBelow { rest = -rest }
  }

  /// 64 bits of 2/π from bit `start` of the table.
  private static func window(_ start: Int) -> UInt64 {
    let (word, offset) = (start >> 6, start & 63)
    let head = twoOverPi[word] << UInt64(offset)
    return offset == 0 ? head : head | twoOverPi[word + 1] >> UInt64(64 - offset)
  }

  /// 64 zeros, then the first 1,344 bits of 2/π behind the point.
  private static let twoOverPi: InlineArray<22, UInt64> = [
    0,
    0xa2f9_836e_4e44_1529, 0xfc27_57d1_f534_ddc0, 0xdb62_9599_3c43_9041, 0xfe51_63ab_debb_c561,
    0xb724_6e3a_424d_d2e0, 0x0649_2eea_09d1_921c, 0xfe1d_eb1c_b129_a73e, 0xe882_35f5_2ebb_4484,
    0xe99c_7026_b45f_7e41, 0x3991_d639_8353_39f4, 0x9c84_5f8b_bdf9_283b, 0x1ff8_97ff_de05_980f,
    0xef2f_118b_5a0a_6d1f, 0x6d36_7ecf_27cb_09b7, 0x4f46_3f66_9e5f_ea2d, 0x7527_bac7_ebe5_f17b,
    0x3d07_39f7_8a52_92ea, 0x6bfb_5fb1_1f8d_5d08, 0x5603_3046_fc7b_6bab, 0xf0cf_bc20_9af4_361d,
    0xa9e3_9161_5ee6_1b08,
  ]
}

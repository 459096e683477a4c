import Probability

/// A product of positive factors that neither overflows nor underflows: what a bettor owns who started with 1.
package struct Wealth: Sendable {
  private var significand = 1.0
  private var exponent = 0

  package init() {}

  /// By `factor` in 2⁻⁵⁰⁰...2⁵⁰⁰.
  package mutating func multiply(by factor: Double) {
    significand *= factor
    if significand > 0x1p500 || significand < 0x1p-500 { settle() }
  }

  package var ln: Double {
    Elementary.log(significand) + Double(exponent) * 0.693_147_180_559_945_3
  }

  /// Whether it is at least `bar` in 2⁻⁴⁰⁰...2⁴⁰⁰.
  package func reaches(_ bar: Double) -> Bool {
    exponent == 0 ? significand >= bar : exponent > 0
  }

  private mutating func settle() {
    guard significand > 0 else { return }
    let step = Int(significand.exponent)
    exponent += step
    significand = significand.significand
  }

  /// What staking the share `bet` of everything on each value's excess over `mean` makes of 1.
  ///
  /// - Parameter bet: with 1 + bet (x − mean) > 0 for each value.
  package static func constantBet(_ bet: Double, mean: Double, on values: [Double]) -> Wealth {
    var wealth = Wealth()
    for x in values { wealth.multiply(by: 1 + bet * (x - mean)) }
    return wealth
  }
}

import Probability

/// What a count's likelihood loses under an expectation.
enum Entropy {
  /// 2 [count · ln(count / expected) − (count − expected)], exact where the two are close; infinite where nothing
  /// was expected and something came.
  ///
  /// - Parameter excess: count − expected, which the caller may know without a rounding.
  static func gain(count: Double, expected: Double, excess: Double) -> Double {
    if count == 0 { return 2 * expected }
    guard expected > 0 else { return .infinity }
    // ln(1 + u) = 2 artanh(s) with s = u / (2 + u); for small s by its series, so that u cancels in closed form.
    let s = excess / (count + expected)
    guard abs(s) < 0.1 else {
      return max(0, 2 * (count * Elementary.log(count / expected) - excess))
    }
    let square = s * s
    var bend = 0.0
    for k in stride(from: 8, through: 1, by: -1) {
      bend = (bend + 1 / Double(2 * k + 1)) * square
    }
    return 4 * expected * s * (s + bend + s * bend) / (1 - s)
  }

  /// Of the successes and failures of one arm.
  static func gain(of arm: TwoProportions.Share, share: Double) -> Double {
    let n = Double(arm.trials)
    let excess = Double(arm.successes) - n * share
    return gain(count: Double(arm.successes), expected: n * share, excess: excess)
      + gain(count: n - Double(arm.successes), expected: n * (1 - share), excess: -excess)
  }
}

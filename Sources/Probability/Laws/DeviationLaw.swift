/// The law of s = √(χ²/n), the deviation that a studentized statistic is divided by.
struct DeviationLaw {
  var degreesOfFreedom: Double

  /// The mean of exp(g(s)) over the law, for a smooth g such that the integrand has one maximum in log s.
  ///
  /// By the trapezoidal rule in u = 2 log s from the maximum outwards: the density
  /// exp(−n/2 (e^u − 1 − u)) is analytic in the strip |Im u| < π/2, so that the error falls like
  /// exp(−π²/step).
  func mean(ofExp g: (Double) -> Double) -> ScaledProbability {
    let half = 0.5 * degreesOfFreedom
    func exponent(_ u: Double) -> Double {
      g(Elementary.exp(0.5 * u)) - half * LogDeviation.exponentialExcess(u)
    }
    let (peak, width) = Self.peak(of: exponent, scale: 1 / half.squareRoot())
    let step = min(0.2, 0.5 * width)
    let top = exponent(peak)
    var sum = 1.0
    for side in [-1.0, 1] {
      var i = 1.0
      while true {
        let term = Elementary.exp(exponent(peak + side * i * step) - top)
        sum += term
        if !(term > sum * 0x1p-60) { break }
        i += 1
      }
    }
    let density =
      0x1.9884533d43651p-2 * half.squareRoot()
      * Elementary.exp(-GammaFunction.stirlingRemainder(half))
    return ScaledProbability(exponent: top, factor: density * sum * step)
  }

  /// Where a function with one maximum has it, roughly, and how far off it falls by ½, at the nearer side.
  private static func peak(
    of f: (Double) -> Double, scale: Double
  ) -> (place: Double, width: Double) {
    var (x, value) = (0.0, f(0))
    var step = min(scale, 1)
    while step > 1e-3 * scale {
      let (left, right) = (f(x - step), f(x + step))
      if left > value {
        (x, value) = (x - step, left)
      } else if right > value {
        (x, value) = (x + step, right)
      } else {
        if max(value - left, value - right) < 0.1 { break }
        step *= 0.5
        continue
      }
      step *= 1.5
    }
    var width = step
    while max(value - f(x - width), value - f(x + width)) < 0.5 { width *= 1.25 }
    return (x, width)
  }
}

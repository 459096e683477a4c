/// u − log(1 + u): what a count's logarithmic likelihood loses where it lies off its mean by the share u.
///
/// Every tail probability here is exp(−deviance) times a factor of order one. Formed from this function the deviance
/// has a small relative error even at 700; formed from differences of log Γ it has none at 10⁵ counts.
///
/// - Source: Loader (2000), "Fast and accurate computation of binomial probabilities".
enum LogDeviation {
  /// count · [u − log(1 + u)] with u = excess / count, where mean = count + excess; count, mean > 0.
  static func deviance(count: Double, mean: Double, excess: Double) -> Double {
    let u = excess / count
    if u > -0.6 && u < 1.5 {
      // log(1 + u) = s (2 + bend(s²)) with s = u / (2 + u), and u − 2 s = s u.
      let s = u / (2 + u)
      return count * (s * (u - bend(s * s)))
    }
    return excess - count * Elementary.log(mean / count)
  }

  /// 2 (artanh(s) / s − 1) of z = s², z in 0...0.19, relative error 2⁻⁵³.
  static func bend(_ z: Double) -> Double {
    let high = horner(
      z, 0x1.72cf5e65ed2f1p-4, 0x1.f02f9ab4a70c0p-5, 0x1.2b10ef3378c35p-3, -0x1.9806103d24295p-4,
      0x1.182a8653297dbp-2, 0)
    let middle = horner(
      z, 0x1.3b13b0ab6d0e5p-3, 0x1.111122bcdfbcdp-3, 0x1.e1dee9500f615p-4, 0x1.af55643850af5p-4,
      0x1.8432b686fd853p-4, high)
    return z
      * horner(
        z, 0x1.5555555555555p-1, 0x1.9999999999999p-2, 0x1.2492492492510p-2,
        0x1.c71c71c713004p-3, 0x1.745d1748c9a22p-3, middle)
  }
}

/// exp(exponent) · factor: a tail probability that may lie below the smallest double.
struct ScaledProbability {
  var exponent: Double
  var factor: Double

  var value: Double { Elementary.exp(exponent) * factor }
  var logarithm: Double { exponent + Elementary.log(factor) }
}

/// One of two complementary probabilities, the one that was computed without cancellation.
struct Tail {
  var isLower: Bool
  var probability: ScaledProbability

  var lower: Double { isLower ? probability.value : 1 - probability.value }
  var upper: Double { isLower ? 1 - probability.value : probability.value }
  var logLower: Double {
    isLower ? probability.logarithm : Elementary.log1p(-probability.value)
  }
  var logUpper: Double {
    isLower ? Elementary.log1p(-probability.value) : probability.logarithm
  }
}

/// The root of a concave or convex monotone function by Newton's method, to the last digits.
///
/// The logarithm of a tail of a log-concave density is concave, so that Newton's steps end on one side of the root
/// and cannot leave it.
func newtonRoot(
  from start: Double, _ evaluate: (Double) -> (excess: Double, slope: Double)
) -> Double {
  var x = start
  var previous = Double.infinity
  for _ in 0..<100 {
    let (excess, slope) = evaluate(x)
    let step = excess / slope
    guard step.isFinite else { return x }
    x -= step
    let size = step.magnitude
    if size <= 0x1p-52 * x.magnitude || (size < 1e-7 && size >= 0.5 * previous) { return x }
    previous = size
  }
  return x
}

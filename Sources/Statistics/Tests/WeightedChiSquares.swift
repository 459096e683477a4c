import Probability

/// The law of Σ λ_j χ²_j, the χ² independent with `degreesOfFreedom` each: the limit of the Cramér-von Mises and
/// the Anderson-Darling statistics.
///
/// The tail is the inverse Laplace transform of the generating function along a parabola around its branch
/// points, where the integrand has one sign of decay and no cancellation: 13 digits in the far tail too.
///
/// - Source: Anderson and Darling (1952) for the weights; Weideman and Trefethen (2007) for the contour.
package struct WeightedChiSquares: Sendable {
  package enum Weights: Sendable {
    /// 1 / (j π)².
    case cramerVonMises
    /// 1 / (j (j + 1)).
    case andersonDarling
  }

  private let degreesOfFreedom: Double
  private let weights: [Double]
  /// Σ λ^r over the weights that are not in `weights`, r = 1, 2, 3.
  private let rest: (Double, Double, Double)

  private static let kept = 256

  package init(_ weights: Weights, degreesOfFreedom: Int = 1) {
    precondition(degreesOfFreedom >= 1, "\(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = Double(degreesOfFreedom)
    // Sums over j > J of powers of 1/j², or of 1/((j + ½)² − ¼), by the midpoint rule.
    let end = Double(Self.kept)
    switch weights {
    case .cramerVonMises:
      let (y, pi2) = (end + 0.5, Double.pi * .pi)
      self.weights = (1...Self.kept).map { 1 / (Double($0) * Double($0) * pi2) }
      rest = (
        (1 / y - 1 / (12 * y * y * y)) / pi2,
        (1 / (3 * y * y * y) - 1 / (6 * y * y * y * y * y)) / (pi2 * pi2),
        1 / (5 * y * y * y * y * y) / (pi2 * pi2 * pi2)
      )
    case .andersonDarling:
      let y = end + 1
      self.weights = (1...Self.kept).map { 1 / (Double($0) * Double($0 + 1)) }
      rest = (
        1 / y, 1 / (3 * y * y * y) - 1 / (15 * y * y * y * y * y), 1 / (5 * y * y * y * y * y)
      )
    }
  }

  /// P(sum >= x).
  package func survival(_ x: Double) -> PValue {
    guard x > 0 else { return .one }
    let branch = 1 / (2 * weights[0])
    let width = min(branch / 4, 4 / x)
    let step = 0.125
    var sum = 0.0
    var u = 0.0
    repeat {
      // s = branch − width (1 + iu)², ds/du = −2i width (1 + iu).
      let turn = Complex(1, u)
      let s = Complex(branch, 0) - turn * turn * width
      let decay = Elementary.exp(-(s.re - branch) * x)
      let wave = Complex(Elementary.cos(s.im * x), -Elementary.sin(s.im * x)) * decay
      let value = (generating(s) * wave * turn / s).re
      sum += u == 0 ? value : 2 * value
      u += step
    } while width * u * u * x < 45
    let scaled = step * width / .pi * sum
    // With nearly all of the probability above x, roundings may pass 1.
    let ln = min(0, Elementary.log(scaled) - branch * x)
    return PValue(value: min(1, scaled * Elementary.exp(-branch * x)), ln: ln)
  }

  /// E exp(s · sum), every factor's root on its own branch.
  private func generating(_ s: Complex) -> Complex {
    var roots = Complex(1, 0)
    let twice = s * 2
    for weight in weights { roots = roots * (Complex(1, 0) - twice * weight).squareRoot() }
    let squared = twice * twice
    let tail = twice * rest.0 + squared * (rest.1 / 2) + squared * twice * (rest.2 / 3)
    let far = tail * (-0.5)
    let factor = Complex(Elementary.cos(far.im), Elementary.sin(far.im)) * Elementary.exp(far.re)
    let one = Complex(1, 0) / (roots * factor)
    var power = Complex(1, 0)
    for _ in 0..<Int(degreesOfFreedom) { power = power * one }
    return power
  }
}

/// Just what the contour needs.
private struct Complex {
  var re: Double
  var im: Double

  init(_ re: Double, _ im: Double) {
    self.re = re
    self.im = im
  }

  static func - (a: Complex, b: Complex) -> Complex { Complex(a.re - b.re, a.im - b.im) }
  static func + (a: Complex, b: Complex) -> Complex { Complex(a.re + b.re, a.im + b.im) }
  static func * (a: Complex, b: Double) -> Complex { Complex(a.re * b, a.im * b) }
  static func * (a: Complex, b: Complex) -> Complex {
    Complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
  }
  static func / (a: Complex, b: Complex) -> Complex {
    let square = b.re * b.re + b.im * b.im
    return Complex((a.re * b.re + a.im * b.im) / square, (a.im * b.re - a.re * b.im) / square)
  }

  /// The root with a real part >= 0.
  func squareRoot() -> Complex {
    let size = (re * re + im * im).squareRoot()
    if re >= 0 {
      let root = ((size + re) / 2).squareRoot()
      return Complex(root, root > 0 ? im / (2 * root) : 0)
    }
    let root = ((size - re) / 2).squareRoot()
    return Complex(abs(im) / (2 * root), im < 0 ? -root : root)
  }
}

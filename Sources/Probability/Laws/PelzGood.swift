/// The law of √n sup |F_n − F| in powers of 1/√n about Kolmogorov's limit, to n^(−3/2).
///
/// - Source: Pelz and Good (1976), with Li-Chien's (1956) coefficients.
enum PelzGood {
  static func tail(count n: Double, _ d: Double) -> Tail {
    let z = n.squareRoot() * d
    if z < 0.1 { return .below }
    let first = corrections(n, z)
    let limit = Kolmogorov.tail(z)
    return Tail(
      isLower: limit.isLower,
      probability: limit.isLower
        ? limit.probability.plus(ScaledProbability(exponent: 0, factor: first))
        : limit.probability.plus(ScaledProbability(exponent: 0, factor: -first)))
  }

  /// The terms beyond the limit, as a part of the lower tail.
  private static func corrections(_ n: Double, _ z: Double) -> Double {
    let s = z * z
    let turn = 0x1.3bd3cc9be45dep3  // π²
    var (one, two, three) = (0.0, 0.0, 0.0)
    for k in 0..<12 {
      let half = Double(k) + 0.5
      let a = turn * half * half
      let bell = 2 * Elementary.exp(-a / (2 * s))
      one += bell * (a - s)
      two += bell * (s * s * (6 * s + 2) + a * (s * (2 * s - 5) + a * (1 - 2 * s)))
      three +=
        bell
        * (a * (s * s * (135 - 96 * s) + a * (s * (212 * s - 60) + a * (5 - 30 * s)))
          - s * s * s * (30 + 90 * s))
    }
    var (square, fourth) = (0.0, 0.0)
    for k in 1..<12 {
      let a = turn * Double(k * k)
      let bell = 2 * Elementary.exp(-a / (2 * s))
      square += bell * a
      fourth += bell * a * (3 * s - a)
    }
    let root = 0x1.40d931ff62706p0  // √(π/2)
    let k1 = one / (6 * s * s)
    let k2 = two / (72 * s * s * s * z) - square / (36 * s * z)
    let k3 = three / (6480 * s * s * s * s * s) + fourth / (216 * s * s * s)
    let step = 1 / n.squareRoot()
    return root * step * (k1 + step * (k2 + step * k3))
  }
}

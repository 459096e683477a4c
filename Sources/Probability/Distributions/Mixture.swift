/// The probabilities of a mixture, its weights made shares.
struct Mixture {
  private let parts: [(share: Double, distribution: Distribution)]
  private let hasAtoms: Bool

  init(_ parts: [Distribution.MixturePart]) {
    let total = parts.reduce(0) { $0 + $1.weight }
    self.parts = parts.filter { $0.weight > 0 }.map { ($0.weight / total, $0.distribution) }
    hasAtoms = self.parts.contains { $0.distribution.hasAtoms }
  }

  func cdf(_ x: Double) -> Double {
    min(1, parts.reduce(0) { $0 + $1.share * $1.distribution.cdf(x) })
  }

  /// The smallest x with cdf(x) >= p.
  ///
  /// It lies between the least and the greatest of the parts' own quantiles. Secant steps (the Illinois rule) and
  /// halvings of the bit pattern take turns: a smooth mixture stops within 2⁻⁵⁰ of x, one with atoms at the
  /// very double.
  func quantile(_ p: Double) -> Double {
    let own = parts.map { $0.distribution.quantile(p) }
    guard var low = own.min(), var high = own.max() else { return .nan }
    if low == high || cdf(low) >= p { return low }
    var (belowLow, aboveHigh) = (cdf(low) - p, max(cdf(high) - p, 0))
    var isSecant = !hasAtoms
    while low.nextUp < high {
      if !hasAtoms && high - low <= 0x1p-50 * max(low.magnitude, high.magnitude) { break }
      var middle = Self.middle(low, high)
      if isSecant {
        let guess = low - belowLow * ((high - low) / (aboveHigh - belowLow))
        // A hair to either side, so that the bracket closes from both ends.
        let hair = 0x1p-51 * guess.magnitude
        let nudged = guess - low < high - guess ? guess + hair : guess - hair
        if nudged > low && nudged < high { middle = nudged }
      }
      let excess = cdf(middle) - p
      if excess >= 0 {
        (high, aboveHigh) = (middle, excess)
      } else {
        (low, belowLow) = (middle, excess)
      }
      isSecant = !hasAtoms && !isSecant
    }
    return high
  }

  /// Halfway between two doubles in the order of their bit patterns.
  private static func middle(_ low: Double, _ high: Double) -> Double {
    let (a, b) = (order(low), order(high))
    let half = a &+ Int64(truncatingIfNeeded: UInt64(bitPattern: b &- a) / 2)
    return Double(bitPattern: UInt64(bitPattern: half < 0 ? Int64.min - half : half))
  }

  /// Integers in the order of the doubles.
  private static func order(_ x: Double) -> Int64 {
    let bits = Int64(bitPattern: x.bitPattern)
    return bits < 0 ? Int64.min - bits : bits
  }
}

import Probability

/// A Poisson number from one draw of 64 bits, for a mean of at most 256.
///
/// - Source: Walker (1977), the alias method; Vose (1991) for building the table.
struct PoissonCounts: Sendable {
  /// Below the threshold (of 55 bits) entry i means i, from it on its alias.
  private let thresholds: [UInt64]
  private let aliases: [Int]

  /// More than any count that is as likely as 2⁻⁵⁵.
  private static let bits: UInt64 = 9

  init(mean: Double) {
    precondition(mean > 0 && mean <= 256, "a mean of \(mean)")
    let size = 1 << Int(Self.bits)
    let law = Poisson(mean: mean)
    var shares = (0..<size).map { law.pmf($0) * Double(size) }
    var thresholds = Array(repeating: UInt64(1) << 55, count: size)
    var aliases = Array(0..<size)
    var small = (0..<size).filter { shares[$0] < 1 }
    var large = (0..<size).filter { shares[$0] >= 1 }
    while let poor = small.popLast(), let rich = large.last {
      thresholds[poor] = UInt64(shares[poor] * 0x1p55)
      aliases[poor] = rich
      shares[rich] -= 1 - shares[poor]
      if shares[rich] < 1 {
        large.removeLast()
        small.append(rich)
      }
    }
    self.thresholds = thresholds
    self.aliases = aliases
  }

  func callAsFunction(_ high: UInt32, _ low: UInt32) -> Int {
    let bits = UInt64(high) << 32 | UInt64(low)
    let entry = Int(bits >> (64 - Self.bits))
    return bits & (1 << 55 - 1) < thresholds[entry] ? entry : aliases[entry]
  }
}

import Probability

/// The squared distance between the distribution functions of two or more samples, weighted so that the tails
/// count as much as the middle.
///
/// - Source: Scholz and Stephens (1987), equation 7 (ties at the middle of their step) and the variance there; the
///   p-value is that of the limiting law with mean and variance moved to these sample sizes.
package struct AndersonDarling: Sendable, Equatable {
  /// A²; its mean under the null is the number of samples less 1.
  package let statistic: Double
  package let degreesOfFreedom: Int
  /// Of the statistic under the null, without ties.
  package let standardDeviation: Double

  /// - Parameter ranks: of two groups or more, four values or more together, not all equal.
  package init(_ ranks: TieBlocks) throws(Unavailable) {
    guard ranks.groups > 1 else { throw .tooFew(has: ranks.groups, needs: 2) }
    guard ranks.total > 3 else { throw .tooFew(has: ranks.total, needs: 4) }
    guard ranks.blocks > 1 else { throw .noVariation }
    statistic = Self.statistic(ranks)
    degreesOfFreedom = ranks.groups - 1
    standardDeviation = Self.variance(ranks.sizes).squareRoot()
  }

  /// (A² − mean) / standard deviation.
  package var standardized: Double { (statistic - Double(degreesOfFreedom)) / standardDeviation }

  package var p: PValue {
    let mean = Double(degreesOfFreedom)
    // 2 Σ 1/(j (j + 1))² = 2 (π²/3 − 3).
    let limit = (2 * mean * (Double.pi * .pi / 3 - 3)).squareRoot()
    return WeightedChiSquares(.andersonDarling, degreesOfFreedom: degreesOfFreedom)
      .survival(mean + standardized * limit)
  }

  private static func statistic(_ ranks: TieBlocks) -> Double {
    let all = ranks.total
    var below = 0
    var own = [Int](repeating: 0, count: ranks.groups)
    var sums = [Double](repeating: 0, count: ranks.groups)
    for block in 0..<ranks.blocks {
      let size = ranks.size(block)
      let middle = 2 * below + size
      // B (N − B) − N l / 4, four times.
      let spread = Double(middle) * Double(2 * all - middle) - Double(all) * Double(size)
      for group in 0..<ranks.groups {
        let here = Int(ranks.counts[block * ranks.groups + group])
        let gap = Double(all * (2 * own[group] + here) - ranks.sizes[group] * middle)
        sums[group] += Double(size) * (gap / spread * gap)
        own[group] += here
      }
      below += size
    }
    let n = Double(all)
    var total = 0.0
    for group in 0..<ranks.groups { total += sums[group] / Double(ranks.sizes[group]) }
    return total * (n - 1) / (n * n)
  }

  private static func variance(_ sizes: [Int]) -> Double {
    let all = sizes.reduce(0, +)
    let (n, k) = (Double(all), Double(sizes.count))
    let inverse = sizes.reduce(0) { $0 + 1 / Double($1) }
    var harmonic = 0.0
    var g = 0.0
    // g = Σ 1/((N − i) j) over 1 <= i < j < N: with i descending, the sum over j grows by one term at a time.
    for i in stride(from: all - 1, to: 0, by: -1) {
      g += harmonic / Double(all - i)
      harmonic += 1 / Double(i)
    }
    let h = harmonic
    let a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * inverse
    let b = (2 * g - 4) * k * k + 8 * h * k + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6
    let c = (6 * h + 2 * g - 2) * k * k + (4 * h - 4 * g + 6) * k + (2 * h - 6) * inverse + 4 * h
    let d = (2 * h + 6) * k * k - 4 * h * k
    return (((a * n + b) * n + c) * n + d) / ((n - 1) * (n - 2) * (n - 3))
  }
}

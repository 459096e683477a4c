import Probability

/// The mean squared distance between the distribution functions of two samples, over the pooled values.
///
/// - Source: Anderson (1962); Xiao, Gordon and Yakovlev (2006) for the exact law.
package struct CramerVonMises: Sendable, Equatable {
  private let ranks: TieBlocks
  /// n m / N² Σ (F − G)² over the N pooled values.
  package let statistic: Double
  /// Σ t · gap², the gaps i m − j n over the common divisor; nil where it does not fit.
  private let exactSum: Int?

  /// - Parameter ranks: of two groups.
  package init(_ ranks: TieBlocks) {
    precondition(ranks.groups == 2, "\(ranks.groups) groups, not 2")
    self.ranks = ranks
    let (n, m) = (ranks.sizes[0], ranks.sizes[1])
    let divisor = greatestCommonDivisor(n, m)
    var gap = 0
    var sum = 0.0
    let counts = ranks.counts
    for place in stride(from: 0, to: counts.count, by: 2) {
      let (first, second) = (Int(counts[place]), Int(counts[place + 1]))
      gap += first * (m / divisor) - second * (n / divisor)
      sum += Double(first + second) * (Double(gap) * Double(gap))
    }
    let (x, y, d) = (Double(n), Double(m), Double(divisor))
    statistic = sum * (d / x) * (d / y) / ((x + y) * (x + y))
    // Below 2⁵³ the sum of whole numbers was exact.
    exactSum = sum < 0x1p53 ? Int(sum) : nil
  }

  /// From the limiting law, mean and variance moved to those of these sample sizes.
  package var pAsymptotic: PValue {
    let (n, m) = (Double(ranks.sizes[0]), Double(ranks.sizes[1]))
    let all = n + m
    let mean = (1 + 1 / all) / 6
    let nm = n * m
    let spread = 4 * nm * all - 3 * (n * n + m * m) - 2 * nm
    let variance = (all + 1) / all / all * spread / (4 * nm) / 45
    guard variance > 0 else { return .one }
    let place = 1 / 6.0 + (statistic - mean) / (45 * variance).squareRoot()
    return WeightedChiSquares(.cramerVonMises).survival(place)
  }

  /// Over all ways to deal the values, tied as they are, to the arms; nil where it takes more than some hundred
  /// milliseconds (about 20 values an arm).
  ///
  /// - Complexity: O(n m · statistic in whole units).
  package var pExact: PValue? {
    let (n, m) = (ranks.sizes[0], ranks.sizes[1])
    guard let exactSum, exactSum > 0 else { return exactSum == 0 ? .one : nil }
    let (cells, overflow) = (n + 1).multipliedReportingOverflow(by: m + 1)
    guard !overflow, exactSum < RankSumLaw.mostSteps / cells else { return nil }
    return PValue(reachingShare(exactSum))
  }

  /// The share of the paths to (n, m) whose sum reaches `target`. Each cell holds the shares of the paths to it by
  /// their sum below the target, and in the last place those that reached it.
  private func reachingShare(_ target: Int) -> Double {
    let (n, m) = (ranks.sizes[0], ranks.sizes[1])
    let divisor = greatestCommonDivisor(n, m)
    var weights = [Int](repeating: 0, count: n + m + 1)
    var below = 0
    for block in 0..<ranks.blocks {
      let size = ranks.size(block)
      below += size
      weights[below] = size
    }
    var column = [[Double]](repeating: [], count: m + 1)
    for i in 0...n {
      for j in 0...m {
        var shares = [Double](repeating: 0, count: target + 1)
        if i + j == 0 { shares[0] = 1 }
        let gap = (i * m - j * n) / divisor
        let added = weights[i + j] * gap * gap
        if i > 0 {
          Self.add(column[j], times: Double(i) / Double(i + j), moved: added, to: &shares)
        }
        if j > 0 {
          Self.add(column[j - 1], times: Double(j) / Double(i + j), moved: added, to: &shares)
        }
        column[j] = shares
      }
    }
    return column[m][target]
  }

  private static func add(
    _ shares: [Double], times factor: Double, moved step: Int, to sums: inout [Double]
  ) {
    let target = sums.count - 1
    for sum in shares.indices { sums[min(target, sum + step)] += factor * shares[sum] }
  }
}

import Probability

/// The tails that SciPy 1.14 gives to statistics whose own types here have better ones.
package enum SciPyTails {
  /// `ks_2samp(method="asymp")`: the law of one sample of n m/(n + m) values, rounded; one-sided Hodges's correction.
  ///
  /// - Source: Hodges (1958), equation 5.3.
  package static func kolmogorovSmirnov(
    _ test: Statistics.KolmogorovSmirnov, _ alternative: Question.Alternative, _ n: Int, _ m: Int
  ) -> Double {
    let distance = test.distance(alternative)
    let (large, small) = (Double(max(n, m)), Double(min(n, m)))
    let size = large * small / (large + small)
    guard alternative != .different else {
      let count = Int(size.rounded(.toNearestOrEven))
      return Probability.KolmogorovSmirnov(count: max(1, count)).survival(distance)
    }
    let z = size.squareRoot() * distance
    let slope = (large + 2 * small) / (large * small * (large + small)).squareRoot()
    return min(1, Elementary.exp(-2 * z * z - 2 * z * slope / 3))
  }

  /// `cramervonmises_2samp`, whose ranks are the middle ones at ties: T = U/(n m N) − (4 n m − 1)/(6N), with
  /// U = n Σ (r − i)² + m Σ (s − j)² of the ranks r, s in the pooled sample; and its asymptotic p.
  ///
  /// - Source: Conover (1999); without ties the statistic is `CramerVonMises`'s.
  package static func cramerVonMises(_ ranks: TieBlocks) -> (statistic: Double, p: PValue) {
    let (n, m) = (Double(ranks.sizes[0]), Double(ranks.sizes[1]))
    let all = n + m
    var below = 0.0
    var own = [0.0, 0.0]
    var squares = [0.0, 0.0]
    for block in 0..<ranks.blocks {
      let size = Double(ranks.size(block))
      let middle = below + (size + 1) / 2
      for group in 0..<2 {
        for _ in 0..<ranks.counts[2 * block + group] {
          own[group] += 1
          squares[group] += (middle - own[group]) * (middle - own[group])
        }
      }
      below += size
    }
    let u = n * squares[0] + m * squares[1]
    let statistic = u / (n * m * all) - (4 * n * m - 1) / (6 * all)
    let spread = 4 * n * m * all - 3 * (n * n + m * m) - 2 * n * m
    let variance = (all + 1) / all / all * spread / (4 * n * m) / 45
    let place = 1 / 6.0 + (statistic - (1 + 1 / all) / 6) / (45 * variance).squareRoot()
    return (statistic, WeightedChiSquares(.cramerVonMises).survival(place))
  }

  /// The standardised statistic's critical values of `anderson_ksamp` for two samples, at 25, 10, 5, 2.5, 1, 0.5 and 0.1 %.
  ///
  /// - Source: Scholz and Stephens (1987), Table 2.
  package static let andersonDarlingCritical: [Double] = zip(
    zip(
      [0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085],
      [-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615]),
    [-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154]
  ).map { $0.0 + $0.1 + $1 }

  /// p by a parabola for ln p through the critical values, least squares, held to [0.001, 0.25].
  package static func andersonDarling(_ standardized: Double) -> Double {
    let critical = andersonDarlingCritical
    if standardized < critical[0] { return 0.25 }
    if standardized > critical[6] { return 0.001 }
    let logs = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001].map { Elementary.log($0) }
    var normal = SymmetricMatrix(size: 3)
    var products = [0.0, 0, 0]
    let centre = critical[3]
    for (place, log) in zip(critical, logs) {
      let powers = [1, place - centre, (place - centre) * (place - centre)]
      for i in 0..<3 {
        products[i] += powers[i] * log
        for j in 0...i { normal[i, j] += powers[i] * powers[j] }
      }
    }
    guard let fit = try? Cholesky(normal).solve(products) else { return .nan }
    let x = standardized - centre
    return Elementary.exp(fit[0] + x * (fit[1] + x * fit[2]))
  }

  /// A² with the distribution functions continuous from the right at ties (`midrank=False`).
  ///
  /// - Source: Scholz and Stephens (1987), equation 6.
  package static func rightStepAndersonDarling(_ ranks: TieBlocks) -> Double {
    let all = Double(ranks.total)
    var below = 0.0
    var own = [Double](repeating: 0, count: ranks.groups)
    var sums = own
    for block in 0..<ranks.blocks {
      let size = Double(ranks.size(block))
      below += size
      for group in 0..<ranks.groups {
        own[group] += Double(ranks.counts[block * ranks.groups + group])
        guard block + 1 < ranks.blocks else { continue }
        let gap = all * own[group] - below * Double(ranks.sizes[group])
        sums[group] += size / all * gap * gap / (below * (all - below))
      }
    }
    return zip(sums, ranks.sizes).reduce(0) { $0 + $1.0 / Double($1.1) }
  }
}

import Probability

/// The chance that a candidate's value is larger than production's, ties half, with the error that does not ask
/// the two distributions to be alike.
///
/// - Source: Brunner and Munzel (2000); Neubert and Brunner (2007) for the permutation form.
package struct BrunnerMunzel: Sendable, Equatable {
  /// P(candidate > production) + ½ P(equal).
  package let probabilityLarger: Double
  /// Of the same; its degrees of freedom are Satterthwaite's.
  package let estimate: TEstimate

  /// - Parameter ranks: of two groups, the candidate's first, each with two values or more.
  package init(_ ranks: TieBlocks) throws(Unavailable) {
    precondition(ranks.groups == 2, "\(ranks.groups) groups, not 2")
    for size in ranks.sizes where size < 2 { throw .tooFew(has: size, needs: 2) }
    let placements = Placements(ranks.counts, sizes: (ranks.sizes[0], ranks.sizes[1]))
    probabilityLarger = placements.share
    guard placements.errors.0 > 0 || placements.errors.1 > 0 else {
      throw placements.share == 0 || placements.share == 1 ? .separated : .noVariation
    }
    estimate = try TTests.difference(
      estimate: placements.share, errors: placements.errors,
      degreesOfFreedom: (Double(ranks.sizes[0] - 1), Double(ranks.sizes[1] - 1)))
  }

  /// The log odds of the share: intervals formed here stay within 0...1.
  package var logit: TEstimate {
    let p = probabilityLarger
    return estimate.mapped(to: Elementary.log(p) - Elementary.log1p(-p), slope: 1 / (p * (1 - p)))
  }

  /// P(first > second) − P(first < second), Cliff's δ.
  package var cliffsDelta: Double { 2 * probabilityLarger - 1 }
}

/// The shares of the other arm that each value beats: their mean and its error for either arm.
struct Placements {
  let share: Double
  /// The standard errors of the two arms' mean placements.
  let errors: (Double, Double)

  init(_ counts: [UInt32], sizes: (Int, Int)) {
    var below = (0, 0)
    var sums = (0, 0)
    var squares = (Int128(0), Int128(0))
    for place in stride(from: 0, to: counts.count, by: 2) {
      let (first, second) = (Int(counts[place]), Int(counts[place + 1]))
      let ofFirst = 2 * below.1 + second
      let ofSecond = 2 * below.0 + first
      sums.0 += first * ofFirst
      sums.1 += second * ofSecond
      squares.0 += Int128(ofFirst) * Int128(ofFirst * first)
      squares.1 += Int128(ofSecond) * Int128(ofSecond * second)
      below.0 += first
      below.1 += second
    }
    let (n, m) = (Double(sizes.0), Double(sizes.1))
    share = Double(sums.0) / (2 * n * m)
    // n Σq² − (Σq)² is an exact integer, so nothing cancels.
    let first = Int128(sizes.0) * squares.0 - Int128(sums.0) * Int128(sums.0)
    let second = Int128(sizes.1) * squares.1 - Int128(sums.1) * Int128(sums.1)
    errors = (
      (Double(first) / (n - 1)).squareRoot() / (2 * n * m),
      (Double(second) / (m - 1)).squareRoot() / (2 * n * m)
    )
  }
}

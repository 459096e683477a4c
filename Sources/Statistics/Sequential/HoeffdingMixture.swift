import Probability

/// The confidence sequence of a mean of bounded values by a normal mixture of Hoeffding's bets, exact at every look.
///
/// A value in a range of width w counts with the variance w²/4, the largest that it can have; the difference of two
/// independent means with the sum of theirs. O(1) time and memory a value.
///
/// - Source: Howard, Ramdas, McAuliffe and Sekhon (2021), proposition 5 with Hoeffding's (1963) lemma.
package struct HoeffdingMixture: Sendable {
  package let alpha: Double
  private let target: Double
  private var count = 0.0
  private var sum = 0.0
  /// The bound on the variance of the sum.
  private var variance = 0.0

  /// - Parameter target: the variance of the sum at which the interval is tightest: w²/4 times the expected values.
  package init(alpha: Double, tightestAt target: Double) {
    precondition(alpha > 0 && alpha < 1 && target > 0, "\(alpha), \(target)")
    self.alpha = alpha
    self.target = target
  }

  package mutating func add(_ x: Double, varianceAtMost bound: Double) {
    count += 1
    sum += x
    variance += bound
  }

  package var mean: Double { sum / count }

  /// How far the mean's interval reaches to either side.
  package var reach: Double {
    let mixture = NormalMixture(time: variance, tightestAt: target, alpha: alpha)
    return mixture.criticalZ(alpha: alpha) * variance.squareRoot() / count
  }

  /// How far a one-sided interval reaches.
  package var reachOneSided: Double {
    foldedMixture.criticalZAbove(alpha: alpha) * variance.squareRoot() / count
  }

  package func lnEvidence(against null: Double) -> Double {
    NormalMixture(time: variance, tightestAt: target, alpha: alpha).lnEvidence(z: z(null))
  }

  package func lnEvidence(above null: Double) -> Double {
    foldedMixture.lnEvidenceAbove(z: z(null))
  }

  package func lnEvidence(below null: Double) -> Double {
    foldedMixture.lnEvidenceAbove(z: -z(null))
  }

  private func z(_ null: Double) -> Double { (sum - count * null) / variance.squareRoot() }

  private var foldedMixture: NormalMixture {
    NormalMixture(
      time: variance, tightestAt: target, alpha: NormalMixture.oneSidedTuning(alpha: alpha))
  }
}

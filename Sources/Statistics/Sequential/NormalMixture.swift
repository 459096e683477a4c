import Probability

/// The e-value of a normal mixture of effects against one value, at any look.
///
/// With z the estimate's distance from that value in standard errors, and the mixture's variance `ratio` times
/// the estimate's own, the likelihood ratio is exp(z² ratio / (2 (1 + ratio))) / √(1 + ratio). It is a
/// martingale where the estimate is a mean of normal values of known variance, so that its boundary may be
/// looked at after every row.
///
/// - Source: Robbins (1970); Howard, Ramdas, McAuliffe and Sekhon (2021), propositions 5 and 6.
package struct NormalMixture: Sendable, Equatable {
  /// The mixture's variance over the estimate's: >= 0, growing with the rows.
  package let ratio: Double

  package init(ratio: Double) {
    precondition(ratio >= 0, "a ratio of variances of \(ratio)")
    self.ratio = ratio
  }

  /// The ratio that makes the boundary tightest at this look, for the error `alpha` in (0, 1).
  package static func tightestRatio(alpha: Double) -> Double {
    let twice = -2 * Elementary.log(alpha)
    return twice + Elementary.log1p(twice)
  }

  /// For which error a one-sided boundary of error `alpha` is made tightest, by the two-sided formula.
  ///
  /// Errors above a quarter have no ratio of their own: it would grow without end, and the interval with it.
  static func oneSidedTuning(alpha: Double) -> Double { min(0.5, 2 * alpha) }

  /// The mixture that is tightest at the intrinsic time `target`, read at `time` (both in one unit).
  package init(time: Double, tightestAt target: Double, alpha: Double) {
    self.init(ratio: time / target * Self.tightestRatio(alpha: alpha))
  }

  /// ln of the e-value against "no distance", for effects in both directions.
  package func lnEvidence(z: Double) -> Double {
    z * z * share / 2 - Elementary.log1p(ratio) / 2
  }

  /// ln of the e-value against "at most 0", for effects above 0: half of the mixture, folded.
  package func lnEvidenceAbove(z: Double) -> Double {
    lnEvidence(z: z) + Self.ln2 + Normal.logCdf(z * share.squareRoot())
  }

  /// The |z| at which the two-sided e-value reaches 1/alpha; infinity where the ratio is 0.
  package func criticalZ(alpha: Double) -> Double {
    ((Elementary.log1p(ratio) - 2 * Elementary.log(alpha)) / share).squareRoot()
  }

  /// The z at which the one-sided e-value reaches 1/alpha.
  package func criticalZAbove(alpha: Double) -> Double {
    let target = Elementary.log1p(ratio) / 2 - Elementary.log(alpha) - Self.ln2
    // y²/2 + ln Φ(y) rises from −ln 2 at 0 and bends like a parabola: Newton from above goes down to the root.
    var y = (2 * max(0, target + Self.ln2)).squareRoot()
    for _ in 0..<60 {
      let log = Normal.logCdf(y)
      let slope = y + Elementary.exp(-0.5 * y * y - Self.lnRootTwoPi - log)
      let step = (y * y / 2 + log - target) / slope
      y -= step
      if step.magnitude <= 1e-16 * y.magnitude { break }
    }
    return y / share.squareRoot()
  }

  /// ratio / (1 + ratio).
  private var share: Double { ratio / (1 + ratio) }
  private static let ln2 = 0.693_147_180_559_945_3
  private static let lnRootTwoPi = 0.918_938_533_204_672_7
}

/// Boundaries for a sum S with variance process V, crossed ever with a probability of at most alpha where
/// exp(lambda S − psi(lambda) V) is a supermartingale.
package enum SumBoundary {
  /// For sub-Gaussian sums.
  package static func normalMixture(
    at v: Double, alpha: Double, tightestAt target: Double, isOneSided: Bool
  ) -> Double {
    let tuned = isOneSided ? 2 * alpha : alpha
    let mixture = NormalMixture(time: v, tightestAt: target, alpha: tuned)
    let z = isOneSided ? mixture.criticalZAbove(alpha: alpha) : mixture.criticalZ(alpha: alpha)
    return z * v.squareRoot()
  }

  /// A closed form that grows with the iterated logarithm, for sub-gamma sums.
  ///
  /// - Parameters:
  ///   - start: the variance from which on it is tight; below, it is that of `start`.
  ///   - scale: of the sub-gamma tail; 0 for sub-Gaussian sums.
  ///   - exponent: > 1; `spacing` > 1: how the epochs' error falls, and how they follow each other.
  /// - Source: Howard, Ramdas, McAuliffe and Sekhon (2021), theorem 1.
  package static func stitched(
    at v: Double, alpha: Double, start: Double, scale: Double = 0, exponent: Double = 1.4,
    spacing: Double = 2
  ) -> Double {
    let v = max(v, start)
    let fourth = spacing.squareRoot().squareRoot()
    let first = (fourth + 1 / fourth) / 2.0.squareRoot()
    let second = (spacing.squareRoot() + 1) / 2
    let constant =
      Elementary.log(zeta(exponent))
      - exponent * Elementary.log(Elementary.log(spacing)) - Elementary.log(alpha)
    let reach =
      exponent * Elementary.log(Elementary.log(spacing * v / start)) + constant
    let linear = second * scale * reach
    return (first * first * v * reach + linear * linear).squareRoot() + linear
  }

  /// Riemann's zeta function for s > 1, by Euler and Maclaurin from 20 on.
  static func zeta(_ s: Double) -> Double {
    let cut = 20.0
    var sum = 0.0
    for k in 1..<20 { sum += Elementary.pow(Double(k), -s) }
    let power = Elementary.pow(cut, -s)
    sum += power * cut / (s - 1) + power / 2
    // B₂ⱼ/(2j)! · s (s+1) … (s+2j−2) · cut^(−s−2j+1)
    var term = s * power / cut
    var total = term / 12
    for (j, weight) in [(1.0, -1 / 720.0), (2, 1 / 30240.0), (3, -1 / 1_209_600.0)] {
      term *= (s + 2 * j - 1) * (s + 2 * j) / (cut * cut)
      total += weight * term
    }
    return sum + total
  }
}

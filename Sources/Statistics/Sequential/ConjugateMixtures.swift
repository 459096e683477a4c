import Probability

/// The gamma-exponential mixture: a boundary for sums whose jumps above are bounded by `scale` on the exponential
/// side (empirical Bernstein, Bennett).
///
/// - Source: Howard, Ramdas, McAuliffe and Sekhon (2021), proposition 9.
package struct GammaExponentialMixture: Sendable {
  private let scale: Double
  private let shift: Double
  private let leading: Double

  /// - Parameters:
  ///   - target: the variance at which it is to be tightest.
  ///   - scale: > 0.
  package init(tightestAt target: Double, alpha: Double, scale: Double) {
    let rho = target / NormalMixture.tightestRatio(alpha: 2 * alpha)
    let a = rho / (scale * scale)
    self.scale = scale
    shift = a
    leading = a * Elementary.log(a) - GammaFunction.log(a) - IncompleteGamma.logLower(a, a)
  }

  /// ln of the e-value where the sum is `s` and its variance `v`.
  package func lnEvidence(sum s: Double, variance v: Double) -> Double {
    let square = scale * scale
    let whole = (scale * s + v) / square
    let shape = v / square + shift
    let place = whole + shift
    return leading + GammaFunction.log(shape) + IncompleteGamma.logLower(shape, place)
      - shape * Elementary.log(place) + whole
  }

  package func boundary(at v: Double, alpha: Double) -> Double {
    SequentialRoot.rising(from: 0, step: v.squareRoot() + scale) {
      lnEvidence(sum: $0, variance: v) + Elementary.log(alpha)
    }
  }
}

/// The beta-binomial mixture: a boundary for sums of values that lie in an interval, `low` below and `high` above
/// their mean.
///
/// - Source: Robbins (1970); Howard, Ramdas, McAuliffe and Sekhon (2021), propositions 7 and 8.
package struct BoundedSumMixture: Sendable {
  private let low: Double
  private let high: Double
  private let prior: Double
  private let isOneSided: Bool
  private let normalizer: Double

  package init(
    tightestAt target: Double, alpha: Double, low: Double, high: Double, isOneSided: Bool
  ) {
    let rho = target / NormalMixture.tightestRatio(alpha: isOneSided ? 2 * alpha : alpha)
    self.low = low
    self.high = high
    self.isOneSided = isOneSided
    prior = max(rho - low * high, 1e-3 * low * high)
    let sum = low + high
    normalizer = Self.logBeta(
      prior / (low * sum), prior / (high * sum), below: isOneSided ? high / sum : 1)
  }

  /// ln of the e-value where the sum is `s`, at most `largestSum(at: v)`, and the variance v = low · high · rows.
  package func lnEvidence(sum s: Double, variance v: Double) -> Double {
    let sum = low + high
    let logLow = (v / high + s) / sum * Elementary.log(low)
    let logHigh = (v / low - s) / sum * Elementary.log(high)
    let beta = Self.logBeta(
      (prior + v) / (low * sum) - s / sum, (prior + v) / (high * sum) + s / sum,
      below: isOneSided ? high / sum : 1)
    return v / (low * high) * Elementary.log(sum) - logLow - logHigh + beta - normalizer
  }

  /// Where every value is at its upper end.
  package func largestSum(at v: Double) -> Double { v / low }

  /// The largest sum itself where even that does not reach 1/alpha.
  package func boundary(at v: Double, alpha: Double) -> Double {
    let most = largestSum(at: v)
    guard lnEvidence(sum: most, variance: v) > -Elementary.log(alpha) else { return most }
    return SequentialRoot.rising(from: 0, to: most) {
      lnEvidence(sum: $0, variance: v) + Elementary.log(alpha)
    }
  }

  /// ln ∫ t^(a − 1) (1 − t)^(b − 1) dt from 0 to x.
  private static func logBeta(_ a: Double, _ b: Double, below x: Double) -> Double {
    let whole = GammaFunction.logBeta(a, b)
    return x < 1 ? whole + Elementary.log(IncompleteBeta.lower(x, a, b)) : whole
  }
}

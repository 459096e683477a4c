import Probability

/// (candidate − production) / |production| of two means or ratios, with the intervals in use for it.
///
/// - Source: Fieller (1954) for the exact set; the delta method and the logarithm are the dialects of
///   experimentation platforms.
package struct RelativeLift: Sendable, Equatable {
  package let candidate: TEstimate
  package let production: TEstimate
  /// Of the two estimates' errors, in −1...1; 0 for independent arms.
  package let correlation: Double
  /// Of every contrast of the two, where both errors come from the same rows or groups; nil joins their own.
  package let jointDegreesOfFreedom: Double?

  package init(
    candidate: TEstimate, production: TEstimate, correlation: Double = 0,
    jointDegreesOfFreedom: Double? = nil
  ) throws(Unavailable) {
    guard production.value != 0 else { throw .zeroDenominator }
    guard candidate.standardError > 0 || production.standardError > 0 else {
      throw .noVariation
    }
    self.candidate = candidate
    self.production = production
    self.correlation = correlation
    self.jointDegreesOfFreedom = jointDegreesOfFreedom
  }

  package var value: Double { (candidate.value - production.value) / size }

  /// The delta method with degrees of freedom of one's choice: infinite for the normal distribution.
  package func delta(degreesOfFreedom: Double) -> TEstimate {
    TEstimate(
      value: value, standardError: deltaStandardError, degreesOfFreedom: degreesOfFreedom)
  }

  package var deltaStandardError: Double { error(ratio: candidate.value / size) }

  /// Of the plain difference of the two, by Satterthwaite.
  package var differenceDegreesOfFreedom: Double {
    Self.degreesOfFreedom(
      candidate.standardError, candidate.degreesOfFreedom, production.standardError,
      production.degreesOfFreedom)
  }

  /// The logarithm of candidate / production; its interval's ends give a lift by expm1.
  package func logarithm() throws(Unavailable) -> TEstimate {
    guard candidate.value > 0, production.value > 0 else { throw .notPositive }
    let first = candidate.standardError / candidate.value
    let second = production.standardError / production.value
    let variance = first * first + second * second - 2 * correlation * first * second
    return TEstimate(
      value: Elementary.log(candidate.value / production.value),
      standardError: max(0, variance).squareRoot(),
      degreesOfFreedom: Self.degreesOfFreedom(
        first, candidate.degreesOfFreedom, second, production.degreesOfFreedom))
  }

  /// The lifts that a t test of candidate − (1 + lift) · production does not reject, each tested at its own
  /// standard error.
  ///
  /// The set is unbounded where production's own value may be 0, and then all lifts, or all outside a gap.
  /// - Parameters:
  ///   - critical: how many standard errors are allowed.
  package func fieller(critical: Double) -> Bounds {
    guard let roots = roots(critical: critical) else {
      return Bounds(lower: -.infinity, upper: .infinity)
    }
    return Bounds(
      lower: roots.low - sign, upper: roots.high - sign, isComplement: roots.areOutside)
  }

  /// The ends of the lifts that a one-sided test does not reject.
  ///
  /// - Parameter upper: whether large lifts are ruled out, instead of small ones.
  package func fiellerOneSided(critical: Double, upper: Bool) -> Bounds {
    let everything = Bounds(lower: -.infinity, upper: .infinity)
    guard let roots = roots(critical: critical) else { return everything }
    if !roots.areOutside {
      return upper
        ? Bounds(lower: -.infinity, upper: roots.high - sign)
        : Bounds(lower: roots.low - sign, upper: .infinity)
    }
    // Between the roots the test rejects, on the side that candidate's sign in the middle says.
    let middle = roots.low / 2 + roots.high / 2
    let isTooLarge = contrast(ratio: middle).value < 0
    return isTooLarge == upper
      ? Bounds(lower: roots.low - sign, upper: roots.high - sign, isComplement: true) : everything
  }

  /// candidate − (sign + lift) · |production|, whose test is the test of that lift.
  package func contrast(lift: Double) -> TEstimate { contrast(ratio: sign + lift) }

  /// Of the contrast at the estimate; one number for all lifts keeps the test and the interval at one.
  package var contrastDegreesOfFreedom: Double {
    if let jointDegreesOfFreedom { return jointDegreesOfFreedom }
    let ratio = candidate.value / size
    return Self.degreesOfFreedom(
      candidate.standardError, candidate.degreesOfFreedom, ratio * production.standardError,
      production.degreesOfFreedom)
  }

  private var size: Double { abs(production.value) }
  private var sign: Double { production.value < 0 ? -1 : 1 }

  private func contrast(ratio: Double) -> TEstimate {
    TEstimate(
      value: candidate.value / size - ratio, standardError: error(ratio: ratio),
      degreesOfFreedom: contrastDegreesOfFreedom)
  }

  /// Of candidate / |production| − ratio · |production| / |production|, with `ratio` fixed.
  private func error(ratio: Double) -> Double {
    let first = candidate.standardError / size
    let second = ratio * (production.standardError / size)
    let towards = sign * correlation
    if towards == 0 { return rootOfSquares(first, second) }
    // (first − c·second)² + (1 − c²) second² never goes below 0.
    return rootOfSquares(
      first - towards * second, ((1 - towards) * (1 + towards)).squareRoot() * second)
  }

  /// The ratios u with (r − u)² = critical² · error(u)²: a u² − 2 b u + c = 0 in units of |production|.
  private func roots(critical: Double) -> (low: Double, high: Double, areOutside: Bool)? {
    let ratio = candidate.value / size
    let first = critical * candidate.standardError / size
    let second = critical * production.standardError / size
    let together = sign * correlation * first * second
    let a = (1 - second) * (1 + second)
    let b = ratio - together
    let discriminant =
      first * first - 2 * ratio * together + ratio * ratio * second * second
      - (first * second - together) * (first * second + together)
    guard discriminant > 0 || (a > 0 && discriminant == 0) else { return nil }
    guard a != 0 else { return nil }
    let root = discriminant.squareRoot()
    let c = (ratio - first) * (ratio + first)
    // The root without cancellation, and the other one from their product c / a.
    let far = b + (b < 0 ? -root : root)
    guard far != 0 else { return (0, 0, a < 0) }
    let ends = (far / a, c / far)
    return (min(ends.0, ends.1), max(ends.0, ends.1), a < 0)
  }

  private static func degreesOfFreedom(
    _ first: Double, _ firstDegrees: Double, _ second: Double, _ secondDegrees: Double
  ) -> Double {
    let whole = rootOfSquares(first, second)
    guard whole > 0 else { return min(firstDegrees, secondDegrees) }
    let one = (first / whole) * (first / whole)
    let other = (second / whole) * (second / whole)
    return 1 / (one * one / firstDegrees + other * other / secondDegrees)
  }
}

import Probability
import Statistics

/// A difference of two arms, candidate − production, in the metric's unit, from which intervals and tests are formed.
enum Contrast {
  /// Symmetric, from a standard error.
  case mean(TEstimate)
  /// Of two shares, from counts.
  case shares(ShareContrast)
  /// Read off two histograms, in nanoseconds.
  case quantile(QuantileDifference)

  var value: Double {
    switch self {
    case .mean(let estimate): estimate.value
    case .shares(let shares): shares.value
    case .quantile(let difference): difference.value
    }
  }

  /// Infinite where there are none.
  var degreesOfFreedom: Double {
    switch self {
    case .mean(let estimate): estimate.degreesOfFreedom
    case .shares: .infinity
    case .quantile(let difference): difference.degreesOfFreedom
    }
  }

  func interval(level: Double) -> Interval {
    switch self {
    case .mean(let estimate): Interval(estimate.interval(level: level), level: level)
    case .shares(let shares): Interval(shares.interval(level), level: level)
    case .quantile(let difference): Interval(difference.interval(level: level), level: level)
    }
  }

  /// The p-value of "there is no difference".
  var pTwoSided: PValue {
    switch self {
    case .mean(let estimate): estimate.pTwoSided()
    case .shares(let shares): shares.pOfNoDifference
    case .quantile(let difference): difference.pTwoSided
    }
  }

  /// The p-value of "the difference is at most `bound`".
  func pGreater(than bound: Double) -> PValue {
    switch self {
    case .mean(let estimate): estimate.pGreater(than: bound)
    case .shares(let shares): shares.pGreater(than: bound)
    case .quantile(let difference): difference.pGreater(than: bound)
    }
  }

  /// The p-value of "the difference is at least `bound`".
  func pLess(than bound: Double) -> PValue {
    switch self {
    case .mean(let estimate): estimate.pLess(than: bound)
    case .shares(let shares): shares.pLess(than: bound)
    case .quantile(let difference): difference.pLess(than: bound)
    }
  }

  /// The p-value of "the difference is at least `margin` either way", by two one-sided tests.
  func pEquivalent(within margin: Double) -> PValue {
    let (above, below) = (pGreater(than: -margin), pLess(than: margin))
    return above.ln >= below.ln ? above : below
  }

  /// The test statistic against `hypothesis`, where the p-value is formed from one.
  func statistic(against hypothesis: Double) -> TestFinding.NamedNumber? {
    switch self {
    case .mean(let estimate):
      TestFinding.NamedNumber(
        name: estimate.degreesOfFreedom.isFinite ? "t" : "z",
        value: estimate.statistic(against: hypothesis))
    case .shares(let shares):
      hypothesis == 0 ? shares.z.map { TestFinding.NamedNumber(name: "z", value: $0) } : nil
    case .quantile: nil
    }
  }
}

/// A difference of two shares with an interval that is not formed from a standard error.
///
/// The test of no difference is a test of its own; the p-values against a margin come from the level at which the
/// interval's end meets it, so that they never contradict the interval.
struct ShareContrast {
  let value: Double
  let pOfNoDifference: PValue
  /// The statistic of the test of no difference; nil of an exact test.
  let z: Double?
  /// At a level in (0, 1).
  let interval: (Double) -> ClosedRange<Double>

  /// Two groups of independent requests: Newcombe's interval, and the pooled z test.
  init(_ proportions: TwoProportions) {
    let pooled = proportions.zEstimate(pooled: true)
    value = proportions.candidateMinusProduction
    pOfNoDifference = pooled.pTwoSided()
    z = pooled.statistic()
    interval = { proportions.newcombeInterval(level: $0) }
  }

  /// Two answers to each request, the candidate's first: Tango's interval, and McNemar's mid-p test.
  ///
  /// - Parameter countsErrors: the difference is of the shares of no instead of yes.
  init(_ pairs: PairedProportions, countsErrors: Bool) {
    value = countsErrors ? -pairs.firstMinusSecond : pairs.firstMinusSecond
    pOfNoDifference = McNemar(onlyFirst: pairs.onlyFirst, onlySecond: pairs.onlySecond).midP
    z = nil
    interval = { level in
      let range = pairs.tangoInterval(level: level)
      return countsErrors ? -range.upperBound...(-range.lowerBound) : range
    }
  }

  func pGreater(than bound: Double) -> PValue {
    value > bound
      ? tail(crossing { interval($0).lowerBound > bound })
      : tail(-crossing { interval($0).upperBound < bound })
  }

  func pLess(than bound: Double) -> PValue {
    value < bound
      ? tail(crossing { interval($0).upperBound < bound })
      : tail(-crossing { interval($0).lowerBound > bound })
  }

  private func tail(_ z: Double) -> PValue {
    PValue(value: Normal.survival(z), ln: Normal.logSurvival(z))
  }

  /// The z of the largest level at which the interval still excludes the bound; 7 (p = 10⁻¹²) stands for more.
  private func crossing(_ excludes: (_ level: Double) -> Bool) -> Double {
    var inside = 0.0
    var outside = 7.0
    if excludes(1 - 2 * Normal.survival(outside)) { return outside }
    for _ in 0..<50 {
      let middle = (inside + outside) / 2
      if excludes(1 - 2 * Normal.survival(middle)) { inside = middle } else { outside = middle }
    }
    return inside
  }
}

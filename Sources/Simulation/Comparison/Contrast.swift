import Statistics

/// A difference of two arms, candidate − production, in the metric's unit, from which intervals and tests are formed.
enum Contrast {
  /// Symmetric, from a standard error.
  case mean(TEstimate)
  /// Read off two histograms, in nanoseconds.
  case quantile(QuantileDifference)

  var value: Double {
    switch self {
    case .mean(let estimate): estimate.value
    case .quantile(let difference): difference.value
    }
  }

  var degreesOfFreedom: Double {
    switch self {
    case .mean(let estimate): estimate.degreesOfFreedom
    case .quantile(let difference): difference.degreesOfFreedom
    }
  }

  func interval(level: Double) -> Interval {
    switch self {
    case .mean(let estimate):
      return Interval(estimate.interval(level: level), level: level)
    case .quantile(let difference):
      return Interval(difference.interval(level: level), level: level)
    }
  }

  var pTwoSided: PValue {
    switch self {
    case .mean(let estimate): estimate.pTwoSided()
    case .quantile(let difference): difference.pTwoSided
    }
  }

  func pGreater(than bound: Double) -> PValue {
    switch self {
    case .mean(let estimate): estimate.pGreater(than: bound)
    case .quantile(let difference):
      difference.pGreater(than: bound)
    }
  }

  func pLess(than bound: Double) -> PValue {
    switch self {
    case .mean(let estimate): estimate.pLess(than: bound)
    case .quantile(let difference): difference.pLess(than: bound)
    }
  }

  func pEquivalent(within margin: Double) -> PValue {
    switch self {
    case .mean(let estimate): estimate.pEquivalent(within: -margin...margin)
    case .quantile(let difference):
      difference.pEquivalent(
        within: -margin...margin
      )
    }
  }

  /// The distance from a hypothesis in standard errors, where there is a standard error.
  func statistic(against hypothesis: Double) -> TestFinding.NamedNumber? {
    guard case .mean(let estimate) = self else { return nil }
    return TestFinding.NamedNumber(
      name: estimate.degreesOfFreedom.isFinite ? "t" : "z",
      value: estimate.statistic(against: hypothesis))
  }
}

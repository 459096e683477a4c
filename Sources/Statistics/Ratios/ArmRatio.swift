import Probability

extension ArmSample {
  /// Σ values / Σ denominators over the arm's units (its rows, where it has no units); the mean where it has no
  /// denominators.
  package func ratio() throws(Unavailable) -> RatioMean {
    guard denominators != nil || units != nil else {
      return try RatioMean(
        numerators: values, denominators: Array(repeating: 1, count: values.count))
    }
    let below = denominators ?? Array(repeating: 1, count: values.count)
    guard let units else { return try RatioMean(numerators: values, denominators: below) }
    let counts = UnitSums.counts(units)
    let (first, second) = (
      UnitSums.sums(values, units: units, counts: counts),
      UnitSums.sums(below, units: units, counts: counts)
    )
    let held = counts.indices.filter { counts[$0] > 0 }
    return try RatioMean(numerators: held.map { first[$0] }, denominators: held.map { second[$0] })
  }

  /// The ratio where the arm has denominators or units, else the mean.
  package func center() throws(Unavailable) -> TEstimate {
    if denominators == nil, units == nil {
      let moments = try Moments(of: values)
      return TEstimate(
        value: moments.mean, standardError: moments.standardError,
        degreesOfFreedom: Double(moments.count - 1))
    }
    return try ratio().estimate
  }
}

extension PairSample {
  /// The two answers' ratios over the pairs' units (the pairs, where there are no units), and how their errors go
  /// together.
  package func ratios() throws(Unavailable) -> (
    candidate: RatioMean, production: RatioMean, correlation: Double
  ) {
    let ones = Array(repeating: 1.0, count: candidate.count)
    let first = ArmSample(
      values: candidate, denominators: denominators?.candidate ?? ones, units: units)
    let second = ArmSample(
      values: production, denominators: denominators?.production ?? ones, units: units)
    let (one, other) = (try first.ratio(), try second.ratio())
    return (one, other, RatioMean.correlation(one, other))
  }
}

extension RatioMean {
  /// Of the errors of two ratios over the same units.
  static func correlation(_ a: RatioMean, _ b: RatioMean) -> Double {
    guard a.standardError > 0, b.standardError > 0 else { return 0 }
    var sum = ExactSum()
    for unit in a.influences.indices {
      sum.add((a.influences[unit] / a.standardError) * (b.influences[unit] / b.standardError))
    }
    let n = Double(a.units)
    return max(-1, min(1, sum.value * (n / (n - 1))))
  }

  /// First − second of two ratios over the same units.
  static func pairedDifference(
    _ first: RatioMean, _ second: RatioMean
  ) throws(Unavailable) -> TEstimate {
    let moments = try Moments(
      of: first.influences.indices.map { first.influences[$0] - second.influences[$0] })
    guard moments.standardDeviation > 0 else { throw .noVariation }
    let n = Double(first.units)
    return TEstimate(
      value: first.value - second.value,
      standardError: moments.standardDeviation * n.squareRoot(), degreesOfFreedom: n - 1)
  }
}

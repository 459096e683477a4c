import Probability

/// Distances of values from the centre of their own sample: Levene's way to compare spreads.
package enum Spread {
  package enum Centre: Sendable {
    /// Levene's.
    case mean
    /// Brown and Forsythe's, which keeps its level for skewed values.
    case median
  }

  /// |value − centre|, one a value.
  package static func distances(_ values: [Double], from centre: Centre) throws(Unavailable)
    -> [Double]
  {
    guard values.count > 1 else { throw .tooFew(has: values.count, needs: 2) }
    switch centre {
    case .median:
      let median = try SignTest(values).median
      return values.map { abs($0 - median) }
    case .mean:
      let mean = try Moments(of: values).mean
      return values.map { abs($0 - mean) }
    }
  }

  /// The F statistic of the distances of two or more samples and its p-value.
  ///
  /// - Source: Levene (1960); Brown and Forsythe (1974).
  package static func levene(
    _ groups: [[Double]], centre: Centre
  ) throws(Unavailable) -> (f: Double, p: PValue) {
    guard groups.count > 1 else { throw .tooFew(has: groups.count, needs: 2) }
    var moments: [Moments] = []
    for group in groups { moments.append(try Moments(of: distances(group, from: centre))) }
    let unit = moments.reduce(0) { max($0, $1.standardDeviation) }
    guard unit > 0, unit.isFinite else { throw .noVariation }
    let all = moments.reduce(0) { $0 + Double($1.count) }
    let places = moments.map { ($0.mean - moments[0].mean) / unit }
    let grand = zip(moments, places).reduce(0) { $0 + Double($1.0.count) * $1.1 } / all
    var (between, within) = (0.0, 0.0)
    for (group, place) in zip(moments, places) {
      let spread = group.standardDeviation / unit
      between += Double(group.count) * (place - grand) * (place - grand)
      within += Double(group.count - 1) * spread * spread
    }
    let (numerator, denominator) = (Double(groups.count - 1), all - Double(groups.count))
    let f = between / numerator / (within / denominator)
    return (f, PValue(f: f, numerator: numerator, denominator: denominator))
  }

  /// The difference of the mean distances of two samples, with the one variance of both: its t squared is the F of
  /// `levene`.
  package static func difference(
    candidate: [Double], production: [Double], centre: Centre
  ) throws(Unavailable) -> TEstimate {
    let first = try Moments(of: distances(candidate, from: centre))
    let second = try Moments(of: distances(production, from: centre))
    let (n, m) = (Double(first.count), Double(second.count))
    let unit = max(first.standardDeviation, second.standardDeviation)
    guard unit > 0, unit.isFinite else { throw .noVariation }
    let (a, b) = (first.standardDeviation / unit, second.standardDeviation / unit)
    let pooled = ((n - 1) * a * a + (m - 1) * b * b) / (n + m - 2)
    return TEstimate(
      value: first.mean - second.mean,
      standardError: unit * (pooled * (1 / n + 1 / m)).squareRoot(),
      degreesOfFreedom: n + m - 2)
  }
}

/// Whether values in the order of time may depend on each other so much that a method for independent ones is not to
/// be chosen.
///
/// Lenient, since a test that overlooks dependence costs more than one that sees it where there is none: the methods
/// for series hold for independent values, too. Two looks are taken, because either overlooks what the other sees: at
/// slow waves (cosines) and at neighbours (an AR(1)). Strict tests were measured to let every seventh comparison of two
/// AR(1) series (rho 0.5, 200 values) alarm; one look alone, one in seventy at 1 %.
package enum SerialDependence {
  /// Variance of the mean, over what it would be if the values were independent.
  private static let mostInflation = 1.25

  package static func mayMatter(_ series: [Double]) -> Bool {
    guard let inference = try? SeriesAccumulator.inference(of: series) else { return false }
    return Double(inference.n) / inference.effectiveSampleSize > mostInflation
      || neighboursMatter(series)
  }

  /// In the common order of both arms' rows, or in that of either arm; false where places are not known.
  package static func mayMatter(_ arms: TwoArms) -> Bool {
    guard let series = arms.standardizedInTime else { return false }
    return mayMatter(series)
      || [arms.candidate, arms.production].contains { neighboursMatter($0.valuesInTime) }
  }

  private static func neighboursMatter(_ series: [Double]) -> Bool {
    guard let mean = try? SeriesMean(series) else { return false }
    return Double(mean.count) / mean.effectiveSize > mostInflation
  }
}

extension TwoArms {
  /// Both arms' values in the order of their places, each from its arm's mean in standard deviations; nil without
  /// places, or where an arm does not vary.
  package var standardizedInTime: [Double]? {
    guard let first = candidate.places, let second = production.places,
      let moments = try? (Moments(of: candidate.values), Moments(of: production.values)),
      moments.0.standardDeviation > 0, moments.1.standardDeviation > 0
    else { return nil }
    var series = Array(repeating: 0.0, count: first.count + second.count)
    for (place, value) in zip(first, candidate.values) {
      series[place] = (value - moments.0.mean) / moments.0.standardDeviation
    }
    for (place, value) in zip(second, production.values) {
      series[place] = (value - moments.1.mean) / moments.1.standardDeviation
    }
    return series
  }
}

extension ArmSample {
  /// The values in the order of their places; as they stand where these are not known.
  fileprivate var valuesInTime: [Double] {
    guard let places else { return values }
    return zip(places, values).sorted { $0.0 < $1.0 }.map(\.1)
  }
}

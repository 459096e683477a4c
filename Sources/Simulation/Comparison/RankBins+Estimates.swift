import Probability
import Statistics

extension BinnedAUC {
  var count: Int { positives + negatives }

  /// DeLong's error of the area of the binned scores, for independent requests; infinite where a class has one request.
  ///
  /// A bin's components are read off the curve: half of a bin's other class counts as ranked right.
  func independentEstimate() throws(Unavailable) -> TEstimate {
    let area = try value()
    let points = try curve()
    var ofPositives = 0.0
    var ofNegatives = 0.0
    for (before, after) in zip(points, points.dropFirst()) {
      let won = 1 - (before.falsePositiveRate + after.falsePositiveRate) / 2 - area
      let lost = (before.truePositiveRate + after.truePositiveRate) / 2 - area
      ofPositives += (after.truePositiveRate - before.truePositiveRate) * won * won
      ofNegatives += (after.falsePositiveRate - before.falsePositiveRate) * lost * lost
    }
    guard positives > 1, negatives > 1 else {
      return TEstimate(value: area, standardError: .infinity, degreesOfFreedom: .infinity)
    }
    return TEstimate(
      value: area,
      standardError: (ofPositives / Double(positives - 1) + ofNegatives / Double(negatives - 1))
        .squareRoot(),
      degreesOfFreedom: .infinity)
  }
}

extension RankBins {
  /// How much larger the area's error is than for independent requests.
  var widening: Double {
    guard let dependent = try? area.estimate(),
      let independent = try? area.binned.independentEstimate(), independent.standardError > 0,
      independent.standardError.isFinite
    else { return 1 }
    return dependent.standardError / independent.standardError
  }

  /// "each area is within 0.00002 of the exact one", for one arm or several.
  static func boundSentence(_ areas: [BinnedAUC]) -> String {
    let bound = areas.reduce(0) { max($0, (try? $1.errorBound()) ?? 0) }
    let millionths = Int((bound * 1e6).rounded(.up))
    let digits = String(millionths + 1_000_000).dropFirst()
    return "scores are counted in bins, ties in one counting half: each area is within "
      + "\(millionths / 1_000_000).\(digits) of the exact one"
  }
}

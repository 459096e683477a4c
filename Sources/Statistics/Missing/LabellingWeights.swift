import Probability

/// A mean of values of which only some are known, each weighted by how rarely a row like it gets one.
///
/// It holds where, among rows of one stratum (or of one known chance), having a value says nothing about the value.
///
/// - Source: Horvitz and Thompson (1952); Hájek (1971); Robins, Rotnitzky and Zhao (1994) for estimated chances.
package enum LabellingWeights {
  /// With each stratum's chance estimated by its share of rows with a value.
  ///
  /// - Parameters:
  ///   - values: a value a row, NaN where it is missing.
  ///   - strata: each row's, from 0.
  /// - Returns: normal; its error counts the doubt within strata and that of the strata's sizes.
  /// - Throws: `tooFew` where a stratum with rows has fewer than two values.
  package static func mean(_ values: [Double], strata: [Int]) throws(Unavailable) -> TEstimate {
    precondition(values.count == strata.count, "\(values.count) values, \(strata.count) strata")
    guard !values.isEmpty else { throw .tooFew(has: 0, needs: 2) }
    if values.contains(where: \.isInfinite) { throw .notFinite }
    var groups: [[Double]] = Array(repeating: [], count: (strata.max() ?? 0) + 1)
    var rows = Array(repeating: 0, count: groups.count)
    for row in values.indices {
      rows[strata[row]] += 1
      if !values[row].isNaN { groups[strata[row]].append(values[row]) }
    }
    let n = Double(values.count)
    var parts: [(share: Double, moments: Moments)] = []
    for stratum in groups.indices where rows[stratum] > 0 {
      parts.append((Double(rows[stratum]) / n, try Moments(of: groups[stratum])))
    }
    let origin = parts[0].moments.mean
    var sum = ExactSum()
    for part in parts { sum.add(part.share * (part.moments.mean - origin)) }
    let mean = sum.value
    var error = 0.0
    for part in parts {
      let distance = part.moments.mean - origin - mean
      error = rootOfSquares(error, part.share * part.moments.standardError)
      error = rootOfSquares(error, (part.share / n).squareRoot() * abs(distance))
    }
    return TEstimate(value: origin + mean, standardError: error, degreesOfFreedom: .infinity)
  }

  /// With known chances: the weighted mean with weights 1 / chance.
  ///
  /// - Parameters:
  ///   - values: those that are known.
  ///   - chances: of each to be known, in (0, 1].
  package static func mean(_ values: [Double], chances: [Double]) throws(Unavailable) -> TEstimate {
    precondition(values.count == chances.count, "\(values.count) values, \(chances.count) chances")
    guard values.count > 1 else { throw .tooFew(has: values.count, needs: 2) }
    guard chances.allSatisfy({ $0 > 0 && $0 <= 1 }) else { throw .zeroDenominator }
    let weights = chances.map { 1 / $0 }
    let whole = ExactSum.total(weights)
    let origin = Centre(of: values).value
    var sum = ExactSum()
    for row in values.indices { sum.add(weights[row] / whole * (values[row] - origin)) }
    let mean = sum.value
    var error = 0.0
    for row in values.indices {
      error = rootOfSquares(error, weights[row] / whole * abs(values[row] - origin - mean))
    }
    return TEstimate(value: origin + mean, standardError: error, degreesOfFreedom: .infinity)
  }

  /// Candidate − production, by strata.
  package static func difference(_ arms: TwoArms) throws(Unavailable) -> TEstimate {
    func ofArm(_ arm: ArmSample) throws(Unavailable) -> TEstimate {
      try mean(
        arm.values, strata: arm.strata ?? Array(repeating: 0, count: arm.values.count))
    }
    let (one, other) = (try ofArm(arms.candidate), try ofArm(arms.production))
    let error = rootOfSquares(one.standardError, other.standardError)
    guard error > 0 else { throw .noVariation }
    return TEstimate(
      value: one.value - other.value, standardError: error, degreesOfFreedom: .infinity)
  }
}

import Probability

/// A difference of means, candidate − production, formed within strata and then averaged.
///
/// Within a stratum (a country, a device, a period of a ramp with one share of traffic) the arms are alike, also
/// where the arms' shares of traffic changed from stratum to stratum and the plain difference would mix
/// them up (Simpson's paradox).
///
/// - Source: Holt and Smith (1979); Miratrix, Sekhon and Yu (2013); Xie and Aurisset (2016).
package struct StratifiedDifference: Sendable, Equatable {
  package enum Weights: Sendable, Equatable {
    /// A stratum's share of all rows: the effect on the traffic as it came.
    case share
    /// n₁ n₂ / (n₁ + n₂): most precise where the effect and the variance are the same in all strata.
    case precision
    /// Known shares of the population, a stratum each, in any scale.
    case given([Double])
  }

  package let value: Double
  package let standardError: Double
  /// Satterthwaite's, over all strata and both arms.
  package let degreesOfFreedom: Double

  /// - Parameters:
  ///   - strata: of either arm's rows, numbered alike in both.
  /// - Throws: `tooFew` where a stratum with rows has fewer than two in one arm.
  package init(
    candidate: [Double], strata candidateStrata: [Int], production: [Double],
    strata productionStrata: [Int], weights: Weights = .share
  ) throws(Unavailable) {
    let count = max(candidateStrata.max() ?? -1, productionStrata.max() ?? -1) + 1
    let first = Self.grouped(candidate, candidateStrata, count: count)
    let second = Self.grouped(production, productionStrata, count: count)
    var moments: [(candidate: Moments, production: Moments, weight: Double)] = []
    for stratum in 0..<count where !(first[stratum].isEmpty && second[stratum].isEmpty) {
      let one = try Moments(of: first[stratum])
      let other = try Moments(of: second[stratum])
      moments.append((one, other, Self.weight(one.count, other.count, stratum, weights)))
    }
    guard !moments.isEmpty else { throw .tooFew(has: 0, needs: 2) }
    let whole = ExactSum.total(moments.map(\.weight))
    var (sum, error) = (ExactSum(), 0.0)
    var parts: [(error: Double, degrees: Double)] = []
    for part in moments {
      let weight = part.weight / whole
      sum.add(weight * part.candidate.minus(part.production))
      for side in [part.candidate, part.production] {
        parts.append((weight * side.standardError, Double(side.count - 1)))
        error = rootOfSquares(error, weight * side.standardError)
      }
    }
    guard error > 0 else { throw .noVariation }
    value = sum.value
    standardError = error
    degreesOfFreedom =
      1
      / parts.reduce(0) { total, part in
        let share = (part.error / error) * (part.error / error)
        return total + share * share / part.degrees
      }
  }

  package var estimate: TEstimate {
    TEstimate(value: value, standardError: standardError, degreesOfFreedom: degreesOfFreedom)
  }

  private static func weight(
    _ first: Int, _ second: Int, _ stratum: Int, _ weights: Weights
  ) -> Double {
    switch weights {
    case .share: return Double(first + second)
    case .precision: return Double(first) / Double(first + second) * Double(second)
    case .given(let shares):
      precondition(stratum < shares.count, "no weight for stratum \(stratum)")
      return shares[stratum]
    }
  }

  private static func grouped(_ values: [Double], _ strata: [Int], count: Int) -> [[Double]] {
    precondition(values.count == strata.count, "\(values.count) values, \(strata.count) strata")
    var groups: [[Double]] = Array(repeating: [], count: count)
    for row in values.indices { groups[strata[row]].append(values[row]) }
    return groups
  }
}

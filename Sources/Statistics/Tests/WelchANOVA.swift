import Probability

/// Do two or more samples have one mean, whatever their variances?
///
/// - Source: Welch (1951).
package struct WelchANOVA: Sendable, Equatable {
  package let statistic: Double
  package let numerator: Double
  package let denominator: Double

  /// - Parameter groups: each with two values or more that are not all equal.
  package init(_ groups: [Moments]) throws(Unavailable) {
    guard groups.count > 1 else { throw .tooFew(has: groups.count, needs: 2) }
    for group in groups {
      guard group.count > 1 else { throw .tooFew(has: group.count, needs: 2) }
      guard group.standardDeviation > 0 else { throw .noVariation }
    }
    // Weights 1 / error², relative to the smallest error, and means from the first: any unit, any offset.
    let unit = groups.reduce(Double.infinity) { min($0, $1.standardError) }
    let weights = groups.map { unit / $0.standardError * (unit / $0.standardError) }
    let places = groups.map { $0.minus(groups[0]) / unit }
    let total = weights.reduce(0, +)
    let centre = zip(weights, places).reduce(0) { $0 + $1.0 * $1.1 } / total
    let k = Double(groups.count)
    var between = 0.0
    var lambda = 0.0
    for (group, (weight, place)) in zip(groups, zip(weights, places)) {
      between += weight * (place - centre) * (place - centre)
      let rest = 1 - weight / total
      lambda += rest * rest / Double(group.count - 1)
    }
    statistic = between / (k - 1) / (1 + 2 * (k - 2) / (k * k - 1) * lambda)
    numerator = k - 1
    denominator = (k * k - 1) / (3 * lambda)
  }

  package var p: PValue { PValue(f: statistic, numerator: numerator, denominator: denominator) }
}

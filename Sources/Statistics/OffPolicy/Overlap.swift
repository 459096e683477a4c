import Probability

/// How far a log speaks for another policy: the spread of the weights.
package struct Overlap: Sendable, Equatable {
  package let rounds: Int
  /// (Σw)² / Σw²: how many rounds of the policy's own would say as much.
  package let effectiveSampleSize: Double
  package let largestWeight: Double
  /// Close to 1 where the propensities are right and every action of the policy had a chance to be logged.
  package let meanWeight: Double
  /// The p-value of "the mean weight is 1"; nil where the weights do not vary.
  package let meanWeightP: PValue?
  /// The share of all weight that the heaviest 1 % of the rounds (at least one) carry.
  package let heaviestShare: Double
  /// The share of rounds whose action the policy would never take.
  package let unusedShare: Double

  package init(of log: LoggedDecisions) throws(Unavailable) {
    guard log.count > 0 else { throw .tooFew(has: 0, needs: 1) }
    let weights = log.weights
    var total = ExactSum()
    var squares = ExactSum()
    // A power of two, so that squares of huge weights stay finite and scaling rounds nothing.
    let largest = weights.reduce(0, max)
    guard largest > 0 else { throw .zeroDenominator }
    let scale = Double(sign: .plus, exponent: largest.exponent, significand: 1)
    for weight in weights {
      total.add(weight / scale)
      squares.add((weight / scale) * (weight / scale))
    }
    rounds = log.count
    effectiveSampleSize = total.value * total.value / squares.value
    largestWeight = largest
    meanWeight = total.value / Double(log.count) * scale
    meanWeightP = (try? TTests.oneMean(Moments(of: weights)))?.pTwoSided(against: 1)
    var heaviest = ExactSum()
    for weight in weights.sorted(by: >).prefix(max(1, log.count / 100)) {
      heaviest.add(weight / scale)
    }
    heaviestShare = heaviest.value / total.value
    unusedShare =
      Double(weights.reduce(0) { $0 + ($1 == 0 ? 1 : 0) }) / Double(log.count)
  }
}

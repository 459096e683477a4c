import Probability

/// Did the units land on the arms in the planned shares? If not, something between the assignment and the
/// outcome loses units, and no comparison of the arms can be trusted.
///
/// - Source: Pearson (1900); Fabijan et al. (2019).
package struct SampleRatio: Sendable, Equatable {
  package let chiSquare: Double
  package let degreesOfFreedom: Int
  package let p: PValue
  /// Units on an arm that was to get none: then p is 0.
  package let hasUnplannedUnits: Bool
  /// The likelihood ratio against the shares seen, with as many degrees of freedom.
  ///
  /// - Source: Wilks (1938).
  package let g: Double
  package let pByG: PValue
  /// The smallest count that the plan expects; below 5 the chi-square law is a rough guess.
  package let smallestExpected: Double
  /// Of the arms that were to get units.
  let live: [(observed: Int, share: Double)]

  /// - Parameters:
  ///   - observed: units on each arm.
  ///   - planned: shares, in any scale; >= 0, one at least > 0.
  package init(observed: [Int], planned: [Double]) throws(Unavailable) {
    precondition(observed.count == planned.count, "\(observed.count) and \(planned.count) arms")
    precondition(planned.allSatisfy { $0 >= 0 && $0.isFinite }, "a share below 0: \(planned)")
    let arms = planned.indices.filter { planned[$0] > 0 }
    let total = observed.reduce(0, +)
    guard total > 0 else { throw .tooFew(has: 0, needs: 1) }
    hasUnplannedUnits = planned.indices.contains { planned[$0] == 0 && observed[$0] > 0 }
    var weights = ExactSum()
    for arm in arms { weights.add(planned[arm]) }
    let live = arms.map { (observed: observed[$0], share: planned[$0] / weights.value) }
    self.live = live
    smallestExpected = live.reduce(.infinity) { min($0, Double(total) * $1.share) }
    guard !hasUnplannedUnits else {
      (chiSquare, degreesOfFreedom, p) = (.infinity, max(1, arms.count - 1), .zero)
      (g, pByG) = (.infinity, .zero)
      return
    }
    var sum = 0.0
    var gain = 0.0
    for arm in live {
      let expected = Double(total) * arm.share
      let distance = Double(arm.observed) - expected
      sum += distance * distance / expected
      gain += Entropy.gain(count: Double(arm.observed), expected: expected, excess: distance)
    }
    let pearson = ChiSquareResult(statistic: sum, degreesOfFreedom: arms.count - 1)
    let likelihood = ChiSquareResult(statistic: gain, degreesOfFreedom: arms.count - 1)
    (chiSquare, degreesOfFreedom, p) = (sum, arms.count - 1, pearson.p)
    (g, pByG) = (gain, likelihood.p)
  }

  package static func == (one: SampleRatio, other: SampleRatio) -> Bool {
    one.chiSquare == other.chiSquare && one.degreesOfFreedom == other.degreesOfFreedom
      && one.g == other.g && one.hasUnplannedUnits == other.hasUnplannedUnits
      && one.live.elementsEqual(other.live, by: ==)
  }
}

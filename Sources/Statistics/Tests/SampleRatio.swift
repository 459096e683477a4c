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

  /// - Parameters:
  ///   - observed: units on each arm.
  ///   - planned: shares, in any scale; >= 0, one at least > 0.
  package init(observed: [Int], planned: [Double]) throws(Unavailable) {
    precondition(observed.count == planned.count, "\(observed.count) and \(planned.count) arms")
    precondition(planned.allSatisfy { $0 >= 0 && $0.isFinite }, "a share below 0: \(planned)")
    let live = planned.indices.filter { planned[$0] > 0 }
    let total = observed.reduce(0, +)
    guard total > 0 else { throw .tooFew(has: 0, needs: 1) }
    hasUnplannedUnits = planned.indices.contains { planned[$0] == 0 && observed[$0] > 0 }
    guard !hasUnplannedUnits else {
      (chiSquare, degreesOfFreedom, p) = (.infinity, max(1, live.count - 1), .zero)
      return
    }
    var weights = ExactSum()
    for arm in live { weights.add(planned[arm]) }
    var sum = 0.0
    for arm in live {
      let expected = Double(total) * (planned[arm] / weights.value)
      let distance = Double(observed[arm]) - expected
      sum += distance * distance / expected
    }
    chiSquare = sum
    degreesOfFreedom = live.count - 1
    guard degreesOfFreedom > 0 else {
      p = .one
      return
    }
    let law = ChiSquare(degreesOfFreedom: Double(degreesOfFreedom))
    p = PValue(value: law.survival(sum), ln: law.logSurvival(sum))
  }
}

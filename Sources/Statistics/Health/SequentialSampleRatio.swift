import Probability

/// The sample-ratio check that may be looked at after every unit: one that fires is wrong with at most its level,
/// over all looks together.
///
/// The e-value is the multinomial likelihood, mixed over shares about the planned ones, against the plan.
///
/// - Source: Lindon and Malek (2022).
package struct SequentialSampleRatio: Sendable, Equatable {
  private let shares: [Double]
  private let concentration: Double
  package private(set) var counts: [Int]
  /// The largest ln of the e-value at any look so far, at least 0.
  package private(set) var largestLogEvidence = 0.0

  /// - Parameters:
  ///   - planned: shares in any scale, >= 0, one at least > 0.
  ///   - concentration: > 0; how near to the plan a mismatch is looked for (units' worth of prior).
  package init(planned: [Double], concentration: Double = 100) {
    precondition(planned.allSatisfy { $0 >= 0 && $0.isFinite }, "a share below 0: \(planned)")
    precondition(concentration > 0, "a concentration of \(concentration)")
    var total = ExactSum()
    for share in planned { total.add(share) }
    precondition(total.value > 0, "no arm was to get units")
    shares = planned.map { $0 / total.value }
    self.concentration = concentration
    counts = planned.map { _ in 0 }
  }

  /// A look after these further units, one count an arm.
  package mutating func add(_ units: [Int]) {
    precondition(units.count == counts.count, "\(units.count) and \(counts.count) arms")
    for arm in units.indices {
      precondition(units[arm] >= 0, "a negative count of units: \(units[arm])")
      counts[arm] += units[arm]
    }
    largestLogEvidence = max(largestLogEvidence, logEvidence)
  }

  /// The p-value that holds at every look: the smallest 1/e so far.
  package var p: PValue {
    PValue(value: Elementary.exp(-largestLogEvidence), ln: -largestLogEvidence)
  }

  /// ln of the e-value of the counts as they stand; infinite for units on an arm that was to get none.
  package var logEvidence: Double {
    let n = Double(counts.reduce(0, +))
    guard n > 0 else { return 0 }
    var live = 0
    var sum = ExactSum()
    for arm in shares.indices {
      guard shares[arm] > 0 else {
        if counts[arm] > 0 { return .infinity }
        continue
      }
      live += 1
      let prior = concentration * shares[arm]
      let count = Double(counts[arm])
      let (x, mean) = (prior + count, (concentration + n) * shares[arm])
      // Γ by Stirling's formula: what is large in it cancels in closed form, the excess being n₁ − n · share.
      let excess = count - n * shares[arm]
      sum.add(x * Elementary.log1p(excess / mean))
      sum.add(-0.5 * (Elementary.log(x) - Elementary.log(prior)))
      sum.add(GammaFunction.stirlingRemainder(x) - GammaFunction.stirlingRemainder(prior))
    }
    guard live > 1 else { return 0 }
    let all = concentration + n
    sum.add(0.5 * (Elementary.log(all) - Elementary.log(concentration)))
    sum.add(
      GammaFunction.stirlingRemainder(concentration) - GammaFunction.stirlingRemainder(all))
    return sum.value
  }
}

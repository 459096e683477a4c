import Probability

/// How much faster events come in the candidate, the ratio being the same at all times: the Cox model with the arm
/// as its one covariate, tied events after Efron.
///
/// - Source: Cox (1972); Efron (1977).
package struct HazardRatio: Sendable, Equatable {
  /// The logarithm of the ratio, normal with the error from the information.
  package let logarithm: TEstimate
  /// Newton's steps that it took.
  package let steps: Int

  /// - Throws: `emptyCell` without events; `separated` where the likelihood has no maximum: the events of one arm all
  ///   come where they were certain to.
  /// - Complexity: O(events) a step, about six steps.
  package init(_ table: RiskTable) throws(Unavailable) {
    let terms = Terms(table)
    guard !terms.candidate.isEmpty else { throw .emptyCell }
    // The score falls in the logarithm, so that a maximum exists where it changes its sign.
    guard terms.events > terms.certain, terms.events < terms.possible else { throw .separated }
    var (low, high) = (-Double.infinity, Double.infinity)
    var (beta, step) = (0.0, 0)
    var last = terms.derivatives(beta)
    while step < 200 {
      step += 1
      if last.score > 0 { low = beta } else { high = beta }
      var next = beta + last.score / last.information
      // Far out the information vanishes: no step beyond the bracket, none longer than 4.
      next = min(beta + 4, max(beta - 4, next))
      // Beyond the last place of the logarithm nothing is left to gain.
      if next == beta { break }
      // A step past a place that is known to be too far: then both ends are finite.
      if next <= low || next >= high { next = low / 2 + high / 2 }
      // Newton's steps square their error: what is left is far below the last place.
      let isDone =
        abs(next - beta) <= 0x1p-40 * max(abs(beta), 1 / last.information.squareRoot())
      beta = next
      last = terms.derivatives(beta)
      if isDone || last.score == 0 { break }
    }
    guard last.information > 0 else { throw .separated }
    logarithm = TEstimate(
      value: beta, standardError: 1 / last.information.squareRoot(), degreesOfFreedom: .infinity)
    steps = step
  }

  /// Efron's denominators: at risk in either arm, less the part of the tied events that have already gone.
  private struct Terms {
    var candidate: [Double] = []
    var production: [Double] = []
    /// How many events in all are the candidate's.
    var events = 0.0
    /// Denominators without production, and with the candidate.
    var certain = 0.0
    var possible = 0.0

    init(_ table: RiskTable) {
      for stratum in table.strata {
        for row in stratum {
          events += Double(row.candidateEvents)
          for past in 0..<row.events {
            let share = Double(past) / Double(row.events)
            let one = Double(row.candidateAtRisk) - share * Double(row.candidateEvents)
            let other = Double(row.productionAtRisk) - share * Double(row.productionEvents)
            if other <= 0 { certain += 1 }
            if one > 0 { possible += 1 }
            candidate.append(one)
            production.append(other)
          }
        }
      }
    }

    /// Of the log partial likelihood.
    func derivatives(_ beta: Double) -> (score: Double, information: Double) {
      let ratio = Elementary.exp(-abs(beta))
      let isUp = beta >= 0
      var (expected, information) = (ExactSum(), ExactSum())
      for place in candidate.indices {
        let one = isUp ? candidate[place] : candidate[place] * ratio
        let other = isUp ? production[place] * ratio : production[place]
        let share = one / (one + other)
        expected.add(-share)
        information.add(share * (other / (one + other)))
      }
      expected.add(events)
      return (expected.value, information.value)
    }
  }
}

import Probability

/// A comparison that is planned: of power, units and effect, any one from the others.
package struct PowerPlan: Sendable {
  package var comparison: any PlannedComparison
  package var goal: PowerGoal
  /// The candidate's part of the units, in (0, 1); of no meaning for pairs and one sample.
  package var candidateShare: Double
  /// What the variance is multiplied with: `VarianceFactor`s.
  package var varianceFactor: Double
  /// Rows that one unit makes.
  package var unitSize: Double
  /// Nil is one look at the end.
  package var looks: PlannedLooks?

  package init(
    _ comparison: any PlannedComparison, goal: PowerGoal, candidateShare: Double = 0.5,
    varianceFactor: Double = 1, unitSize: Double = 1, looks: PlannedLooks? = nil
  ) {
    precondition(candidateShare > 0 && candidateShare < 1, "a share of \(candidateShare)")
    precondition(varianceFactor > 0 && unitSize >= 1, "\(varianceFactor), \(unitSize)")
    self.comparison = comparison
    self.goal = goal
    self.candidateShare = candidateShare
    self.varianceFactor = varianceFactor
    self.unitSize = unitSize
    self.looks = looks
  }

  /// What comes of a plan.
  package struct Chances: Sendable, Equatable {
    package let power: Double
    /// The share of the rows at which it stops, on average; nil with one look.
    package let expectedShare: Double?
  }

  /// The power with `rows` in all (pairs, or values of one sample), and how much of them it takes.
  ///
  /// - Parameters:
  ///   - effect: the true value of the estimand.
  ///   - countsWrongSide: whether a two-sided z test's chance to reject on the wrong side counts, too; a t test's does, as
  ///     tables have it.
  package func chances(
    rows: Double, effect: Double, countsWrongSide: Bool = false
  ) -> Chances {
    let single = singlePower(rows, effect, countsWrongSide)
    return looks?.chances(drift: drift(single)) ?? Chances(power: single, expectedShare: nil)
  }

  package func power(rows: Double, effect: Double, countsWrongSide: Bool = false) -> Double {
    chances(rows: rows, effect: effect, countsWrongSide: countsWrongSide).power
  }

  /// The expected z of one look at the end that has this power.
  private func drift(_ single: Double) -> Double {
    Normal.upperQuantile(goal.tail) + Normal.quantile(single)
  }

  /// Of one look at the end.
  func singlePower(
    _ rows: Double, _ effect: Double, _ countsWrongSide: Bool = false
  ) -> Double {
    let sizes = sizes(rows)
    func estimate(_ null: Double) -> PlannedEstimate {
      comparison.estimate(effect: effect, null: null, sizes: sizes)
    }
    switch goal.claim {
    case .different:
      let planned = estimate(comparison.noDifference)
      if countsWrongSide || planned.degreesOfFreedom.isFinite {
        return planned.powerEither(tail: goal.tail)
      }
      return (planned.distance < 0 ? planned.mirrored : planned).powerAbove(tail: goal.tail)
    case .greater(let null): return estimate(null).powerAbove(tail: goal.tail)
    case .less(let null): return estimate(null).powerBelow(tail: goal.tail)
    case .within(let bounds):
      return estimate(bounds.lowerBound)
        .powerBetween(estimate(bounds.upperBound), tail: goal.tail)
    }
  }

  package func sizes(_ rows: Double) -> PlannedSizes {
    PlannedSizes(
      candidate: comparison.isOneSample ? rows : rows * candidateShare,
      production: comparison.isOneSample ? rows : rows * (1 - candidateShare),
      factor: varianceFactor, unitSize: unitSize)
  }

  // MARK: Solving

  /// The rows in all, as a number, that find `effect` with the chance `power`.
  ///
  /// Throws `.unreachable` where no number does.
  package func rows(power: Double, effect: Double) throws(Unavailable) -> Double {
    precondition(power > 0 && power < 1, "a power of \(power)")
    let target = singleTarget(power)
    let least = fewestRows
    var (low, high) = (least, 2 * least)
    while singlePower(high, effect, false) < target {
      guard high < 1e18 else { throw .unreachable(best: singlePower(high, effect, false)) }
      (low, high) = (high, 2 * high)
    }
    return bracketedRoot(low, high) { singlePower($0, effect, false) - target }
  }

  /// The smallest effect, `isUp` above what is tested or below it, that `rows` find with the chance `power`.
  ///
  /// Throws `.unreachable` where not even the largest possible effect is found so often.
  package func effect(
    power: Double, rows: Double, isUp: Bool = true
  ) throws(Unavailable) -> Double {
    precondition(power > 0 && power < 1, "a power of \(power)")
    guard rows > fewestRows else { throw .tooFewIndependent(has: rows, needs: fewestRows) }
    let target = singleTarget(power)
    let start = origin
    let limit = isUp ? comparison.possible.upperBound : comparison.possible.lowerBound
    func gap(_ effect: Double) -> Double { singlePower(rows, effect, false) - target }
    if limit.isFinite {
      guard gap(limit) >= 0 else { throw .unreachable(best: gap(limit) + target) }
      return bracketedRoot(start, limit, gap)
    }
    // From one standard error on outwards.
    let sizes = sizes(rows)
    var reach =
      comparison.estimate(effect: start, null: comparison.noDifference, sizes: sizes)
      .standardError
    for _ in 0..<2_000 where gap(start + (isUp ? reach : -reach)) < 0 { reach *= 2 }
    return bracketedRoot(start, start + (isUp ? reach : -reach), gap)
  }

  /// The value next to which an effect begins to count.
  private var origin: Double {
    switch goal.claim {
    case .different: comparison.noDifference
    case .greater(let null), .less(let null): null
    case .within(let bounds): (bounds.lowerBound + bounds.upperBound) / 2
    }
  }

  /// The power that one look at the end would have to have.
  func singleTarget(_ power: Double) -> Double {
    guard let looks else { return power }
    return Normal.cdf(looks.drift(power: power) - Normal.upperQuantile(goal.tail))
  }

  /// Rows in all at which every arm has barely more than one unit.
  package var fewestRows: Double {
    let smaller = comparison.isOneSample ? 1 : min(candidateShare, 1 - candidateShare)
    return 1.000_001 * unitSize / smaller
  }
}

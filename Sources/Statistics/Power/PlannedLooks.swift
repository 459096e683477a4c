import Probability

/// A plan to read a test several times while units come, and to stop where it first rejects.
///
/// - Source: `GroupSequentialDesign`; each side of a two-sided test is planned by itself.
package struct PlannedLooks: Sendable, Equatable {
  package let design: GroupSequentialDesign
  /// A drift that was asked for before: to find one takes a dozen integrations.
  private var known: Known?

  private struct Known: Sendable, Equatable {
    var power: Double
    var drift: Double
  }

  /// - Parameters:
  ///   - count: how many, evenly spread.
  ///   - tail: the error of all looks together in each tail that is tested.
  package init(count: Int, spending: SpendingFunction, tail: Double, isTwoSided: Bool) {
    design = GroupSequentialDesign(
      spending: spending, information: Self.times(count), alpha: isTwoSided ? 2 * tail : tail,
      sides: isTwoSided ? .two : .one)
  }

  /// The mixture sequential probability ratio test, tightest at the end, read `count` times; it may be read more often, and
  /// then finds no less.
  ///
  /// - Source: Johari, Koomen, Pekelis and Walsh (2022); its chances by the integration of `GroupSequentialDesign`.
  package init(mixtureAt count: Int, tail: Double, isTwoSided: Bool) {
    var design = GroupSequentialDesign(
      spending: .pocock, information: Self.times(count), alpha: isTwoSided ? 2 * tail : tail,
      sides: isTwoSided ? .two : .one)
    design.upper = design.information.map { time in
      let mixture = NormalMixture(time: time, tightestAt: 1, alpha: 2 * tail)
      return isTwoSided
        ? mixture.criticalZ(alpha: 2 * tail) : mixture.criticalZAbove(alpha: tail)
    }
    design.spent = design.characteristics(drift: 0).above
    self.design = design
  }

  private static func times(_ count: Int) -> [Double] {
    (1...count).map { Double($0) / Double(count) }
  }

  /// The z of one look at the end that finds the truth as often as these looks do with `power`.
  package func drift(power: Double) -> Double {
    if let known, known.power == power { return known.drift }
    return design.drift(power: power)
  }

  /// The same looks, which answer `drift(power:)` for this power at once.
  package func prepared(power: Double) -> PlannedLooks {
    var prepared = self
    prepared.known = Known(power: power, drift: drift(power: power))
    return prepared
  }

  /// What comes of them where the expected z at the end is `drift`.
  package func chances(drift: Double) -> PowerPlan.Chances {
    let ends = design.characteristics(drift: drift)
    return PowerPlan.Chances(power: min(1, ends.power), expectedShare: ends.expectedInformation)
  }
}

/// The bootstrap of differences of means and of ratios.
///
/// Units are drawn with replacement, as many as there are, in each arm by itself or as pairs; a unit keeps all its
/// rows. Draws of the arms are streams of their own.
///
/// - Source: Efron (1979); Efron and Tibshirani (1993).
package enum Bootstrap {
  package typealias Form = BootstrapReplicates.Form

  /// How resamples are drawn.
  package enum Scheme: Sendable, Equatable {
    /// Units with replacement, as many as there are.
    case units
    /// Blocks of neighbouring rows, of one length; nil for the length that suits the series.
    case blocks(length: Double?)
    /// Blocks of geometric lengths with this mean.
    case stationary(length: Double?)
    /// Each unit a Poisson number of times, by itself.
    case poisson

    /// Below this the resamples of a Poisson bootstrap may be empty.
    static let fewestPoissonUnits = 30
  }

  /// What is drawn, how often, and what for.
  package struct Plan: Sendable, Equatable {
    package var scheme: Scheme
    package var form: Form
    package var resamples: Int
    package var seed: UInt64

    package init(_ form: Form, scheme: Scheme = .units, resamples: Int, seed: UInt64) {
      precondition(resamples > 1, "\(resamples) resamples")
      self.form = form
      self.scheme = scheme
      self.resamples = resamples
      self.seed = seed
    }
  }

  /// Candidate − production of two arms with units of their own.
  ///
  /// - Complexity: O(resamples · n) time, O(n + resamples) space.
  package static func replicates(
    _ arms: TwoArms, _ plan: Plan
  ) throws(Unavailable) -> BootstrapReplicates {
    let candidate = try statistic(ResampledUnits(arms.candidate), plan)
    let production = try statistic(ResampledUnits(arms.production, sign: -1), plan)
    let sums = [
      try draw(candidate, plan, name: "candidate"), try draw(production, plan, name: "production"),
    ]
    return try BootstrapReplicates([candidate, production], sums: sums, form: plan.form)
  }

  /// Candidate − production of pairs.
  package static func replicates(
    _ pairs: PairSample, _ plan: Plan
  ) throws(Unavailable) -> BootstrapReplicates {
    let group = try statistic(ResampledUnits(pairs), plan)
    return try BootstrapReplicates(
      [group], sums: [try draw(group, plan, name: "pairs")], form: plan.form)
  }

  /// The mean of one arm (or its ratio), with indices from elsewhere.
  package static func replicates(
    _ arm: ArmSample, form: Form, resamples: Int, from source: inout some IndexSource
  ) throws(Unavailable) -> BootstrapReplicates {
    let group = ResampledStatistic(try ResampledUnits(arm), isStudentized: form == .studentized)
    let sums = ResampledSums.draw(group.columns, resamples: resamples, from: &source)
    return try BootstrapReplicates([group], sums: [sums], form: form)
  }

  private static func statistic(_ units: ResampledUnits, _ plan: Plan) -> ResampledStatistic {
    guard plan.scheme == .poisson else {
      return ResampledStatistic(units, isStudentized: plan.form == .studentized)
    }
    return ResampledStatistic(
      units.withDenominators, isStudentized: plan.form == .studentized, drawsPerUnit: 16)
  }

  private static func draw(
    _ group: ResampledStatistic, _ plan: Plan, name: String
  ) throws(Unavailable) -> [[Int64]] {
    let (columns, resamples, seed) = (group.columns, plan.resamples, plan.seed)
    switch plan.scheme {
    case .units:
      return ResampledSums.draw(columns, resamples: resamples, seed: seed, name: name)
    case .poisson:
      guard group.units.count >= Scheme.fewestPoissonUnits else {
        throw .tooFew(has: group.units.count, needs: Scheme.fewestPoissonUnits)
      }
      return PoissonBootstrap.sums(columns, resamples: resamples, seed: seed, name: name)
    case .blocks(let length):
      let suited = BlockLength(try group.jackknifeDeviations()).circular
      return BlockResampling.fixedLength.sums(
        columns, length: length ?? suited, resamples: resamples, seed: seed, name: name)
    case .stationary(let length):
      let suited = BlockLength(try group.jackknifeDeviations()).stationary
      return BlockResampling.randomLengths.sums(
        columns, length: length ?? suited, resamples: resamples, seed: seed, name: name)
    }
  }
}

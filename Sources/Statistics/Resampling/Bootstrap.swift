/// The bootstrap of differences of means and of ratios.
///
/// Units are drawn with replacement, as many as there are, in each arm by itself or as pairs; a unit keeps all its
/// rows. Draws of the arms are streams of their own.
///
/// - Source: Efron (1979); Efron and Tibshirani (1993).
package enum Bootstrap {
  package typealias Form = BootstrapReplicates.Form

  /// Candidate − production of two arms with units of their own.
  ///
  /// - Complexity: O(resamples · n) time, O(n + resamples) space.
  package static func replicates(
    _ arms: TwoArms, form: Form, resamples: Int, seed: UInt64
  ) throws(Unavailable) -> BootstrapReplicates {
    precondition(resamples > 1, "\(resamples) resamples")
    let groups = [
      ResampledStatistic(try ResampledUnits(arms.candidate), isStudentized: form == .studentized),
      ResampledStatistic(
        try ResampledUnits(arms.production, sign: -1), isStudentized: form == .studentized),
    ]
    let names = ["candidate", "production"]
    let sums = zip(groups, names).map {
      ResampledSums.draw($0.columns, resamples: resamples, seed: seed, name: $1)
    }
    return try BootstrapReplicates(groups, sums: sums, form: form)
  }

  /// Candidate − production of pairs.
  package static func replicates(
    _ pairs: PairSample, form: Form, resamples: Int, seed: UInt64
  ) throws(Unavailable) -> BootstrapReplicates {
    precondition(resamples > 1, "\(resamples) resamples")
    let group = ResampledStatistic(
      try ResampledUnits(pairs), isStudentized: form == .studentized)
    let sums = ResampledSums.draw(
      group.columns, resamples: resamples, seed: seed, name: "pairs")
    return try BootstrapReplicates([group], sums: [sums], form: form)
  }

  /// The mean of one arm (or its ratio), with indices from elsewhere.
  package static func replicates(
    _ arm: ArmSample, form: Form, resamples: Int, from source: inout some IndexSource
  ) throws(Unavailable) -> BootstrapReplicates {
    let group = ResampledStatistic(try ResampledUnits(arm), isStudentized: form == .studentized)
    let sums = ResampledSums.draw(group.columns, resamples: resamples, from: &source)
    return try BootstrapReplicates([group], sums: [sums], form: form)
  }
}

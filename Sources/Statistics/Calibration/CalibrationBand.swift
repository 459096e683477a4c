import Probability

/// What counts may be, for all entries of a study at once: one-sided bands after Bonferroni.
///
/// With `entries` counts that are each binomial at their nominal rate, the chance that any lies above its
/// band is at most `familyError`, and the same below.
package struct CalibrationBand: Sendable {
  package static let familyError = 0.05
  package let entries: Int

  package init(entries: Int) { self.entries = max(1, entries) }

  /// How a count lies to its band.
  package enum Place: String, Sendable {
    case inside = "in band"
    case above = "above"
    case below = "below"
  }

  /// The largest count, of `trials` at `rate`, that is not above the band.
  package func largest(trials: Int, rate: Double) -> Int {
    Binomial(trials: trials, probability: rate)
      .upperQuantile(Self.familyError / Double(entries))
  }

  /// The smallest count that is not below it.
  package func smallest(trials: Int, rate: Double) -> Int {
    Binomial(trials: trials, probability: rate).quantile(Self.familyError / Double(entries))
  }

  package func place(of count: Int, trials: Int, rate: Double) -> Place {
    if count > largest(trials: trials, rate: rate) { return .above }
    return count < smallest(trials: trials, rate: rate) ? .below : .inside
  }
}

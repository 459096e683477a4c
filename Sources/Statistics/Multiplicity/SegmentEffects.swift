import Probability

/// The effects in several segments, read together: do they differ at all, what is each when the others are known, and
/// which stand up to being several?
///
/// - Source: Cochran (1954) for the interaction; Morris (1983) for shrinkage; Holm (1979); Benjamini and Yekutieli (2005)
///   for the intervals of those that were selected.
package struct SegmentEffects: Sendable, Equatable {
  package struct Segment: Sendable, Equatable {
    package let estimate: TEstimate
    package let p: PValue
    /// Holm's, so that no false alarm comes at all with chance 1 − level.
    package let adjustedP: PValue
    /// Drawn to the mean of all segments: the best guess of this one's true effect.
    package let shrunken: TEstimate
    /// At a level at which all segments' intervals hold together with the confidence asked (Bonferroni).
    package let simultaneous: ClosedRange<Double>
    /// Where Benjamini and Hochberg's rule selects the segment: its interval, the expected share of misses among selected
    /// ones being 1 − level at most.
    package let selected: ClosedRange<Double>?
  }

  /// Cochran's Q: does the effect differ between segments?
  package let q: Double
  package let degreesOfFreedom: Int
  package let interaction: PValue
  /// The share of the variation that is not noise.
  package let inconsistency: Double
  /// The mean effect where segments may differ.
  package let mean: TEstimate
  /// In the order given.
  package let segments: [Segment]

  /// - Parameters:
  ///   - effects: candidate − production in each segment, of independent rows; two at least, each with an error above 0.
  ///   - level: the confidence of the intervals.
  ///   - spread: how the variance between segments is estimated.
  package init(
    _ effects: [TEstimate], level: Double = 0.95,
    spread: MetaAnalysis.Spread = .restrictedLikelihood
  ) throws(Unavailable) {
    let analysis = try MetaAnalysis(
      values: effects.map(\.value),
      variances: effects.map { $0.standardError * $0.standardError })
    (q, degreesOfFreedom, interaction) = analysis.heterogeneity
    inconsistency = analysis.inconsistency
    mean = analysis.hartungKnapp(spread)
    let p = effects.map { $0.pTwoSided() }
    let holm = Multiplicity.holm(p.map(\.value))
    let hochberg = Multiplicity.benjaminiHochberg(p.map(\.value))
    let isSelected = hochberg.map { $0 <= 1 - level }
    let count = isSelected.filter { $0 }.count
    let shrunken = analysis.shrunken(spread)
    let together = 1 - (1 - level) / Double(effects.count)
    let coverage =
      count == 0
      ? together : Multiplicity.levelOfSelected(count, of: effects.count, level: level)
    segments = effects.indices.map { place in
      Segment(
        estimate: effects[place], p: p[place], adjustedP: PValue(holm[place]),
        shrunken: shrunken[place], simultaneous: effects[place].interval(level: together),
        selected: isSelected[place] ? effects[place].interval(level: coverage) : nil)
    }
  }
}

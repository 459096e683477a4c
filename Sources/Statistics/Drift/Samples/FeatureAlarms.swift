/// One decision on many features: which of them drifted, at one level for all together.
package struct FeatureAlarms: Sendable, Equatable {
  package enum Correction: Sendable {
    /// At most `level` for any false alarm among all features: p <= level / features.
    case bonferroni
    /// At most `level` for any false alarm, with more power: Holm (1979).
    case holm
    /// At most `level` of all alarms false on average: Benjamini and Hochberg (1995); for independent features, or such
    /// whose dependence is positive.
    case falseDiscovery
    /// The same under any dependence: Benjamini and Yekutieli (2001).
    case falseDiscoveryAnyDependence
  }

  /// Adjusted p-values in the order of the features.
  package let adjusted: [Double]
  package let level: Double

  /// - Parameter p: one a feature, in 0...1.
  package init(_ p: [Double], level: Double, correction: Correction = .holm) {
    precondition(level > 0 && level < 1, "level \(level)")
    self.level = level
    switch correction {
    case .bonferroni: adjusted = Multiplicity.bonferroni(p)
    case .holm: adjusted = Multiplicity.holm(p)
    case .falseDiscovery: adjusted = Multiplicity.benjaminiHochberg(p)
    case .falseDiscoveryAnyDependence: adjusted = Multiplicity.benjaminiYekutieli(p)
    }
  }

  /// The features that drifted, by number, the smallest p first.
  package var drifted: [Int] {
    adjusted.indices.filter { adjusted[$0] <= level }
      .sorted { (adjusted[$0], $0) < (adjusted[$1], $1) }
  }

  package var hasDrifted: Bool { adjusted.contains { $0 <= level } }
}

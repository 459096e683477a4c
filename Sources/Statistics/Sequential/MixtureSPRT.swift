import Probability

/// The mixture sequential probability ratio test of a normal estimate: p-values and intervals that hold at any look.
///
/// The mixture is fixed beforehand: effects around the null value with the standard deviation `effectScale`, in the
/// unit of the estimate. A scale that follows the number of rows so far would not be one mixture, and nothing would
/// hold.
///
/// - Source: Johari, Koomen, Pekelis and Walsh (2022), equations 8 to 10; the critical value 2/alpha of the dialect
///   `.statsig` is that of Statsig's documentation.
package struct MixtureSPRT: Sendable, Equatable {
  /// > 0.
  package let effectScale: Double
  package let dialect: Monitoring.Dialect

  package init(effectScale: Double, dialect: Monitoring.Dialect = .johari) {
    precondition(effectScale > 0, "effects with the standard deviation \(effectScale)")
    self.effectScale = effectScale
    self.dialect = dialect
  }

  /// ln of the likelihood ratio of the mixture against `null`.
  package func lnRatio(estimate: Double, standardError: Double, null: Double = 0) -> Double {
    mixture(standardError).lnEvidence(z: (estimate - null) / standardError)
  }

  /// Of this look alone; that of all looks is the smallest so far.
  package func p(estimate: Double, standardError: Double, null: Double = 0) -> PValue {
    let ln = lnRatio(estimate: estimate, standardError: standardError, null: null)
    return PValue(ln: min(0, dialect.lnFactor - ln))
  }

  /// Half the width of the interval at this look.
  package func halfWidth(standardError: Double, alpha: Double) -> Double {
    standardError * mixture(standardError).criticalZ(alpha: alpha / dialect.factor)
  }

  private func mixture(_ standardError: Double) -> NormalMixture {
    let ratio = effectScale / standardError
    return NormalMixture(ratio: ratio * ratio)
  }
}

extension Monitoring.Dialect {
  /// What 1/alpha is multiplied with.
  var factor: Double { self == .statsig ? 2 : 1 }
  var lnFactor: Double { self == .statsig ? 0.693_147_180_559_945_3 : 0 }
}

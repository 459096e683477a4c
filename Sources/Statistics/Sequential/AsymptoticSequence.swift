import Probability

/// A confidence sequence for any mean-like estimate that is nearly normal from the first look on.
///
/// The mixture is of standardised effects, so that nothing has to be known of the variance; the error `alpha` holds
/// over all looks in the limit of late first looks.
///
/// - Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), theorem 2.2, its one-sided form and its rule for
///   the tuning parameter.
package struct AsymptoticSequence: Sendable, Equatable {
  package let alpha: Double
  /// The row at which the interval is tightest.
  package let expectedRows: Double

  package init(alpha: Double, expectedRows: Double) {
    precondition(alpha > 0 && alpha < 1 && expectedRows > 0, "\(alpha), \(expectedRows) rows")
    self.alpha = alpha
    self.expectedRows = expectedRows
  }

  /// The mixture's standard deviation in those of one row, for the two-sided interval.
  package var rho: Double { squareOfRho.squareRoot() }
  var squareOfRho: Double { NormalMixture.tightestRatio(alpha: alpha) / expectedRows }

  /// The same for a one-sided bound, which may err on its side alone; for alpha < ½.
  var squareOfRhoOneSided: Double {
    NormalMixture.tightestRatio(alpha: NormalMixture.oneSidedTuning(alpha: alpha)) / expectedRows
  }

  /// Half the width of the two-sided interval in standard errors, after `rows`.
  package func criticalZ(rows: Double) -> Double {
    NormalMixture(ratio: rows * squareOfRho).criticalZ(alpha: alpha)
  }

  /// How far below the estimate the one-sided bound lies, in standard errors.
  package func criticalZOneSided(rows: Double) -> Double {
    OneSidedNormalBound(ratio: rows * squareOfRhoOneSided).criticalZ(alpha: alpha)
  }

  /// The p-value of this look alone; that of all looks is the smallest so far.
  package func p(z: Double, rows: Double) -> PValue {
    EValue(ln: NormalMixture(ratio: rows * squareOfRho).lnEvidence(z: z)).p
  }

  package func pAbove(z: Double, rows: Double) -> PValue {
    OneSidedNormalBound(ratio: rows * squareOfRhoOneSided).p(z: z)
  }
}

/// A closed form for the one-sided mixture, a little wider than the root of the e-value.
///
/// - Source: Waudby-Smith et al. (2024), proposition on one-sided sequences.
struct OneSidedNormalBound {
  let ratio: Double

  func criticalZ(alpha: Double) -> Double {
    let root = (1 + ratio).squareRoot()
    let reach = Elementary.log1p(root / (2 * alpha))
    return (2 * (1 + ratio) / ratio * reach).squareRoot()
  }

  /// The alpha at which the bound meets the value that lies z below the estimate; at most 1.
  func p(z: Double) -> PValue {
    guard z > 0 else { return .one }
    let reach = z * z * ratio / (2 * (1 + ratio))
    // ln (e^reach − 1)
    let excess = reach > 30 ? reach : Elementary.log(Elementary.expm1(reach))
    let ln = Elementary.log1p(ratio) / 2 - 0.693_147_180_559_945_3 - excess
    return PValue(ln: min(0, ln))
  }
}

extension PValue {
  /// A p-value that is known by its logarithm, <= 0.
  init(ln: Double) { self.init(value: Elementary.exp(ln), ln: ln) }
}

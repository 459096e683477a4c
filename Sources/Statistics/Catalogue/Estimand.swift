/// What a method estimates, always of the candidate against production.
package enum Estimand: String, Sendable, CaseIterable {
  case meanDifference, medianDifference, trimmedMeanDifference, winsorizedMeanDifference
  case shareDifference, shareRatio, oddsRatio
  case ratioDifference, relativeLift
  case rateRatio
  /// P(candidate > production) + ½ P(equal).
  case probabilityLarger
  /// P(candidate > production) − P(candidate < production), Cliff's δ.
  case dominance
  /// The shift between two distributions of one shape (Hodges-Lehmann).
  case shift
  case quantileDifference
  case varianceRatio
  /// Of the mean distances of values from the centre of their own arm.
  case spreadDifference
  /// Any difference of the distributions: a test without an interval.
  case distribution
  case aucDifference
  case standardizedDifference
  /// The candidate's rate of events over production's, at every time the same.
  case hazardRatio
  /// Of the mean times without event up to a horizon.
  case restrictedMeanDifference
  case restrictedMeanRatio
  /// P(candidate wins) over P(candidate loses), ties left out.
  case winRatio
  /// P(candidate wins) − P(candidate loses).
  case netBenefit
  /// Of the mean rewards of another policy and of the one that was logged.
  case policyDifference
  /// Agreement of two answers (kappa, Bland-Altman limits).
  case agreement
  /// Of values under another policy, a survival curve, an indirect quantity: the method says.
  case other

  /// The value that means "no difference".
  package var noDifference: Double {
    switch self {
    case .shareRatio, .oddsRatio, .rateRatio, .varianceRatio: 1
    case .hazardRatio, .restrictedMeanRatio, .winRatio: 1
    case .probabilityLarger: 0.5
    default: 0
    }
  }
}

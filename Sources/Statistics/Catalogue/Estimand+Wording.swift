extension Estimand {
  /// "difference of means".
  package var words: String {
    switch self {
    case .meanDifference: "difference of means"
    case .medianDifference: "difference of medians"
    case .trimmedMeanDifference: "difference of trimmed means"
    case .winsorizedMeanDifference: "difference of winsorised means"
    case .shareDifference: "difference of shares"
    case .shareRatio: "ratio of shares"
    case .oddsRatio: "odds ratio"
    case .ratioDifference: "difference of ratios"
    case .relativeLift: "relative lift"
    case .rateRatio: "ratio of rates"
    case .probabilityLarger: "probability that the candidate's value is larger"
    case .dominance: "dominance: chance to be larger less chance to be smaller"
    case .spreadDifference: "difference of spreads"
    case .shift: "shift of the distribution"
    case .quantileDifference: "difference of quantiles"
    case .varianceRatio: "ratio of variances"
    case .distribution: "any difference of the distributions"
    case .aucDifference: "difference of AUCs"
    case .standardizedDifference: "difference in standard deviations"
    case .hazardRatio: "ratio of hazards"
    case .restrictedMeanDifference: "difference of mean times up to the horizon"
    case .restrictedMeanRatio: "ratio of mean times up to the horizon"
    case .winRatio: "win ratio"
    case .netBenefit: "net benefit: chance to win less chance to lose"
    case .agreement: "agreement"
    case .policyDifference: "difference of two policies' mean rewards"
    case .other: "its own"
    }
  }
}

extension Method.Need {
  /// As a list of methods says it.
  package var words: String {
    switch self {
    case .binary: "values of 0 and 1"
    case .counts: "counts"
    case .positive: "values above 0"
    case .range: "a known range"
    case .denominators: "a ratio metric"
    case .units: "units"
    case .covariates: "covariates"
    case .strata: "strata"
    case .labels: "labels"
    case .places: "times"
    case .times: "times to an event"
    case .rewardModel: "a reward model"
    case .smallSample: "few rows"
    }
  }
}

extension Method.Guarantee {
  package var word: String {
    switch self {
    case .exact: "exact"
    case .approximate: "approximate"
    case .conservative: "conservative"
    case .anytime: "anytime"
    }
  }

  /// What the word promises.
  package var meaning: String {
    switch self {
    case .exact: "never more than the nominal error at any sample size, under the assumptions"
    case .approximate: "close to the nominal error in moderate samples"
    case .conservative: "no more than the nominal error, and perhaps well below"
    case .anytime: "at most the nominal error over all looks together"
    }
  }
}

extension Method {
  /// Above this many rows an arm, methods whose cost grows faster than n log n are refused.
  package static let mostRowsOfSmallSample = 5_000

  /// Why the method cannot be asked about such data, as the end of a sentence: "needs values that are 0 or 1"; nil
  /// where it can.
  package func misfit(_ facts: DataFacts) -> String? {
    misfit(layout: facts.layout) ?? misfit(design: facts) ?? misfit(values: facts)
  }

  package func misfit(layout: DataFacts.Layout) -> String? {
    if isOfPolicies {
      return layout == .log ? nil : "judges a policy by another's log: name --policy"
    }
    if isOfBeliefs, layout == .arms { return nil }
    if estimand == .other { return "does not compare two arms" }
    return switch (body, layout) {
    case (.arms, .arms), (.pairs, .pairs): nil
    case (.arms, .pairs): "compares two arms, and these are pairs of answers"
    case (.pairs, .arms): "compares pairs of answers, and these are arms"
    case (_, .log): "compares arms, and this is the log of a policy"
    case (.ownCall, _): "asks for other data than two columns"
    }
  }

  /// What the columns that are named decide.
  package func misfit(design facts: DataFacts) -> String? {
    let wants: [(Need, Bool, String)] = [
      (.denominators, facts.hasDenominators, "needs a ratio metric, as in --metric \"a/b\""),
      (.units, facts.smallerUnitCount != nil, "needs --unit"),
      (.covariates, facts.hasCovariates, "needs --covariate"),
      (.strata, facts.hasStrata, "needs --stratum"),
      (.labels, facts.hasLabels, "needs scores with --label"),
      (.places, facts.hasPlaces, "needs --time"),
      (.times, facts.hasTimes, "needs times to an event, as in --metric \"time(days, event)\""),
      (.rewardModel, facts.hasRewardModel, "needs --reward-model"),
    ]
    if let missing = wants.first(where: { needs.contains($0.0) && !$0.1 }) { return missing.2 }
    switch facts.asked {
    case .ratio where !needs.contains(.denominators): return "takes no ratio metric"
    case .time where !needs.contains(.times): return "knows of no rows without their event"
    case .classes where !Self.ofClasses.contains(name):
      return "compares numbers, and classes are none"
    default: return nil
    }
  }

  /// What the values decide.
  package func misfit(values facts: DataFacts) -> String? {
    let wants: [(Need, Bool, String)] = [
      (.binary, facts.isBinary, "needs values that are 0 or 1"),
      (.counts, facts.isCounts, "needs values that are whole numbers from 0 on"),
      (.positive, facts.isPositive, "needs values above 0"),
      (.range, facts.hasRange, "needs --range, where every value lies"),
      (
        .smallSample, facts.count <= 2 * Self.mostRowsOfSmallSample,
        "takes at most \(Self.mostRowsOfSmallSample) rows an arm"
      ),
    ]
    return wants.first { needs.contains($0.0) && !$0.1 }?.2
  }

  /// The method whose interval stands beside a test that has none, of the same estimand.
  package var intervalMethod: Method? {
    let name: String? =
      switch (body, estimand) {
      case (.arms, .meanDifference): "welch"
      case (.pairs, .meanDifference): "paired-t"
      case (.arms, .shareDifference): "miettinen-nurminen"
      case (.arms, .oddsRatio): "fisher-tails"
      case (.pairs, .shareDifference): "tango"
      case (.arms, .shift): "hodges-lehmann"
      case (.pairs, .shift): "hodges-lehmann-paired"
      default: nil
      }
    return name.flatMap(Catalogue.method)
  }

  /// Of answers that are classes.
  private static let ofClasses = ["bowker", "stuart-maxwell", "cohen-kappa"]

  /// Whether it judges a policy by the log of another (`OffPolicyEstimator`).
  package var isOfPolicies: Bool { estimand == .policyDifference }

  /// Whether it gives each arm a posterior (`Posterior`).
  package var isOfBeliefs: Bool { Catalogue.beliefs.contains { $0.name == name } }

  /// Whether values that are near in time may be alike.
  package var allowsForTime: Bool {
    needs.contains(.places) || (Catalogue.series + Catalogue.grouped).contains { $0.name == name }
      || Self.ofBlocks.contains(name)
  }

  private static let ofBlocks = [
    "moving-block-bootstrap", "paired-moving-block-bootstrap", "stationary-bootstrap",
    "paired-stationary-bootstrap",
  ]

  /// Whether it compares what is asked for; a method of another estimand may be asked for by name only.
  package func answers(_ asked: DataFacts.Asked) -> Bool {
    switch asked {
    case .mean, .ratio: estimand != .quantileDifference && estimand != .aucDifference
    case .quantile: estimand == .quantileDifference || estimand == .medianDifference
    case .areaUnderCurve: estimand == .aucDifference
    case .time: needs.contains(.times)
    case .classes: Self.ofClasses.contains(name)
    }
  }
}

import Probability

extension Catalogue {
  /// Any estimand, where rows depend within units or in time: one estimate a group, and Student's t of these.
  static let grouped: [Method] = groupedPlaces + groupedShares + groupedTimes + groupedPairs

  static let groupedAssumptions = [
    "units are independent, or the rows stand in the order of time and forget what happened long before an eighth of "
      + "the series is over",
    "a group's estimate is nearly normal and not biased",
  ]
  static let groupedFailure =
    "there are fewer than about twenty units, or a series is worth fewer than a hundred independent rows, or it drifts"
  static let groupedSource = "Ibragimov and Müller (2010, 2016)"
  static let signsSource =
    "Canay, Romano and Shaikh (2017) for signs over groups; Smirnov (1939) for the distance"

  // MARK: Where the values lie

  private static let groupedPlaces: [Method] = [
    contrast(
      "grouped-median-difference", "group t test of the difference of medians", .medianDifference,
      fails: "; or many values are equal to the median"
    ) { arm, _ throws(Unavailable) in try arm.quantile(0.5) },
    contrast(
      "grouped-quantile-difference", "group t test of the difference of quantiles",
      .quantileDifference,
      fails: "; or a group holds fewer than about three values beyond the quantile"
    ) { arm, question throws(Unavailable) in try arm.quantile(question.probability) },
    contrast(
      "grouped-trimmed-mean", "group t test of the difference of 20 % trimmed means",
      .trimmedMeanDifference, fails: "; or the tail itself is the question"
    ) { arm, _ throws(Unavailable) in try TrimmedMean(of: arm.values, trim: 0.2).mean.mean },
    method(
      "grouped-winsorized-mean",
      "group t test of the difference of means winsorised at the pooled 1 % and 99 % quantiles",
      .winsorizedMeanDifference, fails: "; or an effect lies in the outermost hundredth"
    ) { arms, groups, question throws(Unavailable) in
      let ends = Winsorizing.ends(
        of: arms.candidate.values + arms.production.values, lower: 0.01, upper: 0.01)
      guard let ends else { throw .tooFew(has: 0, needs: 1) }
      return try difference(groups, question) { arm throws(Unavailable) in
        Centre(of: arm.values.map { min(ends.upperBound, max(ends.lowerBound, $0)) }).value
      }
    },
    method(
      "grouped-shift", "group t test of the Hodges-Lehmann shift", .shift,
      fails: "; or the arms' distributions differ in more than a shift"
    ) { _, groups, question throws(Unavailable) in
      let shifts = try groups.map { group throws(Unavailable) in
        try PairwiseSums.differences(
          candidate: group.candidate.values, production: group.production.values
        ).median
      }
      return Answer(try GroupContrast(shifts).estimate, to: question)
    },
    method(
      "grouped-standardized-difference", "Cohen's d over groups with Fieller's interval",
      .standardizedDifference,
      fails: "; or a heavy tail makes the standard deviation a poor ruler"
    ) { arms, groups, question throws(Unavailable) in
      let parts = try standardized(arms, groups)
      return try GroupRatio(candidate: parts.differences, production: parts.rulers)
        .signedAnswer(to: question)
    },
    contrast(
      "grouped-ratio-difference", "group t test of the difference of two ratios of sums",
      .ratioDifference, needs: [.denominators],
      fails: "; or a few rows carry the sums of a group"
    ) { arm, _ throws(Unavailable) in try arm.ratio().value },
    method(
      "grouped-relative-lift", "relative lift over groups with Fieller's interval", .relativeLift,
      fails: "; or production's mean may be 0: the interval is then unbounded, and says so"
    ) { _, groups, question throws(Unavailable) in
      try GroupRatio(
        candidate: each(groups.map(\.candidate)) { arm throws(Unavailable) in
          try arm.center().value
        },
        production: each(groups.map(\.production)) { arm throws(Unavailable) in
          try arm.center().value
        }
      ).liftAnswer(to: question)
    },
  ]

  /// With the pooled standard deviation S of all rows: the difference of each group's means over S, and what the
  /// group says of S, to first order: half of 1 and of its squared distances from the arms' means over S².
  private static func standardized(
    _ arms: TwoArms, _ groups: [TwoArms]
  ) throws(Unavailable) -> (differences: [Double], rulers: [Double]) {
    let first = try Moments(of: arms.candidate.values)
    let second = try Moments(of: arms.production.values)
    let d = try StandardizedDifference(candidate: first, production: second).cohenD
    let scale = try TTests.pooledStandardDeviation(first, second)
    let share = Double(first.count) / Double(first.count + second.count)
    func means(_ arm: ArmSample, _ moments: Moments) -> (distance: Double, square: Double) {
      let z = arm.values.map { (($0 - moments.mean) - moments.meanRest) / scale }
      let n = Double(z.count)
      return (ExactSum.total(z) / n, ExactSum.total(z.map { $0 * $0 }) / n)
    }
    var (differences, rulers): ([Double], [Double]) = ([], [])
    for group in groups {
      let (one, other) = (means(group.candidate, first), means(group.production, second))
      differences.append(d + (one.distance - other.distance))
      rulers.append((1 + share * one.square + (1 - share) * other.square) / 2)
    }
    return (differences, rulers)
  }

  // MARK: How often one is larger

  private static let groupedShares: [Method] = [
    method(
      "grouped-tail-share", "group t test of the shares beyond a quantile of both arms",
      .shareDifference, fails: "; or hardly a value of a group lies beyond the threshold"
    ) { arms, groups, question throws(Unavailable) in
      _ = try question.null(0, in: -1...1)
      let threshold = try TailShare(
        candidate: arms.candidate.values, production: arms.production.values,
        probability: question.probability
      ).threshold
      return try difference(groups, question) { arm throws(Unavailable) in
        Double(arm.values.count { $0 > threshold }) / Double(arm.values.count)
      }.within(-1...1)
    },
    wins(
      "grouped-probability-larger", "group t test of how often the candidate is larger",
      .probabilityLarger
    ) {
      question, wins throws(Unavailable) in
      Answer(
        try GroupContrast(wins.map { (1 + $0.wins - $0.losses) / 2 }).estimate, to: question,
        null: try question.null(0.5, in: 0...1)
      ).within(0...1)
    },
    wins("grouped-dominance", "group t test of Cliff's delta", .dominance) {
      question, wins throws(Unavailable) in
      try benefit(wins, question)
    },
    wins(
      "grouped-net-benefit", "group t test of the share of wins less that of losses", .netBenefit
    ) { question, wins throws(Unavailable) in try benefit(wins, question) },
    wins("grouped-win-ratio", "wins over losses in groups, with Fieller's interval", .winRatio) {
      question, wins throws(Unavailable) in
      try GroupRatio(candidate: wins.map(\.wins), production: wins.map(\.losses))
        .answer(to: question)
    },
    Method(
      name: "grouped-distribution", title: "Kolmogorov-Smirnov distance over groups of rows",
      estimand: .distribution, assumptions: [groupedAssumptions[0]],
      failsWhen: groupedFailure + "; or it is asked for a p-value below 2 in 2^groups",
      source: signsSource, guarantee: .conservative,
      body: .arms { arms, question throws(Unavailable) in
        try question.requireNoDifference()
        let groups = try RowGroups.of(arms)
        let signs = try GroupSigns(
          groups.map { ($0.candidate.values, $0.production.values) })
        return Answer(
          p: signs.p(question.alternative), statistic: signs.statistic(question.alternative),
          cautions: [.resolution(oneIn: 1 << groups.count)])
      }),
  ]

  private static func benefit(
    _ wins: [WinRatio], _ question: Question
  ) throws(Unavailable) -> Answer {
    _ = try question.null(0, in: -1...1)
    return Answer(try GroupContrast(wins.map { $0.wins - $0.losses }).estimate, to: question)
      .within(-1...1)
  }

  private static func wins(
    _ name: String, _ title: String, _ estimand: Estimand,
    _ answer: @escaping @Sendable (Question, [WinRatio]) throws(Unavailable) -> Answer
  ) -> Method {
    method(name, title, estimand, fails: "; or nearly all pairs of rows fall one way") {
      _, groups, question throws(Unavailable) in
      try answer(
        question, groups.map { group throws(Unavailable) in try WinRatio(group.tieBlocks()) })
    }
  }

  // MARK: Times to an event

  private static let groupedTimes: [Method] = [
    method(
      "grouped-hazard-ratio", "group t test of the Cox model's log hazard ratio", .hazardRatio,
      needs: [.times], fails: "; or a group has few events, or the curves cross"
    ) { _, groups, question throws(Unavailable) in
      let logarithms = try groups.map { group throws(Unavailable) in
        try HazardRatio(RiskTable(group, byStrata: true)).logarithm.value
      }
      let estimate = try GroupContrast(logarithms).estimate
      return try question.atAllLevels { question throws(Unavailable) in
        try Answer(exponentialOf: estimate, to: question)
      }
    },
    method(
      "grouped-restricted-mean-difference",
      "group t test of the difference of mean times up to a horizon", .restrictedMeanDifference,
      needs: [.times], fails: "; or hardly a row of a group is followed to the horizon"
    ) { arms, groups, question throws(Unavailable) in
      let means = try restrictedMeans(arms, groups, question)
      return Answer(
        try GroupContrast(candidate: means.candidate, production: means.production).estimate,
        to: question)
    },
    method(
      "grouped-restricted-mean-ratio",
      "ratio of mean times up to a horizon in groups, with Fieller's interval",
      .restrictedMeanRatio, needs: [.times],
      fails: "; or hardly a row of a group is followed to the horizon"
    ) { arms, groups, question throws(Unavailable) in
      let means = try restrictedMeans(arms, groups, question)
      return try GroupRatio(candidate: means.candidate, production: means.production)
        .answer(to: question)
    },
  ]

  /// Up to the horizon that is asked, else the last time that every curve of every group is known to.
  private static func restrictedMeans(
    _ arms: TwoArms, _ groups: [TwoArms], _ question: Question
  ) throws(Unavailable) -> (candidate: [Double], production: [Double]) {
    let curves = try groups.map { group throws(Unavailable) in try SurvivalContrast(group) }
    var horizon = question.horizon ?? .infinity
    if question.horizon == nil {
      horizon = try SurvivalContrast(arms).commonHorizon
      for curve in curves.flatMap({ [$0.candidate, $0.production] }) where curve.isOpen {
        horizon = min(horizon, curve.lastTime)
      }
    }
    let means = try curves.map { curve throws(Unavailable) in
      try curve.restrictedMeans(to: horizon)
    }
    return (means.map(\.candidate.value), means.map(\.production.value))
  }

  // MARK: Forms

  private typealias Groups =
    @Sendable (TwoArms, [TwoArms], Question) throws(Unavailable) -> Answer

  private static func method(
    _ name: String, _ title: String, _ estimand: Estimand, needs: Set<Method.Need> = [],
    fails: String, _ answer: @escaping Groups
  ) -> Method {
    Method(
      name: name, title: title, estimand: estimand, needs: needs, assumptions: groupedAssumptions,
      failsWhen: groupedFailure + fails, source: groupedSource,
      body: .arms { arms, question throws(Unavailable) in
        try answer(arms, try RowGroups.of(arms), question)
      })
  }

  /// A number of either arm, and the difference of the two in each group.
  private static func contrast(
    _ name: String, _ title: String, _ estimand: Estimand, needs: Set<Method.Need> = [],
    fails: String,
    _ value: @escaping @Sendable (ArmSample, Question) throws(Unavailable) -> Double
  ) -> Method {
    method(name, title, estimand, needs: needs, fails: fails) {
      _, groups, question throws(Unavailable) in
      try difference(groups, question) { arm throws(Unavailable) in try value(arm, question) }
    }
  }

  private static func difference(
    _ groups: [TwoArms], _ question: Question, _ value: (ArmSample) throws(Unavailable) -> Double
  ) throws(Unavailable) -> Answer {
    let contrast = try GroupContrast(
      candidate: each(groups.map(\.candidate), value),
      production: each(groups.map(\.production), value))
    return Answer(contrast.estimate, to: question)
  }

  private static func each(
    _ arms: [ArmSample], _ value: (ArmSample) throws(Unavailable) -> Double
  ) throws(Unavailable) -> [Double] {
    try arms.map { arm throws(Unavailable) in try value(arm) }
  }
}

extension ArmSample {
  fileprivate func quantile(_ probability: Double) throws(Unavailable) -> Double {
    try SampleQuantile.medianUnbiased([probability], of: values)[0]
  }
}

extension Answer {
  /// The same with intervals cut to what the estimand can be.
  func within(_ range: ClosedRange<Double>) -> Answer {
    var answer = self
    answer.interval = interval?.clamped(to: range)
    answer.furtherIntervals = furtherIntervals.map { $0.clamped(to: range) }
    return answer
  }
}

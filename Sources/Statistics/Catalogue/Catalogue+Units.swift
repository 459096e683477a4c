extension Catalogue {
  static let units: [Method] = [
    clustered, clusteredCR1, pairedClustered, cuped, cupac, cupedClustered, ancova,
    common(
      "cuped-pooled", "CUPED with one slope from all rows", .pooled,
      source: "Deng, Xu, Kohavi and Walker (2013), as most platforms run it"),
    common(
      "cuped-within", "CUPED with one slope from the rows about their arm's mean", .within,
      source: "Deng, Xu, Kohavi and Walker (2013); Fisher (1932)"),
    stratified(
      "post-stratified", "post-stratified difference, strata weighted by their share of all rows",
      .share,
      fails:
        "a stratum has a handful of rows in an arm, or the strata were chosen after the outcome",
      source: "Holt and Smith (1979); Miratrix, Sekhon and Yu (2013)"),
    stratified(
      "stratified", "stratified difference, strata weighted by their precision", .precision,
      fails:
        "the effect differs between strata: it is then that of the evenly split strata, not of all traffic",
      source: "Cochran (1954), as a regression with an intercept a stratum"),
    Method(
      name: "triggered", title: "effect on triggered units, diluted to all units",
      estimand: .meanDifference,
      assumptions: [
        "units are independent", "both arms say alike which units are triggered",
        "untriggered units meet no effect",
      ],
      failsWhen: "the trigger itself depends on the arm",
      source: "Deng and Hu (2015)", body: .ownCall),
  ]

  private static let clustered = Method(
    name: "clustered", title: "t test of means over rows with errors by unit (CR2)",
    estimand: .meanDifference, needs: [.units],
    assumptions: ["units are independent; rows of one unit may depend in any way"],
    failsWhen:
      "one unit has a large share of an arm's rows, or there are fewer than about five units an arm",
    source: "Bell and McCaffrey (2002); Imbens and Kolesár (2016)",
    body: .arms { arms, question throws(Unavailable) in
      let difference = try clusters(arms)
      return answer(difference, difference.estimate, question)
    })

  private static let clusteredCR1 = Method(
    name: "clustered-cr1", title: "t test of means over rows with errors by unit (CR1)",
    estimand: .meanDifference, needs: [.units],
    assumptions: [
      "units are independent; rows of one unit may depend in any way", "dozens of units",
    ],
    failsWhen: "units are few or very unequal: the errors are then too small",
    source: "Liang and Zeger (1986), with the factor that regression software takes",
    body: .arms { arms, question throws(Unavailable) in
      let difference = try clusters(arms)
      return answer(difference, difference.cr1Estimate, question)
    })

  private static let pairedClustered = Method(
    name: "paired-clustered",
    title: "t test of the mean difference of pairs with errors by unit (CR2)",
    estimand: .meanDifference, needs: [.units],
    assumptions: ["units are independent; pairs of one unit may depend in any way"],
    failsWhen: "one unit has a large share of the pairs, or there are fewer than about five units",
    source: "Bell and McCaffrey (2002)",
    body: .pairs { pairs, question throws(Unavailable) in
      let arm = try ClusterDifference.Arm(
        values: pairs.candidate.indices.map { pairs.candidate[$0] - pairs.production[$0] },
        units: pairs.units)
      guard arm.estimate.standardError > 0 else { throw .noVariation }
      return Answer(arm.estimate, to: question)
    })

  private static let knownBefore = "the covariates were known before the assignment"

  private static let cuped = Method(
    name: "cuped", title: "regression adjustment with slopes of each arm's own (CUPED after Lin)",
    estimand: .meanDifference, needs: [.covariates],
    assumptions: ["rows are independent", knownBefore, "many more rows an arm than covariates"],
    failsWhen:
      "a covariate is measured after the assignment, or a few rows lie far from all others",
    source: "Lin (2013) with HC2; Deng, Xu, Kohavi and Walker (2013)",
    body: .arms { arms, question throws(Unavailable) in
      Answer(try adjustment(arms).interacted(), to: question)
    })

  private static let cupac = Method(
    name: "cupac", title: "regression adjustment by a model's prediction",
    estimand: .meanDifference,
    needs: [.covariates],
    assumptions: [
      "rows are independent",
      "the covariate is the prediction of a model that saw neither these outcomes nor the arm",
    ],
    failsWhen: "the model was trained on the experiment's own outcomes",
    source: "Tang et al. (2020); the arithmetic is that of cuped",
    body: .arms { arms, question throws(Unavailable) in
      Answer(try adjustment(arms).interacted(), to: question)
    })

  private static let cupedClustered = Method(
    name: "cuped-clustered", title: "regression adjustment with errors by unit (CR2)",
    estimand: .meanDifference, needs: [.covariates, .units],
    assumptions: ["units are independent; rows of one unit may depend in any way", knownBefore],
    failsWhen:
      "one unit has a large share of an arm's rows, or there are hardly more units than covariates",
    source: "Lin (2013); Bell and McCaffrey (2002)",
    body: .arms { arms, question throws(Unavailable) in
      let adjustment = try adjustment(arms)
      guard let candidate = arms.candidate.units, let production = arms.production.units else {
        return Answer(try adjustment.interacted(), to: question)
      }
      return Answer(try adjustment.interacted(units: candidate, production), to: question)
    })

  private static let ancova = Method(
    name: "ancova", title: "analysis of covariance with HC2 errors", estimand: .meanDifference,
    needs: [.covariates],
    assumptions: [
      "rows are independent", knownBefore, "one slope in both arms, or arms of one size",
    ],
    failsWhen: "slopes differ and the arms' sizes too: it can then be worse than no adjustment",
    source: "Fisher (1932); Freedman (2008); MacKinnon and White (1985)",
    body: .arms { arms, question throws(Unavailable) in
      Answer(try adjustment(arms).ancova(), to: question)
    })

  private static func common(
    _ name: String, _ title: String, _ slopes: RegressionAdjustment.Slopes, source: String
  ) -> Method {
    Method(
      name: name, title: title, estimand: .meanDifference, needs: [.covariates],
      assumptions: [
        "rows are independent", knownBefore, "the slope is taken as known: hundreds of rows",
      ],
      failsWhen: "rows are few: the slope's own error is left out",
      source: source,
      body: .arms { arms, question throws(Unavailable) in
        Answer(try adjustment(arms).welch(slopes), to: question)
      })
  }

  private static func stratified(
    _ name: String, _ title: String, _ weights: StratifiedDifference.Weights, fails: String,
    source: String
  ) -> Method {
    Method(
      name: name, title: title, estimand: .meanDifference, needs: [.strata],
      assumptions: [
        "rows are independent", "strata were known before the assignment (or are periods of time)",
        "two rows an arm in every stratum at least",
      ],
      failsWhen: fails, source: source,
      body: .arms { arms, question throws(Unavailable) in
        func strata(_ arm: ArmSample) -> [Int] {
          arm.strata ?? Array(repeating: 0, count: arm.values.count)
        }
        return Answer(
          try StratifiedDifference(
            candidate: arms.candidate.values, strata: strata(arms.candidate),
            production: arms.production.values, strata: strata(arms.production), weights: weights
          ).estimate, to: question)
      })
  }

  private static func adjustment(_ arms: TwoArms) throws(Unavailable) -> RegressionAdjustment {
    try RegressionAdjustment(candidate: arms.candidate, production: arms.production)
  }

  private static func clusters(_ arms: TwoArms) throws(Unavailable) -> ClusterDifference {
    try ClusterDifference(
      candidate: .init(values: arms.candidate.values, units: arms.candidate.units),
      production: .init(values: arms.production.values, units: arms.production.units))
  }

  private static func answer(
    _ difference: ClusterDifference, _ estimate: TEstimate, _ question: Question
  ) -> Answer {
    var answer = Answer(estimate, to: question)
    answer.arms = .init(
      candidate: difference.candidate.mean.mean, production: difference.production.mean.mean)
    return answer
  }
}

extension Catalogue {
  static let sequential: [Method] = normalMixtures + bounded + countsAndRanks

  private static let normalMixtures: [Method] = [
    Method(
      name: "msprt", title: "mixture sequential probability ratio test",
      estimand: .meanDifference, assumptions: nearNormal,
      failsWhen: lateLarge,
      source: "Johari, Koomen, Pekelis and Walsh (2022); Robbins (1970)", guarantee: .anytime,
      body: .arms { arms, question throws(Unavailable) in
        try NormalMixtureMethods(.mixtureSPRT, question).path(of: arms).answer
      }),
    Method(
      name: "confidence-sequence", title: "asymptotic confidence sequence",
      estimand: .meanDifference, assumptions: nearNormal,
      failsWhen: lateLarge,
      source: "Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024)", guarantee: .anytime,
      body: .arms { arms, question throws(Unavailable) in
        try NormalMixtureMethods(.asymptotic, question).path(of: arms).answer
      }),
    Method(
      name: "ratio-confidence-sequence", title: "asymptotic confidence sequence of ratios",
      estimand: .ratioDifference, needs: [.denominators], assumptions: nearNormal,
      failsWhen: lateLarge,
      source: "Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024); Cochran (1977)",
      guarantee: .anytime,
      body: .arms { arms, question throws(Unavailable) in
        try NormalMixtureMethods(.asymptotic, question).path(ofRatios: arms).answer
      }),
    Method(
      name: "paired-msprt", title: "mixture sequential probability ratio test of pairs",
      estimand: .meanDifference, assumptions: nearNormal,
      failsWhen: lateLarge,
      source: "Johari, Koomen, Pekelis and Walsh (2022); Robbins (1970)", guarantee: .anytime,
      body: .pairs { pairs, question throws(Unavailable) in
        try NormalMixtureMethods(.mixtureSPRT, question).path(of: pairs).answer
      }),
    Method(
      name: "paired-confidence-sequence", title: "asymptotic confidence sequence of pairs",
      estimand: .meanDifference, assumptions: nearNormal,
      failsWhen: lateLarge,
      source: "Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024)", guarantee: .anytime,
      body: .pairs { pairs, question throws(Unavailable) in
        try NormalMixtureMethods(.asymptotic, question).path(of: pairs).answer
      }),
    Method(
      name: "group-sequential", title: "group-sequential test with spent error",
      estimand: .meanDifference,
      assumptions: [
        "rows are independent and come in the order of time",
        "the number of looks (five, where nothing is said) and of rows was planned",
        "the means are nearly normal at the first look already",
      ],
      failsWhen: "a look is added, or the planned number of rows changed, because of what was seen",
      source: "Lan and DeMets (1983); Tsiatis, Rosner and Mehta (1984)",
      widensWithLevel: false,
      body: .arms { arms, question throws(Unavailable) in
        let plan = GroupSequentialPlan(looks: question.monitoring.looks ?? 5)
        guard question.alternative == .less else {
          return try GroupSequentialTest.means(of: arms, plan: plan, question: question).answer
        }
        let turned = question.exchanged { -$0 }
        return try GroupSequentialTest.means(of: arms.exchanged, plan: plan, question: turned)
          .answer.negated
      }),
  ]

  private static let nearNormal = [
    "rows are independent and come in the order of time",
    "the share of the traffic that an arm gets does not depend on the outcomes",
    "the mean is nearly normal from the first look on: looks wait until its skewness, as the "
      + "rows show it, is below 0.1 and no few rows carry it",
  ]
  private static let lateLarge =
    "values so rare and so large that the rows before the first look do not show them"

  private static func boundedMethod(
    _ rule: BoundedMethods.Rule, _ name: String, _ title: String, source: String
  ) -> [Method] {
    let needs: Set<Method.Need> = [.range]
    return [
      Method(
        name: name, title: title, estimand: .meanDifference, needs: needs,
        assumptions: [
          "every value lies in the range that was said before",
          "rows are independent, come in the order of time and keep their mean",
          "the share of the traffic that an arm gets does not depend on the outcomes",
        ],
        failsWhen: "the mean drifts over time while the arms' shares of the traffic change",
        source: source, guarantee: .anytime, widensWithLevel: rule == .hoeffdingMixture,
        body: .arms { arms, question throws(Unavailable) in
          try BoundedMethods(rule, question).path(of: arms).answer
        }),
      Method(
        name: "paired-\(name)", title: "\(title) of pairs", estimand: .meanDifference,
        needs: needs,
        assumptions: [
          "every value lies in the range that was said before",
          "pairs come in the order of time; each has the same mean difference, whatever the ones "
            + "before it were",
        ],
        failsWhen: "the mean difference changes over time: then it holds for none of them",
        source: source, guarantee: .anytime, widensWithLevel: rule == .hoeffdingMixture,
        body: .pairs { pairs, question throws(Unavailable) in
          try BoundedMethods(rule, question).path(of: pairs).answer
        }),
    ]
  }

  private static let bounded: [Method] =
    boundedMethod(
      .empiricalBernstein, "empirical-bernstein", "empirical Bernstein confidence sequence",
      source: "Waudby-Smith and Ramdas (2024), theorem 2")
    + boundedMethod(
      .hoeffdingMixture, "hoeffding-mixture", "Hoeffding mixture confidence sequence",
      source: "Howard, Ramdas, McAuliffe and Sekhon (2021); Hoeffding (1963)")
    + boundedMethod(
      .betting, "betting", "confidence sequence by betting",
      source: "Waudby-Smith and Ramdas (2024), theorem 3")

  private static let countsAndRanks: [Method] = [
    Method(
      name: "sequential-share", title: "always-valid test of two shares",
      estimand: .shareDifference, needs: [.binary],
      assumptions: ["rows are independent, come in the order of time and keep their share"],
      failsWhen: "the shares drift over time while the arms' parts of the traffic change",
      source: "Krichevsky and Trofimov (1981); Wasserman, Ramdas and Balakrishnan (2020)",
      guarantee: .anytime,
      body: .arms { arms, question throws(Unavailable) in
        try ShareMethods(question).shares(of: arms).answer
      }),
    Method(
      name: "sequential-mcnemar", title: "always-valid McNemar test",
      estimand: .oddsRatio, needs: [.binary],
      assumptions: [
        "pairs come in the order of time",
        "which of the two is right where only one is does not depend on the pairs before",
      ],
      failsWhen: "several pairs come from one user, or copies of a request are counted as many",
      source: "McNemar (1947); Krichevsky and Trofimov (1981); Ville (1939)",
      guarantee: .anytime,
      body: .pairs { pairs, question throws(Unavailable) in
        try ShareMethods(question).discordantOdds(of: pairs).answer
      }),
    Method(
      name: "sequential-rates", title: "always-valid test of two rates", estimand: .rateRatio,
      needs: [.counts],
      assumptions: [
        "each row's count is a Poisson number, and rows are independent and come in the order of "
          + "time",
        "every row stands for the same exposure",
      ],
      failsWhen: "counts vary more than Poisson numbers do (events in bursts, users of many kinds)",
      source: "Przyborowski and Wilenski (1940); Krichevsky and Trofimov (1981)",
      guarantee: .anytime,
      body: .arms { arms, question throws(Unavailable) in
        try ShareMethods(question).rates(of: arms).answer
      }),
    Method(
      name: "sequential-quantile", title: "always-valid test of two quantiles",
      estimand: .quantileDifference,
      assumptions: [
        "rows are independent, come in the order of time and keep their distribution"
      ],
      failsWhen: "the quantile lies so far in the tail that no row is beyond it",
      source: "Howard and Ramdas (2022)", guarantee: .anytime,
      body: .arms { arms, question throws(Unavailable) in
        try QuantileMethods(question).path(of: arms).answer
      }),
  ]
}

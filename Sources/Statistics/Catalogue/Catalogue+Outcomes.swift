import Probability

extension Catalogue {
  static let outcomes: [Method] = survival + missing + preferences + alikeness + ofSeveral

  private static let independentCensoring = [
    "rows are independent", "that a row is censored says nothing about its event to come",
  ]
  private static let fewEvents =
    "events are few, or rows leave because of what is about to happen to them"

  private static let survival: [Method] = [
    Method(
      name: "log-rank", title: "log-rank test with Peto's one-step hazard ratio",
      estimand: .hazardRatio, needs: [.times],
      assumptions: independentCensoring + ["hazards are proportional"],
      failsWhen: fewEvents + "; or the curves cross; or the ratio is far from 1: it is drawn to it",
      source: "Mantel (1966); Peto and Peto (1972); Yusuf et al. (1985)",
      body: .arms { arms, question throws(Unavailable) in
        try logRank(arms, byStrata: false, question)
      }),
    Method(
      name: "log-rank-stratified", title: "log-rank test within strata", estimand: .hazardRatio,
      needs: [.strata, .times],
      assumptions: independentCensoring + ["one hazard ratio in all strata"],
      failsWhen: fewEvents + "; or strata hold rows of one arm alone",
      source: "Mantel (1966); Peto and Peto (1972)",
      body: .arms { arms, question throws(Unavailable) in
        try logRank(arms, byStrata: true, question)
      }),
    weighted(
      "fleming-harrington-early",
      "log-rank test that weighs early events (within strata where there are any)",
      .init(rho: 1, gamma: 0), fails: "the curves part late"),
    weighted(
      "fleming-harrington-late",
      "log-rank test that weighs late events (within strata where there are any)",
      .init(rho: 0, gamma: 1), fails: "the curves part early, or few rows are followed for long"),
    Method(
      name: "cox",
      title: "Cox model's hazard ratio, within strata where there are any, ties after Efron",
      estimand: .hazardRatio, needs: [.times],
      assumptions: independentCensoring + ["hazards are proportional"],
      failsWhen: fewEvents + "; or the curves cross",
      source: "Cox (1972); Efron (1977)",
      body: .arms { arms, question throws(Unavailable) in
        try Answer(
          exponentialOf: HazardRatio(RiskTable(arms, byStrata: true)).logarithm, to: question)
      }),
    Method(
      name: "restricted-mean-difference",
      title: "difference of mean times without event up to a horizon",
      estimand: .restrictedMeanDifference, needs: [.times], assumptions: independentCensoring,
      failsWhen: fewEvents + "; or hardly a row is followed to the horizon",
      source: "Irwin (1949); Royston and Parmar (2013)",
      body: .arms { arms, question throws(Unavailable) in
        let contrast = try SurvivalContrast(arms)
        let means = try contrast.restrictedMeans(to: question.horizon)
        let estimate = try contrast.restrictedMeanDifference(to: question.horizon)
        return Answer(estimate, to: question).with(
          arms: .init(candidate: means.candidate.value, production: means.production.value))
      }),
    Method(
      name: "restricted-mean-ratio",
      title: "ratio of mean times without event up to a horizon",
      estimand: .restrictedMeanRatio, needs: [.times], assumptions: independentCensoring,
      failsWhen: fewEvents + "; or hardly a row is followed to the horizon",
      source: "Irwin (1949); Royston and Parmar (2013)",
      body: .arms { arms, question throws(Unavailable) in
        let contrast = try SurvivalContrast(arms)
        let means = try contrast.restrictedMeans(to: question.horizon)
        return try Answer(
          exponentialOf: contrast.logRestrictedMeanRatio(to: question.horizon), to: question
        ).with(arms: .init(candidate: means.candidate.value, production: means.production.value))
      }),
    Method(
      name: "median-time", title: "difference of median times without event",
      estimand: .medianDifference, needs: [.times], assumptions: independentCensoring,
      failsWhen: "a curve hardly falls below a half, or times lie on a coarse grid",
      source: "Brookmeyer and Crowley (1982); Zou and Donner (2008); its test by inversion",
      body: .arms { arms, question throws(Unavailable) in
        try Answer(
          SurvivalContrast(arms).medianDifference(), to: question,
          range: (-.infinity, .infinity))
      }),
    Method(
      name: "kaplan-meier", title: "Kaplan and Meier's curve with its intervals",
      estimand: .other, needs: [.times], assumptions: independentCensoring, failsWhen: fewEvents,
      source: "Kaplan and Meier (1958); Greenwood (1926); Kalbfleisch and Prentice (1980)",
      body: .ownCall),
  ]

  private static func logRank(
    _ arms: TwoArms, byStrata: Bool, _ question: Question
  ) throws(Unavailable) -> Answer {
    let test = try LogRank(RiskTable(arms, byStrata: byStrata))
    return try Answer(exponentialOf: test.logHazardRatio, to: question)
  }

  private static func weighted(
    _ name: String, _ title: String, _ weights: LogRank.Weights, fails: String
  ) -> Method {
    Method(
      name: name, title: title, estimand: .distribution, needs: [.times],
      assumptions: independentCensoring,
      failsWhen: fails, source: "Fleming and Harrington (1991)",
      body: .arms { arms, question throws(Unavailable) in
        try question.requireNoDifference()
        let test = try LogRank(RiskTable(arms, byStrata: true), weights: weights)
        return Answer(
          p: PValue(z: test.statistic, question.alternative), statistic: test.statistic)
      })
  }

  private static let missing: [Method] = [
    bounded(
      "manski-bounds", "worst-case bounds with an interval of the whole set", .set,
      source: "Manski (1990); Horowitz and Manski (2000)"),
    bounded(
      "imbens-manski", "worst-case bounds with an interval of the true effect", .truth,
      source: "Manski (1990); Imbens and Manski (2004)"),
    Method(
      name: "lee-bounds", title: "trimming bounds where arms lose different shares of rows",
      estimand: .meanDifference,
      assumptions: [
        "rows are independent; those without a value are NaN",
        "no row has a value only in the arm that has fewer of them",
      ],
      failsWhen: "the arm keeps some rows and drives others away",
      source: "Lee (2009); Imbens and Manski (2004)",
      readsMissing: true,
      body: .arms { arms, question throws(Unavailable) in
        try TrimmingBounds(
          candidate: arms.candidate.values, production: arms.production.values
        ).set.answer(question, target: .truth)
      }),
    Method(
      name: "labelling-weights", title: "means weighted by the chance to have a value",
      estimand: .meanDifference, needs: [.strata],
      assumptions: [
        "rows are independent; those without a value are NaN",
        "within a stratum, having a value says nothing about it (missing at random)",
      ],
      failsWhen: "rows lack a value because of what it would have been",
      source: "Horvitz and Thompson (1952); Robins, Rotnitzky and Zhao (1994)",
      readsMissing: true,
      body: .arms { arms, question throws(Unavailable) in
        Answer(try LabellingWeights.difference(arms), to: question)
      }),
  ]

  private static func bounded(
    _ name: String, _ title: String, _ target: IdentifiedSet.Target, source: String
  ) -> Method {
    Method(
      name: name, title: title, estimand: .meanDifference, needs: [.range],
      assumptions: ["rows are independent; those without a value are NaN"],
      failsWhen: "many values are missing: the bounds are then true and say little",
      source: source,
      readsMissing: true,
      body: .arms { arms, question throws(Unavailable) in
        let (one, other) = (arms.candidate.values, arms.production.values)
        let isBinary = (one + other).allSatisfy { $0.isNaN || $0 == 0 || $0 == 1 }
        guard let range = question.range ?? (isBinary ? 0...1 : nil) else { throw .needsRange }
        return try WorstCaseBounds.difference(candidate: one, production: other, range: range)
          .answer(question, target: target)
      })
  }

  private static let preferences: [Method] = [
    Method(
      name: "net-benefit", title: "share of wins less share of losses, over all pairs of rows",
      estimand: .netBenefit, assumptions: ["rows are independent"],
      failsWhen: "an arm has fewer than ten values, or nearly all pairs fall one way",
      source: "Buyse (2010); Bebu and Lachin (2016)",
      body: .arms { arms, question throws(Unavailable) in
        let benefit = try WinRatio(arms.tieBlocks()).netBenefit
        return try Answer(varying: benefit, to: question)
      }),
    Method(
      name: "win-ratio", title: "wins over losses, over all pairs of rows", estimand: .winRatio,
      assumptions: ["rows are independent"],
      failsWhen: "nearly all pairs are ties: the ratio does not say so",
      source: "Pocock et al. (2012); Bebu and Lachin (2016)",
      body: .arms { arms, question throws(Unavailable) in
        let logarithm = try WinRatio(arms.tieBlocks()).logRatio()
        guard logarithm.standardError > 0 else { throw .noVariation }
        return try Answer(exponentialOf: logarithm, to: question)
      }),
    preferred(
      "preference", "share of requests won less share lost, ties counted", .netBenefit,
      source: "Tango (1998) on wins and losses"
    ) { wins, losses, ties, question throws(Unavailable) in
      let table = PairedProportions(
        both: ties, onlyFirst: wins, onlySecond: losses, neither: 0)
      let inference = NormalInference(
        estimate: table.firstMinusSecond, score: { table.score(null: $0) },
        ends: { table.scoreEnds(z: $0) })
      return try Answer(inference, to: question)
    },
    preferred(
      "preference-odds", "requests won over requests lost, ties left out", .winRatio,
      guarantee: .exact, source: "Clopper and Pearson (1934), given the requests that decide"
    ) { wins, losses, _, question throws(Unavailable) in
      try Answer(
        McNemar(onlyFirst: wins, onlySecond: losses).conditional, to: question, sides: .tails)
    },
    preferred(
      "trinomial", "trinomial test of wins and losses with ties", .netBenefit,
      guarantee: .conservative, source: "Bian, McAleer and Wong (2011)"
    ) { wins, losses, ties, question throws(Unavailable) in
      try question.requireNoDifference()
      let test = try TrinomialTest(wins: wins, losses: losses, ties: ties)
      return Answer(
        estimate: Double(wins - losses) / Double(wins + losses + ties),
        p: test.p(question.alternative), statistic: Double(wins - losses))
    },
    Method(
      name: "bradley-terry", title: "strengths of several arms from preferences with ties",
      estimand: .other,
      assumptions: ["requests are independent", "preferences do not go in rings"],
      failsWhen: "an arm never lost or never won", source: "Davidson (1970)", body: .ownCall),
  ]

  private static func preferred(
    _ name: String, _ title: String, _ estimand: Estimand,
    guarantee: Method.Guarantee = .approximate, source: String,
    _ body: @escaping @Sendable (Int, Int, Int, Question) throws(Unavailable) -> Answer
  ) -> Method {
    Method(
      name: name, title: title, estimand: estimand,
      assumptions: ["requests are independent; the larger value of a pair is preferred"],
      failsWhen: "requests of one user or one judge depend on each other", source: source,
      guarantee: guarantee,
      body: .pairs { pairs, question throws(Unavailable) in
        var (wins, losses) = (0, 0)
        for row in pairs.candidate.indices {
          if pairs.candidate[row] > pairs.production[row] { wins += 1 }
          if pairs.candidate[row] < pairs.production[row] { losses += 1 }
        }
        let ties = pairs.candidate.count - wins - losses
        guard pairs.candidate.count > 0 else { throw .tooFew(has: 0, needs: 1) }
        return try body(wins, losses, ties, question)
      })
  }

  private static let alikeness: [Method] = [
    Method(
      name: "bland-altman", title: "mean difference of two answers, with its limits of agreement",
      estimand: .agreement,
      assumptions: ["pairs are independent", "differences are nearly normal"],
      failsWhen: "the difference grows with the value",
      source: "Bland and Altman (1986, 1999); Carkeet (2015)", body: .ownCall),
    Method(
      name: "lin-concordance", title: "Lin's concordance of two answers", estimand: .agreement,
      assumptions: ["pairs are independent", "answers are nearly normal"],
      failsWhen: "a few pairs far out carry the variance", source: "Lin (1989, 2000)",
      body: .pairs { pairs, question throws(Unavailable) in
        let null = try question.null(or: 0, in: (-1, 1))
        let concordance = try Concordance(pairs)
        func transformed(_ value: Double) -> Double {
          (Elementary.log1p(value) - Elementary.log1p(-value)) / 2
        }
        var asked = question
        asked.null = transformed(null)
        var answer = Answer(concordance.transformed, to: asked)
        answer.estimate = concordance.value
        answer.standardError =
          concordance.transformed.standardError * (1 - concordance.value * concordance.value)
        answer.degreesOfFreedom = nil
        answer.interval = answer.interval.map {
          func back(_ z: Double) -> Double { 2 * Elementary.logistic(2 * z) - 1 }
          return Bounds(lower: back($0.lower), upper: back($0.upper))
        }
        return answer
      }),
  ]

  private static func ownCall(
    _ name: String, _ title: String, _ assumptions: [String], fails: String, source: String
  ) -> Method {
    Method(
      name: name, title: title, estimand: .other, assumptions: assumptions, failsWhen: fails,
      source: source, body: .ownCall)
  }

  private static let ofSeveral: [Method] = [
    ownCall(
      "group-fairness", "changes of errors and calibration by group",
      ["requests are independent", "labels are known alike in all groups"],
      fails: "a group has a handful of true cases",
      source: "Hardt, Price and Srebro (2016); Cox (1958); Holm (1979)"),
    ownCall(
      "overall-criterion", "weighted criterion of several metrics, with guardrails",
      ["rows are independent", "weights and margins were fixed before the data"],
      fails: "production's mean, as the scale, is near 0",
      source: "Kohavi, Tang and Xu (2020); Berger (1982)"),
    ownCall(
      "share-shift", "plain against stratified difference where shares of traffic changed",
      ["rows are independent"], fails: "strata have a handful of rows",
      source: "Simpson (1951); Crook et al. (2009)"),
    ownCall(
      "resampled-calibration", "false alarms of a method on the table's own units, dealt anew",
      ["units are independent"], fails: "units have few rows of a kind that moves the metric",
      source: "Kohavi, Tang and Xu (2020), chapter 19"),
    ownCall(
      "noise-control", "differences beyond those of two copies of production",
      ["requests are independent, or their units are given"],
      fails: "the second copy does not meet the same state as the first",
      source: "Tango (1998); McNemar (1947); Holm (1979)"),
    ownCall(
      "segment-effects", "effects in segments: interaction, shrinkage, intervals of several",
      ["segments share no rows", "each effect is nearly normal"],
      fails: "segments were cut after the effects were seen",
      source: "Cochran (1954); Morris (1983); Benjamini and Yekutieli (2005)"),
  ]
}

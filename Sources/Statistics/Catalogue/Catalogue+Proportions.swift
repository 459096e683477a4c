extension Catalogue {
  static let proportions: [Method] =
    shareDifferences + exactShares + shareRatios + eventRates + singleShares

  private static let independent = "rows are independent, one a user or request"
  private static let manyCells = "at least five successes and failures are expected in each arm"

  /// A method of two arms' shares.
  private static func shares(
    _ name: String, _ title: String, _ source: String, estimand: Estimand = .shareDifference,
    failsWhen: String = dependentRows, guarantee: Method.Guarantee = .approximate,
    isDual: Bool = true,
    _ body: @escaping @Sendable (TwoProportions, Question) throws(Unavailable) -> Answer
  ) -> Method {
    var assumptions = [independent]
    if guarantee == .approximate { assumptions.append(manyCells) }
    return Method(
      name: name, title: title, estimand: estimand, needs: [.binary], assumptions: assumptions,
      failsWhen: failsWhen, source: source, guarantee: guarantee, isDual: isDual,
      body: .arms { arms, question throws(Unavailable) in
        let shares = try TwoProportions(arms)
        var answer = try body(shares, question)
        answer.arms = shares.asArms
        return answer
      })
  }

  private static let dependentRows = "rows of one user or of one moment depend on each other"
  private static let fewSuccesses =
    "an arm has only a handful of successes or of failures, or rows depend on each other"

  // MARK: - Differences

  private static let shareDifferences: [Method] = [
    shares(
      "z-pooled", "z test of two shares, pooled", "Pearson (1900); Wald's interval",
      failsWhen: fewSuccesses, isDual: false
    ) { shares, question throws(Unavailable) in
      // At another null value the pooled share becomes the restricted maximum likelihood.
      let null = try question.null(or: 0, in: (-1, 1))
      var answer = try Answer(varying: shares.wald, to: question)
      let score = shares.scoreZ(null: null, corrected: false)
      answer.statistic = score
      answer.p = NormalInference.p(score, question.alternative)
      if null == 0 { answer.standardError = shares.zEstimate(pooled: true).standardError }
      return answer.with(shares.smallCells)
    },
    shares(
      "z-unpooled", "z test of two shares, unpooled", "Wald (1943)", failsWhen: fewSuccesses
    ) { shares, question throws(Unavailable) in
      try Answer(varying: shares.wald, to: question).with(shares.smallCells)
    },
    shares(
      "wald", "Wald's interval of a difference of shares", "Wald (1943)", failsWhen: fewSuccesses
    ) {
      shares, question throws(Unavailable) in
      try Answer(varying: shares.wald, to: question).with(shares.smallCells)
    },
    shares(
      "newcombe", "Newcombe's hybrid score interval",
      "Newcombe (1998), method 10; its test by inversion"
    ) { shares, question throws(Unavailable) in
      let inference = NormalInference.inverting(estimate: shares.candidateMinusProduction) {
        shares.newcombeEnds(z: $0, corrected: false)
      }
      return try Answer(inference, to: question)
    },
    shares(
      "newcombe-cc", "Newcombe's hybrid score interval, corrected for continuity",
      "Newcombe (1998), method 11; its test by inversion", guarantee: .conservative
    ) { shares, question throws(Unavailable) in
      let inference = NormalInference.inverting(estimate: shares.candidateMinusProduction) {
        shares.newcombeEnds(z: $0, corrected: true)
      }
      return try Answer(inference, to: question)
    },
    shares(
      "agresti-caffo", "Agresti and Caffo's interval", "Agresti and Caffo (2000)"
    ) { shares, question throws(Unavailable) in
      var answer = try Answer(varying: shares.agrestiCaffo, to: question)
      answer.estimate = shares.candidateMinusProduction
      return answer
    },
    shares(
      "miettinen-nurminen", "Miettinen and Nurminen's score test and interval",
      "Miettinen and Nurminen (1985)"
    ) { shares, question throws(Unavailable) in
      try Answer(shares.byScore(corrected: true), to: question)
    },
    shares("mee", "Mee's score interval", "Mee (1984)") { shares, question throws(Unavailable) in
      try Answer(shares.byScore(corrected: false), to: question)
    },
    shares(
      "farrington-manning", "Farrington and Manning's score test", "Farrington and Manning (1990)"
    ) { shares, question throws(Unavailable) in
      try Answer(shares.byScore(corrected: false), to: question)
    },
    shares(
      "chi-square", "Pearson's chi-square test of a two-by-two table",
      "Pearson (1900); Mee (1984) for other nulls and the interval", failsWhen: fewSuccesses
    ) { shares, question throws(Unavailable) in
      let answer = try Answer(shares.byScore(corrected: false), to: question)
      return answer.squared.with(shares.smallCells)
    },
    shares(
      "chi-square-yates", "Pearson's chi-square test with Yates's correction",
      "Yates (1934); inverted for the interval", guarantee: .conservative
    ) { shares, question throws(Unavailable) in
      let shortened = shares.yatesContinuity
      let inference = NormalInference(
        estimate: shares.candidateMinusProduction,
        score: { shares.score($0, corrected: false, continuity: shortened) },
        ends: { shares.scoreEnds(z: $0, corrected: false, continuity: shortened) })
      return try Answer(inference, to: question).squared
    },
    shares(
      "g-test", "Likelihood-ratio (G) test of a two-by-two table, with its profile interval",
      "Wilks (1938); Woolf (1957)", failsWhen: fewSuccesses
    ) { shares, question throws(Unavailable) in
      let inference = NormalInference(
        estimate: shares.candidateMinusProduction,
        score: { shares.likelihoodScore(null: $0) }, ends: { shares.likelihoodEnds(z: $0) })
      return try Answer(inference, to: question).squared.with(shares.smallCells)
    },
  ]

  // MARK: - Exact tests

  private static let exactShares: [Method] = [
    shares(
      "fisher", "Fisher's exact test", "Fisher (1935); Fay (2010) for the interval by likelihood",
      estimand: .oddsRatio, guarantee: .exact, isDual: false
    ) { shares, question throws(Unavailable) in
      try Answer(shares.conditional, to: question, sides: .likelihood)
    },
    shares(
      "fisher-tails", "Fisher's exact test by tails, with the exact interval of the odds ratio",
      "Fisher (1935); Cornfield (1956)", estimand: .oddsRatio, guarantee: .exact
    ) { shares, question throws(Unavailable) in
      try Answer(shares.conditional, to: question, sides: .tails)
    },
    shares(
      "fisher-mid-p", "Fisher's test with the mid-p", "Lancaster (1961)", estimand: .oddsRatio
    ) { shares, question throws(Unavailable) in
      try Answer(shares.conditional, to: question, sides: .midP)
    },
    shares(
      "boschloo", "Boschloo's exact unconditional test", "Boschloo (1970)", guarantee: .exact
    ) { shares, question throws(Unavailable) in
      try shares.unconditional(.fisher, question)
    },
    shares(
      "barnard", "Barnard's exact unconditional test, by the pooled score",
      "Barnard (1945); Suissa and Shuster (1985)", guarantee: .exact
    ) { shares, question throws(Unavailable) in
      try shares.unconditional(.score, question)
    },
  ]

  // MARK: - Ratios

  private static let shareRatios: [Method] = [
    shares(
      "risk-ratio", "Ratio of two shares, on the scale of logarithms", "Katz et al. (1978)",
      estimand: .shareRatio, failsWhen: "an arm has no success, or only a handful"
    ) { shares, question throws(Unavailable) in
      try Answer(exponentialOf: shares.logShareRatio(), to: question)
    },
    shares(
      "koopman", "Koopman's score interval of a ratio of shares",
      "Koopman (1984)", estimand: .shareRatio
    ) { shares, question throws(Unavailable) in
      try shares.ratioByScore(corrected: false, question)
    },
    shares(
      "miettinen-nurminen-ratio", "Miettinen and Nurminen's score interval of a ratio of shares",
      "Miettinen and Nurminen (1985)", estimand: .shareRatio
    ) { shares, question throws(Unavailable) in
      try shares.ratioByScore(corrected: true, question)
    },
    shares(
      "odds-ratio", "Woolf's interval of the odds ratio", "Woolf (1955)", estimand: .oddsRatio,
      failsWhen: "one of the four counts is 0 or only a handful"
    ) { shares, question throws(Unavailable) in
      try Answer(exponentialOf: shares.logOddsRatio(), to: question)
    },
    shares(
      "odds-ratio-score", "Score interval of the odds ratio",
      "Cornfield (1956); Miettinen and Nurminen (1985)", estimand: .oddsRatio
    ) { shares, question throws(Unavailable) in
      guard let estimate = shares.oddsRatio else { throw .noVariation }
      let inference = NormalInference(
        estimate: estimate, score: { shares.oddsScore(null: $0) },
        ends: { shares.oddsScoreEnds(z: $0) })
      return try Answer(inference, to: question, null: 1, range: (0, .infinity))
    },
  ]

  // MARK: - Events and single shares

  private static func rates(
    _ name: String, _ title: String, _ source: String, guarantee: Method.Guarantee,
    isDual: Bool = true,
    _ body: @escaping @Sendable (TwoPoissonRates, Question) throws(Unavailable) -> Answer
  ) -> Method {
    Method(
      name: name, title: title, estimand: .rateRatio, needs: [.counts],
      assumptions: ["events come independently at a steady rate (the counts are Poisson)"],
      failsWhen:
        "events come in bursts or depend on the user: the counts vary more than their mean",
      source: source, guarantee: guarantee, isDual: isDual,
      body: .arms { arms, question throws(Unavailable) in
        let rates = try TwoPoissonRates(arms)
        guard rates.rateRatio != nil else { throw .noVariation }
        return try body(rates, question)
          .with(arms: .init(candidate: rates.candidate.value, production: rates.production.value))
      })
  }

  private static let eventRates: [Method] = [
    rates(
      "poisson-rates", "Exact conditional test of two Poisson rates",
      "Przyborowski and Wilenski (1940); two-sided by likelihood", guarantee: .exact, isDual: false
    ) { rates, question throws(Unavailable) in
      try Answer(
        rates.conditional, to: question, sides: .likelihood, unit: 1 / rates.exposureOdds)
    },
    rates(
      "poisson-rates-tails", "Exact conditional test of two Poisson rates, by tails",
      "Przyborowski and Wilenski (1940); Clopper and Pearson (1934)", guarantee: .exact
    ) { rates, question throws(Unavailable) in
      try Answer(rates.conditional, to: question, sides: .tails, unit: 1 / rates.exposureOdds)
    },
    rates(
      "poisson-rates-score", "Score test of two Poisson rates",
      "Gu, Ng, Tang and Schucany (2008)", guarantee: .approximate
    ) { rates, question throws(Unavailable) in
      let inference = NormalInference(
        estimate: rates.rateRatio ?? .nan, score: { rates.score(null: $0) },
        ends: { rates.scoreEnds(z: $0) })
      return try Answer(inference, to: question, null: 1, range: (0, .infinity))
    },
  ]

  private static func single(
    _ name: String, _ title: String, _ source: String, guarantee: Method.Guarantee = .approximate,
    needs: Set<Method.Need> = [.binary]
  ) -> Method {
    Method(
      name: name, title: title, estimand: .other, needs: needs, assumptions: [independent],
      failsWhen: dependentRows, source: source, guarantee: guarantee, body: .ownCall)
  }

  private static let singleShares: [Method] = [
    single("wilson", "Wilson's interval of one share", "Wilson (1927)"),
    single(
      "wilson-cc", "Wilson's interval corrected for continuity", "Newcombe (1998), method 4",
      guarantee: .conservative),
    single(
      "agresti-coull", "Agresti and Coull's interval of one share", "Agresti and Coull (1998)"),
    single(
      "clopper-pearson", "Clopper and Pearson's exact interval of one share",
      "Clopper and Pearson (1934)", guarantee: .exact),
    single("jeffreys", "Jeffreys's interval of one share", "Brown, Cai and DasGupta (2001)"),
    single("binomial-exact", "Exact test of one share", "Sterne (1954)", guarantee: .exact),
    single(
      "poisson-rate", "Garwood's exact interval of one rate", "Garwood (1936)", guarantee: .exact,
      needs: [.counts]),
  ]
}

extension Answer {
  /// A chi-square statistic has no sign.
  fileprivate var squared: Answer {
    var answer = self
    answer.statistic = statistic.map { $0 * $0 }
    return answer
  }
}

extension TwoProportions {
  fileprivate func byScore(corrected: Bool) -> NormalInference {
    NormalInference(
      estimate: candidateMinusProduction, score: { scoreZ(null: $0, corrected: corrected) },
      ends: { scoreEnds(z: $0, corrected: corrected) })
  }

  fileprivate func ratioByScore(
    corrected: Bool, _ question: Question
  ) throws(Unavailable) -> Answer {
    guard candidate.successes + production.successes > 0 else { throw .noVariation }
    let inference = NormalInference(
      estimate: shareRatio ?? .infinity, score: { ratioScore(null: $0, corrected: corrected) },
      ends: { ratioScoreEnds(z: $0, corrected: corrected) })
    return try Answer(inference, to: question, null: 1, range: (0, .infinity))
  }

  /// The exact test, or above its size the test that it refines.
  fileprivate func unconditional(
    _ order: UnconditionalTest.Order, _ question: Question
  ) throws(Unavailable) -> Answer {
    try question.requireNoDifference()
    var answer = Answer(estimate: candidateMinusProduction)
    let rows = candidate.trials + production.trials
    let isSmall = rows <= UnconditionalTest.mostRows
    if isSmall, let p = UnconditionalTest(self, order: order).p(question.alternative) {
      answer.p = p
      return answer
    }
    let name = order == .fisher ? "Boschloo's exact p" : "Barnard's exact p"
    let reason =
      isSmall
      ? "the table is rarer than 1e-290"
      : "the arms have more than \(UnconditionalTest.mostRows) rows together"
    if order == .fisher {
      answer.p = conditional.p(question.alternative, sides: .tails)
      answer.cautions = [
        .approximated(instead: name, because: reason + "; Fisher's p by tails is never smaller")
      ]
    } else {
      answer.p = NormalInference.p(scoreZ(null: 0, corrected: false), question.alternative)
      answer.cautions = [
        .approximated(instead: name, because: reason + "; the pooled score's normal tail is given")
      ]
    }
    return answer
  }
}

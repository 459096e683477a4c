extension Catalogue {
  static let ratios: [Method] = [
    ratioDelta, pairedRatio,
    lift(
      "relative-lift", "relative lift with Fieller's interval", .fieller,
      fails:
        "production's mean is within two or three standard errors of 0: the interval is then unbounded, and "
        + "says so",
      source: "Fieller (1954)"),
    lift(
      "relative-lift-delta", "relative lift by the delta method", .delta,
      fails:
        "production's mean is noisy: beyond a few percent of relative error the true interval is not "
        + "symmetric",
      source: "Oehlert (1992); the degrees of freedom are Welch's of the plain difference"),
    lift(
      "relative-lift-log", "relative lift on the scale of logarithms", .logarithm,
      fails: "a mean is at or near 0",
      source:
        "delta method for ln(candidate / production), t with Satterthwaite's degrees of freedom"),
    pairedLift,
  ]

  private static let ratioDelta = Method(
    name: "ratio-delta", title: "difference of two ratios of sums by the delta method",
    estimand: .ratioDifference, needs: [.denominators],
    assumptions: [
      "rows (or units, where given) are independent",
      "each arm's denominator is far from 0 for its error",
    ],
    failsWhen: "a few units carry the sums, or rows of one user are given as if they were users",
    source: "Cochran (1977), section 6.4; Deng, Knoblich and Lu (2018)",
    body: .arms { arms, question throws(Unavailable) in
      let (candidate, production) = (try arms.candidate.ratio(), try arms.production.ratio())
      var answer = Answer(
        try TTests.difference(candidate: candidate.estimate, production: production.estimate),
        to: question)
      answer.arms = .init(candidate: candidate.value, production: production.value)
      return answer
    })

  private static let pairedRatio = Method(
    name: "paired-ratio", title: "difference of two ratios of sums over the same pairs",
    estimand: .ratioDifference, needs: [.denominators],
    assumptions: [
      "pairs (or units, where given) are independent",
      "either denominator is far from 0 for its error",
    ],
    failsWhen: "a few pairs carry the sums, or pairs of one user are given as if they were users",
    source: "Cochran (1977), section 6.6",
    body: .pairs { pairs, question throws(Unavailable) in
      let ratios = try pairs.ratios()
      var answer = Answer(
        try RatioMean.pairedDifference(ratios.candidate, ratios.production), to: question)
      answer.arms = .init(candidate: ratios.candidate.value, production: ratios.production.value)
      return answer
    })

  private static let pairedLift = Method(
    name: "paired-relative-lift",
    title: "relative lift over the same pairs with Fieller's interval",
    estimand: .relativeLift,
    assumptions: [
      "pairs (or units, where given) are independent", "both means (or ratios) are nearly normal",
    ],
    failsWhen:
      "production's mean is within two or three standard errors of 0: the interval is then "
      + "unbounded, and says so",
    source: "Fieller (1954), with the covariance of the pairs",
    body: .pairs { pairs, question throws(Unavailable) in
      let ratios = try pairs.ratios()
      return try RelativeLift(
        candidate: ratios.candidate.estimate, production: ratios.production.estimate,
        correlation: ratios.correlation
      ).answer(.fieller, to: question)
    })

  private static func lift(
    _ name: String, _ title: String, _ dialect: RelativeLift.Dialect, fails: String, source: String
  ) -> Method {
    Method(
      name: name, title: title, estimand: .relativeLift,
      assumptions: [
        "rows (or units, where given) are independent",
        "both means (or ratios, where denominators are given) are nearly normal",
      ],
      failsWhen: fails, source: source,
      body: .arms { arms, question throws(Unavailable) in
        try RelativeLift(
          candidate: arms.candidate.center(), production: arms.production.center()
        ).answer(dialect, to: question)
      })
  }
}

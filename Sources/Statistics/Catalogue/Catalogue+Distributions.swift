extension Catalogue {
  /// Do the arms differ in any way?
  static let distributions: [Method] = [
    Method(
      name: "kolmogorov-smirnov", title: "Kolmogorov-Smirnov test", estimand: .distribution,
      assumptions: ["rows are independent"],
      failsWhen: "the arms differ in their tails only: it looks at the middle",
      source: "Smirnov (1939); Hodges (1958); Schröer and Trenkler (1995) for ties",
      body: .arms { arms, question throws(Unavailable) in
        try question.requireNoDifference()
        let test = KolmogorovSmirnov(try arms.tieBlocks())
        let exact = test.pExact(question.alternative)
        return Answer(
          p: exact ?? test.pAsymptotic(question.alternative),
          statistic: test.distance(question.alternative),
          cautions: exact == nil ? [tooManyValues] : [])
      }),
    Method(
      name: "kolmogorov-smirnov-asymptotic", title: "Kolmogorov-Smirnov test, limiting law",
      estimand: .distribution,
      assumptions: ["rows are independent", "values are continuous and samples large"],
      failsWhen: "values are tied or samples small: then p is too large",
      source: "Smirnov (1939)", guarantee: .conservative,
      body: .arms { arms, question throws(Unavailable) in
        try question.requireNoDifference()
        let test = KolmogorovSmirnov(try arms.tieBlocks())
        return Answer(
          p: test.pAsymptotic(question.alternative),
          statistic: test.distance(question.alternative))
      }),
    Method(
      name: "kolmogorov-smirnov-one-sample",
      title: "Kolmogorov-Smirnov test against a known distribution", estimand: .distribution,
      assumptions: ["rows are independent", "the distribution was not fitted to the values"],
      failsWhen: "the distribution's parameters come from the same values: then p is too large",
      source: "Kolmogorov (1933); Durbin (1973)", body: .ownCall),
    Method(
      name: "cramer-von-mises", title: "Cramér-von Mises test", estimand: .distribution,
      assumptions: ["rows are independent"],
      failsWhen: "the arms differ far out in their tails only",
      source: "Anderson (1962); Anderson and Darling (1952) for the limiting law",
      body: .arms { arms, question throws(Unavailable) in
        try question.requireUndirected()
        let test = CramerVonMises(try arms.tieBlocks())
        let exact = test.pExact
        return Answer(
          p: exact ?? test.pAsymptotic, statistic: test.statistic,
          cautions: exact == nil ? [tooManyValues] : [])
      }),
    Method(
      name: "anderson-darling", title: "Anderson-Darling test", estimand: .distribution,
      assumptions: ["rows are independent"],
      failsWhen: "values are so tied that few distinct ones are left",
      source: "Scholz and Stephens (1987), p-values from the limiting law",
      body: .arms { arms, question throws(Unavailable) in
        try question.requireUndirected()
        let test = try AndersonDarling(arms.tieBlocks())
        return Answer(
          p: test.p, statistic: test.statistic, degreesOfFreedom: Double(test.degreesOfFreedom))
      }),
    Method(
      name: "kruskal-wallis", title: "Kruskal-Wallis test", estimand: .distribution,
      assumptions: ["rows are independent"],
      failsWhen: "the arms differ in spread and not in place",
      source: "Kruskal and Wallis (1952)",
      body: .arms { arms, question throws(Unavailable) in
        try question.requireUndirected()
        let test = try KruskalWallis(arms.tieBlocks())
        return Answer(
          p: test.p, statistic: test.statistic, degreesOfFreedom: Double(test.degreesOfFreedom))
      }),
    Method(
      name: "welch-anova", title: "Welch's analysis of variance", estimand: .meanDifference,
      assumptions: ["rows are independent", "the means are nearly normal"],
      failsWhen: "one value in hundreds carries the sum", source: "Welch (1951)",
      body: .arms { arms, question throws(Unavailable) in
        try question.requireUndirected()
        let candidate = try Moments(of: arms.candidate.values)
        let production = try Moments(of: arms.production.values)
        let test = try WelchANOVA([candidate, production])
        return Answer(
          estimate: candidate.minus(production), p: test.p, statistic: test.statistic,
          degreesOfFreedom: test.denominator,
          arms: .init(candidate: candidate.mean, production: production.mean))
      }),
  ]

  private static let tooManyValues = Caution.approximated(
    instead: "the exact distribution", because: "too many values")
}

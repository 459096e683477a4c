extension Catalogue {
  static let agreement: [Method] = pairedShares + classes

  /// A method of two yes-or-no answers to each request.
  private static func pairs(
    _ name: String, _ title: String, _ source: String, estimand: Estimand = .shareDifference,
    guarantee: Method.Guarantee = .approximate, isDual: Bool = true,
    _ body: @escaping @Sendable (PairedProportions, Question) throws(Unavailable) -> Answer
  ) -> Method {
    Method(
      name: name, title: title, estimand: estimand, needs: [.binary],
      assumptions: ["requests are independent of each other; the two answers to one need not be"],
      failsWhen: guarantee == .approximate
        ? "only a handful of requests are answered differently, or requests depend on each other"
        : "requests of one user or of one moment depend on each other",
      source: source, guarantee: guarantee, isDual: isDual,
      body: .pairs { pairs, question throws(Unavailable) in
        let table = try PairedProportions(pairs)
        return try body(table, question).with(arms: table.asArms)
      })
  }

  private static let pairedShares: [Method] = [
    pairs(
      "mcnemar-exact", "McNemar's exact test", "McNemar (1947); Clopper and Pearson (1934)",
      estimand: .oddsRatio, guarantee: .exact
    ) { pairs, question throws(Unavailable) in
      try Answer(pairs.mcNemar.conditional, to: question, sides: .tails)
    },
    pairs(
      "mcnemar-mid-p", "McNemar's test with the mid-p",
      "Fagerland, Lydersen and Laake (2013)", estimand: .oddsRatio
    ) { pairs, question throws(Unavailable) in
      var answer = try Answer(pairs.mcNemar.conditional, to: question, sides: .midP)
      // Published for even odds alone, where a tie counts its point in full.
      if question.alternative == .different, question.null ?? 1 == 1 {
        answer.p = pairs.mcNemar.midP
      }
      return answer
    },
    pairs(
      "mcnemar", "McNemar's chi-square test",
      "McNemar (1947); Tango (1998) for other nulls and the interval"
    ) { pairs, question throws(Unavailable) in
      var answer = try Answer(pairs.byScore, to: question)
      answer.statistic = answer.statistic.map { $0 * $0 }
      return answer.with(pairs.fewDiscordant)
    },
    pairs(
      "mcnemar-edwards", "McNemar's chi-square test corrected for continuity", "Edwards (1948)",
      guarantee: .conservative
    ) { pairs, question throws(Unavailable) in
      try question.requireNoDifference()
      try question.requireTwoSided()
      let (statistic, p) = pairs.mcNemar.corrected
      return Answer(estimate: pairs.firstMinusSecond, p: p, statistic: statistic)
    },
    pairs("tango", "Tango's score test and interval", "Tango (1998)") {
      pairs, question throws(Unavailable) in
      try Answer(pairs.byScore, to: question)
    },
    pairs(
      "newcombe-paired", "Newcombe's hybrid score interval of pairs",
      "Newcombe (1998), Statistics in Medicine 17, 2635-2650, method 10; its test by inversion"
    ) { pairs, question throws(Unavailable) in
      let inference = NormalInference.inverting(
        estimate: pairs.firstMinusSecond, { pairs.newcombeEnds(z: $0) })
      return try Answer(inference, to: question)
    },
    pairs("agresti-min", "Agresti and Min's interval", "Agresti and Min (2005)") {
      pairs, question throws(Unavailable) in
      var answer = try Answer(varying: pairs.agrestiMin, to: question)
      answer.estimate = pairs.firstMinusSecond
      return answer
    },
    pairs("wald-paired", "Wald's interval of pairs", "Wald (1943)") {
      pairs, question throws(Unavailable) in
      try Answer(varying: pairs.wald, to: question).with(pairs.fewDiscordant)
    },
  ]

  private static func symmetry(
    _ name: String, _ title: String, _ source: String,
    _ test: @escaping @Sendable (ClassTable) -> ChiSquareResult
  ) -> Method {
    Method(
      name: name, title: title, estimand: .distribution,
      assumptions: ["answers are classes", "requests are independent of each other"],
      failsWhen: "classes are exchanged only a handful of times", source: source,
      body: .pairs { pairs, question throws(Unavailable) in
        try question.requireNoDifference()
        try question.requireTwoSided()
        let result = test(try ClassTable(pairs))
        return Answer(
          p: result.p, statistic: result.statistic,
          degreesOfFreedom: Double(result.degreesOfFreedom))
      })
  }

  private static let classes: [Method] = [
    symmetry("bowker", "Bowker's test of symmetry", "Bowker (1948)") { $0.bowker },
    symmetry(
      "stuart-maxwell", "Stuart and Maxwell's test of marginal homogeneity",
      "Stuart (1955); Maxwell (1970)"
    ) { $0.stuartMaxwell },
    Method(
      name: "cohen-kappa", title: "Cohen's kappa", estimand: .agreement,
      assumptions: ["answers are classes", "requests are independent of each other"],
      failsWhen: "one class holds nearly all answers: then agreement by chance is nearly certain",
      source: "Cohen (1960); Fleiss, Cohen and Everitt (1969)", isDual: false,
      body: .pairs { pairs, question throws(Unavailable) in
        let null = try question.null(or: 0, in: (-1, 1))
        let kappa = try CohenKappa(try ClassTable(pairs))
        var answer = Answer(kappa.estimate, to: question)
        answer.degreesOfFreedom = nil
        // Where all answers agree nothing says how far kappa would vary.
        if kappa.standardError == 0 { (answer.interval, answer.standardError) = (nil, nil) }
        if null == 0 {
          // Agreement by chance alone has an error of its own.
          let byChance = TEstimate(
            value: kappa.value, standardError: kappa.standardErrorByChance,
            degreesOfFreedom: .infinity)
          let asked = Answer(byChance, to: question)
          (answer.p, answer.statistic) = (asked.p, asked.statistic)
        } else if kappa.standardError == 0 {
          throw .noVariation
        }
        return answer
      }),
    Method(
      name: "cochran-q", title: "Cochran's Q test of several arms", estimand: .distribution,
      needs: [.binary], assumptions: ["requests are independent of each other"],
      failsWhen: "the arms disagree on fewer than about 24 answers", source: "Cochran (1950)",
      body: .ownCall),
    Method(
      name: "flip-anatomy", title: "Harmful, beneficial and neutral flips", estimand: .agreement,
      needs: [.labels], assumptions: ["requests are independent of each other"],
      failsWhen: "labels are missing for some answers more often than for others",
      source: "Wilson (1927); Tango (1998); McNemar (1947); Holm (1979)", body: .ownCall),
  ]
}

extension PairedProportions {
  fileprivate var byScore: NormalInference {
    NormalInference(
      estimate: firstMinusSecond, score: { score(null: $0) }, ends: { scoreEnds(z: $0) })
  }

  /// Half the discordant pairs are expected on either side; below 5 the normal law is a rough guess.
  fileprivate var fewDiscordant: Caution? {
    let expected = Double(onlyFirst + onlySecond) / 2
    return expected < 5 ? .smallExpectedCount(expected) : nil
  }
}

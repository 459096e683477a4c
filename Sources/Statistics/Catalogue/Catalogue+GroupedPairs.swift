extension Catalogue {
  /// The same for two answers to each request.
  static let groupedPairs: [Method] = [
    ofDifferences(
      "grouped-paired-median-difference", "group t test of the median of the differences",
      .medianDifference, fails: "; or many differences are equal to the median"
    ) { differences throws(Unavailable) in
      try SampleQuantile.medianUnbiased([0.5], of: differences)[0]
    },
    ofDifferences(
      "grouped-paired-trimmed-mean", "group t test of the 20 % trimmed mean of the differences",
      .trimmedMeanDifference, fails: "; or the differences' tail itself is the question"
    ) { differences throws(Unavailable) in try TrimmedMean(of: differences, trim: 0.2).mean.mean },
    ofDifferences(
      "grouped-paired-shift", "group t test of the Hodges-Lehmann centre of the differences",
      .shift, fails: "; or the differences are skewed"
    ) { differences throws(Unavailable) in try PairwiseSums.within(differences).median / 2 },
    method(
      "grouped-paired-quantile-difference", "group t test of the difference of quantiles of pairs",
      .quantileDifference,
      fails: "; or a group holds fewer than about three values beyond the quantile"
    ) { groups, question throws(Unavailable) in
      let quantile = SampleQuantile.medianUnbiased
      let differences = try groups.map { group throws(Unavailable) in
        try quantile([question.probability], of: group.candidate)[0]
          - quantile([question.probability], of: group.production)[0]
      }
      return Answer(try GroupContrast(differences).estimate, to: question)
    },
    method(
      "grouped-paired-ratio-difference",
      "group t test of the difference of two ratios of sums over the same pairs",
      .ratioDifference, needs: [.denominators],
      fails: "; or a few pairs carry the sums of a group"
    ) { groups, question throws(Unavailable) in
      let ratios = try groups.map { group throws(Unavailable) in try group.centres() }
      let contrast = try GroupContrast(
        candidate: ratios.map(\.candidate), production: ratios.map(\.production))
      return Answer(contrast.estimate, to: question)
    },
    method(
      "grouped-paired-relative-lift",
      "relative lift over groups of pairs with Fieller's interval", .relativeLift,
      fails: "; or production's mean may be 0: the interval is then unbounded, and says so"
    ) { groups, question throws(Unavailable) in
      let centres = try groups.map { group throws(Unavailable) in try group.centres() }
      return try GroupRatio(
        candidate: centres.map(\.candidate), production: centres.map(\.production)
      ).liftAnswer(to: question)
    },
    method(
      "grouped-paired-net-benefit",
      "group t test of the share of requests won less the share lost", .netBenefit,
      fails: "; or nearly all requests fall one way"
    ) { groups, question throws(Unavailable) in
      _ = try question.null(0, in: -1...1)
      let benefits = groups.map { $0.winShare - $0.lossShare }
      return Answer(try GroupContrast(benefits).estimate, to: question).within(-1...1)
    },
    method(
      "grouped-paired-win-ratio",
      "requests won over requests lost in groups, with Fieller's interval", .winRatio,
      fails: "; or nearly all requests fall one way"
    ) { groups, question throws(Unavailable) in
      try GroupRatio(candidate: groups.map(\.winShare), production: groups.map(\.lossShare))
        .answer(to: question)
    },
    Method(
      name: "grouped-paired-distribution",
      title: "Kolmogorov-Smirnov distance over groups of pairs", estimand: .distribution,
      assumptions: [
        groupedAssumptions[0], "where nothing differs, the two answers of a pair are exchangeable",
      ],
      failsWhen: groupedFailure + "; or it is asked for a p-value below 2 in 2^groups",
      source: signsSource, guarantee: .conservative,
      body: .pairs { pairs, question throws(Unavailable) in
        try question.requireNoDifference()
        let groups = try RowGroups.of(pairs)
        let signs = try GroupSigns(groups.map { ($0.candidate, $0.production) })
        return Answer(
          p: signs.p(question.alternative), statistic: signs.statistic(question.alternative),
          cautions: [.resolution(oneIn: 1 << groups.count)])
      }),
  ]

  private static func method(
    _ name: String, _ title: String, _ estimand: Estimand, needs: Set<Method.Need> = [],
    fails: String,
    _ answer: @escaping @Sendable ([PairSample], Question) throws(Unavailable) -> Answer
  ) -> Method {
    Method(
      name: name, title: title, estimand: estimand, needs: needs, assumptions: groupedAssumptions,
      failsWhen: groupedFailure + fails, source: groupedSource,
      body: .pairs { pairs, question throws(Unavailable) in
        try answer(try RowGroups.of(pairs), question)
      })
  }

  private static func ofDifferences(
    _ name: String, _ title: String, _ estimand: Estimand, fails: String,
    _ value: @escaping @Sendable ([Double]) throws(Unavailable) -> Double
  ) -> Method {
    method(name, title, estimand, fails: fails) { groups, question throws(Unavailable) in
      let values = try groups.map { group throws(Unavailable) in try value(group.differences()) }
      return Answer(try GroupContrast(values).estimate, to: question)
    }
  }
}

extension PairSample {
  /// The two answers' ratios of sums, or means where there are no denominators.
  fileprivate func centres() throws(Unavailable) -> (candidate: Double, production: Double) {
    let one = ArmSample(values: candidate, denominators: denominators?.candidate)
    let other = ArmSample(values: production, denominators: denominators?.production)
    return (try one.center().value, try other.center().value)
  }

  fileprivate var winShare: Double { share { $0 > $1 } }
  fileprivate var lossShare: Double { share { $0 < $1 } }

  private func share(_ isSo: (Double, Double) -> Bool) -> Double {
    Double(candidate.indices.count { isSo(candidate[$0], production[$0]) })
      / Double(candidate.count)
  }
}

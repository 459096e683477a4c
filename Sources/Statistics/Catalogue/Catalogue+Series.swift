extension Catalogue {
  static let series: [Method] = [
    arms(
      "series-difference", "difference of two series' means under serial dependence",
      source:
        "AR(1) with Kendall's (1954) correction, and Müller's (2004) cosines; the wider of the two",
      guarantee: .conservative
    ) { $0.estimates },
    arms(
      "cosine-difference", "difference of two series' means by cosines",
      source: "Müller (2004, 2007); Lazarus, Lewis, Stock and Watson (2018)"
    ) { [$0.cosine] },
    armsBy(
      "newey-west-difference", "difference of two series' means after Newey and West (weak)",
      neweyWest),
    armsBy("block-means-difference", "difference of two series' means by block means", blockMeans),
    pairs(
      "series-paired", "mean difference of pairs under serial dependence",
      source:
        "AR(1) with Kendall's (1954) correction, and Müller's (2004) cosines; the wider of the two",
      guarantee: .conservative
    ) { $0.estimates },
    pairs(
      "cosine-paired", "mean difference of pairs by cosines",
      source: "Müller (2004, 2007); Lazarus, Lewis, Stock and Watson (2018)"
    ) { [$0.cosine] },
    pairsBy("newey-west-paired", "mean difference of pairs after Newey and West (weak)", neweyWest),
    pairsBy("block-means-paired", "mean difference of pairs by block means", blockMeans),
    interleaved(
      "series-interleaved", "difference of two arms on one clock under serial dependence",
      source:
        "the influence of each row in the order of time; AR(1) with Kendall's correction, and cosines; "
        + "the wider of the two",
      guarantee: .conservative
    ) { mean, _ in mean.estimates },
    interleaved(
      "cosine-interleaved", "difference of two arms on one clock by cosines",
      source: "the influence of each row in the order of time; Müller (2004, 2007)"
    ) { mean, _ in [mean.cosine] },
    interleaved(
      "newey-west-interleaved", "difference of two arms on one clock after Newey and West (weak)",
      source: "Newey and West (1987)"
    ) { _, arms throws(Unavailable) in
      [try arms.neweyWest(lags: NeweyWest.lags(for: arms.terms.count), corrected: true)]
    },
    Method(
      name: "switchback", title: "switchback: one stream switched between the arms",
      estimand: .meanDifference,
      assumptions: [
        "what an arm leaves behind is gone after the burn-in",
        "the order of the arms was drawn, or has nothing to do with the traffic",
      ],
      failsWhen:
        "an arm's trace lasts longer than the burn-in (see the carry-over test), or the switches "
        + "follow the traffic's own rhythm",
      source: "Bojinov, Simchi-Levi and Zhao (2023)", body: .ownCall),
  ]

  private static let stationary = "the series keeps its mean and its way to vary (no trend)"
  private static let shortMemory =
    "what happens is forgotten long before the series ends; a series that shows too few independent "
    + "values is refused"
  private static let hidden =
    "a long memory hides below noise in a series of fewer than some hundred values, or the series has a trend"

  private typealias ByValues = @Sendable ([Double]) throws(Unavailable) -> TEstimate

  private static let neweyWest: ByValues = { values throws(Unavailable) in
    let moments = try Moments(of: values)
    guard moments.standardDeviation > 0 else { throw .noVariation }
    // In units of the standard deviation, so that squares of tiny values do not vanish.
    let terms = values.map {
      (($0 - moments.mean) - moments.meanRest) / moments.standardDeviation
    }
    let variance = NeweyWest.varianceOfSum(terms, lags: NeweyWest.lags(for: terms.count))
    guard variance > 0 else { throw .noVariation }
    let n = Double(values.count)
    return TEstimate(
      value: moments.mean,
      standardError: moments.standardDeviation * (variance * (n / (n - 1))).squareRoot() / n,
      degreesOfFreedom: .infinity)
  }

  private static let blockMeans: ByValues = { values throws(Unavailable) in
    try BlockMeans.estimate(values, blocks: BlockMeans.usual)
  }

  private static func arms(
    _ name: String, _ title: String, source: String, guarantee: Method.Guarantee = .approximate,
    _ choose: @escaping @Sendable (SeriesMean.Difference) -> [TEstimate]
  ) -> Method {
    Method(
      name: name, title: title, estimand: .meanDifference,
      assumptions: [
        "either arm is a series in the order of time, at equal distances", stationary, shortMemory,
        "the two series share nothing",
      ],
      failsWhen: hidden, source: source, guarantee: guarantee,
      body: .arms { arms, question throws(Unavailable) in
        let (candidate, production, question) = try series(arms, question)
        let difference = try SeriesMean.difference(candidate: candidate, production: production)
        return answer(
          choose(difference), candidate.moments, production.moments, question)
      })
  }

  private static func armsBy(_ name: String, _ title: String, _ estimate: @escaping ByValues)
    -> Method
  {
    Method(
      name: name, title: title, estimand: .meanDifference,
      assumptions: [
        "either arm is a series in the order of time, at equal distances", stationary,
        "hundreds of values, with a memory of a few", "the two series share nothing",
      ],
      failsWhen: "the memory is longer than the lags or blocks: the error is then too small",
      source: "Newey and West (1987); Schmeiser (1982)",
      body: .arms { arms, question throws(Unavailable) in
        let (candidate, production, question) = try series(arms, question)
        let (one, other) = (
          try estimate(arms.candidate.values), try estimate(arms.production.values)
        )
        let difference = try TTests.difference(
          estimate: candidate.moments.minus(production.moments),
          errors: (one.standardError, other.standardError),
          degreesOfFreedom: (one.degreesOfFreedom, other.degreesOfFreedom))
        return answer([difference], candidate.moments, production.moments, question)
      })
  }

  private static func pairs(
    _ name: String, _ title: String, source: String, guarantee: Method.Guarantee = .approximate,
    _ choose: @escaping @Sendable (SeriesMean) -> [TEstimate]
  ) -> Method {
    Method(
      name: name, title: title, estimand: .meanDifference,
      assumptions: [
        "pairs stand in the order of time, at equal distances", stationary, shortMemory,
      ],
      failsWhen: hidden, source: source, guarantee: guarantee,
      body: .pairs { pairs, question throws(Unavailable) in
        let mean = try SeriesMean(differences(pairs))
        let question = try question.held { level throws(Unavailable) in
          try mean.require(level: level)
        }
        return answer(choose(mean), of: mean, pairs, question)
      })
  }

  private static func pairsBy(_ name: String, _ title: String, _ estimate: @escaping ByValues)
    -> Method
  {
    Method(
      name: name, title: title, estimand: .meanDifference,
      assumptions: [
        "pairs stand in the order of time, at equal distances", stationary,
        "hundreds of pairs, with a memory of a few",
      ],
      failsWhen: "the memory is longer than the lags or blocks: the error is then too small",
      source: "Newey and West (1987); Schmeiser (1982)",
      body: .pairs { pairs, question throws(Unavailable) in
        let differences = differences(pairs)
        let mean = try SeriesMean(differences)
        let question = try question.held { level throws(Unavailable) in
          try mean.require(level: level)
        }
        return answer([try estimate(differences)], of: mean, pairs, question)
      })
  }

  private static func interleaved(
    _ name: String, _ title: String, source: String, guarantee: Method.Guarantee = .approximate,
    _ choose: @escaping @Sendable (SeriesMean, ArmsInTime) throws(Unavailable) -> [TEstimate]
  ) -> Method {
    Method(
      name: name, title: title, estimand: .meanDifference, needs: [.places],
      assumptions: [
        "the places give the order of the rows of both arms together",
        "the arms take turns that have nothing to do with the traffic", shortMemory,
      ],
      failsWhen: "one arm leaves a trace in the other's rows (see switchback)", source: source,
      guarantee: guarantee,
      body: .arms { arms, question throws(Unavailable) in
        let series = try ArmsInTime(arms)
        let mean = try SeriesMean(series)
        let question = try question.held { level throws(Unavailable) in
          try mean.require(level: level)
        }
        return answer(
          try choose(mean, series), series.candidate, series.production, question)
      })
  }

  private static func differences(_ pairs: PairSample) -> [Double] {
    pairs.candidate.indices.map { pairs.candidate[$0] - pairs.production[$0] }
  }

  private static func series(
    _ arms: TwoArms, _ question: Question
  ) throws(Unavailable) -> (candidate: SeriesMean, production: SeriesMean, question: Question) {
    let (candidate, production) = (
      try SeriesMean(arms.candidate.values), try SeriesMean(arms.production.values)
    )
    let question = try question.held { level throws(Unavailable) in
      try SeriesMean.require(candidate: candidate, production: production, level: level)
    }
    return (candidate, production, question)
  }

  private static func answer(
    _ estimates: [TEstimate], _ candidate: Moments, _ production: Moments, _ question: Question
  ) -> Answer {
    var answer = Answer(leastOf: estimates, to: question)
    answer.arms = .init(candidate: candidate.mean, production: production.mean)
    let rows = Double(candidate.count + production.count)
    let independent = rootOfSquares(candidate.standardError, production.standardError)
    answer.effectiveSampleSize = answer.standardError.map {
      rows * (independent / $0) * (independent / $0)
    }
    return answer
  }

  private static func answer(
    _ estimates: [TEstimate], of mean: SeriesMean, _ pairs: PairSample, _ question: Question
  ) -> Answer {
    var answer = Answer(leastOf: estimates, to: question)
    answer.arms = .init(
      candidate: Centre(of: pairs.candidate).value, production: Centre(of: pairs.production).value)
    let independent = mean.moments.standardError
    answer.effectiveSampleSize = answer.standardError.map {
      Double(mean.count) * (independent / $0) * (independent / $0)
    }
    return answer
  }
}

extension Question {
  /// The question, without its further levels where one of them is refused.
  ///
  /// - Throws: what `require` throws at the level itself.
  fileprivate func held(
    _ require: (Double) throws(Unavailable) -> Void
  ) throws(Unavailable) -> Question {
    try require(level)
    for further in furtherLevels {
      do { try require(further) } catch {
        var alone = self
        alone.furtherLevels = []
        return alone
      }
    }
    return self
  }
}

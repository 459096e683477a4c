extension Catalogue {
  static let quantiles: [Method] = [
    quantileDifference, pairedQuantileDifference, harrellDavis, medianDifference, quantileInterval,
  ]

  private static let contrastSource =
    "Zou and Donner (2008) for joining the arms' intervals; Hutson (1999) and Woodruff (1952) for each"

  private static let quantileDifference = Method(
    name: "quantile-difference", title: "Difference of quantiles by order statistics",
    estimand: .quantileDifference,
    assumptions: ["rows (or units, where they are given) are independent"],
    failsWhen: "fewer than about five values lie beyond the quantile (an end is then infinite), "
      + "or many values are equal at it",
    source: contrastSource,
    body: .arms { arms, question throws(Unavailable) in
      Answer(try QuantileContrast(arms, p: question.probability), to: question)
    })

  private static let pairedQuantileDifference = Method(
    name: "paired-quantile-difference", title: "Difference of quantiles of pairs",
    estimand: .quantileDifference,
    assumptions: [
      "pairs (or units, where they are given) are independent",
      "the two answers' rank errors are nearly jointly normal",
    ],
    failsWhen: "fewer than about five values lie beyond the quantile (an end is then infinite), "
      + "or neighbouring requests depend on each other; where values tie and errors are alike, the joined "
      + "reach may shrink as its parts grow, so that a wider level need not give a wider interval",
    source: contrastSource, guarantee: .conservative, isDual: false,
    widensWithLevel: false,
    body: .pairs { pairs, question throws(Unavailable) in
      Answer(try QuantileContrast(pairs, p: question.probability), to: question)
    })

  private static let harrellDavis = Method(
    name: "harrell-davis", title: "Difference of Harrell-Davis quantiles",
    estimand: .quantileDifference,
    assumptions: ["rows are independent", "the two estimates are nearly normal"],
    failsWhen: "the quantile is so far out that the largest values carry most of the weight",
    source: "Harrell and Davis (1982); Maritz and Jarrett (1978)",
    // With some hundred rows the standard error is a little too large: 4 % alarms at 5 %.
    guarantee: .conservative,
    body: .arms { arms, question throws(Unavailable) in
      func arm(_ values: [Double]) throws(Unavailable) -> TEstimate {
        let quantile = try HarrellDavis(sorted: values.sorted(), p: question.probability)
        return TEstimate(
          value: quantile.value, standardError: quantile.standardError,
          degreesOfFreedom: .infinity)
      }
      return try .difference(
        arm(arms.candidate.values), arm(arms.production.values), to: question)
    })

  private static let medianDifference = Method(
    name: "median-difference", title: "Price and Bonett's difference of medians",
    estimand: .medianDifference,
    assumptions: ["rows are independent", "values are continuous around the median"],
    failsWhen: "many values are equal to the median",
    source: "Price and Bonett (2002)",
    body: .arms { arms, question throws(Unavailable) in
      try .difference(
        PriceBonett.median(of: arms.candidate.values),
        PriceBonett.median(of: arms.production.values), to: question)
    })

  private static let quantileInterval = Method(
    name: "quantile-interval", title: "Exact limits of the candidate's quantile", estimand: .other,
    assumptions: ["the candidate's rows are independent"],
    failsWhen: "rows depend on each other; production is not looked at, and the p-value needs a "
      + "null value of its own",
    source: "Thompson (1936)", guarantee: .conservative,
    body: .arms { arms, question throws(Unavailable) in
      let quantile = try QuantileInterval(arms.candidate.values, p: question.probability)
      return Answer(
        estimate: quantile.value, interval: quantile.bounds(question),
        p: question.null.map { quantile.p(question.alternative, null: $0) })
    })
}

extension Answer {
  fileprivate init(_ contrast: QuantileContrast, to question: Question) {
    self.init(
      estimate: contrast.value, interval: contrast.bounds(question),
      p: contrast.p(question.alternative, null: question.null ?? 0),
      degreesOfFreedom: contrast.degreesOfFreedom,
      arms: Arms(candidate: contrast.candidate.value, production: contrast.production.value),
      effectiveSampleSize: contrast.candidate.effectiveCount + contrast.production.effectiveCount)
    furtherIntervals = question.furtherLevels.map { level in
      var other = question
      other.level = level
      return contrast.bounds(other)
    }
  }

  fileprivate static func difference(
    _ candidate: TEstimate, _ production: TEstimate, to question: Question
  ) throws(Unavailable) -> Answer {
    var answer = Answer(
      try TTests.difference(candidate: candidate, production: production), to: question)
    answer.arms = Arms(candidate: candidate.value, production: production.value)
    return answer
  }
}

extension Catalogue {
  static let means: [Method] = [
    welch, student, pairedT, yuen, pairedYuen, winsorized, cohenD, hedgesG, glassDelta,
  ]

  private static let independentRows = "rows are independent"
  private static let nearlyNormal =
    "the means are nearly normal (large samples, or tails not too heavy)"
  private static let heavyOrDependent =
    "rows of one user or of one moment depend on each other, or one value in hundreds carries the sum"

  private static let welch = Method(
    name: "welch", title: "Welch's t test", estimand: .meanDifference,
    assumptions: [independentRows, nearlyNormal], failsWhen: heavyOrDependent,
    source: "Welch (1947); Satterthwaite (1946)",
    body: .arms { arms, question throws(Unavailable) in
      let (candidate, production) = try moments(arms)
      return answer(
        try TTests.welch(candidate: candidate, production: production), candidate, production,
        question)
    })

  private static let student = Method(
    name: "student-t", title: "Student's t test with one variance", estimand: .meanDifference,
    assumptions: [independentRows, nearlyNormal, "both arms have the same variance"],
    failsWhen: "the arms differ in variance and in size; Welch's test costs almost nothing instead",
    source: "Student (1908)",
    body: .arms { arms, question throws(Unavailable) in
      let (candidate, production) = try moments(arms)
      return answer(
        try TTests.pooled(candidate: candidate, production: production), candidate, production,
        question)
    })

  private static let pairedT = Method(
    name: "paired-t", title: "paired t test", estimand: .meanDifference,
    assumptions: ["pairs are independent", "the mean of the differences is nearly normal"],
    failsWhen: "pairs of one user or of one moment depend on each other, or one pair in hundreds "
      + "carries the sum",
    source: "Student (1908)",
    body: .pairs { pairs, question throws(Unavailable) in
      let estimate = try TTests.paired(first: pairs.candidate, second: pairs.production)
      var answer = Answer(estimate, to: question)
      answer.arms = .init(
        candidate: Centre(of: pairs.candidate).value, production: Centre(of: pairs.production).value
      )
      return answer
    })

  /// As Yuen's test is mostly used.
  private static let trim = 0.2

  private static let yuen = Method(
    name: "yuen", title: "Yuen's t test of 20 % trimmed means", estimand: .trimmedMeanDifference,
    assumptions: [independentRows, "at least a dozen values an arm"],
    failsWhen:
      "the tail itself is the question: a fifth of the values at either end is not looked at",
    source: "Yuen (1974)",
    body: .arms { arms, question throws(Unavailable) in
      let candidate = try TrimmedMean(of: arms.candidate.values, trim: trim)
      let production = try TrimmedMean(of: arms.production.values, trim: trim)
      return answer(
        try TrimmedMean.difference(candidate: candidate, production: production), candidate.mean,
        production.mean, question)
    })

  private static let pairedYuen = Method(
    name: "paired-yuen", title: "t test of the 20 % trimmed mean of the differences",
    estimand: .trimmedMeanDifference,
    assumptions: ["pairs are independent", "at least a dozen pairs"],
    failsWhen: "the differences' tail itself is the question; it is the trimmed mean of the "
      + "differences, not the difference of the trimmed means",
    source: "Tukey and McLaughlin (1963); Wilcox (2012), section 5.9",
    body: .pairs { pairs, question throws(Unavailable) in
      let differences = pairs.candidate.indices.map { pairs.candidate[$0] - pairs.production[$0] }
      let mean = try TrimmedMean(of: differences, trim: trim)
      guard mean.standardError > 0 else { throw .noVariation }
      return Answer(mean.estimate, to: question)
    })

  private static let winsorized = Method(
    name: "winsorized",
    title: "Welch's t test of values winsorised at the pooled 1 % and 99 % quantiles",
    estimand: .winsorizedMeanDifference,
    assumptions: [independentRows, "hundreds of values an arm"],
    failsWhen:
      "an effect lies in the outermost hundredth, which is cut off; the bounds come from the "
      + "data of both arms and are taken as known",
    source: "Tukey and McLaughlin (1963); Kohavi, Tang and Xu (2020), chapter 18",
    body: .arms { arms, question throws(Unavailable) in
      let bounds = Winsorizing.ends(
        of: arms.candidate.values + arms.production.values, lower: 0.01, upper: 0.01)
      guard let bounds else { throw .tooFew(has: 0, needs: 2) }
      func cut(_ values: [Double]) -> [Double] {
        values.map { min(bounds.upperBound, max(bounds.lowerBound, $0)) }
      }
      let candidate = try Moments(of: cut(arms.candidate.values))
      let production = try Moments(of: cut(arms.production.values))
      return answer(
        try TTests.welch(candidate: candidate, production: production), candidate, production,
        question)
    })

  private static let cohenD = Method(
    name: "cohen-d", title: "Cohen's d with the noncentral t interval",
    estimand: .standardizedDifference,
    assumptions: [independentRows, "values are nearly normal with one variance in both arms"],
    failsWhen:
      "the arms differ in variance, or a heavy tail makes the standard deviation a poor ruler",
    source: "Cohen (1988); Steiger and Fouladi (1997)",
    body: .arms { arms, question throws(Unavailable) in
      let effect = try effect(arms)
      return effect.answer(effect.cohenD, factor: 1, to: question)
    })

  private static let hedgesG = Method(
    name: "hedges-g", title: "Hedges's g with the noncentral t interval",
    estimand: .standardizedDifference,
    assumptions: [independentRows, "values are nearly normal with one variance in both arms"],
    failsWhen:
      "the arms differ in variance, or a heavy tail makes the standard deviation a poor ruler",
    source: "Hedges (1981), with the exact factor",
    body: .arms { arms, question throws(Unavailable) in
      let effect = try effect(arms)
      guard effect.unbiasing > 0 else { throw .tooFew(has: 3, needs: 4) }
      return effect.answer(effect.hedgesG, factor: effect.unbiasing, to: question)
    })

  private static let glassDelta = Method(
    name: "glass-delta", title: "Glass's delta, in standard deviations of production",
    estimand: .standardizedDifference,
    assumptions: [independentRows, nearlyNormal, "production's values are nearly normal"],
    failsWhen: "production is small or its tail heavy: its standard deviation is then a poor ruler",
    source: "Glass (1976); delta method: Hedges and Olkin (1985)",
    body: .arms { arms, question throws(Unavailable) in
      let (candidate, production) = try moments(arms)
      let effect = try StandardizedDifference(candidate: candidate, production: production)
      guard effect.glassDelta.isFinite else { throw .noVariation }
      let ratio = candidate.standardDeviation / production.standardDeviation
      let degrees = Double(production.count - 1)
      let variance =
        ratio * ratio / Double(candidate.count) + 1 / Double(production.count)
        + effect.glassDelta * effect.glassDelta / (2 * degrees)
      return Answer(
        TEstimate(
          value: effect.glassDelta, standardError: variance.squareRoot(),
          degreesOfFreedom: degrees), to: question)
    })

  private static func moments(
    _ arms: TwoArms
  ) throws(Unavailable) -> (candidate: Moments, production: Moments) {
    (try Moments(of: arms.candidate.values), try Moments(of: arms.production.values))
  }

  private static func effect(_ arms: TwoArms) throws(Unavailable) -> StandardizedDifference {
    let (candidate, production) = try moments(arms)
    return try StandardizedDifference(candidate: candidate, production: production)
  }

  private static func answer(
    _ estimate: TEstimate, _ candidate: Moments, _ production: Moments, _ question: Question
  ) -> Answer {
    var answer = Answer(estimate, to: question)
    answer.arms = .init(candidate: candidate.mean, production: production.mean)
    return answer
  }
}

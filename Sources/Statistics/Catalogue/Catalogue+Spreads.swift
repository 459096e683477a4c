import Probability

extension Catalogue {
  /// Do the arms differ in variance or in their tails?
  static let spreads: [Method] = [
    Method(
      name: "variance-f", title: "F test of variances (fragile)", estimand: .varianceRatio,
      assumptions: ["rows are independent", "values are normal, and not only nearly"],
      failsWhen: "values have other tails than normal ones: no sample is large enough to help",
      source: "Fisher (1924); Box (1953) on its fragility",
      body: .arms { arms, question throws(Unavailable) in
        let test = try VarianceRatio(
          candidate: arms.candidate.values, production: arms.production.values)
        let null = try question.positiveNull()
        return Answer(
          estimate: test.value,
          interval: Bounds(question, lower: test.lowerBoundF, upper: test.upperBoundF)
            .clamped(to: 0...(.infinity)),
          p: test.pF(question.alternative, against: null), statistic: test.value / null)
      }),
    Method(
      name: "log-variance", title: "Log variance ratio with kurtosis",
      estimand: .varianceRatio,
      assumptions: ["rows are independent", "the fourth moments are finite"],
      failsWhen: "tails are so heavy that the fourth moment of the sample says little",
      source: "Layard (1973); Bonett (2006)",
      body: .arms { arms, question throws(Unavailable) in
        let ratio = try VarianceRatio(
          candidate: arms.candidate.values, production: arms.production.values)
        let estimate = try ratio.logEstimate()
        var onLog = question
        onLog.null = Elementary.log(try question.positiveNull())
        var answer = Answer(estimate, to: onLog)
        answer.estimate = ratio.value
        answer.interval = answer.interval?.mapped { Elementary.exp($0) }
        answer.standardError = ratio.value * estimate.standardError
        return answer
      }),
    levene(
      .mean, name: "levene", title: "Levene's test", source: "Levene (1960)",
      failsWhen: "values are skewed: then it rejects too often"),
    levene(
      .median, name: "brown-forsythe", title: "Brown-Forsythe test",
      source: "Brown and Forsythe (1974)",
      failsWhen: "tails are so heavy that distances have no variance"),
    Method(
      name: "tail-share", title: "Share beyond a quantile of both arms",
      estimand: .shareDifference,
      assumptions: [
        "rows are independent",
        "the threshold, a quantile of both arms together, is taken as given",
      ],
      failsWhen: "few values lie beyond the threshold",
      source: "Miettinen and Nurminen (1985) for the interval",
      body: .arms { arms, question throws(Unavailable) in try tailShare(arms, question) }),
    Method(
      name: "variance-permutation", title: "Permutation test of the ratio of variances",
      estimand: .varianceRatio,
      assumptions: ["rows are independent", "the arms' distributions differ by a shift alone"],
      failsWhen: "variances are equal and tails are not: it is a test of both",
      source: "Boos and Brownie (1989); Phipson and Smyth (2010)", isDual: false,
      body: .arms { arms, question throws(Unavailable) in
        try variancePermutation(arms, question)
      }),
  ]

  private static func variancePermutation(
    _ arms: TwoArms, _ question: Question
  ) throws(Unavailable) -> Answer {
    let null = try question.positiveNull()
    let test = try VariancePermutation(
      arms, null: null, resamples: question.resamples, seed: question.seed)
    let isRatio = test.ratio > 0 && test.ratio.isFinite
    return Answer(
      estimate: isRatio ? test.ratio : nil, p: test.p(question.alternative),
      statistic: isRatio ? test.ratio / null : nil,
      cautions: [.resolution(oneIn: test.total)])
  }

  private static func levene(
    _ centre: Spread.Centre, name: String, title: String, source: String, failsWhen: String
  ) -> Method {
    Method(
      name: name, title: title, estimand: .spreadDifference,
      assumptions: ["rows are independent"], failsWhen: failsWhen, source: source,
      body: .arms { arms, question throws(Unavailable) in
        Answer(
          try Spread.difference(
            candidate: arms.candidate.values, production: arms.production.values,
            centre: centre), to: question)
      })
  }

  private static func tailShare(
    _ arms: TwoArms, _ question: Question
  ) throws(Unavailable) -> Answer {
    let tail = try TailShare(
      candidate: arms.candidate.values, production: arms.production.values,
      probability: question.probability)
    let (first, second) = (tail.shares.candidate, tail.shares.production)
    let null = try question.null(0, in: -1...1)
    let z = tail.shares.score(null, corrected: true)
    func ends(_ tailLevel: Double) -> ClosedRange<Double> {
      tail.shares.scoreInterval(level: max(0, 1 - 2 * tailLevel))
    }
    let pooled =
      Double(first.successes + second.successes) / Double(first.trials + second.trials)
    let fewest = Double(min(first.trials, second.trials)) * min(pooled, 1 - pooled)
    return Answer(
      estimate: tail.shares.candidateMinusProduction,
      interval: Bounds(
        question, lower: { ends($0).lowerBound }, upper: { ends($0).upperBound }),
      p: PValue(z: z, question.alternative), statistic: z,
      arms: .init(candidate: first.value, production: second.value),
      cautions: fewest < 5 ? [.smallExpectedCount(fewest)] : [])
  }
}

extension Question {
  /// Of a ratio: 1, or what is asked.
  fileprivate func positiveNull() throws(Unavailable) -> Double {
    try null(1, in: .leastNonzeroMagnitude...(.greatestFiniteMagnitude))
  }
}

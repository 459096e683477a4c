import Probability

extension Catalogue {
  /// How often is the candidate's value the larger one?
  static let superiority: [Method] = [
    Method(
      name: "brunner-munzel", title: "Brunner-Munzel test", estimand: .probabilityLarger,
      assumptions: ["rows are independent"], failsWhen: superiorityFailure,
      source: "Brunner and Munzel (2000)",
      body: .arms { arms, question throws(Unavailable) in
        let test = try BrunnerMunzel(arms.tieBlocks())
        var answer = Answer(test.estimate, to: question, null: try question.null(0.5, in: 0...1))
        answer.interval = answer.interval?.clamped(to: 0...1)
        return answer
      }),
    Method(
      name: "brunner-munzel-logit", title: "Brunner-Munzel test on the log odds",
      estimand: .probabilityLarger, assumptions: ["rows are independent"],
      failsWhen: superiorityFailure,
      source: "Brunner and Munzel (2000); Brunner, Bathke and Konietschke (2018)",
      body: .arms { arms, question throws(Unavailable) in
        let test = try BrunnerMunzel(arms.tieBlocks())
        let null = try question.null(0.5, in: 0...1)
        return test.logitAnswer(to: question, null: null) { $0 }
      }),
    Method(
      name: "brunner-munzel-permutation", title: "Studentized permutation of Brunner-Munzel",
      estimand: .probabilityLarger, needs: [.smallSample],
      assumptions: ["rows are independent"],
      failsWhen: "every value of one arm lies on one side of the other's",
      source: "Neubert and Brunner (2007)",
      body: .arms { arms, question throws(Unavailable) in
        let test = try BrunnerMunzelPermutation(
          arms.tieBlocks(), resamples: question.resamples, seed: question.seed)
        let null = try question.null(0.5, in: 0...1)
        let estimate = test.observed.estimate
        return Answer(
          estimate: estimate.value,
          interval: Bounds(question, lower: test.lowerBound, upper: test.upperBound)
            .clamped(to: 0...1),
          p: test.p(question.alternative, against: null),
          statistic: estimate.statistic(against: null), standardError: estimate.standardError,
          cautions: [.resolution(oneIn: test.resamples + 1)])
      }),
    Method(
      name: "cliffs-delta", title: "Cliff's delta", estimand: .dominance,
      assumptions: ["rows are independent"], failsWhen: superiorityFailure,
      source: "Cliff (1993); the error is Brunner and Munzel's (2000), on the log odds",
      body: .arms { arms, question throws(Unavailable) in
        let test = try BrunnerMunzel(arms.tieBlocks())
        let null = try question.null(0, in: -1...1)
        return test.logitAnswer(to: question, null: (null + 1) / 2) { 2 * $0 - 1 }
      }),
  ]

  private static let superiorityFailure =
    "every value of one arm lies on one side of the other's, or an arm has fewer than ten values"
}

extension TwoArms {
  func tieBlocks() throws(Unavailable) -> TieBlocks {
    try TieBlocks(candidate: candidate.values, production: production.values)
  }
}

extension BrunnerMunzel {
  /// Formed on the log odds, then taken to the scale that `scale` makes of a probability.
  fileprivate func logitAnswer(
    to question: Question, null: Double, scale: (Double) -> Double
  ) -> Answer {
    var onLogit = question
    onLogit.null = Elementary.log(null) - Elementary.log1p(-null)
    let logit = logit
    var answer = Answer(logit, to: onLogit)
    answer.interval = answer.interval?.mapped { scale(Elementary.logistic($0)) }
    answer.estimate = scale(probabilityLarger)
    answer.standardError = estimate.standardError * (scale(1) - scale(0))
    return answer
  }
}

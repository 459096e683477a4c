extension Catalogue {
  static let means: [Method] = [
    Method(
      name: "welch", title: "Welch's t test", estimand: .meanDifference,
      assumptions: [
        "rows are independent",
        "the means are nearly normal (large samples, or tails not too heavy)",
      ],
      failsWhen: "rows of one user or of one moment depend on each other, or one value in "
        + "hundreds carries the sum",
      source: "Welch (1947); Satterthwaite (1946)",
      body: .arms { arms, question throws(Unavailable) in
        let candidate = try Moments(of: arms.candidate.values)
        let production = try Moments(of: arms.production.values)
        var answer = Answer(
          try TTests.welch(candidate: candidate, production: production), to: question)
        answer.arms = .init(candidate: candidate.mean, production: production.mean)
        return answer
      })
  ]
}

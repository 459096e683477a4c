import Simulation
import Statistics

/// What a method believes of two arms.
struct AnalysisBelief {
  let candidate: ArmSample
  let production: ArmSample
  let method: String
  private let own: Question.Prior?

  init(method: String, arms: TwoArms, prior: Question.Prior?) {
    self.method = method
    (candidate, production) = (arms.candidate, arms.production)
    own = prior
  }

  var prior: String { Posterior.priorText(named: method, own) }

  func posteriors() throws(Unavailable) -> (candidate: Posterior, production: Posterior) {
    (
      try Posterior(named: method, candidate, prior: own),
      try Posterior(named: method, production, prior: own)
    )
  }

  func difference() throws(Unavailable) -> PosteriorDifference {
    let (candidate, production) = try posteriors()
    return PosteriorDifference(candidate: candidate, production: production)
  }

  /// All arms of a metric beside each other; nil where one has no posterior.
  ///
  /// - Parameter samples: of each arm against the one baseline, in order.
  static func contest(
    _ metric: String, arms: [String], samples: [TwoArms], method: String, prior: Question.Prior?,
    smallestIsBest: Bool
  ) -> AnalysisFindings.Contest? {
    var posteriors: [Posterior] = []
    for (index, sample) in samples.enumerated() {
      let belief = AnalysisBelief(method: method, arms: sample, prior: prior)
      guard let (candidate, production) = try? belief.posteriors() else { return nil }
      if index == 0 { posteriors.append(production) }
      posteriors.append(candidate)
    }
    guard posteriors.count == arms.count else { return nil }
    let contest = PosteriorContest(posteriors)
    return AnalysisFindings.Contest(
      metric: metric, arms: arms,
      probabilityBest: (smallestIsBest ? contest.probabilitySmallest : contest.probabilityBest)
        .map { min(1, $0) },
      expectedLoss: smallestIsBest ? contest.expectedExcess : contest.expectedLoss,
      smallestIsBest: smallestIsBest, prior: Posterior.priorText(named: method, prior))
  }
}

extension AnalysisRequest {
  var ownPrior: Statistics.Question.Prior? { prior.map { .init($0.0, $0.1) } }
}

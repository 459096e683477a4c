import Probability
import Testing

@testable import Statistics

@Suite("Bayes") struct BayesTests {
  @Test("two shares", arguments: ReferenceCase.of("beta_binomial_ab"))
  func shares(reference: ReferenceCase) {
    func law(_ arm: String) -> Posterior {
      let numbers = reference.input[arm].numbers
      return .beta(Beta(numbers[0], numbers[1]))
    }
    let (treatment, control) = (law("treatment"), law("control"))
    let contest = PosteriorContest([control, treatment])
    let interval = treatment.credibleInterval(level: 0.95)
    reference.expect([
      ("prob_treatment_better", contest.probabilityBest[1]),
      ("expected_loss_choose_control", contest.expectedLoss[0]),
      ("expected_loss_choose_treatment", contest.expectedLoss[1]),
      ("mean_difference", treatment.mean - control.mean),
    ])
    reference.expect("treatment_ci95", each: [interval.lowerBound, interval.upperBound])
  }

  @Test("a normal effect", arguments: ReferenceCase.of("normal_effect"))
  func normal(reference: ReferenceCase) throws {
    let prior = reference.input["prior_mean"].optionalNumber.map {
      NormalEffect.Prior(
        mean: $0, standardDeviation: reference.input["prior_variance"].number.squareRoot())
    }
    let effect = try NormalEffect(
      estimate: reference.input["estimate"].number, standardError: reference.input["se"].number,
      prior: prior)
    let interval = effect.posterior.credibleInterval(level: 0.95)
    let rope = reference.options["rope"].number
    let within = effect.probability(within: -rope...rope)
    reference.expect([
      ("posterior_mean", effect.mean), ("posterior_sd", effect.standardDeviation),
      ("chance_to_beat", effect.probabilityAbove().value),
      ("risk_control", effect.expectedLossOfStaying),
      ("risk_treatment", effect.expectedLossOfShipping),
      ("ci_low", interval.lowerBound), ("ci_high", interval.upperBound),
      ("p_rope", within.value),
    ])
    guard !reference.expected["ln_p_rope"].isNull else { return }
    reference.expect([("ln_p_rope", within.ln)])
  }

  @Test("two rates", arguments: ReferenceCase.of("gamma_poisson_ab"))
  func rates(reference: ReferenceCase) {
    func law(_ arm: String) -> Posterior {
      let numbers = reference.input[arm].numbers
      return .gamma(shape: numbers[0], rate: numbers[1])
    }
    let contest = PosteriorContest([law("treatment"), law("control")])
    reference.expect([("prob_treatment_higher", contest.probabilityBest[0])])
  }

  @Test("the interval of highest density", arguments: ReferenceCase.of("beta_hdi"))
  func highestDensity(reference: ReferenceCase) throws {
    let law = Posterior.beta(Beta(reference.input["a"].number, reference.input["b"].number))
    let interval = try #require(
      law.highestDensityInterval(mass: reference.input["mass"].number))
    reference.expect([("low", interval.lowerBound), ("high", interval.upperBound)])
  }

  @Test("intervals of highest density at the edge, and where there is none")
  func edges() throws {
    #expect(Posterior.beta(Beta(0.5, 0.5)).highestDensityInterval(mass: 0.9) == nil)
    let none = try #require(
      Posterior.share(successes: 0, trials: 20).highestDensityInterval(mass: 0.95))
    #expect(none.lowerBound == 0 && abs(none.upperBound - 0.132_946) < 1e-6)
    let all = try #require(
      Posterior.share(successes: 20, trials: 20).highestDensityInterval(mass: 0.95))
    #expect(all.upperBound == 1 && abs(1 - all.lowerBound - none.upperBound) < 1e-12)
  }

  @Test(
    "the probabilities to be best add up to 1, and losses agree with the pairwise ones",
    arguments: [
      [Posterior.beta(Beta(0.5, 0.5)), .beta(Beta(30, 4)), .beta(Beta(4_000, 600))],
      [.gamma(shape: 0.5, rate: 0.1), .gamma(shape: 90, rate: 10), .gamma(shape: 8, rate: 1)],
      [
        .normal(mean: 0, standardDeviation: 1), .normal(mean: 3, standardDeviation: 0.01),
        .normal(mean: 2.99, standardDeviation: 0.02),
      ],
    ])
  func severalArms(arms: [Posterior]) {
    let contest = PosteriorContest(arms)
    #expect(abs(contest.probabilityBest.reduce(0, +) - 1) < 1e-10)
    // E[max] = E[loss of arm] + its mean, whichever arm.
    let largest = zip(contest.expectedLoss, arms).map { $0 + $1.mean }
    for value in largest { #expect(abs(value / largest[0] - 1) < 1e-9) }
  }

  @Test("normal posteriors agree with the closed form of their difference, far out too")
  func closedForm() throws {
    for distance in [0.0, 1, 5, 20] {
      let contest = PosteriorContest([
        .normal(mean: 0, standardDeviation: 1), .normal(mean: -distance, standardDeviation: 0.5),
      ])
      let difference = try NormalEffect(estimate: distance, standardError: 1.25.squareRoot())
      let best = difference.probabilityBelow().value
      #expect(abs(contest.probabilityBest[1] / best - 1) < 1e-10)
      #expect(abs(contest.expectedLoss[0] / difference.expectedLossOfShipping - 1) < 1e-10)
    }
  }
}

import Probability

/// The e-process of a share: a beta mixture of shares against one share, exact at every look.
///
/// It is the mixture's density at that share over the posterior's (the Savage-Dickey ratio); with the weights of
/// Krichevsky and Trofimov (½, ½) it grows at nearly the best rate for any share.
///
/// - Source: Krichevsky and Trofimov (1981); Ville (1939); Howard, Ramdas, McAuliffe and Sekhon (2021).
package struct BernoulliMixture: Sendable {
  package var successes: Int
  package var trials: Int
  /// The mixture's parameters, > 0.
  package var weights: (successes: Double, failures: Double) = (0.5, 0.5)

  package init(
    successes: Int, trials: Int, weights: (successes: Double, failures: Double) = (0.5, 0.5)
  ) {
    precondition(trials >= 0 && (0...trials).contains(successes), "\(successes) of \(trials)")
    self.successes = successes
    self.trials = trials
    self.weights = weights
  }

  private var prior: Beta { Beta(weights.successes, weights.failures) }
  private var posterior: Beta {
    Beta(
      weights.successes + Double(successes), weights.failures + Double(trials - successes))
  }

  /// ln of the e-value against the share `null` in 0...1.
  package func lnEvidence(against null: Double) -> Double {
    if null <= 0 || null >= 1 { return lnEvidenceAtEnd(isZero: null <= 0) }
    return prior.logDensity(null) - posterior.logDensity(null)
  }

  /// ln of the e-value against "at most `null`": the mixture of the shares above it alone.
  package func lnEvidence(above null: Double) -> Double {
    if null <= 0 { return lnEvidence(against: 0) }
    if null >= 1 { return -.infinity }
    return lnEvidence(against: null) + posterior.logSurvival(null) - prior.logSurvival(null)
  }

  /// ln of the e-value against "at least `null`".
  package func lnEvidence(below null: Double) -> Double { mirrored.lnEvidence(above: 1 - null) }

  /// The shares against which the evidence stays below 1/alpha.
  package func interval(alpha: Double) -> ClosedRange<Double> {
    let bar = -Elementary.log(alpha)
    let share = posterior.mean
    return end(below: share, bar)...(1 - mirrored.end(below: 1 - share, bar))
  }

  /// The lower end of the interval where the share `outside` below it is ruled out (0 where none is known).
  func lowerEnd(bar: Double, from outside: Double) -> Double {
    guard outside > 0 else { return end(below: posterior.mean, bar) }
    return SequentialRoot.convex(from: outside) { share in
      (lnEvidence(against: share) - bar, -likelihoodSlope(share))
    }
  }

  func upperEnd(bar: Double, from outside: Double) -> Double {
    1 - mirrored.lowerEnd(bar: bar, from: 1 - outside)
  }

  /// The least share that the one-sided evidence leaves.
  package func lowerBound(alpha: Double) -> Double {
    let bar = -Elementary.log(alpha)
    return SequentialRoot.rising(from: 0, to: 1) {
      bar - ($0 >= 1 ? -1e300 : max(-1e300, min(1e300, lnEvidence(above: $0))))
    }
  }

  package func upperBound(alpha: Double) -> Double { 1 - mirrored.lowerBound(alpha: alpha) }

  private var mirrored: BernoulliMixture {
    BernoulliMixture(
      successes: trials - successes, trials: trials,
      weights: (weights.failures, weights.successes))
  }

  /// The evidence falls from infinity (or a number) at 0 to its least near the estimate.
  private func end(below share: Double, _ bar: Double) -> Double {
    SequentialRoot.rising(from: 0, to: share) { bar - min(1e300, lnEvidence(against: $0)) }
  }

  private func lnEvidenceAtEnd(isZero: Bool) -> Double {
    guard (isZero ? successes : trials - successes) == 0 else { return .infinity }
    return GammaFunction.logBeta(posterior.a, posterior.b)
      - GammaFunction.logBeta(prior.a, prior.b)
  }
}

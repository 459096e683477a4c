import Probability

/// The e-process of two shares: their beta mixtures against the best pair of shares that differ by a given value.
///
/// Exact at every look and for any allocation of the rows, one that follows the outcomes included: the mixtures'
/// likelihood over the largest one under the null is at most a martingale.
///
/// - Source: Wasserman, Ramdas and Balakrishnan (2020), universal inference with a mixture; Krichevsky and Trofimov
///   (1981) for its weights.
package struct TwoShares: Sendable {
  package var candidate = BernoulliMixture(successes: 0, trials: 0)
  package var production = BernoulliMixture(successes: 0, trials: 0)

  package init() {}

  package init(candidate: BernoulliMixture, production: BernoulliMixture) {
    self.candidate = candidate
    self.production = production
  }

  /// candidate − production; nil while an arm has no rows.
  package var estimate: Double? {
    guard candidate.trials > 0, production.trials > 0 else { return nil }
    return candidate.share - production.share
  }

  /// ln of the e-value against the difference `null` in −1...1.
  package func lnEvidence(against null: Double) -> Double {
    let p = likeliest(null)
    return candidate.lnEvidence(against: p + null) + production.lnEvidence(against: p)
  }

  /// ln of the e-value against "the difference is at most `null`".
  package func lnEvidence(above null: Double) -> Double {
    guard let estimate, estimate > null else { return -.infinity }
    return lnEvidence(against: null)
  }

  /// The production's share that makes the rows likeliest where the candidate's is greater by `difference`.
  ///
  /// The logarithm of the likelihood is concave: its slope has one root.
  func likeliest(_ difference: Double) -> Double {
    let low = max(0, -difference)
    let high = min(1, 1 - difference)
    guard low < high else { return low }
    let (a, b) = (Double(candidate.successes), Double(candidate.trials - candidate.successes))
    let (c, d) = (Double(production.successes), Double(production.trials - production.successes))
    if difference == 0 { return a + b + c + d > 0 ? (a + c) / (a + b + c + d) : 0.5 }
    // Minus the slope; a term without rows is left out, so that the ends are allowed where nothing speaks against
    // them.
    func slope(_ p: Double) -> Double {
      let q = p + difference
      var value = 0.0
      if a > 0 { value -= a / q }
      if c > 0 { value -= c / p }
      if b > 0 { value += b / (1 - q) }
      if d > 0 { value += d / (1 - p) }
      return value.isNaN ? 0 : max(-1e300, min(1e300, value))
    }
    return SequentialRoot.rising(from: low, to: high, slope)
  }

  /// The differences against which the evidence stays below exp(`bar`) on either side of the estimate.
  func interval(bar: Double) -> (lower: Double, upper: Double) {
    guard let estimate else { return (-1, 1) }
    let lower = SequentialRoot.rising(from: -1, to: estimate) {
      bar - clamped(lnEvidence(against: $0))
    }
    let upper = SequentialRoot.rising(from: estimate, to: 1) {
      clamped(lnEvidence(against: $0)) - bar
    }
    return (lower, upper)
  }

  private func clamped(_ ln: Double) -> Double { ln.isNaN ? 1e300 : max(-1e300, min(1e300, ln)) }
}

extension BernoulliMixture {
  var share: Double { Double(successes) / Double(trials) }

  /// One more trial.
  mutating func add(_ isSuccess: Bool) {
    trials += 1
    if isSuccess { successes += 1 }
  }
}

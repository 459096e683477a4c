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
  /// The logarithm of the likelihood is concave in it: Newton's steps from `start`, kept in a bracket.
  func likeliest(_ difference: Double, near start: Double = 0.5) -> Double {
    let a = Double(candidate.successes)
    let b = Double(candidate.trials - candidate.successes)
    let c = Double(production.successes)
    let d = Double(production.trials - production.successes)
    if difference == 0 { return a + b + c + d > 0 ? (a + c) / (a + b + c + d) : 0.5 }
    var low = max(0, -difference)
    var high = min(1, 1 - difference)
    guard low < high else { return low }
    // A term without rows is left out, so that the ends are allowed where nothing speaks against them.
    func slope(_ p: Double) -> (first: Double, second: Double) {
      let q = p + difference
      var (first, second) = (0.0, 0.0)
      if a > 0 { (first, second) = (first + a / q, second - a / (q * q)) }
      if b > 0 { (first, second) = (first - b / (1 - q), second - b / ((1 - q) * (1 - q))) }
      if c > 0 { (first, second) = (first + c / p, second - c / (p * p)) }
      if d > 0 { (first, second) = (first - d / (1 - p), second - d / ((1 - p) * (1 - p))) }
      return (first, second)
    }
    if slope(low).first <= 0 { return low }
    if slope(high).first >= 0 { return high }
    var p = start > low && start < high ? start : low + (high - low) / 2
    for _ in 0..<120 {
      let (first, second) = slope(p)
      if first > 0 { low = p } else { high = p }
      var next = p - first / second
      if !(next > low && next < high) { next = low + (high - low) / 2 }
      if (next - p).magnitude <= 1e-15 * next || next <= low || next >= high { return next }
      p = next
    }
    return p
  }

  /// The lowest difference against which the evidence stays below exp(`bar`).
  ///
  /// - Parameters:
  ///   - outside: a difference that is ruled out; −1 where none is known.
  ///   - place: a guess of the production's share there; then that of the answer.
  func lowerEnd(bar: Double, from outside: Double, place: inout Double) -> Double {
    guard let estimate else { return -1 }
    let start = outside > -1 ? outside : firstEnd(bar, between: -1, estimate)
    return end(bar: bar, from: start, place: &place)
  }

  func upperEnd(bar: Double, from outside: Double, place: inout Double) -> Double {
    guard let estimate else { return 1 }
    let start = outside < 1 ? outside : firstEnd(bar, between: 1, estimate)
    return end(bar: bar, from: start, place: &place)
  }

  /// Halves the way to the estimate until the evidence there is a number above the bar no more than moderately.
  private func firstEnd(_ bar: Double, between end: Double, _ estimate: Double) -> Double {
    if lnEvidence(against: end) <= bar { return end }
    var (outside, inside) = (end, estimate)
    for _ in 0..<60 {
      let middle = outside + (inside - outside) / 2
      let evidence = lnEvidence(against: middle)
      if evidence > bar { outside = middle } else { inside = middle }
      if evidence > bar, evidence < 2 * bar + 1 { break }
    }
    return outside
  }

  /// The evidence is convex in the difference, and its slope that of the likelihood at the likeliest share.
  private func end(bar: Double, from outside: Double, place: inout Double) -> Double {
    var p = place
    let root = SequentialRoot.convex(from: outside) { difference in
      p = likeliest(difference, near: p)
      let q = p + difference
      // At a corner where the candidate's share cannot move, production's does.
      let slope = q > 0 && q < 1 ? -candidate.likelihoodSlope(q) : production.likelihoodSlope(p)
      let evidence = candidate.lnEvidence(against: q) + production.lnEvidence(against: p)
      return (evidence - bar, slope)
    }
    place = p
    return root
  }
}

extension BernoulliMixture {
  var share: Double { Double(successes) / Double(trials) }

  /// One more trial.
  mutating func add(_ isSuccess: Bool) {
    trials += 1
    if isSuccess { successes += 1 }
  }

  /// The derivative of the logarithm of the likelihood at the share `p`; outcomes that did not happen leave it finite at
  /// the ends.
  func likelihoodSlope(_ p: Double) -> Double {
    let failures = trials - successes
    return (successes > 0 ? Double(successes) / p : 0)
      - (failures > 0 ? Double(failures) / (1 - p) : 0)
  }
}

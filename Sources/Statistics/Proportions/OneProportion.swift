import Probability

/// One share, successes of trials: its intervals and its exact test. Wilson's intervals stand in `Wilson`.
package struct OneProportion: Sendable, Equatable {
  package let successes: Int
  package let trials: Int

  package init(successes: Int, trials: Int) {
    precondition(trials > 0 && (0...trials).contains(successes), "\(successes) of \(trials)")
    self.successes = successes
    self.trials = trials
  }

  package var value: Double { Double(successes) / Double(trials) }

  /// Wald's: a point where all trials agree, so not to be used there.
  package func waldInterval(level: Double) -> ClosedRange<Double> {
    normal(share: value, trials: Double(trials)).interval(level: level)
  }

  /// Wald's about Wilson's centre; may reach beyond 0...1.
  ///
  /// - Source: Agresti and Coull (1998).
  package func agrestiCoullInterval(level: Double) -> ClosedRange<Double> {
    let z = Normal.upperQuantile((1 - level) / 2)
    let grown = Double(trials) + z * z
    return normal(share: (Double(successes) + z * z / 2) / grown, trials: grown)
      .interval(level: level)
  }

  /// Never holds the truth less often than `level`.
  ///
  /// - Source: Clopper and Pearson (1934).
  package func clopperPearsonInterval(level: Double) -> ClosedRange<Double> {
    let tail = (1 - level) / 2
    let (k, n) = (Double(successes), Double(trials))
    let low = k == 0 ? 0 : Beta(k, n - k + 1).quantile(tail)
    let high = k == n ? 1 : Beta(k + 1, n - k).upperQuantile(tail)
    return low...high
  }

  /// The equal-tailed interval under Jeffreys's prior, closed at 0 without and at 1 with all successes.
  ///
  /// - Source: Brown, Cai and DasGupta (2001).
  package func jeffreysInterval(level: Double) -> ClosedRange<Double> {
    let tail = (1 - level) / 2
    let law = Beta(Double(successes) + 0.5, Double(trials - successes) + 0.5)
    let low = successes == 0 ? 0 : law.quantile(tail)
    let high = successes == trials ? 1 : law.upperQuantile(tail)
    return low...high
  }

  /// The exact test of a share of `share` in 0...1.
  package func exactP(
    _ alternative: Question.Alternative, share: Double,
    sides: ConditionalTest.Sides = .likelihood
  ) -> PValue {
    precondition(share >= 0 && share <= 1, "a share of \(share)")
    guard share > 0 && share < 1 else {
      let isPossible = share == 0 ? successes == 0 : successes == trials
      let isOpposite = alternative == (share == 0 ? .less : .greater)
      return isPossible || isOpposite ? .one : .zero
    }
    return ConditionalTest(law: .binomial(trials: trials), count: successes)
      .p(alternative, odds: share / (1 - share), sides: sides)
  }

  private func normal(share: Double, trials: Double) -> TEstimate {
    TEstimate(
      value: share, standardError: (share * (1 - share) / trials).squareRoot(),
      degreesOfFreedom: .infinity)
  }
}

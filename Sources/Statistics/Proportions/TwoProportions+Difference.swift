import Probability

/// Further intervals and tests of the difference of two shares, candidate − production.
extension TwoProportions {
  /// Wald's: the difference with each share's own variance.
  var wald: TEstimate { zEstimate(pooled: false) }

  /// Newcombe's interval of two Wilson intervals, each with or without its correction for continuity.
  ///
  /// - Parameter z: normal deviate, >= 0.
  /// - Source: Newcombe (1998), Statistics in Medicine 17, 873-890, methods 10 and 11.
  func newcombeEnds(z: Double, corrected: Bool) -> (low: Double, high: Double) {
    let first = Wilson.ends(candidate, z: z, corrected: corrected)
    let second = Wilson.ends(production, z: z, corrected: corrected)
    let (p1, p2) = (candidate.value, production.value)
    return (
      candidateMinusProduction - rootOfSquares(p1 - first.low, second.high - p2),
      candidateMinusProduction + rootOfSquares(first.high - p1, p2 - second.low)
    )
  }

  package func newcombeCorrectedInterval(level: Double) -> ClosedRange<Double> {
    let ends = newcombeEnds(z: Normal.upperQuantile((1 - level) / 2), corrected: true)
    return ends.low...ends.high
  }

  /// Wald's estimate after one success and one failure were added to each arm.
  ///
  /// - Source: Agresti and Caffo (2000).
  var agrestiCaffo: TEstimate {
    func grown(_ share: Share) -> Share {
      Share(successes: share.successes + 1, trials: share.trials + 2)
    }
    return TwoProportions(candidate: grown(candidate), production: grown(production)).wald
  }

  /// The score test of a difference of `null` in (−1, 1), with the shares at their restricted maximum likelihood:
  /// Farrington and Manning's, or with N/(N − 1) Miettinen and Nurminen's.
  ///
  /// At 0 the uncorrected one is the pooled z test.
  ///
  /// - Source: Farrington and Manning (1990); Miettinen and Nurminen (1985).
  package func scoreZ(null: Double, corrected: Bool) -> Double { score(null, corrected: corrected) }

  /// - Parameter continuity: by how much the test shortens the distance; see `yatesContinuity`.
  func scoreEnds(
    z: Double, corrected: Bool, continuity: Double = 0
  ) -> (low: Double, high: Double) {
    let estimate = candidateMinusProduction
    let low = bracketedRoot(-1, estimate) {
      score($0, corrected: corrected, continuity: continuity) - z
    }
    let high = bracketedRoot(estimate, 1) {
      score($0, corrected: corrected, continuity: continuity) + z
    }
    return (low, high)
  }

  /// Half a success in both arms, as a difference: with it the uncorrected score test of no difference is the
  /// chi-square test with Yates's correction.
  var yatesContinuity: Double {
    0.5 / Double(candidate.trials) + 0.5 / Double(production.trials)
  }

  /// The likelihood ratio of a difference of `null` against the two shares seen, as 2 ln: at 0 the G statistic of
  /// the table.
  ///
  /// - Source: Wilks (1938); Woolf (1957).
  func likelihoodRatio(null: Double) -> Double {
    let second = restrictedProductionShare(null)
    let first = min(1, max(0, second + null))
    return Entropy.gain(of: candidate, share: first) + Entropy.gain(of: production, share: second)
  }

  /// The signed root of `likelihoodRatio`.
  func likelihoodScore(null: Double) -> Double {
    let distance = candidateMinusProduction - null
    if distance == 0 { return 0 }
    let root = likelihoodRatio(null: null).squareRoot()
    return distance < 0 ? -root : root
  }

  /// All differences whose likelihood ratio is at most z²: the profile-likelihood interval.
  func likelihoodEnds(z: Double) -> (low: Double, high: Double) {
    let estimate = candidateMinusProduction
    let low = bracketedRoot(-1, estimate) { likelihoodScore(null: $0) - z }
    let high = bracketedRoot(estimate, 1) { likelihoodScore(null: $0) + z }
    return (low, high)
  }
}

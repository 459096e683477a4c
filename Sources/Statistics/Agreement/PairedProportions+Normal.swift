import Probability

/// Further intervals and tests of the difference of two shares of the same requests, first − second.
extension PairedProportions {
  /// Wald's, by the variance of the difference of a pair.
  package var wald: TEstimate { wald(added: 0) }

  /// Wald's after half a pair was added to each of the four counts.
  ///
  /// - Source: Agresti and Min (2005).
  package var agrestiMin: TEstimate { wald(added: 0.5) }

  private func wald(added: Double) -> TEstimate {
    let n = Double(n) + 4 * added
    let (b, c) = (Double(onlyFirst) + added, Double(onlySecond) + added)
    let difference = b - c
    return TEstimate(
      value: difference / n,
      standardError: max(0, b + c - difference * difference / n).squareRoot() / n,
      degreesOfFreedom: .infinity)
  }

  /// Tango's score test of a difference of `null` in (−1, 1); at 0 its square is McNemar's chi-square.
  ///
  /// - Source: Tango (1998).
  package func score(null: Double) -> Double { tangoScore(null) }

  func scoreEnds(z: Double) -> (low: Double, high: Double) {
    let estimate = firstMinusSecond
    let low = bracketedRoot(-1, estimate) { tangoScore($0) - z }
    let high = bracketedRoot(estimate, 1) { tangoScore($0) + z }
    return (low, high)
  }

  func newcombeEnds(z: Double) -> (low: Double, high: Double) {
    let first = TwoProportions.Share(successes: both + onlyFirst, trials: n)
    let second = TwoProportions.Share(successes: both + onlySecond, trials: n)
    let (one, two) = (Wilson.ends(first, z: z), Wilson.ends(second, z: z))
    let phi = newcombePhi
    func reach(_ one: Double, _ other: Double) -> Double {
      max(0, one * one - 2 * phi * one * other + other * other).squareRoot()
    }
    return (
      firstMinusSecond - reach(first.value - one.low, two.high - second.value),
      firstMinusSecond + reach(one.high - first.value, second.value - two.low)
    )
  }

  package var mcNemar: McNemar { McNemar(onlyFirst: onlyFirst, onlySecond: onlySecond) }
}

extension McNemar {
  /// How many times more often the first alone is right than the second alone, given the discordant pairs: exact
  /// tests of any ratio, and its interval.
  ///
  /// - Source: Fagerland, Lydersen and Laake (2013).
  package var conditional: ConditionalTest {
    ConditionalTest(law: .binomial(trials: onlyFirst + onlySecond), count: onlyFirst)
  }
}

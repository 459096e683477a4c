import Probability

/// Events counted over an exposure (time, requests, users), the count being Poisson.
package struct PoissonRate: Sendable, Equatable {
  package let count: Int
  package let exposure: Double

  package init(count: Int, exposure: Double) {
    precondition(count >= 0 && exposure > 0 && exposure < .infinity, "\(count) in \(exposure)")
    self.count = count
    self.exposure = exposure
  }

  package var value: Double { Double(count) / exposure }

  /// The exact interval of the rate.
  ///
  /// - Source: Garwood (1936).
  package func interval(level: Double) -> ClosedRange<Double> {
    let tail = (1 - level) / 2
    let k = Double(count)
    let low = count == 0 ? 0 : IncompleteGamma.inverseLower(k, tail) / exposure
    return low...(IncompleteGamma.inverseUpper(k + 1, tail) / exposure)
  }
}

/// Two independent Poisson rates; the ratio is candidate / production.
package struct TwoPoissonRates: Sendable, Equatable {
  package let candidate: PoissonRate
  package let production: PoissonRate

  package init(candidate: PoissonRate, production: PoissonRate) {
    self.candidate = candidate
    self.production = production
  }

  /// Nil without any event.
  package var rateRatio: Double? {
    candidate.count + production.count == 0 ? nil : candidate.value / production.value
  }

  /// Given all events together, the candidate's are binomial with odds ratio × `exposureOdds`.
  ///
  /// - Source: Przyborowski and Wilenski (1940).
  package var conditional: ConditionalTest {
    ConditionalTest(
      law: .binomial(trials: candidate.count + production.count), count: candidate.count)
  }

  /// The candidate's exposure over production's.
  package var exposureOdds: Double { candidate.exposure / production.exposure }

  /// The score test of a ratio of `null` > 0; 0 without any event.
  package func score(null: Double = 1) -> Double {
    let all = Double(candidate.count + production.count)
    guard all > 0 else { return 0 }
    let odds = null * exposureOdds
    // (x − n p) / √(n p (1 − p)) with p = odds / (1 + odds).
    let distance = Double(candidate.count) - odds * Double(production.count)
    return distance / (odds.squareRoot() * all.squareRoot())
  }

  /// The ratios at which the score is z and −z, in 0...∞: Wilson's interval of the binomial share, as a ratio.
  func scoreEnds(z: Double) -> (low: Double, high: Double) {
    let all = candidate.count + production.count
    guard all > 0 else { return (0, .infinity) }
    let (k1, k2) = (Double(candidate.count), Double(production.count))
    let (n, square) = (k1 + k2, z * z)
    let half = z * (square + 4 * k1 * k2 / n).squareRoot()
    // Both ends as odds, p / (1 − p), of which no end is formed by subtraction.
    let high = (2 * k1 + square + half) / positiveRest(k2, square, half)
    let low = positiveRest(k1, square, half) / (2 * k2 + square + half)
    return (low / exposureOdds, high / exposureOdds)
  }

  /// 2 k + z² − half, which is 4 k² / (2 k + z² + half) · (1 + z² / n) in closed form.
  private func positiveRest(_ k: Double, _ square: Double, _ half: Double) -> Double {
    let n = Double(candidate.count + production.count)
    return 4 * k * k * (1 + square / n) / (2 * k + square + half)
  }
}

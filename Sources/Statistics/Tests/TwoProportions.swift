import Probability

/// The shares of two independent groups; all differences are candidate − production.
package struct TwoProportions: Sendable, Equatable {
  package typealias Share = OneProportion

  package let candidate: Share
  package let production: Share

  package init(candidate: Share, production: Share) {
    self.candidate = candidate
    self.production = production
  }

  package var candidateMinusProduction: Double { candidate.value - production.value }

  /// Two Wilson intervals, joined by squares.
  ///
  /// - Source: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.
  package func newcombeInterval(level: Double) -> ClosedRange<Double> {
    let first = Wilson.interval(
      successes: candidate.successes, trials: candidate.trials, level: level)
    let second = Wilson.interval(
      successes: production.successes, trials: production.trials, level: level)
    let (p1, p2) = (candidate.value, production.value)
    let down = rootOfSquares(p1 - first.lowerBound, second.upperBound - p2)
    let up = rootOfSquares(first.upperBound - p1, p2 - second.lowerBound)
    return (candidateMinusProduction - down)...(candidateMinusProduction + up)
  }

  /// Wald's interval after one success and one failure were added to each group.
  ///
  /// - Source: Agresti and Caffo (2000).
  package func agrestiCaffoInterval(level: Double) -> ClosedRange<Double> {
    let n1 = Double(candidate.trials + 2)
    let n2 = Double(production.trials + 2)
    let p1 = Double(candidate.successes + 1) / n1
    let p2 = Double(production.successes + 1) / n2
    let error = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2).squareRoot()
    return TEstimate(value: p1 - p2, standardError: error, degreesOfFreedom: .infinity)
      .interval(level: level)
  }

  /// The score interval with the shares at their restricted maximum likelihood.
  ///
  /// - Parameter corrected: times N/(N − 1), as Miettinen and Nurminen have it; without, it is Mee's.
  /// - Source: Miettinen and Nurminen (1985); Mee (1984).
  package func scoreInterval(level: Double, corrected: Bool = true) -> ClosedRange<Double> {
    let z = Normal.upperQuantile((1 - level) / 2)
    let estimate = candidateMinusProduction
    let low = decreasingRoot(in: -1...estimate) { score($0, corrected: corrected) - z }
    let high = decreasingRoot(in: estimate...1) { score($0, corrected: corrected) + z }
    return low...high
  }

  /// The difference with a normal standard error from the pooled share (for the test of no difference) or
  /// from each group's own.
  package func zEstimate(pooled: Bool) -> TEstimate {
    let n1 = Double(candidate.trials)
    let n2 = Double(production.trials)
    let variance: Double
    if pooled {
      let share = Double(candidate.successes + production.successes) / (n1 + n2)
      variance = share * (1 - share) * (1 / n1 + 1 / n2)
    } else {
      variance =
        candidate.value * (1 - candidate.value) / n1
        + production.value * (1 - production.value) / n2
    }
    return TEstimate(
      value: candidateMinusProduction, standardError: variance.squareRoot(),
      degreesOfFreedom: .infinity)
  }

  /// How far the difference lies from `delta` in standard errors at `delta`; falls as delta grows.
  ///
  /// - Parameter continuity: by how much the distance is shortened, at most to 0.
  func score(_ delta: Double, corrected: Bool, continuity: Double = 0) -> Double {
    var distance = candidateMinusProduction - delta
    if continuity > 0 {
      distance = distance < 0 ? min(0, distance + continuity) : max(0, distance - continuity)
    }
    if distance == 0 { return 0 }
    let second = restrictedProductionShare(delta)
    let first = min(1, max(0, second + delta))
    let n1 = Double(candidate.trials)
    let n2 = Double(production.trials)
    let factor = corrected ? (n1 + n2) / (n1 + n2 - 1) : 1
    let variance = factor * (first * (1 - first) / n1 + second * (1 - second) / n2)
    return variance > 0 ? distance / variance.squareRoot() : distance * .infinity
  }

  /// Production's share where the likelihood is highest among shares that differ by `delta`. The
  /// likelihood is concave there, so its slope falls and has one root.
  func restrictedProductionShare(_ delta: Double) -> Double {
    let (k1, m1) = (Double(candidate.successes), Double(candidate.trials - candidate.successes))
    let (k2, m2) = (Double(production.successes), Double(production.trials - production.successes))
    func pull(_ count: Double, _ share: Double) -> Double { count == 0 ? 0 : count / share }
    // 0 − delta and not −delta: a share of −0 would turn the sign of the infinite pull there.
    return decreasingRoot(in: max(0, 0 - delta)...min(1, 1 - delta)) { share in
      pull(k1, max(0, share + delta)) - pull(m1, max(0, 1 - share - delta)) + pull(k2, share)
        - pull(m2, 1 - share)
    }
  }
}

/// √(x² + y²) without overflow or underflow on the way.
func rootOfSquares(_ x: Double, _ y: Double) -> Double {
  let scale = max(abs(x), abs(y))
  guard scale > 0, scale.isFinite else { return scale }
  return scale * ((x / scale) * (x / scale) + (y / scale) * (y / scale)).squareRoot()
}

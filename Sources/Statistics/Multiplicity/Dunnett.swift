import Probability

/// Several candidates against one production: intervals and p-values that hold for all of them at once, and use that
/// they share production.
///
/// With t_i the candidates' statistics, P(max |t_i| <= c) is the integral over the common part z ~ N(0, 1) of production's
/// mean, and over the pooled standard deviation s, of Π [Φ((c s + λ_i z) / √(1 − λ_i²)) − Φ((−c s + λ_i z) / √(1 − λ_i²))],
/// where λ_i² = n_i / (n_i + n_0).
///
/// - Source: Dunnett (1955); relative error below 10⁻⁹, checked against nested quadrature by mpmath.
package struct Dunnett: Sendable {
  /// λ of each candidate.
  private let loadings: [Double]
  private let degreesOfFreedom: Double

  /// - Parameters:
  ///   - candidates: how many independent values each candidate has, > 0.
  ///   - production: how many production has, > 0.
  ///   - degreesOfFreedom: of the pooled variance; infinity where it is known.
  package init(candidates: [Double], production: Double, degreesOfFreedom: Double) {
    precondition(!candidates.isEmpty && production > 0 && degreesOfFreedom > 0, "Dunnett's sizes")
    loadings = candidates.map { ($0 / ($0 + production)).squareRoot() }
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(max |t_i| > |t|): the adjusted two-sided p-value of a candidate with this statistic.
  package func twoSided(_ t: Double) -> Double { overSpread { outside(abs(t) * $0) } }

  /// P(max t_i > t): the adjusted p-value of "the candidate is greater".
  package func greater(_ t: Double) -> Double { overSpread { above(t * $0) } }

  /// The c with P(max |t_i| > c) = `tail`: half-widths of intervals that all hold together with chance 1 − `tail`.
  package func criticalValue(twoSided tail: Double) -> Double { root { twoSided($0) - tail } }

  /// The c with P(max t_i > c) = `tail`.
  package func criticalValue(greater tail: Double) -> Double { root { greater($0) - tail } }

  /// Of a falling function, by false position with the Illinois rule: each value costs a double integral.
  private func root(_ f: (Double) -> Double) -> Double {
    var (low, high) = (0.0, 2.0)
    var (atLow, atHigh) = (f(low), f(high))
    while atHigh > 0 { (low, atLow, high, atHigh) = (high, atHigh, 2 * high, f(2 * high)) }
    var lastSide = 0
    while high - low > high * 1e-12 {
      let next = high - atHigh * (high - low) / (atHigh - atLow)
      let value = f(next)
      if value == 0 || next <= low || next >= high { return next }
      if value > 0 {
        (low, atLow) = (next, value)
        if lastSide > 0 { atHigh /= 2 }
      } else {
        (high, atHigh) = (next, value)
        if lastSide < 0 { atLow /= 2 }
      }
      lastSide = value > 0 ? 1 : -1
      if abs(value) < 1e-14 { return next }
    }
    return (low + high) / 2
  }

  /// The mean over s, where ν s² is chi-square with ν degrees of freedom.
  private func overSpread(_ tail: (Double) -> Double) -> Double {
    guard degreesOfFreedom.isFinite else { return tail(1) }
    let half = degreesOfFreedom / 2
    // log s is nearly normal with this spread.
    let spread = (0.5 / degreesOfFreedom).squareRoot() * (1 + 1 / degreesOfFreedom)
    let constant = Elementary.log(2) + half * Elementary.log(half) - GammaFunction.log(half)
    var sum = 0.0
    for panel in -20..<10 {
      sum += GaussLegendre.sixteen.integral(
        over: Double(panel) * spread...Double(panel + 1) * spread
      ) {
        let square = Elementary.exp(2 * $0)
        let density = Elementary.exp(constant + degreesOfFreedom * $0 - half * square)
        return density < 1e-22 ? 0 : density * tail(square.squareRoot())
      }
    }
    return sum
  }

  /// 1 − P(all |x_i| <= c) for the normal part, without cancellation where it is small.
  private func outside(_ c: Double) -> Double {
    overCommon { z, loading, rest in
      Normal.survival((c - loading * z) / rest) + Normal.survival((c + loading * z) / rest)
    }
  }

  private func above(_ c: Double) -> Double {
    overCommon { z, loading, rest in Normal.survival((c - loading * z) / rest) }
  }

  /// E over z of the chance that at least one candidate lies outside, each independently with `chance`.
  private func overCommon(
    _ chance: (_ z: Double, _ loading: Double, _ rest: Double) -> Double
  ) -> Double {
    var sum = 0.0
    for panel in -9..<9 {
      sum += GaussLegendre.sixteen.integral(over: Double(panel)...Double(panel + 1)) { z in
        var (none, any) = (1.0, 0.0)
        for loading in loadings {
          let outside = min(1, chance(z, loading, (1 - loading * loading).squareRoot()))
          any += none * outside
          none *= 1 - outside
        }
        return Normal.density(z) * any
      }
    }
    return sum
  }
}

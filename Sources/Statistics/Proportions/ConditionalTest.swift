import Probability

/// The exact test and interval of the odds of a `ConditionalLaw`, given the count that was seen.
///
/// - Source: Fisher (1935); Clopper and Pearson (1934) and Cornfield (1956) for the interval by tails; Sterne
///   (1954) and Blaker and Spjøtvoll (2000) for the one by likelihood; Lancaster (1961) for the mid-p.
package struct ConditionalTest: Sendable, Equatable {
  /// What makes a two-sided test of two one-sided ones.
  package enum Sides: Sendable, Equatable {
    /// All counts at most as likely as the one seen; the interval is the smallest that holds all odds that this
    /// test does not reject, which need not be connected.
    case likelihood
    /// Twice the smaller tail; the interval leaves half of the error to either side.
    case tails
    /// Twice the smaller tail with the observed point counted half: no guarantee, but close to the level.
    case midP
  }

  let law: ConditionalLaw
  package let count: Int

  init(law: ConditionalLaw, count: Int) {
    precondition(law.low <= count && count <= law.high, "\(count) of \(law.low)...\(law.high)")
    self.law = law
    self.count = count
  }

  /// - Parameters:
  ///   - alternative: `.greater`: the odds are greater than `odds`.
  ///   - odds: under the null hypothesis, > 0.
  package func p(
    _ alternative: Question.Alternative, odds: Double = 1, sides: Sides = .likelihood
  ) -> PValue {
    precondition(odds > 0 && odds < .infinity, "odds of \(odds)")
    let tails = law.tails(at: count, odds: odds)
    let isMid = sides == .midP
    let greater = isMid ? tails.upperMid : tails.upper
    let less = isMid ? tails.lowerMid : tails.lower
    switch alternative {
    case .greater: return greater
    case .less: return less
    case .different:
      return sides == .likelihood ? tails.like : (greater.ln < less.ln ? greater : less).doubled
    }
  }

  /// The odds under which the count seen is the expected one (the conditional maximum likelihood): 0 or infinite
  /// at an end of the counts; nil where only one count is possible.
  package var estimate: Double? {
    if law.low == law.high { return nil }
    if count == law.low || count == law.high { return count == law.low ? 0 : .infinity }
    return Elementary.exp(logOdds { law.tails(at: count, odds: $0).excess })
  }

  /// - Returns: bounds of the odds, in 0...∞; one-sided ones for a one-sided alternative.
  package func interval(
    level: Double, alternative: Question.Alternative = .different, sides: Sides = .likelihood
  ) -> Bounds {
    let error = 1 - level
    switch alternative {
    case .greater:
      return Bounds(lower: lowerEnd(error, isMid: sides == .midP), upper: .infinity)
    case .less:
      return Bounds(lower: 0, upper: 1 / mirrored.lowerEnd(error, isMid: sides == .midP))
    case .different where sides == .likelihood:
      return Bounds(lower: likelihoodEnd(error), upper: 1 / mirrored.likelihoodEnd(error))
    case .different:
      return Bounds(
        lower: lowerEnd(error / 2, isMid: sides == .midP),
        upper: 1 / mirrored.lowerEnd(error / 2, isMid: sides == .midP))
    }
  }

  private var mirrored: ConditionalTest {
    ConditionalTest(law: law.mirrored, count: law.mirror(count))
  }
}

// MARK: - Ends

extension ConditionalTest {
  /// The odds at which P(X >= count) is `error`; 0 where no odds are too small.
  private func lowerEnd(_ error: Double, isMid: Bool) -> Double {
    guard count > law.low else { return 0 }
    let target = Elementary.log(error)
    return Elementary.exp(
      logOdds {
        let tails = law.tails(at: count, odds: $0)
        return (isMid ? tails.upperMid : tails.upper).ln - target
      })
  }

  /// Where a function of the odds that grows with them passes 0, on the scale of logarithms.
  private func logOdds(_ f: (Double) -> Double) -> Double {
    let start = -Elementary.log(law.ratio(Double(count) - 0.5))
    let limit = 650.0
    var low = max(-limit, min(limit, start))
    var high = low
    var step = 0.5
    let isBelow = f(Elementary.exp(start)) < 0
    while abs(isBelow ? high : low) < limit {
      if isBelow {
        (low, high) = (high, min(limit, high + step))
        if f(Elementary.exp(high)) >= 0 { break }
      } else {
        (low, high) = (max(-limit, low - step), low)
        if f(Elementary.exp(low)) <= 0 { break }
      }
      step *= 2
    }
    return bracketedRoot(low, high) { f(Elementary.exp($0)) }
  }

  /// The smallest odds that the test by likelihood does not reject.
  ///
  /// Its p-value jumps up wherever a count below becomes as unlikely as the one seen, and between two jumps first
  /// falls and then rises: so the end is a jump, or the one root in the stretch before it.
  ///
  /// - Complexity: O(width of the law) for each jump that has to be looked at; beyond 60 counts those are left out at
  ///   which the upper tail alone is below a fiftieth of the error.
  /// - Source: Blaker and Spjøtvoll (2000) and Fay (2010) on the shape of this p-value.
  private func likelihoodEnd(_ error: Double) -> Double {
    guard count > law.low else { return 0 }
    let jumps = logOddsOfJumps
    var edge = law.low - 1
    if jumps.count > 60 {
      let start = Elementary.log(lowerEnd(error / 50, isMid: false))
      edge = law.low - 1 + firstPlace(in: jumps, above: start)
    }
    func p(_ logOdds: Double, _ edge: Int) -> Double {
      law.tails(at: count, odds: Elementary.exp(logOdds), edge: edge).like.value
    }
    while true {
      let end = jumps[edge + 1 - law.low]
      let start = edge < law.low ? -650 : jumps[edge - law.low]
      if edge >= law.low, p(start, edge) > error { return Elementary.exp(start) }
      if p(end, edge) > error {
        return Elementary.exp(bracketedRoot(start, end) { p($0, edge) - error })
      }
      edge += 1
      if edge == count - 1 { return Elementary.exp(jumps[edge - law.low]) }
    }
  }

  /// For each count j below the one seen, from the lowest: the logarithm of the odds from which on j is no more
  /// likely than it. They grow with j, because the law's coefficients are log-concave.
  private var logOddsOfJumps: [Double] {
    var sum = 0.0
    var jumps: [Double] = []
    jumps.reserveCapacity(count - law.low)
    for j in stride(from: count - 1, through: law.low, by: -1) {
      sum -= Elementary.log(law.ratio(Double(j)))
      jumps.append(sum / Double(count - j))
    }
    jumps.reverse()
    return jumps
  }

  /// How many of `values`, which grow, are at most `bound`.
  private func firstPlace(in values: [Double], above bound: Double) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

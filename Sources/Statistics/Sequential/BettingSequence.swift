import Probability

/// The confidence sequence of a mean of values in 0...1 by betting against each mean, exact at every look.
///
/// A bettor who believes that the mean is above m stakes a predictable part of his wealth on each value's excess over
/// m; where that is no advantage, his wealth hardly grows. The means against which one of the two bettors (for "above"
/// and "below") has reached his bar are ruled out. That wealth falls in m, so each end is one root, found without a
/// grid.
///
/// O(1) time a value for the evidence against `null`. An end needs all values: moving it takes O(n) time, and it is
/// moved at looks only, where its own bettor says that it has to.
///
/// - Source: Waudby-Smith and Ramdas (2024), theorem 3, the hedged capital process with their predictable plug-in
///   bets; the two bettors are read one by one, each at half the error.
package struct BettingSequence: Sendable {
  /// Of each of the two ends; the interval errs with twice that.
  package let alphaOfEnd: Double
  private let bar: Double
  private let lnBar: Double
  private let caution: Double
  private var spread = PredictableSpread()
  private var values: [Double] = []
  private var bets: [Double] = []
  /// The running interval; the second is one minus the upper end.
  private var ends = (0.0, 0.0)
  private var wealthAtEnds = (Wealth(), Wealth())
  private let null: Double
  private var wealthAtNull = (Wealth(), Wealth())

  /// - Parameters:
  ///   - null: the mean that `lnEvidence` is about, in 0...1.
  ///   - caution: the largest part of the wealth that one value may cost, in (0, 1).
  package init(alphaOfEnd: Double, null: Double, caution: Double = 0.5) {
    precondition(alphaOfEnd > 0 && alphaOfEnd < 1, "an error of \(alphaOfEnd)")
    self.alphaOfEnd = alphaOfEnd
    self.null = null
    self.caution = caution
    lnBar = -Elementary.log(alphaOfEnd)
    bar = 1 / alphaOfEnd
  }

  package mutating func add(_ x: Double) {
    let bet = spread.bet(bar: lnBar, atMost: .infinity)
    spread.add(x)
    values.append(x)
    bets.append(bet)
    let (c, m) = (caution, null)
    wealthAtNull.0.multiply(by: Self.factor(bet, c, x, m))
    wealthAtNull.1.multiply(by: Self.factor(bet, c, 1 - x, 1 - m))
    wealthAtEnds.0.multiply(by: Self.factor(bet, c, x, ends.0))
    wealthAtEnds.1.multiply(by: Self.factor(bet, c, 1 - x, ends.1))
  }

  /// Brings the ends to where they have to be after the values so far.
  package mutating func look() {
    if wealthAtEnds.0.reaches(bar) {
      ends.0 = end(from: ends.0, mirrored: false)
      wealthAtEnds.0 = wealth(at: ends.0, mirrored: false)
    }
    if wealthAtEnds.1.reaches(bar) {
      ends.1 = end(from: ends.1, mirrored: true)
      wealthAtEnds.1 = wealth(at: ends.1, mirrored: true)
    }
  }

  /// The largest lower end of all looks so far.
  package var lower: Double { ends.0 }
  package var upper: Double { 1 - ends.1 }

  /// ln of the e-value against "the mean is at most the null".
  package var lnEvidenceAbove: Double { wealthAtNull.0.ln }
  package var lnEvidenceBelow: Double { wealthAtNull.1.ln }
  /// Whether one of the bettors against the null has reached his bar at this value.
  package var isNullOut: (above: Bool, below: Bool) {
    (wealthAtNull.0.reaches(bar), wealthAtNull.1.reaches(bar))
  }

  /// 1 + bet (x − m), the bet at most caution/m.
  @inline(__always)
  private static func factor(_ bet: Double, _ caution: Double, _ x: Double, _ m: Double) -> Double {
    bet * m <= caution ? 1 + bet * (x - m) : 1 + caution * (x - m) / m
  }

  private func wealth(at m: Double, mirrored: Bool) -> Wealth {
    var wealth = Wealth()
    for i in values.indices {
      let x = mirrored ? 1 - values[i] : values[i]
      wealth.multiply(by: Self.factor(bets[i], caution, x, m))
    }
    return wealth
  }

  /// The mean above `start` whose bettor stands at his bar: Newton's steps in a bracket.
  private func end(from start: Double, mirrored: Bool) -> Double {
    var (inside, outside) = (1.0, start)
    var m = start
    for _ in 0..<100 {
      let (excess, slope) = lnWealthOverBar(at: m, mirrored: mirrored)
      if excess >= 0 { outside = m } else { inside = m }
      var next = m - excess / slope
      if !(next > outside && next < inside) { next = outside + (inside - outside) / 2 }
      if (next - m).magnitude <= 1e-15 * max(next, 1e-12) || inside - outside <= 1e-16 {
        return next
      }
      m = next
    }
    return outside
  }

  /// ln(wealth/bar) at m, and its derivative in m.
  private func lnWealthOverBar(at m: Double, mirrored: Bool) -> (value: Double, slope: Double) {
    var wealth = Wealth()
    var slope = 0.0
    for i in values.indices {
      let x = mirrored ? 1 - values[i] : values[i]
      let factor = Self.factor(bets[i], caution, x, m)
      wealth.multiply(by: factor)
      slope -= (bets[i] * m <= caution ? bets[i] : caution * x / (m * m)) / factor
    }
    return (wealth.ln - lnBar, slope)
  }
}

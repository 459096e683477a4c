import Probability

/// The confidence sequence of a mean of values in 0...1 whose width follows their variance, exact at every look.
///
/// O(1) time and memory a value.
///
/// - Source: Waudby-Smith and Ramdas (2024), theorem 2, with their predictable plug-in weights; the first value is
///   predicted at the far end, as their reference implementation does.
package struct EmpiricalBernstein: Sendable {
  /// Of each of the two ends; the interval errs with twice that.
  package let alphaOfEnd: Double
  private let bar: Double
  private let largestBet: Double
  private var spread = PredictableSpread()
  private var sum = 0.0
  private var weights = 0.0
  private var weighted = 0.0
  private var (lowerPenalty, upperPenalty) = (0.0, 0.0)

  /// - Parameter largestBet: in (0, 1).
  package init(alphaOfEnd: Double, largestBet: Double = 0.5) {
    precondition(alphaOfEnd > 0 && alphaOfEnd < 1, "an error of \(alphaOfEnd)")
    precondition(largestBet > 0 && largestBet < 1, "a bet of \(largestBet)")
    self.alphaOfEnd = alphaOfEnd
    self.largestBet = largestBet
    bar = -Elementary.log(alphaOfEnd)
  }

  package mutating func add(_ x: Double) {
    let bet = spread.bet(bar: bar, atMost: largestBet)
    let penalty = -Elementary.log1p(-bet) - bet
    let before = spread.count
    let low = before > 0 ? x - sum / before : x
    let high = before > 0 ? low : x - 1
    lowerPenalty += penalty * low * low
    upperPenalty += penalty * high * high
    weights += bet
    weighted += bet * x
    sum += x
    spread.add(x)
  }

  /// Of this look alone, in 0...1; 0 before the first value.
  package var lower: Double {
    weights > 0 ? max(0, (weighted - bar - lowerPenalty) / weights) : 0
  }

  package var upper: Double {
    weights > 0 ? min(1, (weighted + bar + upperPenalty) / weights) : 1
  }

  /// ln of the e-value against "the mean is at most `null`".
  package func lnEvidence(above null: Double) -> Double {
    weighted - weights * null - lowerPenalty
  }

  package func lnEvidence(below null: Double) -> Double {
    weights * null - weighted - upperPenalty
  }
}

/// The same by Hoeffding's bound: its width does not know the variance.
///
/// - Source: Waudby-Smith and Ramdas (2024), theorem 1.
package struct PredictableHoeffding: Sendable {
  package let alphaOfEnd: Double
  private let bar: Double
  private let largestBet: Double
  private var count = 0.0
  private var weights = 0.0
  private var weighted = 0.0
  private var penalty = 0.0

  package init(alphaOfEnd: Double, largestBet: Double = 1) {
    precondition(alphaOfEnd > 0 && alphaOfEnd < 1, "an error of \(alphaOfEnd)")
    self.alphaOfEnd = alphaOfEnd
    self.largestBet = largestBet
    bar = -Elementary.log(alphaOfEnd)
  }

  package mutating func add(_ x: Double) {
    count += 1
    let bet = min(largestBet, (8 * bar / (count * Elementary.log1p(count))).squareRoot())
    weights += bet
    weighted += bet * x
    penalty += bet * bet / 8
  }

  package var lower: Double {
    weights > 0 ? max(0, (weighted - bar - penalty) / weights) : 0
  }

  package var upper: Double {
    weights > 0 ? min(1, (weighted + bar + penalty) / weights) : 1
  }
}

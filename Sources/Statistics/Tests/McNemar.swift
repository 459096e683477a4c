import Probability

/// McNemar's test of two answers to each request: does one of them turn out right more often?
///
/// Only the discordant pairs count; under the null hypothesis each is a fair coin.
///
/// - Source: McNemar (1947); Fagerland, Lydersen and Laake (2013) for the mid-p.
package struct McNemar: Sendable, Equatable {
  /// Pairs that only the first got right, and only the second.
  package let onlyFirst: Int
  package let onlySecond: Int

  package init(onlyFirst: Int, onlySecond: Int) {
    precondition(onlyFirst >= 0 && onlySecond >= 0, "counts \(onlyFirst), \(onlySecond)")
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
  }

  /// Twice the smaller binomial tail; never rejects too often.
  package var exact: PValue { onlyFirst == onlySecond ? .one : lowerTail.doubled }

  /// The exact test with the observed point counted half: close to the nominal level.
  package var midP: PValue {
    guard discordant > 0 else { return .one }
    let point = Binomial(trials: discordant, probability: 0.5).pmf(fewer)
    guard onlyFirst != onlySecond else { return PValue(1 - point) }
    let tail = lowerTail
    return PValue(
      value: min(1, 2 * tail.value - point),
      ln: min(0, tail.ln + Elementary.log(2 - 1 / tailOverPoint)))
  }

  /// (b − c)² / (b + c), with its chi-square p-value; 0 without discordant pairs.
  package var asymptotic: (chiSquare: Double, p: PValue) { chiSquare(continuity: 0) }

  /// Edwards's continuity correction, floored at 0.
  package var corrected: (chiSquare: Double, p: PValue) { chiSquare(continuity: 1) }

  private var discordant: Int { onlyFirst + onlySecond }
  private var fewer: Int { min(onlyFirst, onlySecond) }
  private var more: Int { max(onlyFirst, onlySecond) }

  /// P(X <= fewer), its logarithm from the point where the number underflows.
  private var lowerTail: PValue {
    let tail = Binomial(trials: discordant, probability: 0.5).cdf(fewer)
    guard tail < 0x1p-1000 else { return PValue(tail) }
    let n = Double(discordant)
    let lnPoint = GammaFunction.logChoose(n, Double(fewer)) - n * 0.693_147_180_559_945_3
    return PValue(value: tail, ln: lnPoint + Elementary.log(tailOverPoint))
  }

  /// P(X <= fewer) / P(X = fewer): a sum of falling terms, short in the far tail.
  private var tailOverPoint: Double {
    var sum = 1.0
    var term = 1.0
    for k in stride(from: fewer, to: 0, by: -1) {
      term *= Double(k) / Double(discordant - k + 1)
      sum += term
      if term < sum * 0x1p-60 { break }
    }
    return sum
  }

  private func chiSquare(continuity: Double) -> (chiSquare: Double, p: PValue) {
    guard discordant > 0 else { return (0, .one) }
    let distance = max(0, Double(more - fewer) - continuity)
    let z = distance / Double(discordant).squareRoot()
    let normal = TEstimate(value: z, standardError: 1, degreesOfFreedom: .infinity)
    return (distance * distance / Double(discordant), normal.pTwoSided())
  }
}

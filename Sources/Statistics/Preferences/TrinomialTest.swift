import Probability

/// Is one of two answers preferred more often, where many requests are ties? The ties count: with many of them the
/// same lead says less.
///
/// Under the null hypothesis a request is a tie with the share seen, else a fair coin.
///
/// - Source: Bian, McAleer and Wong (2011).
package struct TrinomialTest: Sendable, Equatable {
  package let wins: Int
  package let losses: Int
  package let ties: Int

  package static let mostRequests = 200_000

  package init(wins: Int, losses: Int, ties: Int) throws(Unavailable) {
    precondition(min(wins, losses, ties) >= 0, "counts \(wins), \(losses), \(ties)")
    let n = wins + losses + ties
    guard n > 0 else { throw .tooFew(has: 0, needs: 1) }
    guard n <= Self.mostRequests else { throw .tooLarge(has: n, most: Self.mostRequests) }
    self.wins = wins
    self.losses = losses
    self.ties = ties
  }

  package func p(_ alternative: Question.Alternative) -> PValue {
    switch alternative {
    case .different: tail(abs(wins - losses)).doubled
    case .greater: tail(wins - losses)
    case .less: tail(losses - wins)
    }
  }

  /// P(wins − losses >= lead).
  ///
  /// - Complexity: O(n) binomial tails.
  private func tail(_ lead: Int) -> PValue {
    let n = wins + losses + ties
    let deciding = wins + losses
    guard deciding > 0 else { return .one }
    guard ties > 0 else { return fair(n, lead) }
    let share = Double(deciding) / Double(n)
    let (lnYes, lnNo) = (
      Elementary.log(Double(deciding)) - Elementary.log(Double(n)),
      Elementary.log(Double(ties)) - Elementary.log(Double(n))
    )
    let law = Binomial(trials: n, probability: share)
    let range = max(0, lead)...n
    var sum = ExactSum()
    for decided in range { sum.add(law.pmf(decided) * fair(decided, lead).value) }
    guard sum.value < 0x1p-800 else { return PValue(sum.value) }
    var ln = -Double.infinity
    for decided in range {
      let tied = n - decided
      let point = GammaFunction.logChoose(Double(n), Double(decided)) + Double(tied) * lnNo
      ln = logSum(ln, point + Double(decided) * lnYes + fair(decided, lead).ln)
    }
    return PValue(value: min(1, sum.value), ln: min(0, ln))
  }

  /// P(heads − tails >= lead) of a fair coin.
  private func fair(_ throwsOfCoin: Int, _ lead: Int) -> PValue {
    // heads − tails >= lead where tails <= (throws − lead) / 2.
    let room = throwsOfCoin - lead
    return FairCoin.tail(atMost: room >= 0 ? room / 2 : -1, of: throwsOfCoin)
  }
}

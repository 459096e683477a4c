import Probability

/// The exact check, for few units or arms of a tiny share.
extension SampleRatio {
  /// The chance of all splits at most as likely as the one seen; nil where there are too many to be counted.
  ///
  /// - Complexity: O(width) for two arms, whatever their size; for more, the number of splits, at most `mostSplits`.
  /// - Source: the exact multinomial test; see Read and Cressie (1988).
  package var exactP: PValue? {
    if hasUnplannedUnits { return .zero }
    let total = live.reduce(0) { $0 + $1.observed }
    switch live.count {
    case 1: return .one
    case 2:
      let law = ConditionalLaw.binomial(trials: total)
      return ConditionalTest(law: law, count: live[0].observed)
        .p(.different, odds: live[0].share / live[1].share)
    default:
      guard splitCount(total) <= SampleRatio.mostSplits else { return nil }
      return allSplits(total)
    }
  }

  package static let mostSplits = 300_000.0

  /// (total + arms − 1) over (arms − 1).
  private func splitCount(_ total: Int) -> Double {
    (1..<live.count).reduce(1) { $0 * Double(total + $1) / Double($1) }
  }

  /// Each split's chance, relative to that of the one seen, summed arm by arm.
  private func allSplits(_ total: Int) -> PValue {
    let lnShares = live.map { Elementary.log($0.share) }
    let lnFactorials = (0...total).map { GammaFunction.log(Double($0) + 1) }
    func lnTerm(_ arm: Int, _ count: Int) -> Double {
      Double(count) * lnShares[arm] - lnFactorials[count]
    }
    let seen = live.indices.reduce(0) { $0 + lnTerm($1, live[$1].observed) }
    var sum = ExactSum()
    var everything = ExactSum()
    func add(_ arm: Int, _ left: Int, _ ln: Double) {
      if arm == live.count - 1 {
        let relative = ln + lnTerm(arm, left) - seen
        let chance = Elementary.exp(relative)
        everything.add(chance)
        if relative <= 1e-9 { sum.add(chance) }
        return
      }
      for count in 0...left { add(arm + 1, left - count, ln + lnTerm(arm, count)) }
    }
    add(0, total, 0)
    let lnChance = lnFactorials[total] + seen
    guard everything.value.isFinite else {
      return PValue(
        value: min(1, Elementary.exp(lnChance) * sum.value),
        ln: min(0, lnChance + Elementary.log(sum.value)))
    }
    return PValue(
      value: min(1, sum.value / everything.value),
      ln: min(0, Elementary.log(sum.value) - Elementary.log(everything.value)))
  }
}

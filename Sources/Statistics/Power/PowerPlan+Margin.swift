extension PowerPlan {
  /// The smallest margin that `rows` show with the chance `power` where the truth is `effect`: of "not worse" (`isUp`
  /// says that larger is better), or of "equivalent", which allows as much to either side.
  package func margin(
    power: Double, rows: Double, effect: Double, isUp: Bool = true, isEquivalence: Bool = false
  ) throws(Unavailable) -> Double {
    let none = comparison.noDifference
    let (low, high) = (comparison.possible.lowerBound, comparison.possible.upperBound)
    let most =
      isEquivalence ? min(none - low, high - none) : isUp ? none - low : high - none
    let target = singleTarget(power)
    func reached(_ margin: Double) -> Double {
      var plan = self
      plan.goal.claim =
        isEquivalence
        ? .within((none - margin)...(none + margin))
        : isUp ? .greater(than: none - margin) : .less(than: none + margin)
      return plan.singlePower(rows, effect)
    }
    let error = comparison.estimate(effect: effect, null: none, sizes: sizes(rows)).standardError
    guard error > 0 else { throw .noVariation }
    var outer = error
    // Inside the ends, where a ratio's logarithm and a share's error still exist.
    let limit = most * (1 - 0x1p-20)
    while outer < limit, reached(outer) < target, outer < .infinity { outer *= 2 }
    outer = min(outer, limit)
    guard reached(outer) >= target else { throw .unreachable(best: reached(outer)) }
    return bracketedRoot(0, outer) { reached($0) - target }
  }
}

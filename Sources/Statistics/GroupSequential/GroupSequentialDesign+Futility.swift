import Probability

extension GroupSequentialDesign {
  /// The same design with bounds for giving up, which err with `beta` where the drift is the one that it has the power
  /// 1 − beta for.
  ///
  /// Binding bounds let the upper ones come down, so that the error holds only for a trial that obeys them; others leave
  /// them as they are.
  ///
  /// - Parameters:
  ///   - spending: how beta is spent over the information.
  ///   - beta: in (0, 1 − alpha).
  /// - Precondition: a one-sided design.
  /// - Source: Pampallona, Tsiatis and Kim (2001).
  package func givingUp(
    spending: SpendingFunction, beta: Double, isBinding: Bool
  ) -> GroupSequentialDesign {
    precondition(sides == .one, "bounds for giving up in a two-sided design")
    precondition(beta > 0 && beta < 1 - alpha, "a beta of \(beta)")
    var before = 0.0
    let last = information[information.count - 1]
    let betas = information.map { time in
      let cumulative = spending.spent(at: time / last, of: beta)
      defer { before = cumulative }
      return max(0, cumulative - before)
    }
    let target = Elementary.log(beta)
    let fixed = fixedDrift(power: 1 - beta) / last.squareRoot()
    let drift = SequentialRoot.rising(from: fixed, step: 0.25) {
      target - Elementary.log(bounds(drift: $0, betas, isBinding).missed)
    }
    let solved = bounds(drift: drift, betas, isBinding)
    var design = self
    design.upper = solved.upper
    design.futility = Futility(lower: solved.lower, drift: drift, isBinding: isBinding)
    return design
  }

  /// The bounds where the drift is this, and the error of giving up that they have altogether.
  private func bounds(
    drift: Double, _ betas: [Double], _ isBinding: Bool
  ) -> (upper: [Double], lower: [Double], missed: Double) {
    var null = ScoreWalk(information, drift: 0)
    var effect = ScoreWalk(information, drift: drift)
    var (uppers, lowers) = (upper, upper)
    var missed = 0.0
    for look in information.indices {
      if isBinding { uppers[look] = null.criticalAbove(spent[look]) }
      if look < information.count - 1 {
        lowers[look] = effect.criticalBelow(betas[look], atMost: uppers[look])
      } else {
        lowers[look] = uppers[look]
      }
      missed += effect.below(lowers[look])
      null.pass(lower: isBinding ? lowers[look] : -.infinity, upper: uppers[look])
      effect.pass(lower: lowers[look], upper: uppers[look])
    }
    return (uppers, lowers, missed)
  }
}

// What every method is spared, and what no method may say.

extension Method.Body {
  /// The same, without NaN among the columns it is given or the numbers it answers.
  func checked(readsMissing: Bool) -> Method.Body {
    switch self {
    case .arms(let answer):
      .arms { arms, question throws(Unavailable) in
        if !readsMissing, arms.candidate.hasMissing || arms.production.hasMissing {
          throw .notFinite
        }
        return try answer(arms, question).checked()
      }
    case .pairs(let answer):
      .pairs { pairs, question throws(Unavailable) in
        if !readsMissing, pairs.hasMissing { throw .notFinite }
        return try answer(pairs, question).checked()
      }
    case .ownCall: .ownCall
    }
  }
}

extension ArmSample {
  /// Whether a value, or what stands beside it, is NaN.
  fileprivate var hasMissing: Bool {
    values.contains(where: \.isNaN) || (denominators ?? []).contains(where: \.isNaN)
      || covariates.contains { $0.contains(where: \.isNaN) }
  }
}

extension PairSample {
  fileprivate var hasMissing: Bool {
    [candidate, production, denominators?.candidate ?? [], denominators?.production ?? []]
      .contains { $0.contains(where: \.isNaN) }
  }
}

extension Answer {
  /// Itself, where every number in it says something.
  ///
  /// - Throws: `noVariation` for an error of 0; `unrepresentable` for a number that is none, an error or a statistic
  ///   without end, an interval beyond all numbers, or a p-value of 0 whose logarithm is lost too.
  fileprivate func checked() throws(Unavailable) -> Answer {
    if let standardError, standardError <= 0 { throw .noVariation }
    let bounds = ([interval].compactMap { $0 } + furtherIntervals).flatMap { [$0.lower, $0.upper] }
    let numbers =
      [estimate, statistic, standardError, degreesOfFreedom, effectiveSampleSize, p?.value, p?.ln]
      + [arms?.candidate, arms?.production, identified?.lower, identified?.upper] + bounds
    if numbers.contains(where: { $0?.isNaN ?? false }) { throw .unrepresentable }
    if [statistic, standardError].contains(where: { $0?.isInfinite ?? false }) {
      throw .unrepresentable
    }
    if let p, !p.ln.isFinite { throw .unrepresentable }
    if let interval, interval.lower == .infinity || interval.upper == -.infinity {
      throw .unrepresentable
    }
    return self
  }
}

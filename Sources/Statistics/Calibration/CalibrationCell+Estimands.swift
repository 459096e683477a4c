extension CalibrationCell {
  /// Why nothing can be found of `estimand` on such traffic that is not found elsewhere, a clause; nil where a method
  /// should.
  ///
  /// Only what follows from the estimand's definition counts, never that it is hard to estimate.
  package func reasonWithoutMethod(of estimand: Estimand) -> String? {
    switch estimand {
    case .agreement:
      return "says how alike two answers are: no value of it means that nothing differs"
    case .other: return "is of one arm alone, or the method's own: it compares nothing"
    case .spreadDifference where values.contains(.twoClasses):
      return
        "the mean distance of 0s and 1s from their median is their share (below a half): the methods of shares "
        + "answer it"
    case .trimmedMeanDifference where isPaired && values.contains(.twoClasses):
      return shareOfDiscordantPairs < 0.2
        ? "is 0 with and without the effect: less than a fifth of the pairs differ in either direction, and a fifth is "
          + "trimmed at either end" : nil
    default: return nil
    }
  }

  /// The larger of the two shares of pairs that differ in one direction.
  private var shareOfDiscordantPairs: Double {
    CalibrationTruth(self).discordantShares.map { max($0.candidate, $0.production) } ?? 1
  }
}

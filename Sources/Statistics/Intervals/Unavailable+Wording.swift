extension Unavailable {
  /// Why there is no number, as a sentence without a full stop.
  package var text: String {
    switch self {
    case .tooFew(let has, let needs):
      "there \(has == 1 ? "is 1 value" : "are \(has) values") where \(needs) are needed"
    case .noVariation: "nothing varies, so nothing says how far it would"
    case .oneClassOnly: "all labels are of one class"
    case .zeroDenominator: "a denominator is 0"
    case .beyondTheValues: "too few values lie beyond the quantile"
    case .noRewardModel: "the estimator needs a model of the outcomes, and there is none"
    case .notBinary: "a value is neither 0 nor 1"
    case .notCounts: "a value is no whole number from 0 on, or an exposure is not above 0"
    case .emptyCell: "a cell without cases has no logarithm"
    case .onlyNoDifference: "the method tests no difference alone, and not a margin"
    case .onlyTwoSided: "the statistic has no direction, so only a difference can be asked for"
    case .nullOutside(let lower, let upper):
      "the margin leads out of \(lower) to \(upper), where what is estimated lies"
    case .notClasses(let distinct): "the answers are no classes: \(distinct) of them are different"
    case .missingLabels: "a label is missing, or the answers do not match"
    case .separated:
      "every value of one arm lies on one side of the other's, so no error can be estimated"
    case .tooLarge(let has, let most): "the method takes at most \(most), and there are \(has)"
    case .unrepresentable:
      "the values are so large, so small or so different that the answer is lost in rounding"
    case .notFinite: "a value is infinite or not a number"
    case .noLabels: "labels of 0 and 1 are needed"
    case .notPositive: "a mean is not above 0, so it has no logarithm"
    case .collinear: "a covariate follows from the others, or does not vary"
    case .tooFewIndependent(let has, let needs):
      "the values depend on each other so much that they say as little as \(tenths(has)) "
        + "independent ones, where \(tenths(needs)) are needed"
    case .needsRange: "the method must know in which range every value lies: say --range"
    case .outsideRange(let value): "a value of \(value) is outside of the range that was given"
    case .followUpEnds(let time):
      "an arm is not followed to the horizon: its last row at risk was censored at \(time)"
    case .unreachable(let best):
      "the power does not rise above \((best * 1000).rounded() / 10) %"
    case .notYetNormal(let skewness, let rows):
      "there was no look yet at which the estimate is near normal (skewness \(tenths(skewness)), "
        + "the information of \(tenths(rows)) rows)"
    case .undefined: "the method has no number for such data"
    }
  }

  /// A word for programs; it does not change.
  package var key: String {
    switch self {
    case .tooFew: "tooFew"
    case .noVariation: "noVariation"
    case .oneClassOnly: "oneClassOnly"
    case .zeroDenominator: "zeroDenominator"
    case .beyondTheValues: "beyondTheValues"
    case .noRewardModel: "noRewardModel"
    case .notBinary: "notBinary"
    case .notCounts: "notCounts"
    case .emptyCell: "emptyCell"
    case .onlyNoDifference: "onlyNoDifference"
    case .onlyTwoSided: "onlyTwoSided"
    case .nullOutside: "nullOutside"
    case .notClasses: "notClasses"
    case .missingLabels: "missingLabels"
    case .separated: "separated"
    case .tooLarge: "tooLarge"
    case .notFinite: "notFinite"
    case .noLabels: "noLabels"
    case .notPositive: "notPositive"
    case .collinear: "collinear"
    case .tooFewIndependent: "tooFewIndependent"
    case .needsRange: "needsRange"
    case .outsideRange: "outsideRange"
    case .notYetNormal: "notYetNormal"
    case .followUpEnds: "followUpEnds"
    case .unrepresentable: "unrepresentable"
    case .unreachable: "unreachable"
    case .undefined: "undefined"
    }
  }

  private func tenths(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }
}

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
    }
  }
}

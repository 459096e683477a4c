extension Verdict {
  /// What reports and `summary.json` call it.
  package var word: String {
    switch self {
    case .better: "better"
    case .worse: "worse"
    case .different: "different"
    case .noDifferenceFound: "no difference found"
    case .notWorse: "not worse"
    case .notShownNotWorse: "not shown to be not worse"
    case .equivalent: "equivalent"
    case .notShownEquivalent: "not shown to be equivalent"
    case .undetermined: "cannot be determined"
    }
  }

  /// Every word, in the order in which results count them.
  package static let allWords: [String] = [
    Verdict.better, .worse, .different, .noDifferenceFound, .notWorse, .notShownNotWorse,
    .equivalent, .notShownEquivalent, .undetermined(.noOutcomes),
  ].map(\.word)
}

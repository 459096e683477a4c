extension Verdict {
  /// Every verdict with what it says, in the order of `allWords`, for the reference.
  package static let meanings: [(word: String, meaning: String)] = zip(
    allWords,
    [
      "The candidate differs from production, toward the metric's better side.",
      "The candidate differs from production, toward the metric's worse side.",
      "The candidate differs from production, in a metric that has no better side.",
      "Nothing is shown at the level asked, after the adjustment for asking several questions; "
        + "that is not the same as equal.",
      "The candidate is shown to be no worse than production by the margin or more.",
      "It may be worse by the margin or more.",
      "The difference is shown to lie inside the margin on both sides.",
      "The difference may lie outside of the margin.",
      "The number does not exist, and the reason stands with it.",
    ]
  ).map { (word: $0, meaning: $1) }
}

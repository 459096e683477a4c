import Probability

/// A result that is looked at because it was the best, or because it passed a bar: its plain estimate is too good.
///
/// What was seen is a normal estimate given that it lies above the bar, so its law is a truncated normal, and the
/// answers are read off that law.
///
/// - Source: Zhong and Prentice (2008) for a bar; Andrews, Kitagawa and McCloskey (2024) for the best of several, where
///   the bar is the runner-up.
package struct SelectedEstimate: Sendable, Equatable {
  package let value: Double
  package let standardError: Double
  package let bar: Double

  /// - Parameters:
  ///   - value: >= bar.
  ///   - standardError: > 0.
  ///   - bar: what the estimate had to pass to be looked at: a critical value times the standard error, or the runner-up's
  ///     estimate where the arms are independent.
  package init(value: Double, standardError: Double, bar: Double) {
    precondition(value >= bar && standardError > 0, "\(value) ± \(standardError), bar \(bar)")
    self.value = value
    self.standardError = standardError
    self.bar = bar
  }

  /// As likely too high as too low, given the selection.
  package var medianUnbiased: Double { truth(above: 0.5) }

  /// Holds the truth with chance `level` given the selection; the lower end may lie far down where the value only just
  /// passed.
  package func interval(level: Double) -> ClosedRange<Double> {
    let tail = (1 - level) / 2
    return truth(above: tail)...truth(above: 1 - tail)
  }

  /// P(estimate >= value | it passed), for a truth: rises with the truth.
  package func chance(truth: Double) -> Double {
    let seen = Normal.logSurvival((value - truth) / standardError)
    return Elementary.exp(seen - Normal.logSurvival((bar - truth) / standardError))
  }

  private func truth(above chance: Double) -> Double {
    // With the value at the bar nothing but "it passed" is known, and every low truth explains it.
    if value == bar { return -.infinity }
    var low = value - 4 * standardError
    var step = 4 * standardError
    while self.chance(truth: low) > chance {
      low -= step
      step *= 2
      if !low.isFinite { return -.infinity }
    }
    var high = value + 40 * standardError
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return middle }
      if self.chance(truth: middle) > chance { high = middle } else { low = middle }
    }
  }
}

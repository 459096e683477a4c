import Probability

/// Twyman's law: a number that looks interesting is usually wrong. How far does an estimated lift lie outside what
/// earlier changes ever did?
package struct Surprise: Sendable, Equatable {
  /// What earlier experiments of this kind found, as true effects: nearly normal about `mean`.
  package struct History: Sendable, Equatable {
    package let mean: Double
    /// Of true effects, without their sampling error; > 0.
    package let standardDeviation: Double
    /// The largest |effect| that was ever confirmed; nil where unknown.
    package let largest: Double?

    package init(mean: Double = 0, standardDeviation: Double, largest: Double? = nil) {
      precondition(standardDeviation > 0, "a spread of \(standardDeviation)")
      self.mean = mean
      self.standardDeviation = standardDeviation
      self.largest = largest
    }

    /// From earlier estimates, less what their own errors add to their spread (DerSimonian and Laird's idea, by plain
    /// moments); throws where nothing is left.
    package init(estimates: [Double], standardErrors: [Double]) throws(Unavailable) {
      precondition(
        estimates.count == standardErrors.count, "\(estimates.count), \(standardErrors.count)")
      let seen = try Moments(of: estimates)
      var errors = ExactSum()
      for error in standardErrors { errors.add(error * error) }
      let variance =
        seen.standardDeviation * seen.standardDeviation - errors.value / Double(seen.count)
      guard variance > 0 else { throw .noVariation }
      self.init(
        mean: seen.mean, standardDeviation: variance.squareRoot(),
        largest: estimates.reduce(0) { max($0, abs($1)) })
    }
  }

  package enum Warning: Sendable, Equatable {
    /// The chance of an estimate this far out, true effect and sampling error together, is below the level.
    case tooLargeForHistory
    /// The estimate is more than twice the largest effect ever confirmed, and its whole interval beyond it.
    case beyondLargest
  }

  package let estimate: Double
  package let standardError: Double
  /// The chance of an estimate at least this far from the history's mean.
  package let p: PValue
  /// What to believe about the true effect: the estimate drawn to the history's mean.
  package let shrunk: TEstimate
  package let warnings: [Warning]

  /// - Parameters:
  ///   - estimate: in the unit of the history.
  ///   - standardError: >= 0.
  ///   - level: below which an estimate counts as too far, in (0, 1).
  package init(
    estimate: Double, standardError: Double, history: History, level: Double = 0.001
  ) {
    precondition(standardError >= 0, "a standard error of \(standardError)")
    self.estimate = estimate
    self.standardError = standardError
    let spread = rootOfSquares(history.standardDeviation, standardError)
    let distance = (estimate - history.mean) / spread
    p = NormalInference.p(distance, .different)
    let weight = history.standardDeviation / spread * (history.standardDeviation / spread)
    shrunk = TEstimate(
      value: history.mean + weight * (estimate - history.mean),
      standardError: standardError * (history.standardDeviation / spread),
      degreesOfFreedom: .infinity)
    var warnings: [Warning] = []
    if p.value < level { warnings.append(.tooLargeForHistory) }
    if let largest = history.largest, abs(estimate) > 2 * largest,
      abs(estimate) - 1.96 * standardError > largest
    {
      warnings.append(.beyondLargest)
    }
    self.warnings = warnings
  }
}

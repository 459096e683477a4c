import Probability

/// ln (density after the change / density before it) of a value x, for two members of one exponential family in which it
/// is a straight line: slope · x + offset.
package struct LogLikelihoodRatio: Sendable, Equatable {
  /// Not 0.
  package let slope: Double
  package let offset: Double

  /// Normal values of one standard deviation whose mean moves by `shift`.
  package static func normal(
    mean: Double, shift: Double, standardDeviation: Double
  ) -> LogLikelihoodRatio {
    precondition(shift != 0 && standardDeviation > 0, "shift \(shift), sd \(standardDeviation)")
    let unit = shift / standardDeviation
    return LogLikelihoodRatio(
      slope: unit / standardDeviation,
      offset: -unit * (mean / standardDeviation) - 0.5 * unit * unit)
  }

  /// Values of 0 and 1 whose probability of a 1 moves.
  package static func bernoulli(before: Double, after: Double) -> LogLikelihoodRatio {
    precondition(
      before > 0 && before < 1 && after > 0 && after < 1 && before != after,
      "from \(before) to \(after)")
    let offset = Elementary.log1p(-after) - Elementary.log1p(-before)
    return LogLikelihoodRatio(
      slope: Elementary.log(after / before) - offset, offset: offset)
  }

  /// Counts whose mean moves.
  package static func poisson(before: Double, after: Double) -> LogLikelihoodRatio {
    precondition(before > 0 && after > 0 && before != after, "from \(before) to \(after)")
    return LogLikelihoodRatio(
      slope: Elementary.log(after / before), offset: before - after)
  }

  @inline(__always)
  package func callAsFunction(_ value: Double) -> Double { slope * value + offset }
}

/// The steady-state variance of a run's output, with an interval that holds under its dependence.
///
/// The variance is the mean of the squares less the square of the mean; to first order its error is that of the mean of
/// (Y − Ȳ)², whose batches `FittedBatches` takes. It needs longer runs than the mean does, since it rests on fourth moments.
///
/// - Source: Chien (1989) and Law, "Simulation Modeling and Analysis", 9.5, for smooth functions of batch means.
package struct SteadyVariance: Sendable, Equatable {
  /// In the unit of the values squared.
  package let value: Double
  package let batches: FittedBatches

  /// - Parameters:
  ///   - values: batches of the values.
  ///   - squares: batches of their squares, of the same length.
  ///   - warmUp: found in the values.
  package init(
    _ values: BatchSums, squares: BatchSums, after warmUp: WarmUp
  ) throws(Unavailable) {
    precondition(
      values.length == squares.length && values.sums.count == squares.sums.count,
      "\(values.sums.count) batches of values and \(squares.sums.count) of squares")
    let (kept, keptSquares) = (values.dropping(warmUp.batches), squares.dropping(warmUp.batches))
    guard let mean = kept.mean, let meanSquare = keptSquares.mean else {
      throw .tooFew(has: 0, needs: FittedBatches.fewest)
    }
    let variance = meanSquare - mean * mean
    value = variance
    let size = Double(values.length)
    batches = try FittedBatches(
      zip(kept.sums, keptSquares.sums).map { sum, square in
        (square.nearest - 2 * mean * sum.nearest) / size + mean * mean - variance
      })
  }

  /// The interval at `level` in (0, 1); its lower end is at least 0.
  package func interval(level: Double) -> ClosedRange<Double> {
    let (lower, upper) = batches.quantiles(level: level)
    let top = max(0, value - lower * batches.standardError)
    return max(0, value - upper * batches.standardError)...top
  }
}

extension Distribution {
  /// The smallest x with P(X <= x) >= p, for p in (0, 1).
  package func quantile(_ p: Double) -> Double { preconditionFailure("not yet \(p)") }
  /// The mean, or nil where it does not exist (Pareto with shape <= 1).
  package var mean: Double? { nil }
  /// The variance, or nil where it does not exist.
  package var variance: Double? { nil }
}

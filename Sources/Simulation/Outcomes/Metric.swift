import Traffic

/// What turns outcomes into a number.
package enum Metric: Sendable, Hashable {
  case accuracy
  case errorRate
  case logLoss
  case brier
  case auc
  case calibrationError
  case meanAbsoluteError
  case rootMeanSquaredError
  case disagreement
  case latencyMean
  /// In (0, 1).
  case latencyQuantile(Double)
  /// The share of requests that were answered within this time: what a service level promises.
  case within(SimulatedDuration)
  /// From arrival to a language model's first token, on average; and the gap between two of its tokens,
  /// the mean over answers of the mean of each.
  case firstTokenMean
  case tokenGapMean
  case timeoutShare
  case errorShare
  case shedShare
  case abandonedShare
  case costPerThousand

  package enum Direction: String, Sendable { case higherIsBetter, lowerIsBetter, neither }
}

import Probability

/// What is known of the spread of values in 0...1 before the next one comes; one imagined value of mean ½ and variance
/// ¼ starts it.
struct PredictableSpread: Sendable {
  private(set) var count = 0.0
  private var sum = 0.5
  private var squares = 0.25

  /// Of the values so far.
  var variance: Double { squares / (count + 1) }

  /// The bet for the next value that makes the bound tightest, over all looks, at the error `alpha` = exp(−`bar`).
  ///
  /// - Source: Waudby-Smith and Ramdas (2024), equation 15.
  func bet(bar: Double, atMost most: Double) -> Double {
    let next = count + 1
    return min(most, (2 * bar / (next * Elementary.log1p(next) * variance)).squareRoot())
  }

  mutating func add(_ x: Double) {
    count += 1
    sum += x
    let distance = x - sum / (count + 1)
    squares += distance * distance
  }
}

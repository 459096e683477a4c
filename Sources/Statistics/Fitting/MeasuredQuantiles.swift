import Probability

/// The quantiles of measured times, straight lines between them.
///
/// Equal times, as clocks of little resolution give them, are spread evenly half way to their neighbours, so that the
/// distribution function is right at every middle between two different times and never jumps.
package struct MeasuredQuantiles: Sendable {
  /// Where the distribution function is known: places, and the shares below them.
  private var places: [Double] = []
  private var shares: [Double] = []
  private let count: Int

  /// Steps of the table hold at least this many times, but for the two at the ends.
  private static let fewest = 5
  /// Where a table may have points, beside 0 and 1; finer at the ends, most of all at the slow one.
  private static let probabilities =
    [0.001, 0.005, 0.01, 0.025] + (1...19).map { Double($0) / 20 }
    + [0.975, 0.99, 0.995, 0.999, 0.9995, 0.9999]

  /// - Parameter times: above 0, not all equal.
  package init(_ times: [Double]) {
    let sorted = RadixSort.sorted(times)
    count = times.count
    let n = Double(sorted.count)
    var values: [Double] = []
    var below: [Int] = []
    for (rank, time) in sorted.enumerated() {
      if values.last == time {
        below[below.count - 1] = rank + 1
      } else {
        values.append(time)
        below.append(rank + 1)
      }
    }
    precondition(values.count > 1 && values[0] > 0, "times without a spread, or not above 0")
    let last = values.count - 1
    // No time is 0, so the first place stays above it.
    places = [max(0.5 * values[0], values[0] - 0.5 * (values[1] - values[0]))]
    shares = [0]
    for i in 0..<last {
      places.append(values[i] + 0.5 * (values[i + 1] - values[i]))
      shares.append(Double(below[i]) / n)
    }
    places.append(values[last] + 0.5 * (values[last] - values[last - 1]))
    shares.append(1)
  }

  /// The time that a share of the times stays below.
  ///
  /// - Parameter p: in 0...1.
  package func quantile(_ p: Double) -> Double {
    Distribution.quantiles(probabilities: shares, values: places).quantile(p)
  }

  /// The table that a scenario can state: up to 32 points, as many as the times allow.
  package var law: Distribution {
    let (fewest, n) = (Double(Self.fewest), Double(count))
    var at = [0.0]
    for p in Self.probabilities where (p - at[at.count - 1]) * n >= fewest && (1 - p) * n >= 1 {
      at.append(p)
    }
    at.append(1)
    return .quantiles(probabilities: at, values: at.map(quantile))
  }
}

import Probability

/// How a fitted law tells times that it was not fitted to.
package struct LatencyCheck: Sendable {
  package struct Point: Sendable, Equatable {
    package let p: Double
    /// The quantile of the times, and of the law, in seconds.
    package let measured: Double
    package let fitted: Double
    /// fitted / measured − 1.
    package var error: Double { fitted / measured - 1 }
  }

  package let count: Int
  /// The largest distance between the distribution functions.
  package let distance: Double
  /// Of Kolmogorov and Smirnov's test, exact for independent times; the law's parameters come from other times.
  package let p: Double
  package let points: [Point]
  package let measuredMean: Double
  package let fittedMean: Double

  private static let probabilities = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999]

  /// - Parameter times: at least one, above 0; quantiles are told as far as five times lie beyond them.
  package init(_ law: Distribution, against times: [Double]) throws(Unavailable) {
    let test = try OneSampleKolmogorovSmirnov(probabilities: times.map { law.cdf($0) })
    count = times.count
    distance = test.distance
    p = test.pExact.value
    let sorted = RadixSort.sorted(times)
    let n = Double(times.count)
    points = Self.probabilities.filter { min($0, 1 - $0) * n >= 5 || $0 == 0.5 }.map { p in
      // The straight line between order statistics about (n − 1) p, Hyndman and Fan's type 7.
      let place = (n - 1) * p
      let low = Int(place)
      let high = min(low + 1, sorted.count - 1)
      let measured = sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
      return Point(p: p, measured: measured, fitted: law.quantile(p))
    }
    measuredMean = LatencyFamily.mean(times)
    fittedMean = law.mean ?? .nan
  }
}

import Probability

/// How fitted times tell rows that they were not fitted to.
package struct RegressionCheck: Sendable {
  package let count: Int
  /// 1 − Σ (time − fitted)² / Σ (time − mean)²; nil where the times do not vary. Below 0 where their mean tells more.
  package let r2: Double?
  /// The median of |time/fitted − 1|.
  package let medianError: Double
  /// time/fitted of each row.
  package let ratios: [Double]

  /// - Parameter fitted: above 0, one for each time.
  package init(times: [Double], fitted: [Double]) {
    precondition(times.count == fitted.count && !times.isEmpty, "\(times.count) times")
    count = times.count
    let mean = LatencyFamily.mean(times)
    let all = ExactSum.total(times.map { ($0 - mean) * ($0 - mean) })
    let left = ExactSum.total(zip(times, fitted).map { ($0 - $1) * ($0 - $1) })
    r2 = all > 0 ? 1 - left / all : nil
    ratios = zip(times, fitted).map { $0 / $1 }
    let sizes = RadixSort.sorted(ratios.map { ($0 - 1).magnitude })
    medianError = sizes[sizes.count / 2]
  }
}

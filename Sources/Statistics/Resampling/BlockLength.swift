import Probability

/// The block length that makes the bootstrap variance of a series' mean most accurate.
///
/// - Source: Politis and White (2004), with the correction of Patton, Politis and White (2009).
package struct BlockLength: Sendable, Equatable {
  /// The mean length of blocks with random lengths; at least 1.
  package let stationary: Double
  /// The length of blocks of one length; at least 1.
  package let circular: Double

  /// - Parameter values: in the order of time.
  /// - Complexity: O(n · lags) time, where lags reach a little beyond the last one whose autocorrelation exceeds
  ///   its error, at most √n.
  package init(_ values: [Double]) {
    let n = Double(values.count)
    guard values.count > 3, let lags = Autocovariances(values) else {
      (stationary, circular) = (1, 1)
      return
    }
    let most = (min(3 * n.squareRoot(), n / 3)).rounded(.up)
    var longRun = lags.values[0]
    var slope = 0.0
    for lag in 1..<lags.values.count {
      let distance = Double(lag) / Double(lags.bandwidth)
      let window = distance <= 0.5 ? 1 : 2 * (1 - distance)
      longRun += 2 * window * lags.values[lag]
      slope += 2 * window * Double(lag) * lags.values[lag]
    }
    func length(_ constant: Double) -> Double {
      let ratio = 2 * slope * slope / (constant * longRun * longRun) * n
      guard ratio > 0 else { return 1 }
      return min(most, max(1, ratio.isFinite ? Elementary.pow(ratio, 1 / 3.0) : most))
    }
    stationary = length(2)
    circular = max(1, length(4 / 3.0).rounded())
  }

  /// Autocovariances at the lags below the bandwidth.
  private struct Autocovariances {
    private(set) var values: [Double]
    let bandwidth: Int

    init?(_ series: [Double]) {
      let n = Double(series.count)
      var total = ExactSum()
      for value in series { total.add(value) }
      let mean = total.value / n
      let largest = series.reduce(0) { max($0, abs($1 - mean)) }
      guard largest > 0 else { return nil }
      let scale = largest.binaryScale
      let centered = series.map { ($0 - mean) / scale }
      func covariance(_ lag: Int) -> Double {
        var sum = 0.0
        for row in 0..<centered.count - lag { sum += centered[row] * centered[row + lag] }
        return sum / n
      }
      let variance = covariance(0)
      values = [variance]
      // The first lag after which a run of autocorrelations stays within its errors.
      let digits = Elementary.log(n) / 2.302_585_092_994_046
      let run = max(5, Int(digits.squareRoot().rounded(.up)))
      let most = min(series.count - 1, Int(n.squareRoot().rounded(.up)) + run)
      let bound = 2 * (digits / n).squareRoot() * variance
      var last = 0
      for lag in 1...most {
        values.append(covariance(lag))
        if abs(values[lag]) >= bound { last = lag }
        if lag - last >= run { break }
      }
      bandwidth = min(most, max(1, 2 * last))
      while values.count <= bandwidth { values.append(covariance(values.count)) }
      values.removeLast(values.count - bandwidth - 1)
    }
  }
}

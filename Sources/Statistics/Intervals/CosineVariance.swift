import Probability

/// The variance of a sum of serially dependent values from its lowest frequencies.
///
/// The deviations of the values from their mean are projected on the first nu cosines of the type-II
/// transform, φ_j(t) = √2 cos(πjt); each squared projection estimates the long-run variance, nearly
/// independently, so their plain mean has nu degrees of freedom and a t statistic formed with it is
/// Student's with nu degrees of freedom. Few cosines have little bias and cost power, many the reverse;
/// nu = n·√(0.12 / (π²·w)) keeps the bias small, where w = Σ k² g_k / Σ g_k is the curvature of the
/// spectrum at frequency 0, from the autocovariances g_k at all lags k.
///
/// w is the largest of four pilots: an AR(1) fitted by the first autocorrelation and a flat-top lag
/// window, each on the values and on about 4.5·√n sums of adjacent values. The sums are what sees a
/// long memory that lies below much noise, where single values show no autocorrelation that exceeds
/// its error; their AR(1) counts only when its autocorrelation does.
///
/// The values may be sums over blocks of different counts; t then runs through the counts.
///
/// - Source: Müller (2004, 2007) and Lazarus, Lewis, Stock and Watson (2018) for the estimator and its t
///   critical values; Politis and White (2004), section 3.2, for the flat-top pilot and its empirical rule
///   for the last lag that matters; the rates are measured in `SeriesAccumulatorTests`.
package struct CosineVariance: Sendable {
  /// Sums over blocks minus count × mean; they add up to 0.
  private let deviations: [Double]
  /// How many values each block holds; > 0.
  private let counts: [Double]

  /// How few blocks still give an answer.
  package static let fewestBlocks = 16
  static let fewestCosines = 8

  /// - Parameters:
  ///   - deviations: one sum a block, in order, of value − mean.
  ///   - counts: how many values each block holds; > 0.
  package init(deviations: [Double], counts: [Double]) {
    precondition(
      deviations.count == counts.count, "\(deviations.count) sums, \(counts.count) counts")
    self.deviations = deviations
    self.counts = counts
  }

  package var blocks: Int { deviations.count }

  /// The number of cosines, nu.
  package var cosines: Int {
    let n = Double(deviations.count)
    let most = max(Self.fewestCosines, Int(0.4 * Elementary.pow(n, 2.0 / 3.0)))
    let adjacent = max(1, Int((0.22 * n.squareRoot()).rounded()))
    var curvature = Pilot(deviations, mayBeNoise: false).curvature
    if adjacent > 1 {
      let scale = Double(adjacent * adjacent)
      let sums = Self.summed(deviations, by: adjacent)
      curvature = max(curvature, scale * Pilot(sums, mayBeNoise: true).curvature)
    }
    guard curvature > 0 else { return most }
    let wanted = n * (0.12 / (Double.pi * Double.pi * curvature)).squareRoot()
    return Int(min(Double(most), max(Double(Self.fewestCosines), wanted)).rounded())
  }

  /// The variance of the sum of all values, from `cosines` projections.
  package func varianceOfSum(cosines: Int) -> Double {
    projections(cosines).reduce(0) { $0 + $1 * $1 } / Double(cosines)
  }

  /// Projections scaled so that each one's square estimates the variance of the sum of all values. Those
  /// of two series with equal counts multiply to estimates of the covariance.
  ///
  /// So few cosines do not need every value: 1,024 to 2,047 sums of neighbours serve as well, and each
  /// cosine is centred and scaled under the counts, so that independent values are met without bias.
  package func projections(_ cosines: Int) -> [Double] {
    let adjacent = max(1, deviations.count / 1024)
    let sums = Self.summed(deviations, by: adjacent, keepingRest: true)
    let weights = Self.summed(counts, by: adjacent, keepingRest: true)
    let total = weights.reduce(0, +)
    var twice: [Double] = []
    twice.reserveCapacity(weights.count)
    var passed = 0.0
    for weight in weights {
      twice.append(2 * Elementary.cos(Double.pi * (passed + weight / 2) / total))
      passed += weight
    }
    var cosine = Cosines(twice: twice)
    return (0..<cosines).map { _ in
      let moments = cosine.next(sums: sums, weights: weights)
      let centred = moments.second - moments.first * moments.first / total
      return moments.sum * (total / centred).squareRoot()
    }
  }

  /// Sums of runs of `adjacent` values; the shorter run at the end is left out, or kept.
  private static func summed(
    _ values: [Double], by adjacent: Int, keepingRest: Bool = false
  ) -> [Double] {
    if adjacent == 1 { return values }
    let runs = keepingRest ? (values.count + adjacent - 1) / adjacent : values.count / adjacent
    return (0..<runs).map { run in
      values[(run * adjacent)..<min(values.count, (run + 1) * adjacent)].reduce(0, +)
    }
  }
}

/// cos(jθ) at many angles for j = 1, 2, …, each from the two before it (Chebyshev).
private struct Cosines {
  private let twice: [Double]
  private var now: [Double]
  private var before: [Double]

  /// - Parameter twice: 2 cos θ at each angle.
  init(twice: [Double]) {
    self.twice = twice
    now = twice.map { $0 / 2 }
    before = twice.map { _ in 1 }
  }

  /// Sums of sum·cosine, weight·cosine and weight·cosine² at the present j; then steps to the next.
  mutating func next(
    sums: [Double], weights: [Double]
  ) -> (sum: Double, first: Double, second: Double) {
    var sum = 0.0
    var first = 0.0
    var second = 0.0
    for index in twice.indices {
      let cosine = now[index]
      let weighted = weights[index] * cosine
      sum += sums[index] * cosine
      first += weighted
      second += weighted * cosine
      now[index] = twice[index] * cosine - before[index]
      before[index] = cosine
    }
    return (sum, first, second)
  }
}

/// The curvature of a spectrum at frequency 0, seen through the autocovariances.
private struct Pilot {
  let curvature: Double

  /// - Parameter mayBeNoise: a first autocorrelation within its error counts as none.
  init(_ values: [Double], mayBeNoise: Bool) {
    let n = Double(values.count)
    let threshold = 2 * (Elementary.log(n) / 2.302_585_092_994_046 / n).squareRoot()
    var covariances = Autocovariances(values)
    guard covariances[0] > 0, values.count >= 4 else {
      curvature = 0
      return
    }
    let first = covariances[1] / covariances[0]
    let autoregressive =
      mayBeNoise && abs(first) < threshold
      ? 0 : Self.autoregressiveCurvature(min(1 - 1 / n, max(-0.97, first)))
    curvature = max(
      abs(autoregressive), abs(Self.flatTopCurvature(&covariances, threshold: threshold)))
  }

  /// Σ k² ρ^|k| / Σ ρ^|k| over all k.
  static func autoregressiveCurvature(_ rho: Double) -> Double { 2 * rho / ((1 - rho) * (1 - rho)) }

  /// The last lag before five that stay within their error decides the width of the window.
  static func flatTopCurvature(_ covariances: inout Autocovariances, threshold: Double) -> Double {
    let variance = covariances[0]
    var last = 0
    var lag = 1
    while lag - last <= 5, lag <= covariances.longest {
      if abs(covariances[lag]) >= threshold * variance { last = lag }
      lag += 1
    }
    guard last > 0 else { return 0 }
    if lag - last <= 5 { last = covariances.longest / 2 }
    var mass = variance
    var moment = 0.0
    for lag in 1...min(2 * last, covariances.longest) {
      let share = Double(lag) / Double(2 * last)
      let weighted = 2 * min(1, 2 * (1 - share)) * covariances[lag]
      mass += weighted
      moment += weighted * Double(lag * lag)
    }
    return mass > 0 ? moment / mass : 0
  }
}

/// Autocovariances, each computed when it is first asked for.
private struct Autocovariances {
  private let values: [Double]
  private var known: [Double] = []
  /// The longest lag that is asked for.
  let longest: Int

  init(_ values: [Double]) {
    self.values = values
    let root = Int(Double(values.count).squareRoot().rounded(.up))
    longest = min(values.count / 4, 4 * root + 20)
  }

  subscript(lag: Int) -> Double {
    mutating get {
      while known.count <= lag {
        let lag = known.count
        var sum = 0.0
        for index in lag..<values.count { sum += values[index] * values[index - lag] }
        known.append(sum / Double(values.count))
      }
      return known[lag]
    }
  }
}

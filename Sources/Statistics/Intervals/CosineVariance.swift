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
  private let total: Double
  private let isUniform: Bool

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
    total = counts.reduce(0, +)
    isUniform = counts.allSatisfy { $0 == counts[0] }
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

  /// Projections scaled so that each one's square estimates the variance of the sum of all values. Those of two series
  /// with equal counts multiply to estimates of the covariance.
  package func projections(_ cosines: Int) -> [Double] {
    isUniform ? uniformProjections(cosines) : weightedProjections(cosines)
  }

  /// With equal counts cos(πj(b + ½)/m) is even or odd about the middle, so half of the blocks do.
  private func uniformProjections(_ cosines: Int) -> [Double] {
    let blocks = deviations.count
    let half = (blocks + 1) / 2
    var even = [Double](repeating: 0, count: half)
    var odd = even
    var twice = even
    var now = even
    for block in 0..<half {
      let mirrored = blocks - 1 - block
      let other = mirrored == block ? 0 : deviations[mirrored]
      even[block] = deviations[block] + other
      odd[block] = mirrored == block ? 0 : deviations[block] - other
      now[block] = Elementary.cos(Double.pi * (Double(block) + 0.5) / Double(blocks))
      twice[block] = 2 * now[block]
    }
    var before = [Double](repeating: 1, count: half)
    var answers: [Double] = []
    answers.reserveCapacity(cosines)
    for frequency in 1...cosines {
      let folded = frequency & 1 == 0 ? even : odd
      var sum = 0.0
      for block in 0..<half {
        sum += folded[block] * now[block]
        let next = twice[block] * now[block] - before[block]
        before[block] = now[block]
        now[block] = next
      }
      answers.append(2.0.squareRoot() * sum)
    }
    return answers
  }

  /// Each cosine is centred and scaled under the counts, so that independent values are met without bias.
  private func weightedProjections(_ cosines: Int) -> [Double] {
    let blocks = deviations.count
    var twice: [Double] = []
    twice.reserveCapacity(blocks)
    var passed = 0.0
    for count in counts {
      twice.append(2 * Elementary.cos(Double.pi * (passed + count / 2) / total))
      passed += count
    }
    var before = [Double](repeating: 1, count: blocks)
    var now = twice.map { $0 / 2 }
    var answers: [Double] = []
    answers.reserveCapacity(cosines)
    for _ in 1...cosines {
      var sum = 0.0
      var first = 0.0
      var second = 0.0
      for block in 0..<blocks {
        let cosine = now[block]
        let weighted = counts[block] * cosine
        sum += deviations[block] * cosine
        first += weighted
        second += weighted * cosine
        now[block] = twice[block] * cosine - before[block]
        before[block] = cosine
      }
      answers.append(sum * (total / (second - first * first / total)).squareRoot())
    }
    return answers
  }

  private static func summed(_ values: [Double], by adjacent: Int) -> [Double] {
    (0..<(values.count / adjacent)).map { index in
      values[(index * adjacent)..<((index + 1) * adjacent)].reduce(0, +)
    }
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

import Probability

/// A family of laws that measured times are set against, fitted by maximum likelihood.
package enum LatencyFamily: String, Sendable, CaseIterable {
  case exponential, gamma, weibull, lognormal
  case shiftedExponential = "shifted-exponential"
  case shiftedGamma = "shifted-gamma"
  case shiftedWeibull = "shifted-weibull"
  case shiftedLognormal = "shifted-lognormal"
  case twoLognormals = "two-lognormals"
  /// The measured quantiles themselves.
  case quantiles

  package var title: String { rawValue.replacing("-", with: " ") }

  /// The law of this family under which the times are most likely.
  ///
  /// - Parameter times: above 0, finite, in seconds; in any order.
  /// - Returns: nil where the likelihood has no maximum: all times equal, or a minimum that nothing lies close to.
  /// - Complexity: O(n) times the steps of the search, at most some hundreds; O(n log n) for shifts and quantiles.
  package func fit(_ times: [Double]) -> Distribution? {
    guard let least = times.min(), let most = times.max(), least > 0, least < most,
      most < .infinity
    else { return nil }
    switch self {
    case .exponential: return .exponential(mean: Self.mean(times))
    case .gamma: return Self.gamma(times)
    case .weibull: return Self.weibull(times)
    case .lognormal: return Self.lognormal(times)
    case .shiftedExponential: return Self.shiftedExponential(times, least: least)
    case .shiftedGamma: return ShiftSearch(times, of: .gamma)?.law
    case .shiftedWeibull: return ShiftSearch(times, of: .weibull)?.law
    case .shiftedLognormal: return ShiftSearch(times, of: .lognormal)?.law
    case .twoLognormals: return LognormalPair(times: times)?.law
    case .quantiles: return MeasuredQuantiles(times).law
    }
  }

  /// How many numbers of a law were chosen by the data.
  package func parameterCount(_ law: Distribution) -> Int {
    switch self {
    case .exponential: return 1
    case .gamma, .weibull, .lognormal, .shiftedExponential: return 2
    case .shiftedGamma, .shiftedWeibull, .shiftedLognormal: return 3
    case .twoLognormals: return 5
    case .quantiles:
      guard case .quantiles(_, let values) = law else { return 0 }
      return values.count
    }
  }

  static func mean(_ values: [Double]) -> Double {
    ExactSum.total(values) / Double(values.count)
  }

  // MARK: Closed forms and one equation

  static func lognormal(_ times: [Double]) -> Distribution? {
    let logs = times.map { Elementary.log($0) }
    let mu = mean(logs)
    let variance = mean(logs.map { ($0 - mu) * ($0 - mu) })
    return variance > 0 ? .lognormal(mu: mu, sigma: variance.squareRoot()) : nil
  }

  /// log k − ψ(k) = log mean − mean log, whose left side falls in the shape k.
  ///
  /// - Source: the start is Thom's (1958), within 1.5 % of the root.
  static func gamma(_ times: [Double]) -> Distribution? {
    let mean = mean(times)
    let excess = Elementary.log(mean) - Self.mean(times.map { Elementary.log($0) })
    guard excess > 1e-13 else { return nil }
    let root = ((excess - 3) * (excess - 3) + 24 * excess).squareRoot()
    let start = (3 - excess + root) / (12 * excess)
    var (low, high) = (0.9 * start, 1.1 * start)
    for _ in 0..<60 {
      let shape = 0.5 * (low + high)
      if Elementary.log(shape) - GammaFunction.digamma(shape) > excess {
        low = shape
      } else {
        high = shape
      }
    }
    let shape = 0.5 * (low + high)
    return .gamma(shape: shape, scale: mean / shape)
  }

  /// Σ x^k log x / Σ x^k − 1/k = mean log x, whose left side rises in the shape k: Newton's steps inside a bracket.
  static func weibull(_ times: [Double]) -> Distribution? {
    let logs = times.map { Elementary.log($0) }
    let top = logs.max() ?? 0
    // Relative to the largest, so that no power overflows.
    let relative = logs.map { $0 - top }
    let meanLog = mean(relative)
    let variance = mean(relative.map { ($0 - meanLog) * ($0 - meanLog) })
    guard variance > 0 else { return nil }
    // The logarithm of a Weibull has the deviation π/√6 / shape.
    var shape = 1.2825498301618641 / variance.squareRoot()
    var (low, high) = (0.0, Double.infinity)
    for _ in 0..<100 {
      let sums = PowerSums(relative, shape: shape)
      let excess = sums.first / sums.power - 1 / shape - meanLog
      if excess < 0 { low = shape } else { high = shape }
      let ratio = sums.first / sums.power
      let slope = sums.second / sums.power - ratio * ratio + 1 / (shape * shape)
      var next = shape - excess / slope
      if !(next > low && next < high) { next = high < .infinity ? 0.5 * (low + high) : 2 * shape }
      let step = (next - shape).magnitude
      shape = next
      if step <= 1e-14 * shape { break }
    }
    let power = PowerSums(relative, shape: shape).power / Double(times.count)
    return .weibull(shape: shape, scale: Elementary.exp(top + Elementary.log(power) / shape))
  }

  /// Σ e^(k y), Σ y e^(k y), Σ y² e^(k y).
  private struct PowerSums {
    var (power, first, second) = (0.0, 0.0, 0.0)

    init(_ logs: [Double], shape: Double) {
      for y in logs {
        let term = Elementary.exp(shape * y)
        power += term
        first += y * term
        second += y * y * term
      }
    }
  }

  /// The least of n times lies mean/n above the shift on average; taking that off makes both estimates unbiased.
  static func shiftedExponential(_ times: [Double], least: Double) -> Distribution? {
    let n = Double(times.count)
    guard n > 1 else { return nil }
    let rest = mean(times) - least
    let mean = rest * n / (n - 1)
    let shift = least - rest / (n - 1)
    return shift > 0 ? .shifted(by: shift, .exponential(mean: mean)) : nil
  }
}

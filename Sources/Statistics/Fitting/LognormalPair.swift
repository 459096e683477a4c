import Probability

/// A mixture of two lognormals: fast and slow answers, such as hits and misses of a cache.
///
/// Fitted by expectation and maximisation from several fixed starts; the best of them goes on over all times. A part keeps at
/// least five times, and a deviation of one hundredth of the whole, because a part on a single value is infinitely likely.
///
/// - Source: Dempster, Laird and Rubin (1977); Hathaway (1985) for the bound on the deviations.
struct LognormalPair {
  /// The share of the first part, and both parts' means and deviations of the logarithm.
  private var share: Double
  private var first: (mu: Double, sigma: Double)
  private var second: (mu: Double, sigma: Double)

  /// Starts divide the sorted logarithms here.
  private static let cuts = [0.5, 0.8, 0.2, 0.95]
  private static let mostForStarts = 1_024

  /// - Returns: nil for fewer than 20 times, or where no start keeps two parts.
  init?(times: [Double]) {
    guard times.count >= 20 else { return nil }
    let logs = RadixSort.sorted(times.map { Elementary.log($0) })
    let moments = Self.moments(logs[...])
    guard moments.sigma > 0 else { return nil }
    let few =
      logs.count <= Self.mostForStarts
      ? logs
      : (0..<Self.mostForStarts).map {
        logs[(2 * $0 + 1) * logs.count / (2 * Self.mostForStarts)]
      }
    var best: (pair: LognormalPair, logLikelihood: Double)?
    for cut in Self.cuts {
      guard var pair = LognormalPair(few, cut: cut, spread: moments.sigma),
        let likelihood = pair.climb(few, spread: moments.sigma, steps: 60)
      else { continue }
      if likelihood > best?.logLikelihood ?? -.infinity { best = (pair, likelihood) }
    }
    guard var pair = best?.pair, pair.climb(logs, spread: moments.sigma, steps: 500) != nil else {
      return nil
    }
    self = pair
  }

  private init?(_ logs: [Double], cut: Double, spread: Double) {
    let place = min(logs.count - 5, max(5, Int(cut * Double(logs.count))))
    let (low, high) = (Self.moments(logs[..<place]), Self.moments(logs[place...]))
    share = Double(place) / Double(logs.count)
    first = (low.mu, max(low.sigma, 0.01 * spread))
    second = (high.mu, max(high.sigma, 0.01 * spread))
  }

  private static func moments(_ logs: ArraySlice<Double>) -> (mu: Double, sigma: Double) {
    let mu = LatencyFamily.mean(Array(logs))
    let variance = LatencyFamily.mean(logs.map { ($0 - mu) * ($0 - mu) })
    return (mu, variance.squareRoot())
  }

  /// Steps until the likelihood gains less than 10⁻¹² a time; the likelihood of the last but one, or nil where a part
  /// dies out.
  private mutating func climb(_ logs: [Double], spread: Double, steps: Int) -> Double? {
    var before = -Double.infinity
    for _ in 0..<steps {
      guard let likelihood = step(logs, spread: spread) else { return nil }
      if likelihood - before <= 1e-12 * Double(logs.count) { return likelihood }
      before = likelihood
    }
    return before
  }

  /// One round of expectation and maximisation; the likelihood of the logarithms before it, without its constant.
  private mutating func step(_ logs: [Double], spread: Double) -> Double? {
    let n = Double(logs.count)
    let heights = (
      Elementary.log(share / first.sigma), Elementary.log((1 - share) / second.sigma)
    )
    var (likelihood, weight, sum, squares) = (0.0, 0.0, 0.0, 0.0)
    var (allSum, allSquares) = (0.0, 0.0)
    let origin = first.mu
    for log in logs {
      let (z1, z2) = ((log - first.mu) / first.sigma, (log - second.mu) / second.sigma)
      let (a, b) = (heights.0 - 0.5 * z1 * z1, heights.1 - 0.5 * z2 * z2)
      let rest = Elementary.exp(-(a - b).magnitude)
      likelihood += max(a, b) + Elementary.log1p(rest)
      let chance = (a >= b ? 1 : rest) / (1 + rest)
      let x = log - origin
      weight += chance
      sum += chance * x
      squares += chance * x * x
      allSum += x
      allSquares += x * x
    }
    guard weight >= 5, n - weight >= 5 else { return nil }
    func part(_ weight: Double, _ sum: Double, _ squares: Double) -> (mu: Double, sigma: Double) {
      let mean = sum / weight
      let variance = max(0, squares / weight - mean * mean)
      return (origin + mean, max(variance.squareRoot(), 0.01 * spread))
    }
    first = part(weight, sum, squares)
    second = part(n - weight, allSum - sum, allSquares - squares)
    share = weight / n
    return likelihood
  }

  /// The faster part first.
  var law: Distribution {
    let parts = [(share, first), (1 - share, second)].sorted { $0.1.mu < $1.1.mu }
    return .mixture(
      parts.map { share, part in
        .init(weight: share, distribution: .lognormal(mu: part.mu, sigma: part.sigma))
      })
  }
}

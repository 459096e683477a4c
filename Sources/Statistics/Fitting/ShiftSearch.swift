import Probability

/// The minimum below which no time comes, beside the law of what is above it.
///
/// A likelihood may grow without bound as the shift nears the least time; so a shift stays as far below it as one time in
/// n lies from the next: (median − least)/n. Between there and 0 the profile likelihood is searched on a logarithmic scale,
/// by a grid and then by golden sections.
///
/// - Source: Smith (1985) for why the maximum at the least time is no estimate; the bound is ours.
struct ShiftSearch {
  let law: Distribution

  /// More times than these choose the shift by as many of their order statistics.
  private static let mostForShift = 2_048
  private static let gridCount = 24

  init?(_ times: [Double], of family: LatencyFamily) {
    let sorted = RadixSort.sorted(times)
    let least = sorted[0]
    let spread = sorted[sorted.count / 2] - least
    guard spread > 0 else { return nil }
    let nearest = Elementary.log(1 / Double(times.count))
    let farthest = Elementary.log(min(16, least / spread))
    guard farthest > nearest else { return nil }
    let thinned = Self.thinned(sorted)

    func law(_ place: Double, _ times: [Double]) -> Distribution? {
      // Not below 0, whatever the rounding.
      let shift = max(0, least - Elementary.exp(place) * spread)
      return family.fit(times.map { $0 - shift }).map { .shifted(by: shift, $0) }
    }
    func logLikelihood(_ place: Double) -> Double {
      law(place, thinned).map { $0.logLikelihood(thinned) } ?? -.infinity
    }
    let place = Self.highest(nearest, farthest, logLikelihood)
    guard let best = law(place, times) else { return nil }
    self.law = best
  }

  private static func thinned(_ sorted: [Double]) -> [Double] {
    guard sorted.count > mostForShift else { return sorted }
    return (0..<mostForShift).map { sorted[$0 * (sorted.count - 1) / (mostForShift - 1)] }
  }

  /// Where a function is highest: the best of a grid, then golden sections between its neighbours.
  private static func highest(
    _ low: Double, _ high: Double, _ evaluate: (Double) -> Double
  ) -> Double {
    let step = (high - low) / Double(gridCount)
    var (best, bestValue) = (low, -Double.infinity)
    for i in 0...gridCount {
      let value = evaluate(low + Double(i) * step)
      if value > bestValue { (best, bestValue) = (low + Double(i) * step, value) }
    }
    let golden = 0.6180339887498949
    var (a, b) = (max(low, best - step), min(high, best + step))
    var (c, d) = (b - golden * (b - a), a + golden * (b - a))
    var (fc, fd) = (evaluate(c), evaluate(d))
    for _ in 0..<24 {
      if fc >= fd {
        (b, d, fd) = (d, c, fc)
        c = b - golden * (b - a)
        fc = evaluate(c)
      } else {
        (a, c, fc) = (c, d, fd)
        d = a + golden * (b - a)
        fd = evaluate(d)
      }
    }
    return max(fc, fd) > bestValue ? (fc >= fd ? c : d) : best
  }
}

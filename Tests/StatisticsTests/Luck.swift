import Probability

/// Reproducible draws for calibration.
struct Luck {
  private var stream: RandomStream

  init(seed: UInt64, run: Int) {
    stream = RandomStream(seed: seed, StreamName("calibration"), entity: UInt64(run))
  }

  mutating func unit() -> Double { stream.nextUnit() }
  mutating func normal() -> Double { Normal.quantile(stream.nextUnit()) }

  /// A stationary normal AR(1) with variance 1.
  mutating func autoregression(_ rho: Double, count: Int) -> [Double] {
    var value = normal()
    let step = (1 - rho * rho).squareRoot()
    return (0..<count).map { _ in
      defer { value = rho * value + step * normal() }
      return value
    }
  }
}

/// Rates that a right program leaves less than once in a million seeds: `p` plus or minus 4.9 binomial
/// standard errors, and one run for the discreteness.
func plausible(_ p: Double, of runs: Int) -> ClosedRange<Double> {
  let half = 4.9 * (p * (1 - p) / Double(runs)).squareRoot() + 1 / Double(runs)
  return (p - half)...(p + half)
}

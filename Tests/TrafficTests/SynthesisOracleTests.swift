import Foundation
import Probability
import Testing

@testable import Traffic

/// Arrival processes whose moments have a closed form: 30 replications, every figure's t with 29 degrees of freedom below
/// the Bonferroni bound of 0.1 % that all queues and processes share.
///
/// `UNDERSTUDY_CALIBRATION=full swift test -c release -Xswiftc -enable-testing --filter SynthesisOracle` runs 400,000 arrivals
/// a replication.
@Suite("Arrivals with a closed form") struct SynthesisOracleTests {
  private static let requests =
    ProcessInfo.processInfo.environment["UNDERSTUDY_CALIBRATION"] == "full" ? 400_000 : 20_000
  private static let replications = UInt64(30)
  /// The quantile of Student's t with 29 degrees of freedom at 1 − 0.001 / 600.
  private static let bound = 5.7317

  /// The rate 10 + 8 sin(2πt/24 s): counts are Poisson with the integral as mean (Lewis and Shedler 1979). Windows of 30 s
  /// begin with every second period, so that they do not overlap.
  @Test("a wave has the mean and the variance of a Poisson process with its integral")
  func wave() throws {
    let wave = SyntheticPlan.Wave(
      period: .seconds(24), mean: 10, amplitude: 0.8, peak: .seconds(6))
    var figures: [[Double]] = [[], [], []]
    for seed in 0..<Self.replications {
      let times = try seconds(.wave(wave), seed: seed)
      let whole = counts(times, every: 48, from: 0, until: 30)
      let (mean, variance) = moments(whole)
      figures[0].append(mean)
      figures[1].append(variance)
      figures[2].append(moments(counts(times, every: 48, from: 0, until: 6)).mean)
    }
    expect(figures[0], 330.557749074, "mean")
    expect(figures[1], 330.557749074, "variance")
    expect(figures[2], 90.5577490736, "mean of the first 6 s")
  }

  /// λ(t) = μ + Σ α exp(−β (t − tᵢ)), μ = 1, α = 0.5, β = 1: the rate is μ / (1 − α/β), and the variance of counts over T is
  /// λT/(1−n)² less λα(2β − α)/(β − α)³ (1 − e^(−(β−α)T)) (Hawkes 1971). The program
  /// starts such a process at its mean intensity and not from nothing, so that every window has the mean λT.
  @Test("a self-exciting process has its rate from the first second, and its asymptotic variance")
  func selfExciting() throws {
    let process = SyntheticPlan.Arrivals.hawkes(rate: 2, branching: 0.5, decay: .seconds(1))
    var figures: [[Double]] = [[], [], []]
    for seed in 0..<Self.replications {
      let times = try seconds(process, seed: seed)
      let whole = counts(times, every: 100, from: 0, until: 100)
      let (mean, variance) = moments(whole)
      figures[0].append(mean / 100)
      figures[1].append(variance / 100 + Self.missingVariance / 100)
      figures[2].append(Double(times.count { $0 < 10 }) / 10)
    }
    expect(figures[0], 2, "stationary rate")
    expect(figures[1], 8, "asymptotic variance over time")
    expect(figures[2], 2, "rate of the first 10 s")
  }

  /// By how much the variance of a stationary count over T stays below λT/(1−n)²; e^(−50) is nothing.
  private static let missingVariance = 2 * 0.5 * (2 - 0.5) / (0.5 * 0.5 * 0.5)

  private func seconds(_ arrivals: SyntheticPlan.Arrivals, seed: UInt64) throws -> [Double] {
    // A Monday's midnight is a multiple of 24 s from the epoch.
    var plan = SyntheticPlan(start: monday, arrivals: arrivals, features: [], label: .none)
    plan.requests = Self.requests
    return try synthesise(plan, seed: 5_000 + seed).arrivals
      .map { Double($0 - monday.nanoseconds) / 1e9 }
  }

  /// Of the windows [k · every + from, k · every + until) that ended before the last arrival.
  private func counts(
    _ times: [Double], every: Double, from: Double, until: Double
  ) -> [Double] {
    guard let last = times.last else { return [] }
    var counts = Array(repeating: 0.0, count: Int((last - until) / every) + 1)
    for time in times {
      let window = Int(time / every)
      let place = time - Double(window) * every
      if window < counts.count && place >= from && place < until { counts[window] += 1 }
    }
    return counts
  }

  private func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1))
  }

  private func expect(_ values: [Double], _ expected: Double, _ what: String) {
    let (mean, variance) = moments(values)
    let error = (variance / Double(values.count)).squareRoot()
    #expect(abs((mean - expected) / error) < Self.bound, "\(what): \(mean), expected \(expected)")
  }
}

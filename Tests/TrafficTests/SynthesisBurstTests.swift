import Documents
import Probability
import Testing

@testable import Traffic

@Suite("Arrivals that are no plain Poisson process") struct SynthesisBurstTests {
  private func plan(
    _ arrivals: SyntheticPlan.Arrivals, requests: Int = 20_000,
    _ change: (inout SyntheticPlan) -> Void = { _ in }
  ) -> SyntheticPlan {
    var plan = SyntheticPlan(start: monday, arrivals: arrivals, features: [], label: .none)
    plan.requests = requests
    change(&plan)
    return plan
  }

  /// Arrivals in seconds from the start, the same for every size of blocks.
  private func seconds(_ plan: SyntheticPlan, seed: UInt64 = 7) throws -> [Double] {
    let whole = try synthesise(plan, seed: seed)
    for size in [1, 257] {
      #expect(try synthesise(plan, seed: seed, blockSize: size) == whole, "blocks of \(size)")
    }
    return whole.arrivals.map { Double($0 - monday.nanoseconds) / 1e9 }
  }

  private func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1))
  }

  /// How many requests come in each of the windows of a length.
  private func counts(_ times: [Double], window: Double) -> [Double] {
    guard let last = times.last else { return [] }
    var counts = Array(repeating: 0.0, count: Int(last / window))
    for time in times where Int(time / window) < counts.count { counts[Int(time / window)] += 1 }
    return counts
  }

  @Test("renewal gaps keep the rate and have their own variation", arguments: [0.5, 1, 3])
  func renewal(variation: Double) throws {
    let times = try seconds(
      plan(.poisson(rate: 5)) {
        $0.gaps = .gamma(shape: 1 / (variation * variation), scale: 17)
      })
    let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
    let (mean, variance) = moments(gaps)
    // The standard error of the mean is cv · 0.2 s / √20,000.
    #expect(abs(mean - 0.2) < 5 * variation * 0.2 / 141)
    #expect(abs(variance.squareRoot() / mean - variation) < 0.12 * variation)
  }

  @Test("a self-exciting process has its rate, and the variance of counts that theory gives")
  func hawkes() throws {
    let times = try seconds(
      plan(
        .hawkes(
          rate: 10, branching: 0.5, decay: SimulatedDuration(nanoseconds: 500_000_000)),
        requests: 40_000))
    #expect(abs(40_000 / (times.last ?? 0) - 10) < 0.5)
    // Var N(T) / E N(T) tends to 1 / (1 − n)² (Hawkes and Oakes 1974): 4 here; at T = 20 s, 3.4% less.
    let (mean, variance) = moments(counts(times, window: 20))
    #expect(abs(mean - 200) < 10)
    #expect(variance / mean > 2.6 && variance / mean < 5.4)
  }

  @Test("without branching a self-exciting process is a Poisson process")
  func unexcited() throws {
    let times = try seconds(
      plan(.hawkes(rate: 10, branching: 0, decay: .seconds(1)), requests: 20_000))
    let (mean, variance) = moments(counts(times, window: 5))
    #expect(abs(mean - 50) < 1.8 && abs(variance / mean - 1) < 0.35)
  }

  @Test("states give the mean of their rates, and more variance than Poisson")
  func states() throws {
    let times = try seconds(
      plan(
        .states([
          .init(rate: 2, stay: .seconds(30)), .init(rate: 50, stay: .seconds(10)),
        ]), requests: 40_000))
    // (2 · 30 + 50 · 10) / 40 = 14 a second.
    #expect(abs(40_000 / (times.last ?? 0) - 14) < 3)
    let (mean, variance) = moments(counts(times, window: 10))
    #expect(variance / mean > 20)
  }

  @Test("a wave has its mean, and its peak where it belongs")
  func wave() throws {
    let wave = SyntheticPlan.Wave(
      period: .days(1), mean: 2, amplitude: 0.8, peak: .hours(14))
    #expect(abs(wave.rates.reduce(0, +) / 1_440 - 2) < 1e-12)
    #expect(abs(wave.rates[840] - 3.6) < 1e-4 && abs(wave.rates[120] - 0.4) < 1e-4)
    let hours = counts(
      try seconds(plan(.wave(wave), requests: 250_000) { $0.duration = .days(1) }), window: 3_600)
    // Between 13 and 15 o'clock, 2 · 3600 · 2 · (1 + 0.8 · sin(π/12) / (π/12)) = 25,788 requests.
    #expect(CountLaw.poisson(mean: 25_788.7).allows(Int(hours[13] + hours[14])))
  }

  @Test("groups come at one instant, in the sizes that are drawn")
  func groups() throws {
    let times = try seconds(
      plan(.poisson(rate: 5)) { $0.groups = .empirical(values: [1, 4]) })
    var sizes: [Int] = []
    for (index, time) in times.enumerated() {
      if index > 0, time == times[index - 1] {
        sizes[sizes.count - 1] += 1
      } else {
        sizes.append(1)
      }
    }
    #expect(sizes.dropLast().allSatisfy { $0 == 1 || $0 == 4 })
    #expect(
      CountLaw.binomial(trials: sizes.count, probability: 0.5).allows(sizes.count { $0 == 1 }))
    #expect(abs(Double(sizes.count) / (times.last ?? 0) - 5) < 0.35)
  }

  @Test("what no process can follow is told")
  func refused() {
    func told(
      _ arrivals: SyntheticPlan.Arrivals, _ change: (inout SyntheticPlan) -> Void = { _ in }
    ) -> [String] { plan(arrivals, change).mistakes.map(\.message) }
    let second = SimulatedDuration.seconds(1)
    #expect(
      told(.hawkes(rate: 5, branching: 1, decay: second))
        == ["a branching ratio of 1.0 is not between 0 and 0.999"])
    #expect(
      told(.hawkes(rate: 0, branching: 0.5, decay: .zero))
        == [
          "no rate of arrivals is above 0, so no request would come",
          "the decay of the excitation is not above 0",
        ])
    #expect(
      told(.states([.init(rate: 1, stay: second)]))
        == ["states are two or more, each with a mean stay above 0"])
    #expect(
      told(.states([.init(rate: -1, stay: second), .init(rate: 1, stay: second)]))
        == ["a rate of -1.0 requests a second is not between 0 and 10⁹"])
    #expect(
      told(.wave(.init(period: .days(1), mean: 1, amplitude: 1.5, peak: .zero)))
        == ["an amplitude of 1.5 is not between 0 and 1"])
    #expect(
      told(.poisson(rate: 1)) { $0.gaps = .normal(mean: 1, standardDeviation: 1) }
        == ["`gaps` is no distribution of numbers from 0 up with a mean above 0"])
    #expect(
      told(.poisson(rate: 1)) { $0.gaps = .pareto(minimum: 1, shape: 0.9) }
        == ["`gaps` is no distribution of numbers from 0 up with a mean above 0"])
    #expect(
      told(.constant(rate: 1)) { $0.gaps = .constant(1) }
        == ["`gaps` has no place beside evenly spaced or self-exciting arrivals, or users"])
    #expect(
      told(.poisson(rate: 1)) { $0.groups = .constant(-1) }
        == ["`groups` is no distribution of numbers from 0 up"])
  }
}

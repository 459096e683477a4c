import Probability
import TestSupport
import Testing

@testable import Statistics

@Suite("Fits of times") struct FittingTests {
  private static func draws(_ law: Distribution, _ count: Int, seed: UInt64 = 5) -> [Double] {
    (0..<count).map { entity in
      var luck = RandomStream(seed: seed, StreamName("fit"), entity: UInt64(entity))
      return law.draw(using: &luck)
    }
  }

  private static let laws: [Distribution] = [
    .exponential(mean: 0.02), .gamma(shape: 3, scale: 0.004), .weibull(shape: 2, scale: 0.03),
    .lognormal(mu: -4, sigma: 0.6), .shifted(by: 0.05, .exponential(mean: 0.01)),
    .shifted(by: 0.02, .gamma(shape: 2, scale: 0.01)),
    .shifted(by: 0.01, .lognormal(mu: -4.5, sigma: 0.8)),
    .mixture([
      .init(weight: 0.8, distribution: .lognormal(mu: -5, sigma: 0.3)),
      .init(weight: 0.2, distribution: .lognormal(mu: -2.5, sigma: 0.4)),
    ]),
  ]

  @Test("what is chosen has the quantiles of the times, fitted and held out", arguments: laws)
  func quantiles(_ law: Distribution) throws {
    let times = Self.draws(law, 800)
    let selection = try LatencySelection(Array(times[..<600]))
    let check = try LatencyCheck(selection.chosen.law, against: Array(times[600...]))
    // P(D > d) <= 2 exp(−2 n d²) about the truth, and as much again for the fit from 600.
    let bound = 2 * (Elementary.log(2 / 1e-6) / 400).squareRoot()
    #expect(check.distance < bound, "\(selection.chosen.family) \(check.distance)")
    let drawn = Self.draws(selection.chosen.law, 600, seed: 9)
    let again = try LatencyCheck(law, against: drawn)
    #expect(again.distance < bound, "\(selection.chosen.family) \(again.distance)")
  }

  @Test("a family finds its own law's minimum and shape")
  func shift() throws {
    let times = Self.draws(Self.laws[6], 1_500)
    guard
      case .shifted(let by, .lognormal(let mu, let sigma))? =
        LatencyFamily.shiftedLognormal.fit(times)
    else {
      Issue.record("no shifted lognormal")
      return
    }
    #expect((by - 0.01).magnitude < 0.001)
    #expect((mu + 4.5).magnitude < 0.15)
    #expect((sigma - 0.8).magnitude < 0.1)
    #expect(by < times.min() ?? 0)
  }

  @Test("a unit of time changes scales and nothing else", arguments: LatencyFamily.allCases)
  func unit(_ family: LatencyFamily) throws {
    let times = Self.draws(Self.laws[6], 300)
    let seconds = try #require(family.fit(times))
    let thousandths = try #require(family.fit(times.map { $0 * 1000 }))
    for p in [0.01, 0.3, 0.5, 0.9, 0.99] {
      let (a, b) = (seconds.quantile(p) * 1000, thousandths.quantile(p))
      #expect((a - b).magnitude <= 2e-5 * b, "p \(p): \(a), \(b)")
    }
  }

  @Test("times without a spread have no law", arguments: LatencyFamily.allCases)
  func equal(_ family: LatencyFamily) {
    #expect(family.fit([0.5, 0.5, 0.5]) == nil)
    #expect(family.fit([]) == nil)
    #expect(family.fit([0, 1, 2]) == nil)
    #expect(family.fit([1, 2, .infinity]) == nil)
  }

  @Test("times of a coarse clock keep their quantiles in a table without a jump")
  func ties() {
    let times = Self.draws(.lognormal(mu: -4, sigma: 0.6), 2_000).map {
      ($0 * 1000).rounded(.up) / 1000
    }
    let table = MeasuredQuantiles(times)
    let sorted = times.sorted()
    for p in [0.05, 0.25, 0.5, 0.9, 0.99] {
      #expect((table.law.quantile(p) - sorted[Int(p * 2000)]).magnitude <= 0.0010001)
    }
    #expect(table.law.stated.logLikelihood(times).isFinite)
  }

  @Test("densities add up to their distribution functions", arguments: laws)
  func density(_ law: Distribution) {
    let (low, high) = (law.quantile(0.05), law.quantile(0.95))
    let steps = 4_000
    let width = (high - low) / Double(steps)
    var sum = 0.0
    for step in 0..<steps {
      sum += width * Elementary.exp(law.logDensity(low + (Double(step) + 0.5) * width))
    }
    #expect((sum - 0.9).magnitude < 1e-4)
  }

  @Test("a step's time is taken apart, a long pause notwithstanding")
  func steps() throws {
    let noise = Self.draws(.lognormal(mu: -0.005, sigma: 0.1), 400)
    var (tokens, sequences, times): ([Double], [Double], [Double]) = ([], [], [])
    for row in 0..<400 {
      tokens.append(Double(row % 7 * 128))
      sequences.append(Double(1 + row % 11))
      let time =
        0.004 + 3e-5 * tokens[row] + 1e-8 * tokens[row] * tokens[row] + 2e-4 * sequences[row]
      times.append(time * (row % 50 == 17 ? 20 : noise[row]))
    }
    let cached = tokens.map { _ in 1_000.0 }
    let regression = try TimeRegression(
      [tokens, tokens.map { $0 * $0 }, sequences, cached], times: times)
    #expect((regression.coefficients[0] - 3e-5).magnitude < 6e-6)
    #expect((regression.coefficients[1] - 1e-8).magnitude < 1e-8)
    #expect((regression.coefficients[2] - 2e-4).magnitude < 4e-5)
    // The cached tokens never change: their part cannot be told from the base, and one of them has both.
    #expect((regression.base + 1_000 * regression.coefficients[3] - 0.004).magnitude < 4e-4)
    let fitted = regression.times(of: [tokens, tokens.map { $0 * $0 }, sequences, cached])
    #expect(RegressionCheck(times: times, fitted: fitted).medianError < 0.1)
  }

  @Test("a batch's curve goes through the means, and never falls")
  func curve() {
    let curve = BatchCurve(sizes: [4, 1, 2, 1, 4, 8], times: [3, 1, 5, 3, 3, 9])
    #expect(curve.sizes == [1, 2, 4, 8])
    // 5 once and 3 twice are pooled.
    #expect(curve.times == [2, 3.66667, 3.66667, 9])
    #expect(curve.time(of: 6) == 3.66667 + 0.5 * (9 - 3.66667))
    #expect(curve.time(of: 100) == 9)
  }

  @Test(
    "six digits are stated",
    arguments: [(1.23456789, 1.23457), (0.0012345678, 0.00123457), (98765432, 98765400)])
  func stated(_ value: Double, wanted: Double) {
    #expect(value.stated() == wanted)
    #expect((-value).stated() == -wanted)
    #expect(value.stated(.down) <= value)
  }
}

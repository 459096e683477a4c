import Probability
import Testing

@testable import Statistics

@Suite("Run lengths") struct AverageRunLengthTests {
  /// Montgomery and Runger, Table 16-9: two-sided charts with k = ½.
  private static let shifts = [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4]
  private static let published: [Double: [(mean: Double, lastDigit: Double)]] = [
    4: [
      (168, 1), (74.2, 0.1), (26.6, 0.1), (13.3, 0.1), (8.38, 0.01), (4.75, 0.01), (3.34, 0.01),
      (2.62, 0.01), (2.19, 0.01), (1.71, 0.01),
    ],
    5: [
      (465, 1), (139, 1), (38.0, 0.1), (17.0, 0.1), (10.4, 0.1), (5.75, 0.01), (4.01, 0.01),
      (3.11, 0.01), (2.57, 0.01), (2.01, 0.01),
    ],
  ]

  @Test("the integral equation gives the published means of CUSUM", arguments: [4.0, 5])
  func published(threshold: Double) throws {
    let chart = CusumRunLength(allowance: 0.5, threshold: threshold)
    let table = try #require(Self.published[threshold])
    for (shift, row) in zip(Self.shifts, table) {
      let mean = try chart.mean(shift: shift)
      #expect(abs(mean - row.mean) <= row.lastDigit, "h \(threshold), shift \(shift): \(mean)")
    }
  }

  @Test(
    "simulated run lengths of CUSUM agree with the equation",
    arguments: [(4.0, 1.0), (5, 2), (4, 0.5)])
  func simulated(threshold: Double, shift: Double) throws {
    let detector = Cusum(.known(mean: 0), allowance: 0.5, threshold: threshold)
    let mean = try SimulatedRunLengths(
      of: detector, on: .normal(mean: shift, standardDeviation: 1), runs: 1_000, most: 4_000,
      seed: 3
    ).mean()
    let exact = try CusumRunLength(allowance: 0.5, threshold: threshold).mean(shift: shift)
    #expect(abs(mean.value - exact) < 4.9 * mean.standardError, "\(mean.value), not \(exact)")
  }

  @Test("a head start of half the threshold is known from the literature")
  func headStart() throws {
    // Lucas and Crosier (1982), Table 1: k = ½, h = 4, head start 2: 149 at 0 and 5.29 at a shift of 1.
    let chart = CusumRunLength(allowance: 0.5, threshold: 4, headStart: 2)
    #expect(abs(try chart.mean() - 149) < 1)
    #expect(abs(try chart.mean(shift: 1) - 5.29) < 0.02)
  }

  @Test("the solved threshold keeps the mean run length that was asked for")
  func solved() throws {
    let h = try CusumRunLength.threshold(allowance: 0.5, meanRunLength: 370)
    #expect(abs(h - 4.7745) < 0.001)
    #expect(
      abs(try CusumRunLength(allowance: 0.5, threshold: h).mean() / 370 - 1) < 1e-9)
    let width = try EwmaRunLength.width(weight: 0.1, meanRunLength: 500)
    #expect(abs(width - 2.814) < 0.001)
    let a = try ShiryaevRobertsRunLength.threshold(shift: 1, meanRunLength: 1_000)
    #expect(
      abs(try ShiryaevRobertsRunLength(shift: 1, threshold: a).mean() / 1_000 - 1) < 1e-9)
    // Pollak (1987): ARL ≈ A / ζ with ζ = 0.5603 for a shift of 1.
    #expect(abs(a / 1_000 / 0.5603 - 1) < 0.01, "\(a)")
  }

  @Test("EWMA's means are those of Lucas and Saccucci")
  func ewma() throws {
    // Lucas and Saccucci (1990), Table 3: λ = 0.1, L = 2.814 and λ = 0.4, L = 3.054, in-control 500.
    let slow = EwmaRunLength(weight: 0.1, width: 2.814)
    let fast = EwmaRunLength(weight: 0.4, width: 3.054)
    #expect(abs(try slow.mean() - 500) < 2)
    #expect(abs(try fast.mean() - 500) < 2)
    #expect(abs(try slow.mean(shift: 1) - 10.3) < 0.1)
    #expect(abs(try fast.mean(shift: 1) - 14.3) < 0.1)
  }

  @Test("the chance of an alarm agrees with simulation")
  func probability() {
    let detector = Cusum(.known(mean: 0), allowance: 0.5, threshold: 3, sides: .up)
    let exact = CusumRunLength(allowance: 0.5, threshold: 3, sides: .up).probability(within: 50)
    let runs = 1_000
    let share = SimulatedRunLengths(
      of: detector, on: .normal(mean: 0, standardDeviation: 1), runs: runs, most: 60, seed: 5
    ).probability(within: 50).value
    #expect(plausible(exact, of: runs).contains(share), "\(share), not \(exact)")
  }

  @Test("a detector keeps the budget of alarms it was calibrated for, on other seeds")
  func budget() throws {
    let budget = AlarmBudget.meanRunLength(100)
    let values = DriftValues.bernoulli(0.2)
    let found = try budget.threshold(in: 0.5...10, on: values, runs: 400, seed: 11) {
      Cusum(.known(mean: 0.2), allowance: 0.1, threshold: $0, sides: .up)
    }
    let detector = Cusum(
      .known(mean: 0.2), allowance: 0.1, threshold: found.value, sides: .up)
    let other = try budget.keeps(detector, on: values, runs: 400, seed: 12)
    // 400 runs know a geometric mean to 5 %, twice; the steps of the statistic are finer than that.
    #expect(abs(other.reached / found.reached - 1) < 4.9 * 0.05 * 1.42)
    #expect(abs(found.reached / 100 - 1) < 0.2)
  }
}

import Foundation
import Probability
import Testing

@testable import Statistics

/// A detector with one number that makes it alarm less as it grows.
struct TunedDetector: Sendable, CustomTestStringConvertible {
  let name: String
  let values: DriftValues
  let bracket: ClosedRange<Double>
  let make: @Sendable (Double) -> any DriftDetector

  var testDescription: String { name }

  private static let errors = DriftValues.bernoulli(0.2)
  private static let normals = DriftValues.normal(mean: 0, standardDeviation: 1)

  /// Levels are tuned by −ln α.
  static let all: [TunedDetector] = [
    TunedDetector(name: "cusum", values: normals, bracket: 1...8) {
      Cusum(.known(mean: 0), allowance: 0.5, threshold: $0)
    },
    TunedDetector(name: "page-hinkley", values: normals, bracket: 2...200) {
      PageHinkley(delta: 0.1, threshold: $0)
    },
    TunedDetector(name: "ewma", values: normals, bracket: 1...5) {
      EwmaChart(mean: 0, standardDeviation: 1, width: $0)
    },
    TunedDetector(name: "shiryaev-roberts", values: normals, bracket: 10...3_000) {
      ShiryaevRoberts(.normal(mean: 0, shift: 1, standardDeviation: 1), threshold: $0)
    },
    TunedDetector(name: "ecdd", values: errors, bracket: 1...8) { Ecdd(width: .fixed($0)) },
    TunedDetector(name: "ddm", values: errors, bracket: 1...20) {
      Ddm(warningLevel: min(1, $0), driftLevel: $0)
    },
    TunedDetector(name: "hddm-a", values: errors, bracket: 1...20) {
      HddmA(driftLevel: exp(-$0), warningLevel: exp(-$0))
    },
    TunedDetector(name: "hddm-w", values: errors, bracket: 1...20) {
      HddmW(driftLevel: exp(-$0), warningLevel: exp(-$0))
    },
    TunedDetector(name: "stepd", values: errors, bracket: 1...20) {
      Stepd(driftLevel: exp(-$0), warningLevel: 0.9)
    },
    TunedDetector(name: "e-detector", values: errors, bracket: 1...10) {
      EDetector(mean: 0.2, level: exp(-$0))
    },
  ]

  private static func exp(_ x: Double) -> Double { Elementary.exp(x) }
}

@Suite("Budgets of alarms") struct AlarmBudgetTests {
  /// 10,000 runs in the long form, some hundred in the short one.
  private static let isFull =
    ProcessInfo.processInfo.environment["UNDERSTUDY_CALIBRATION"] == "full"

  @Test(
    "a calibrated detector keeps its mean time to a false alarm on other seeds",
    arguments: TunedDetector.all)
  func meanRunLength(tuned: TunedDetector) throws {
    // These two are silent for longer than the short form's budget.
    guard Self.isFull || !["ecdd", "stepd"].contains(tuned.name) else { return }
    let budget = AlarmBudget.meanRunLength(Self.isFull ? 500 : 40)
    let runs = Self.isFull ? 10_000 : 60
    let found = try budget.threshold(
      in: tuned.bracket, on: tuned.values, runs: runs, seed: 1, tuned.make)
    let kept = try budget.keeps(
      tuned.make(found.value), on: tuned.values, runs: runs, seed: 2)
    // The standard error of a mean of geometric lengths, of both simulations; 5 % in the long form is beyond 2.5 of them.
    let allowed = Self.isFull ? 0.05 : 4.9 * 1.42 / Double(runs).squareRoot()
    #expect(
      abs(kept.reached / found.reached - 1) < allowed,
      "\(tuned.name): \(found.value) gave \(found.reached), then \(kept.reached)")
  }
}

import Probability
import Simulation
import Traffic

@testable import Reports

/// Repeatable variety for fixtures; nothing here measures anything.
struct Noise {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// Between 0 and 1.
  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / Double(1 << 53)
  }

  /// Around 0, mostly within ±1.
  mutating func wobble() -> Double { next() + next() + next() - 1.5 }
}

extension Estimate {
  /// `value` ± `half` at `level`.
  static func about(_ value: Double, _ half: Double, n: Int, level: Double = 0.95) -> Estimate {
    Estimate(
      value: value, interval: Interval(low: value - half, high: value + half, level: level), n: n)
  }
}

extension SimulatedTime {
  static func date(_ year: Int, _ month: Int, _ day: Int = 1, hour: Int = 0, minute: Int = 0)
    -> SimulatedTime
  {
    CivilTime.midnight(year: year, month: month - 1)
      + SimulatedDuration(
        nanoseconds: Int64(((day - 1) * 24 + hour) * 60 + minute) * 60_000_000_000)
  }
}

extension ComparisonFinding {
  /// A comparison whose intervals at 50 %, 80 % and 99 % are those of a normal estimate.
  static func fixture(
    _ metric: Metric, arm: String = "candidate", baseline: Double, value: Double, half: Double,
    n: Int = 27_888, question: ComparisonPlan.Question = .different, verdict: Verdict
  ) -> ComparisonFinding {
    let difference = value - baseline
    var main = TestFinding(
      method: "paired mean difference, equal-weighted cosine variance, t critical values",
      estimate: .estimate(.about(difference, half, n: n)), p: 0.0007, alternative: "two-sided",
      assumptions: [
        "the difference is stationary over the run", "dependence dies out within the run",
      ])
    main.statistic = .init(name: "t", value: difference / (half / 1.99))
    main.degreesOfFreedom = 64
    var comparison = ComparisonFinding(
      metric: metric, baseline: "production", arm: arm, question: question,
      estimand: "mean difference over the requests that both arms answered, candidate − production",
      unitOfAnalysis: "pair of answers to one request", baselineValue: baseline, armValue: value,
      main: main, verdict: verdict)
    comparison.otherLevels = [(0.5, 0.344), (0.8, 0.654), (0.99, 1.314)].map { level, share in
      Interval(low: difference - half * share, high: difference + half * share, level: level)
    }
    comparison.adjustedP = 0.0042
    return comparison
  }

  /// Beside a version that takes requests for independent, a quarter as wide.
  func withIndependent(share: Double = 0.27, size: Double) -> ComparisonFinding {
    guard let estimate = main.estimate.estimate, let interval = estimate.interval else {
      return self
    }
    var copy = self
    let half = (interval.high - interval.low) / 2 * share
    copy.independent = TestFinding(
      method: "McNemar, mid-p", estimate: .estimate(.about(estimate.value, half, n: estimate.n)),
      p: 1e-9, alternative: "two-sided", assumptions: ["requests are independent"])
    copy.independentWarning =
      "Errors are autocorrelated: the independent interval is too narrow to be trusted."
    copy.effectiveSampleSize = size
    return copy
  }
}

extension Provenance {
  static let fixture = Provenance(
    program: "understudy", version: "0.1.0",
    command: "understudy run scenarios/first-shadow.json5", seed: 7,
    files: [
      .init(
        role: "traffic", path: "data/elec2-1997-05-04.csv",
        sha256: "9f2c1b7a0d5e4c8893b1f6a7e2d4c5b6a798897a6b5c4d3e2f1a0b9c8d7e6f50"),
      .init(
        role: "model of production", path: "models/elec2_lr.json",
        sha256: "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f809"),
      .init(
        role: "model of candidate", path: "models/elec2_xgb.json",
        sha256: "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"),
    ],
    resolvedScenario: """
      {
        title: "Electricity price: a boosted candidate in shadow, and a demand sensor that drifts",
        seed: 7,
        traffic: { replay: "data/elec2-1997-05-04.csv", time: "timestamp", label: "label", features: "*" },
        arms: {
          production: { model: "models/elec2_lr.json" },
          candidate: { model: "models/elec2_xgb.json" }, // boosted trees
        },
        deployment: { shadow: { mirror: 1 } },
      }
      """)
}

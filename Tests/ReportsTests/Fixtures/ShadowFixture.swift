import Probability
import Simulation
import Traffic

@testable import Reports

/// A shadow of 27,888 requests over 19 months with two shifts and three alarms: the page that one
/// sees first.
enum ShadowFixture {
  static let months = 20
  static let start = SimulatedTime.date(1997, 5, 4)
  static let end = SimulatedTime.date(1998, 12, 6)

  static let findings: StudyFindings = {
    var findings = StudyFindings(
      title: "Electricity price: a boosted candidate in shadow, and a demand sensor that drifts",
      fingerprint: "4be1c0ffee7d8a9b0c1d2e3f405162738495a6b7c8d9eafb0c1d2e3f40516273", seed: 7,
      task: .binary(names: ["DOWN", "UP"]), requests: 27_888, start: start, duration: end - start,
      deployment: .shadow(mirror: 1), options: MetricOptions(),
      arms: [arm("production", isProduction: true), arm("candidate", isProduction: false)],
      timeline: timeline, health: health)
    findings.comparisons = comparisons
    findings.segments = segments
    findings.disagreements = [disagreement]
    findings.shifts = shifts
    findings.events = events
    findings.gates = [
      GateFinding(
        rule: GateRule(
          metric: .accuracy, arm: "candidate", requirement: .notWorse(margin: 0.01)), passed: true,
        estimate: .estimate(
          Estimate(
            value: 0.019, interval: Interval(low: 0.008, high: 0.030, level: 0.95), n: 27_888))),
      GateFinding(
        rule: GateRule(
          metric: .latencyQuantile(0.99), arm: "candidate",
          requirement: .notWorse(margin: 10 * LatencyUnit.millisecond)), passed: false,
        estimate: .estimate(
          Estimate(
            value: 38 * LatencyUnit.millisecond,
            interval: Interval(
              low: 29 * LatencyUnit.millisecond, high: 47 * LatencyUnit.millisecond, level: 0.95),
            n: 27_888))),
    ]
    return findings
  }()

  private static let comparisons: [ComparisonFinding] = [
    ComparisonFinding.fixture(
      .accuracy, baseline: 0.7412, value: 0.7602, half: 0.011,
      question: .notWorse(margin: 0.01), verdict: .notWorse
    ).withIndependent(size: 1_903),
    ComparisonFinding.fixture(
      .logLoss, baseline: 0.7931, value: 0.5724, half: 0.061, verdict: .better
    ).withIndependent(size: 1_420),
    ComparisonFinding.fixture(
      .auc, baseline: 0.8254, value: 0.8301, half: 0.0098, verdict: .noDifferenceFound
    ).withIndependent(size: 2_210).needing(4.2),
    ComparisonFinding.fixture(
      .calibrationError, baseline: 0.118, value: 0.0712, half: 0.0121, verdict: .better),
    ComparisonFinding.fixture(
      .latencyQuantile(0.99), baseline: 41.2 * LatencyUnit.millisecond,
      value: 79.1 * LatencyUnit.millisecond, half: 9.1 * LatencyUnit.millisecond,
      question: .notWorse(margin: 10 * LatencyUnit.millisecond), verdict: .worse),
    ComparisonFinding.fixture(
      .costPerThousand, baseline: 0.0213, value: 0.0391, half: 0.0004, verdict: .worse),
  ]

  private static func arm(_ name: String, isProduction: Bool) -> ArmFindings {
    var fates = Fates()
    fates.sent = 27_888
    fates.timedOut = isProduction ? 3 : 41
    fates.failed = isProduction ? 12 : 9
    fates.answered = fates.sent - fates.timedOut - fates.failed
    fates.labelled = fates.answered - 48
    var arm = ArmFindings(
      name: name, isProduction: isProduction,
      model: isProduction
        ? "logistic regression, 7 features" : "XGBoost, 300 trees of depth 6, 7 features",
      metrics: metrics(isProduction), fates: fates)
    arm.latency = LatencyFixture.findings(
      medianMilliseconds: isProduction ? 7.4 : 13.8, spread: isProduction ? 0.72 : 0.78,
      count: fates.answered)
    arm.calibration = calibration(isProduction)
    arm.roc = roc(power: isProduction ? 4.7 : 4.9)
    return arm
  }

  private static func metrics(_ isProduction: Bool) -> [MetricFinding] {
    func pick(_ a: Double, _ b: Double) -> Double { isProduction ? a : b }
    let n = 27_840
    let ms = LatencyUnit.millisecond
    return [
      MetricFinding(
        metric: .accuracy, finding: .estimate(.about(pick(0.7412, 0.7602), 0.0181, n: n))),
      MetricFinding(
        metric: .logLoss, finding: .estimate(.about(pick(0.7931, 0.5724), 0.071, n: n))),
      MetricFinding(metric: .brier, finding: .estimate(.about(pick(0.1932, 0.1688), 0.0093, n: n))),
      MetricFinding(metric: .auc, finding: .estimate(.about(pick(0.8254, 0.8301), 0.0152, n: n))),
      MetricFinding(
        metric: .calibrationError, finding: .estimate(.about(pick(0.118, 0.0712), 0.0134, n: n))),
      MetricFinding(
        metric: .latencyMean, finding: .estimate(.about(pick(9.61, 18.9) * ms, 0.31 * ms, n: n))),
      MetricFinding(
        metric: .latencyQuantile(0.99),
        finding: .estimate(.about(pick(41.2, 79.1) * ms, pick(2.1, 6.2) * ms, n: n))),
      MetricFinding(
        metric: .timeoutShare,
        finding: .estimate(.about(pick(0.0001, 0.0015), pick(0.0001, 0.0005), n: n))),
      MetricFinding(
        metric: .costPerThousand, finding: .estimate(.about(pick(0.0213, 0.0391), 0.0003, n: n))),
    ]
  }

  private static func calibration(_ isProduction: Bool) -> [CalibrationBin] {
    (0..<10).map { index in
      let low = Double(index) / 10
      let mean = low + 0.05
      let pull = isProduction ? 0.62 : 0.88
      let n = index == 0 || index == 9 ? 6_100 : 900 + 310 * abs(index - 5)
      return CalibrationBin(
        low: low, high: low + 0.1, meanPrediction: mean,
        observed: .about(0.5 + (mean - 0.5) * pull, 1.3 / Double(n).squareRoot(), n: n))
    }
  }

  static func roc(power: Double) -> [CurvePoint] {
    (0...120).map { index in
      let x = Double(index) / 120
      return CurvePoint(x: x, y: 1 - Elementary.pow(1 - x, power))
    }
  }

  private static let monthStarts: [SimulatedTime] =
    [start] + (1..<months).map { SimulatedTime.date(1997, 5 + $0) }

  private static let timeline: TimelineFindings = {
    var noise = Noise(11)
    var series: [TimelineFindings.Series] = []
    let ms = LatencyUnit.millisecond
    func add(
      _ metric: Metric, _ base: Double, _ gain: Double, half: Double, wobble: Double, dip: Double
    ) {
      var both: [[Finding]] = [[], []]
      for month in 0..<months {
        let shared =
          wobble * noise.wobble() + (month >= 8 ? dip * Double(min(4, month - 7)) / 4 : 0)
        for arm in 0..<2 {
          let own = (arm == 0 ? 0 : gain) + wobble * 0.35 * noise.wobble()
          let isShort = month == 0 || month == months - 1
          both[arm].append(
            .estimate(.about(base + shared + own, half * (isShort ? 2.2 : 1), n: 1_440)))
        }
      }
      for (arm, name) in ["production", "candidate"].enumerated() {
        series.append(.init(arm: name, metric: metric, points: both[arm]))
      }
    }
    add(.accuracy, 0.77, 0.021, half: 0.024, wobble: 0.034, dip: -0.07)
    add(.logLoss, 0.61, -0.19, half: 0.06, wobble: 0.05, dip: 0.3)
    add(.auc, 0.842, 0.006, half: 0.021, wobble: 0.02, dip: -0.04)
    add(.latencyQuantile(0.99), 41 * ms, 37 * ms, half: 6 * ms, wobble: 4 * ms, dip: 0)
    return TimelineFindings(bucket: "month", starts: monthStarts, end: end, series: series)
  }()

  private static let shifts: [ShiftTruth] = [
    ShiftTruth(
      name: "scale nswdemand by 1.3",
      spans: [.init(start: .date(1997, 11, 20), end: end)], affected: 18_211),
    ShiftTruth(
      name: "vicprice missing, 20 %",
      spans: [.init(start: .date(1998, 6, 8), end: .date(1998, 7, 28))], affected: 478),
  ]

  private static let events: [EventFinding] = [
    EventFinding(
      time: .date(1997, 11, 20), kind: "shiftStart", source: "scale nswdemand by 1.3", detail: ""),
    EventFinding(
      time: .date(1998, 1, 12, hour: 14, minute: 30), kind: "alarm",
      source: "adwin on production error",
      detail: "mean error went from 0.21 to 0.29 over 1,024 requests"),
    EventFinding(
      time: .date(1998, 1, 29, hour: 3), kind: "alarm", source: "adwin on candidate error",
      detail: "mean error went from 0.20 to 0.27 over 768 requests"),
    EventFinding(
      time: .date(1998, 6, 19, hour: 9), kind: "alarm", source: "adwin on candidate error",
      detail: "mean error went from 0.26 to 0.31 over 512 requests"),
  ]

  private static let health: HealthFindings = {
    var health = HealthFindings()
    health.counts = [
      TrafficCount(
        key: "timeReversals", count: 1,
        sentence: "1 row stepped back in time by 24 hours and was put in order"),
      TrafficCount(
        key: "rowsWithBadValue", count: 0, sentence: "0 rows held no number and were skipped"),
    ]
    health.warnings = [
      "Errors are autocorrelated: 27,888 requests carry the information of about 1,900.",
      "Production's probabilities lie at the ends: 46 % are below 0.1 or above 0.9, so log loss rests on few requests.",
    ]
    health.labelsArrived = 27_840
    health.labelsLost = 0
    health.assumedZone = "UTC"
    return health
  }()

  private static let segments: [SegmentFindings] = {
    var noise = Noise(23)
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    let all =
      days.map { ("day", $0, 3_980) } + [("period", "night", 9_296), ("period", "day", 13_944)]
      + [("period", "evening peak", 4_648)]
    return all.enumerated().map { index, segment in
      let difference = index == 9 ? -0.031 : 0.021 + 0.012 * noise.wobble()
      var production = SegmentFindings.Row(arm: "production", metrics: [])
      var candidate = SegmentFindings.Row(arm: "candidate", metrics: [])
      production.metrics = [
        MetricFinding(metric: .accuracy, finding: .estimate(.about(0.74, 0.02, n: segment.2)))
      ]
      candidate.metrics = [
        MetricFinding(
          metric: .accuracy, finding: .estimate(.about(0.74 + difference, 0.02, n: segment.2)))
      ]
      candidate.candidateMinusProduction = .estimate(
        .about(difference, 1.25 / Double(segment.2).squareRoot(), n: segment.2))
      return SegmentFindings(
        column: segment.0, value: segment.1, requests: segment.2, arms: [production, candidate])
    }
  }()

  private static let disagreement: DisagreementFindings = {
    var noise = Noise(31)
    var pair = DisagreementFindings(arm: "candidate")
    (pair.bothRight, pair.onlyProductionRight) = (18_402, 2_231)
    (pair.onlyCandidateRight, pair.bothWrong) = (2_760, 4_447)
    pair.answers = [13_120, 2_106, 2_885, 9_729]
    pair.density = density(noise: &noise)
    pair.scoreRange = Interval(low: 0, high: 1, level: 0.95)
    pair.rows = (0..<20).map { index in
      let production =
        index.isMultiple(of: 3) ? 0.998 - 0.002 * Double(index) : 0.004 + 0.003 * Double(index)
      let candidate =
        production > 0.5 ? 0.021 + 0.004 * Double(index) : 0.973 - 0.004 * Double(index)
      let names = ["day", "period", "nswprice", "nswdemand", "vicprice", "vicdemand", "transfer"]
      return DisagreementFindings.Row(
        ordinal: UInt64(1_203 + 1_217 * index),
        time: start
          + SimulatedDuration(nanoseconds: Int64(1_203 + 1_217 * index) * 1_800_000_000_000),
        features: names.map { .init(name: $0, text: Digits.fixed(noise.next(), decimals: 4)) },
        label: index.isMultiple(of: 4) ? "DOWN" : "UP", productionAnswer: production,
        candidateAnswer: candidate)
    }
    return pair
  }()

  static func density(noise: inout Noise) -> [Int] {
    var density: [Int] = []
    for row in 0..<20 {
      for column in 0..<20 {
        let apart = Double(abs(row - column))
        let ends = min(Double(min(row, column)), Double(19 - max(row, column)))
        let mass = 900 * Elementary.exp(-apart * 0.62 - ends * 0.24) * (0.6 + 0.8 * noise.next())
        density.append(Int(mass))
      }
    }
    return density
  }
}

extension ComparisonFinding {
  func needing(_ factor: Double) -> ComparisonFinding {
    var copy = self
    copy.dataFactorToDecide = factor
    return copy
  }
}

enum LatencyUnit {
  /// One millisecond in the unit of latency metrics.
  static let millisecond = 1e6
}

enum LatencyFixture {
  /// Log-normal, in log buckets of 2 %.
  static func findings(medianMilliseconds: Double, spread: Double, count: Int) -> LatencyFindings {
    var bins: [HistogramBin] = []
    var low = medianMilliseconds * 1e6 / 16
    var below = 0
    while below < count {
      let high = low * 1.02
      let z = Elementary.log(high / (medianMilliseconds * 1e6)) / spread
      let reached = z > 4.2 ? count : Int((Double(count) * Normal.cdf(z)).rounded())
      if reached > below {
        bins.append(HistogramBin(low: low, high: high, count: reached - below))
      }
      below = max(below, reached)
      low = high
    }
    let quantiles: [(Double, Double)] = [
      (0.5, 0), (0.9, 1.2816), (0.95, 1.6449), (0.99, 2.3263), (0.999, 3.0902), (0.9999, 3.719),
    ]
    return LatencyFindings(
      relativeError: 0.01, histogram: bins,
      quantiles: quantiles.map { p, z in
        let value = medianMilliseconds * 1e6 * Elementary.exp(z * spread)
        let half = value * 0.006 * Elementary.exp(z * 0.9)
        return QuantileFinding(p: p, estimate: .about(value, half, n: count))
      },
      meanWait: medianMilliseconds * 0.21e6, meanService: medianMilliseconds * 1.09e6,
      utilisation: medianMilliseconds > 10 ? 0.61 : 0.34)
  }
}

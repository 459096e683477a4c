import Simulation
import Traffic

@testable import Reports

/// Small findings of every shape that a run can have.
enum Fixtures {
  static let start = SimulatedTime.date(2024, 3, 4)

  static func bare(
    _ title: String, task: StudyFindings.Task = .binary(names: ["no", "yes"]),
    candidates: [String] = ["candidate"],
    requests: Int = 5_000, days: Int64 = 14
  ) -> StudyFindings {
    let arms = ["production"] + candidates
    return StudyFindings(
      title: title, fingerprint: "00ff00ff00ff00ff", seed: 1, task: task, requests: requests,
      start: start, duration: SimulatedDuration(nanoseconds: days * CivilTime.nanosecondsPerDay),
      deployment: .shadow(mirror: 1), options: MetricOptions(),
      arms: arms.map {
        ArmFindings(
          name: $0, isProduction: $0 == "production", model: "a model", metrics: [], fates: Fates())
      },
      timeline: TimelineFindings(bucket: "day", starts: [], end: start, series: []),
      health: HealthFindings())
  }

  /// An A/B test by unit, with a sample ratio.
  static let split: StudyFindings = {
    var findings = bare("A/B by user", requests: 81_000)
    findings.deployment = .split(shares: [0.5, 0.5], salt: "launch", by: .unit)
    findings.comparisons = [
      .fixture(.accuracy, baseline: 0.81, value: 0.822, half: 0.006, verdict: .better),
      .fixture(
        .errorShare, baseline: 0.0021, value: 0.0019, half: 0.0007, verdict: .noDifferenceFound
      )
      .needing(12),
    ]
    findings.comparisons[0].unitOfAnalysis = "unit"
    findings.comparisons[1].unitOfAnalysis = "unit"
    findings.health.sampleRatio = .init(planned: [0.5, 0.5], observed: [4_021, 3_988], p: 0.71)
    return findings
  }()

  static let regression: StudyFindings = {
    var findings = bare("Bike rentals", task: .regression, requests: 8_709)
    findings.comparisons = [
      .fixture(.meanAbsoluteError, baseline: 48.2, value: 41.9, half: 1.1, verdict: .better),
      .fixture(.rootMeanSquaredError, baseline: 71.3, value: 64, half: 2.6, verdict: .better),
    ]
    for index in findings.arms.indices {
      findings.arms[index].residuals = (0..<60).map { bin in
        let low = Double(bin - 30) * 10
        let z = (low + 5) / (index == 0 ? 72 : 62)
        return HistogramBin(low: low, high: low + 10, count: Int(900 / (1 + z * z * z * z)))
      }
    }
    var pair = DisagreementFindings(arm: "candidate")
    var noise = Noise(5)
    pair.density = ShadowFixture.density(noise: &noise)
    pair.scoreRange = Interval(low: -20, high: 900, level: 0.95)
    pair.rows = [
      .init(
        ordinal: 17, time: start, features: [.init(name: "hour", text: "17")], label: "412",
        productionAnswer: 118.25, candidateAnswer: 530.5)
    ]
    findings.disagreements = [pair]
    return findings
  }()

  /// Three classes, two of them rare.
  static let classes: StudyFindings = {
    var findings = bare("Three classes", task: .classes(names: ["low", "middle", "high"]))
    findings.comparisons = [
      .fixture(.accuracy, baseline: 0.71, value: 0.7, half: 0.02, verdict: .noDifferenceFound)
        .needing(3)
    ]
    var pair = DisagreementFindings(arm: "candidate")
    (pair.bothRight, pair.onlyProductionRight) = (3_100, 450)
    (pair.onlyCandidateRight, pair.bothWrong) = (400, 1_050)
    pair.answers = [2_900, 210, 0, 180, 1_300, 90, 3, 77, 240]
    findings.disagreements = [pair]
    return findings
  }()

  /// No labels: latency is all there is, and what the mirror adds to it.
  static let unlabelled: StudyFindings = {
    var findings = bare("Latency only", task: .unlabelled, requests: 100_000)
    let ms = LatencyUnit.millisecond
    findings.comparisons = [
      .fixture(
        .latencyQuantile(0.5), baseline: 8 * ms, value: 8.2 * ms, half: 0.3 * ms,
        question: .equivalent(margin: 1 * ms), verdict: .equivalent),
      .fixture(
        .latencyQuantile(0.999), baseline: 80 * ms, value: 61 * ms, half: 7 * ms, verdict: .better),
    ]
    findings.mirrorCost = [
      .fixture(
        .latencyQuantile(0.99), arm: "production", baseline: 31 * ms, value: 43 * ms, half: 3 * ms,
        verdict: .worse)
    ]
    for index in findings.arms.indices {
      findings.arms[index].latency = LatencyFixture.findings(
        medianMilliseconds: index == 0 ? 8 : 8.2, spread: index == 0 ? 0.8 : 0.65, count: 100_000)
    }
    return findings
  }()

  /// Every number is missing, each for another reason.
  static let absent: StudyFindings = {
    var findings = bare("Nothing to be had", requests: 3)
    let reasons: [Absence] = [
      .noOutcomes, .noLabels, .tooFewOutcomes(has: 3, needs: 20), .oneClassOnly, .notForThisTask,
      .noService, .noCost, .noVariation,
    ]
    let metrics: [Metric] = [
      .accuracy, .logLoss, .brier, .auc, .meanAbsoluteError, .latencyMean, .costPerThousand,
      .errorRate,
    ]
    findings.comparisons = zip(metrics, reasons).map { metric, reason in
      var comparison = ComparisonFinding.fixture(
        metric, baseline: .nan, value: .nan, half: 1, verdict: .undetermined(reason))
      comparison.main.estimate = .absent(reason)
      comparison.main.p = nil
      comparison.main.statistic = nil
      comparison.otherLevels = []
      comparison.adjustedP = nil
      return comparison
    }
    for index in findings.arms.indices {
      findings.arms[index].metrics = zip(metrics, reasons).map {
        MetricFinding(metric: $0, finding: .absent($1))
      }
    }
    findings.timeline = TimelineFindings(
      bucket: "day", starts: [start], end: start + SimulatedDuration(seconds: 86_400),
      series: [.init(arm: "production", metric: .accuracy, points: [.absent(.noLabels)])])
    return findings
  }()

  static let threeCandidates: StudyFindings = {
    var findings = bare("Three candidates", candidates: ["boosted", "small", "distilled"])
    for (arm, gain) in [("boosted", 0.02), ("small", -0.015), ("distilled", 0.001)] {
      let verdict: Verdict = gain > 0.01 ? .better : (gain < -0.01 ? .worse : .noDifferenceFound)
      findings.comparisons += [
        .fixture(
          .accuracy, arm: arm, baseline: 0.8, value: 0.8 + gain, half: 0.008, n: 5_000,
          verdict: verdict),
        .fixture(
          .latencyMean, arm: arm, baseline: 9 * LatencyUnit.millisecond,
          value: (9 + 100 * gain) * LatencyUnit.millisecond, half: 0.4 * LatencyUnit.millisecond,
          n: 5_000,
          verdict: gain > 0.01 ? .worse : (gain < 0 ? .better : .noDifferenceFound)),
      ]
    }
    let days = (0..<14).map { start + SimulatedDuration(seconds: Double($0) * 86_400) }
    findings.timeline = TimelineFindings(
      bucket: "day", starts: days, end: start + SimulatedDuration(seconds: 14 * 86_400),
      series: findings.arms.enumerated().map { index, arm in
        var noise = Noise(UInt64(40 + index))
        return .init(
          arm: arm.name, metric: .accuracy,
          points: days.indices.map { day in
            index == 2 && (4...6).contains(day)
              ? .absent(.noOutcomes)
              : .estimate(
                .about(0.8 + 0.012 * Double(index % 3) + 0.01 * noise.wobble(), 0.012, n: 357))
          })
      })
    return findings
  }()

  static let replications: StudyFindings = {
    var findings = bare("A/A, 2,000 times")
    findings.comparisons = [
      .fixture(.accuracy, baseline: 0.8, value: 0.801, half: 0.01, verdict: .noDifferenceFound)
    ]
    func row(_ metric: Metric, _ rate: Double, independent: Double) -> ReplicationFindings.Row {
      var row = ReplicationFindings.Row(
        metric: metric, arm: "candidate", mean: .about(0.00002, 0.0002, n: 2_000),
        standardDeviation: 0.005, meanIntervalWidth: 0.0201,
        rejections: .about(rate, 0.0096, n: 2_000))
      row.independentRejections = .about(independent, 0.02, n: 2_000)
      row.coverage = .about(1 - rate, 0.0096, n: 2_000)
      row.truthEstimate = Estimate(value: 0, interval: nil, n: 1000)
      row.verdicts = [
        .init(word: "better", count: 51), .init(word: "no difference found", count: 1_949),
      ]
      return row
    }
    findings.replications = ReplicationFindings(
      count: 2_000,
      comparisons: [
        row(.accuracy, 0.0505, independent: 0.0495), row(.logLoss, 0.0515, independent: 0.62),
        row(.errorRate, 0.0475, independent: 0.54),
      ])
    return findings
  }()

  /// The data cannot decide, and how much more it would take is known.
  static let undecided: StudyFindings = {
    var findings = bare("Too early to tell", days: 3)
    findings.comparisons = [
      .fixture(
        .accuracy, baseline: 0.8, value: 0.804, half: 0.013, n: 5_000,
        question: .notWorse(margin: 0.005),
        verdict: .notShownNotWorse
      ).needing(4)
    ]
    return findings
  }()

  /// Names that would break a page, a terminal, a table or a file.
  static let hostile: StudyFindings = {
    let names = [
      "<script>alert(1)</script>", "\"quoted\" & 'single'", "a|b *c* `d` _e_ \u{1B}[31mred",
      "\u{05E9}\u{05DC}\u{05D5}\u{05DD} \u{202E}evil", String(repeating: "very long ", count: 40),
      "🦊🏽‍🚀 emoji",
    ]
    var findings = bare("]]>--> <b>&amp;</b> \u{0} \u{FFFE}", candidates: names)
    findings.timeline = TimelineFindings(
      bucket: "day", starts: [start], end: start + SimulatedDuration(seconds: 86_400),
      series: names.map {
        .init(arm: $0, metric: .accuracy, points: [.estimate(.about(0.8, 0.1, n: 10))])
      })
    for name in names {
      findings.comparisons.append(
        .fixture(.accuracy, arm: name, baseline: 0.8, value: 0.9, half: 0.05, verdict: .better))
      findings.segments.append(SegmentFindings(column: name, value: name, requests: 4, arms: []))
      findings.events.append(
        EventFinding(time: start, kind: "alarm", source: name, detail: name))
      var pair = DisagreementFindings(arm: name)
      pair.bothRight = 5
      pair.rows = [
        .init(
          ordinal: .max, time: start, features: [.init(name: name, text: name)], label: name,
          productionAnswer: .nan, candidateAnswer: .infinity)
      ]
      findings.disagreements.append(pair)
    }
    findings.shifts = [
      ShiftTruth(name: names[0], spans: [.init(start: start, end: .date(2025, 1))], affected: 1)
    ]
    findings.gates = [
      GateFinding(
        rule: GateRule(metric: .auc, arm: names[0], requirement: .better), passed: false,
        estimate: .absent(.noOutcomes))
    ]
    findings.health.warnings = names
    for index in findings.arms.indices {
      findings.arms[index].fates = ServingFixture.fates([3, 1, 0, 0, 1, 0])
      findings.arms[index].serving = ServingFixture.storm.arms[1].serving
    }
    return findings
  }()

  /// Infinite and undefined numbers wherever a Double stands.
  static let notFinite: StudyFindings = {
    var findings = ShadowFixture.findings
    let bad = Estimate(
      value: .nan, interval: Interval(low: -.infinity, high: .infinity, level: 0.95), n: 0)
    findings.comparisons[0].main.estimate = .estimate(
      Estimate(value: 0.01, interval: Interval(low: -0.02, high: .infinity, level: 0.95), n: 3))
    findings.comparisons[1].main.estimate = .estimate(bad)
    findings.comparisons[1].main.p = .nan
    findings.comparisons[2].baselineValue = .nan
    findings.comparisons[2].armValue = .infinity
    findings.comparisons[3].dataFactorToDecide = .infinity
    findings.comparisons[3].effectiveSampleSize = .nan
    findings.arms[0].metrics[0].finding = .estimate(bad)
    findings.arms[0].latency?.meanWait = .nan
    findings.arms[1].latency?.quantiles[2].estimate = bad
    findings.timeline.series[0].points[3] = .estimate(bad)
    findings.segments[0].arms[1].candidateMinusProduction = .estimate(bad)
    return findings
  }()

  static let all: [(name: String, findings: StudyFindings)] = [
    ("shadow", ShadowFixture.findings), ("split", split), ("regression", regression),
    ("classes", classes), ("unlabelled", unlabelled), ("absent", absent),
    ("three candidates", threeCandidates),
    ("replications", replications), ("undecided", undecided), ("hostile", hostile),
    ("not finite", notFinite), ("bare", bare("Bare")), ("serving", ServingFixture.storm),
    ("language", ServingFixture.language), ("quiet", ServingFixture.quiet),
    ("serving, not finite", ServingFixture.notFinite),
  ]
}

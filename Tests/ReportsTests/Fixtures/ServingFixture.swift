import Simulation
import Statistics
import Traffic

@testable import Reports

/// A morning on which a candidate's clients retry until its queue does not drain any more, and two
/// engines of a language model.
enum ServingFixture {
  static let start = SimulatedTime.date(2024, 3, 4, hour: 6)
  static let stretches = 48
  static let stretch = SimulatedDuration(seconds: 600)

  static let storm: StudyFindings = {
    var findings = Fixtures.bare("A retry storm", requests: 600_000)
    findings.start = start
    findings.duration = SimulatedDuration(seconds: 8 * 3_600)
    findings.comparisons = [
      .fixture(
        .latencyQuantile(0.99), baseline: 182 * LatencyUnit.millisecond,
        value: 2_940 * LatencyUnit.millisecond, half: 31 * LatencyUnit.millisecond,
        n: 498_000, verdict: .worse)
    ]
    findings.shifts = [
      ShiftTruth(
        name: "a replica fails", spans: [.init(start: time(22), end: time(25))], affected: 40_100)
    ]
    findings.arms[0].fates = fates([599_100, 400, 300, 200, 0, 0])
    findings.arms[0].serving = production
    findings.arms[1].fates = fates([498_000, 41_000, 2_100, 30_200, 3_500, 100])
    findings.arms[1].serving = candidate
    for (index, median) in [38.0, 410].enumerated() {
      findings.arms[index].latency = LatencyFixture.findings(
        medianMilliseconds: median, spread: 0.7, count: findings.arms[index].fates.answered)
    }
    return findings
  }()

  static func time(_ index: Int) -> SimulatedTime {
    start + SimulatedDuration(nanoseconds: Int64(index) * stretch.nanoseconds)
  }

  /// Answered, timed out, failed, turned away, abandoned, in flight.
  static func fates(_ counts: [Int]) -> Fates {
    var fates = Fates()
    (fates.answered, fates.timedOut, fates.failed) = (counts[0], counts[1], counts[2])
    (fates.shed, fates.abandoned, fates.inFlight) = (counts[3], counts[4], counts[5])
    fates.sent = counts.reduce(0, +)
    fates.labelled = fates.answered
    return fates
  }

  private static let production: ServingFindings = {
    var serving = ServingFindings()
    var attempts = ServingFindings.AttemptCounts()
    (attempts.first, attempts.retries) = (600_000, 4_200)
    (attempts.answered, attempts.late, attempts.timedOut) = (599_100, 900, 1_800)
    (attempts.failed, attempts.shed) = (1_400, 1_000)
    serving.attempts = attempts
    var noise = Noise(3)
    serving.levels = (0..<stretches).map { index in
      let busy = 2.1 + 2.4 * load(index) + 0.2 * noise.wobble()
      let ready = busy > 3.4 ? 6.0 : 4
      return level(index, max(0, 3 * load(index) + noise.wobble()), busy, ready, ready)
    }
    serving.causes = causes([0.4, 4.1, 2.2, 31, 6], slowest: [38, 61, 9, 64, 21])
    serving.littleLaw = law(26_000_000_000_000_000, of: 600_000)
    serving.steadyState = .found(steady(requests: 600_000))
    return serving
  }()

  private static let candidate: ServingFindings = {
    var serving = ServingFindings()
    var attempts = ServingFindings.AttemptCounts()
    (attempts.first, attempts.retries, attempts.hedges) = (574_900, 391_000, 22_000)
    (attempts.answered, attempts.late, attempts.timedOut) = (498_000, 88_000, 190_000)
    (attempts.failed, attempts.shed, attempts.abandoned) = (41_000, 135_000, 4_700)
    (attempts.cancelled, attempts.inFlight, attempts.retriesRefused) = (31_000, 200, 117_000)
    serving.attempts = attempts
    serving.droppedCopies = 25_100
    var noise = Noise(9)
    serving.levels = (0..<stretches).map { index in
      let isStorm = index >= 22
      let waiting = isStorm ? 780 - 4 * Double(index - 22) + 60 * noise.wobble() : 6 * load(index)
      let ready = index < 22 ? 4.0 : (index < 25 ? 3 : (index < 29 ? 5 : 8))
      let ordered = index < 22 ? 4.0 : 8
      let busy = isStorm ? ready * 0.99 : 2.6 + 1.1 * load(index)
      return level(index, waiting, busy, ready, ordered)
    }
    serving.causes = causes([212, 260, 3.1, 48, 7], slowest: [1_420, 1_630, 6, 71, 33])
    serving.littleLaw = law(305_000_000_000_000_000, of: 574_900)
    serving.steadyState = .unavailable(.retries)
    return serving
  }()

  private static func law(_ nanoseconds: Int128, of requests: Int64) -> LittleLaw.Verdict {
    LittleLaw.Verdict(
      area: nanoseconds, timesInSystem: nanoseconds, numberAtEnd: 0, inFlight: 0,
      requests: requests, length: 28_800_000_000_000)
  }

  /// At a load of 80 % on four replicas; with intervals where the run is long enough for it.
  static func steady(requests: Int) -> SteadyStateFindings.Found {
    let run = RunLength(Int64(requests), of: OfferedLoad(utilisation: 0.8, servers: 4))
    var found = SteadyStateFindings.Found(length: .init(run, customersPerRequest: 1))
    found.warmUp = .init(requests: 320, isSettled: true)
    func estimate(_ milliseconds: Double) -> Estimate {
      let (value, half) = (milliseconds * 1e6, milliseconds * 2e4)
      let interval = Interval(low: value - half, high: value + half, level: 0.95)
      return Estimate(value: value, interval: run.isTooShort ? nil : interval, n: requests - 320)
    }
    found.mean = estimate(43.7)
    found.quantiles = zip([0.5, 0.95, 0.99], [38, 104, 182]).map {
      QuantileFinding(p: $0, estimate: estimate($1))
    }
    return found
  }

  /// 0 at six and at two, 1 at ten.
  private static func load(_ index: Int) -> Double {
    1 - Double(abs(index - stretches / 2)) / Double(stretches / 2)
  }

  private static func level(
    _ index: Int, _ waiting: Double, _ busy: Double, _ ready: Double, _ ordered: Double
  ) -> ServingFindings.ServiceLevel {
    .init(
      start: time(index), end: time(index + 1), waiting: waiting, busyReplicas: busy,
      readyReplicas: ready, orderedReplicas: ordered)
  }

  /// In milliseconds, in the order of a request's way.
  private static func causes(_ means: [Double], slowest: [Double])
    -> [ServingFindings.LatencyCause]
  {
    ServingFindings.LatencyCause.Kind.allCases.enumerated().map { index, kind in
      .init(
        kind: kind, mean: means[index] * LatencyUnit.millisecond,
        meanOfSlowest: slowest[index] * LatencyUnit.millisecond)
    }
  }

  // MARK: Language engines

  static let language: StudyFindings = {
    var findings = Fixtures.bare("Two engines", task: .unlabelled, requests: 19_366)
    findings.start = start
    findings.duration = SimulatedDuration(seconds: 8 * 3_600)
    for index in 0..<2 {
      var fates = fates([19_366, 0, 0, 0, 0, 0])
      fates.labelled = 0
      findings.arms[index].fates = fates
      var serving = ServingFindings()
      serving.levels = (0..<stretches).map {
        level($0, 0, 1.2 + 0.9 * load($0), 3, 3)
      }
      serving.causes = [
        .init(kind: .queue, mean: 0.4e6, meanOfSlowest: 8e6),
        .init(kind: .service, mean: 4_100e6, meanOfSlowest: 21_000e6),
      ]
      serving.language = engine(index == 1)
      findings.arms[index].serving = serving
      findings.arms[index].latency = LatencyFixture.findings(
        medianMilliseconds: 3_600, spread: 0.6, count: 19_366)
    }
    return findings
  }()

  private static func engine(_ isCandidate: Bool) -> ServingFindings.LanguageFindings {
    var found = ServingFindings.LanguageFindings()
    (found.promptTokens, found.generatedTokens) = (22_361_110, 4_088_665)
    found.steps = isCandidate ? 402_118 : 511_900
    found.generatedPerSecond = isCandidate ? 1_181.4 : 1_164.2
    found.peakMemory = isCandidate ? 0.994 : 0.41
    if isCandidate {
      (found.cachedTokens, found.recomputedTokens, found.preemptions) = (6_120_441, 88_120, 61)
      found.costPerMillionTokens = 0.2214
    }
    let first: Double = isCandidate ? 71 : 96
    found.firstToken = [(0.5, first), (0.99, 9 * first)].map { p, value in
      QuantileFinding(p: p, estimate: .about(value * 1e6, value * 0.04e6, n: 19_366))
    }
    found.tokenGap = [(0.5, 19.2), (0.99, 44)].map { p, value in
      QuantileFinding(p: p, estimate: .about(value * 1e6, value * 0.01e6, n: 19_300))
    }
    return found
  }

  // MARK: What a run may also hold

  /// One request at a time, nothing waits, nothing lost; one arm without a service.
  static let quiet: StudyFindings = {
    var findings = Fixtures.bare("A quiet service")
    var serving = ServingFindings()
    serving.levels = [level(0, 0, 0.3, 1, 1)]
    findings.arms[0].fates = fates([5_000, 0, 0, 0, 0, 0])
    findings.arms[0].serving = serving
    findings.arms[1].fates = fates([4_999, 0, 0, 1, 0, 0])
    return findings
  }()

  /// Undefined numbers and empty lists wherever they may stand.
  static let notFinite: StudyFindings = {
    var findings = storm
    findings.arms[1].serving?.levels[3].waiting = .nan
    findings.arms[1].serving?.levels[4].readyReplicas = .infinity
    findings.arms[1].serving?.causes[0].mean = .nan
    findings.arms[1].serving?.causes[1].meanOfSlowest = .infinity
    findings.arms[0].serving?.causes = []
    findings.arms[0].serving?.attempts?.first = 0
    var engine = ServingFindings.LanguageFindings()
    engine.generatedPerSecond = .nan
    engine.peakMemory = .infinity
    engine.costPerMillionTokens = .nan
    findings.arms[1].serving?.language = engine
    return findings
  }()
}

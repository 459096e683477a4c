import Traffic

/// Everything that a run found: what the reports draw and `summary.json` holds.
///
/// It depends on the scenario, the data's bytes, the seed and the program's version, on nothing else.
package struct StudyFindings: Sendable, Equatable {
  package var title: String
  /// SHA-256 of the resolved scenario, in hex.
  package var fingerprint: String
  package var seed: UInt64
  package var task: Task
  package var requests: Int
  package var start: SimulatedTime
  package var duration: SimulatedDuration
  package var deployment: DeploymentPlan
  package var options: MetricOptions
  /// Production first.
  package var arms: [ArmFindings]
  package var comparisons: [ComparisonFinding]
  package var timeline: TimelineFindings
  package var segments: [SegmentFindings]
  package var disagreements: [DisagreementFindings]
  package var shifts: [ShiftTruth]
  package var events: [EventFinding]
  package var health: HealthFindings
  package var gates: [GateFinding]
  /// The same run without the mirror, compared in pairs; where the scenario asks for it.
  package var mirrorCost: [ComparisonFinding]
  package var replications: ReplicationFindings?

  package enum Task: Sendable, Equatable {
    /// Names of class 0 and class 1.
    case binary(names: [String])
    case classes(names: [String])
    case regression
    case unlabelled
  }

  package init(
    title: String, fingerprint: String, seed: UInt64, task: Task, requests: Int,
    start: SimulatedTime, duration: SimulatedDuration, deployment: DeploymentPlan,
    options: MetricOptions, arms: [ArmFindings], timeline: TimelineFindings, health: HealthFindings
  ) {
    self.title = title
    self.fingerprint = fingerprint
    self.seed = seed
    self.task = task
    self.requests = requests
    self.start = start
    self.duration = duration
    self.deployment = deployment
    self.options = options
    self.arms = arms
    self.timeline = timeline
    self.health = health
    comparisons = []
    segments = []
    disagreements = []
    shifts = []
    events = []
    gates = []
    mirrorCost = []
    replications = nil
  }
}

package struct ArmFindings: Sendable, Equatable {
  package var name: String
  package var isProduction: Bool
  /// `Model.summary`.
  package var model: String
  package var metrics: [MetricFinding]
  package var fates: Fates
  /// nil without a service.
  package var latency: LatencyFindings?
  /// Binary tasks: bins of the predicted probability, ascending, empty bins left out.
  package var calibration: [CalibrationBin]
  /// Binary tasks: (false positive rate, true positive rate), from (0,0) to (1,1), at most 200 points.
  package var roc: [CurvePoint]
  /// Regression: residual (answer − label) histogram.
  package var residuals: [HistogramBin]

  package init(
    name: String, isProduction: Bool, model: String, metrics: [MetricFinding], fates: Fates
  ) {
    self.name = name
    self.isProduction = isProduction
    self.model = model
    self.metrics = metrics
    self.fates = fates
    latency = nil
    calibration = []
    roc = []
    residuals = []
  }
}

package struct MetricFinding: Sendable, Equatable {
  package var metric: Metric
  package var finding: Finding

  package init(metric: Metric, finding: Finding) {
    self.metric = metric
    self.finding = finding
  }
}

/// What became of the requests that an arm was sent: sent = answered + timedOut + failed + shed.
package struct Fates: Sendable, Equatable {
  package var sent = 0
  package var answered = 0
  package var timedOut = 0
  package var failed = 0
  package var shed = 0
  /// Answers whose label arrived.
  package var labelled = 0

  package init() {}
}

/// Latencies of answered requests, in nanoseconds.
package struct LatencyFindings: Sendable, Equatable {
  /// Half the width of a histogram bucket over its middle: the relative error of any quantile.
  package var relativeError: Double
  /// Ascending, no empty bins.
  package var histogram: [HistogramBin]
  /// p = 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999 where n allows.
  package var quantiles: [QuantileFinding]
  /// Mean parts of the latency, in nanoseconds.
  package var meanWait: Double
  package var meanService: Double
  /// Busy share of the replicas' time.
  package var utilisation: Double

  package init(
    relativeError: Double, histogram: [HistogramBin], quantiles: [QuantileFinding],
    meanWait: Double, meanService: Double, utilisation: Double
  ) {
    self.relativeError = relativeError
    self.histogram = histogram
    self.quantiles = quantiles
    self.meanWait = meanWait
    self.meanService = meanService
    self.utilisation = utilisation
  }
}

package struct QuantileFinding: Sendable, Equatable {
  package var p: Double
  package var estimate: Estimate

  package init(p: Double, estimate: Estimate) {
    self.p = p
    self.estimate = estimate
  }
}

package struct HistogramBin: Sendable, Equatable {
  package var low: Double
  package var high: Double
  package var count: Int

  package init(low: Double, high: Double, count: Int) {
    self.low = low
    self.high = high
    self.count = count
  }
}

package struct CalibrationBin: Sendable, Equatable {
  package var low: Double
  package var high: Double
  package var meanPrediction: Double
  /// Share of class 1, with its interval.
  package var observed: Estimate

  package init(low: Double, high: Double, meanPrediction: Double, observed: Estimate) {
    self.low = low
    self.high = high
    self.meanPrediction = meanPrediction
    self.observed = observed
  }
}

package struct CurvePoint: Sendable, Equatable {
  package var x: Double
  package var y: Double

  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// One answer to one question: candidate minus production, unless the estimand says otherwise.
package struct ComparisonFinding: Sendable, Equatable {
  package var metric: Metric
  package var baseline: String
  package var arm: String
  package var question: ComparisonPlan.Question
  /// In words: "mean difference of correct answers over the requests that both arms answered, candidate − production".
  package var estimand: String
  /// The unit of analysis: "request", "pair of answers to one request", "unit".
  package var unitOfAnalysis: String
  package var baselineValue: Double
  package var armValue: Double
  /// The default's answer.
  package var main: TestFinding
  /// The same question at 50 %, 80 %, 99 %, for the forest plot; ascending levels.
  package var otherLevels: [Interval]
  /// The answer that ignores serial dependence or clustering, where the default does not; with its warning.
  package var independent: TestFinding?
  package var independentWarning: String?
  /// Holm's adjustment over the comparisons of the run; nil where the verdict needs no p.
  package var adjustedP: Double?
  package var verdict: Verdict
  /// How many independent observations carry the same information; nil where it does not apply.
  package var effectiveSampleSize: Double?
  /// How many times the data it would take to decide, where the data could not; nil otherwise.
  package var dataFactorToDecide: Double?

  package init(
    metric: Metric, baseline: String, arm: String, question: ComparisonPlan.Question,
    estimand: String, unitOfAnalysis: String, baselineValue: Double, armValue: Double,
    main: TestFinding, verdict: Verdict
  ) {
    self.metric = metric
    self.baseline = baseline
    self.arm = arm
    self.question = question
    self.estimand = estimand
    self.unitOfAnalysis = unitOfAnalysis
    self.baselineValue = baselineValue
    self.armValue = armValue
    self.main = main
    self.verdict = verdict
    otherLevels = []
    independent = nil
    independentWarning = nil
    adjustedP = nil
    effectiveSampleSize = nil
    dataFactorToDecide = nil
  }
}

/// One method's estimate, interval and test.
package struct TestFinding: Sendable, Equatable {
  package var method: String
  package var estimate: Finding
  /// The test statistic's value with its name ("t", "z"); nil for exact tests.
  package var statistic: NamedNumber?
  package var degreesOfFreedom: Double?
  /// nil where there is no test.
  package var p: Double?
  /// "two-sided", "greater", "less".
  package var alternative: String
  package var assumptions: [String]

  package struct NamedNumber: Sendable, Equatable {
    package var name: String
    package var value: Double

    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  package init(
    method: String, estimate: Finding, p: Double?, alternative: String, assumptions: [String]
  ) {
    self.method = method
    self.estimate = estimate
    self.p = p
    self.alternative = alternative
    self.assumptions = assumptions
    statistic = nil
    degreesOfFreedom = nil
  }
}

/// Metrics by time bucket.
package struct TimelineFindings: Sendable, Equatable {
  /// "day", "quarter", "30m": how the buckets were cut.
  package var bucket: String
  /// Ascending; bucket i covers starts[i]..<starts[i + 1], the last one up to `end`.
  package var starts: [SimulatedTime]
  package var end: SimulatedTime
  package var series: [Series]

  package struct Series: Sendable, Equatable {
    package var arm: String
    package var metric: Metric
    /// One a bucket.
    package var points: [Finding]

    package init(arm: String, metric: Metric, points: [Finding]) {
      self.arm = arm
      self.metric = metric
      self.points = points
    }
  }

  package init(bucket: String, starts: [SimulatedTime], end: SimulatedTime, series: [Series]) {
    self.bucket = bucket
    self.starts = starts
    self.end = end
    self.series = series
  }
}

/// Metrics of one segment: requests whose column `column` holds `value`.
package struct SegmentFindings: Sendable, Equatable {
  package var column: String
  package var value: String
  package var requests: Int
  package var arms: [Row]

  package struct Row: Sendable, Equatable {
    package var arm: String
    package var metrics: [MetricFinding]
    /// Against production, of the first metric compared; nil for production itself.
    package var candidateMinusProduction: Finding?

    package init(arm: String, metrics: [MetricFinding]) {
      self.arm = arm
      self.metrics = metrics
      candidateMinusProduction = nil
    }
  }

  package init(column: String, value: String, requests: Int, arms: [Row]) {
    self.column = column
    self.value = value
    self.requests = requests
    self.arms = arms
  }
}

/// Where a candidate and production disagree (a shadow's pairs only).
package struct DisagreementFindings: Sendable, Equatable {
  package var arm: String
  package var bothRight: Int
  package var onlyProductionRight: Int
  package var onlyCandidateRight: Int
  package var bothWrong: Int
  /// Named class of production (row) × candidate (column): counts, row-major; empty for regression.
  package var answers: [Int]
  /// Score against score on a 20 × 20 grid over [0,1]² (binary) or over `scoreRange` (regression), row-major, production's score on y.
  package var density: [Int]
  package var scoreRange: Interval?
  /// The requests whose answers differ most, largest first (ties by ordinal), at most 20.
  package var rows: [Row]

  package struct Row: Sendable, Equatable {
    package var ordinal: UInt64
    package var time: SimulatedTime
    /// As text, in schema order.
    package var features: [Field]
    package var label: String?
    package var productionAnswer: Double
    package var candidateAnswer: Double

    package init(
      ordinal: UInt64, time: SimulatedTime, features: [Field], label: String?,
      productionAnswer: Double, candidateAnswer: Double
    ) {
      self.ordinal = ordinal
      self.time = time
      self.features = features
      self.label = label
      self.productionAnswer = productionAnswer
      self.candidateAnswer = candidateAnswer
    }
  }

  package struct Field: Sendable, Equatable {
    package var name: String
    package var text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  package init(arm: String) {
    self.arm = arm
    bothRight = 0
    onlyProductionRight = 0
    onlyCandidateRight = 0
    bothWrong = 0
    answers = []
    density = []
    scoreRange = nil
    rows = []
  }
}

package struct EventFinding: Sendable, Equatable {
  package var time: SimulatedTime
  /// "alarm", "shiftStart", "shiftEnd".
  package var kind: String
  /// The monitor or shift.
  package var source: String
  package var detail: String

  package init(time: SimulatedTime, kind: String, source: String, detail: String) {
    self.time = time
    self.kind = kind
    self.source = source
    self.detail = detail
  }
}

package struct HealthFindings: Sendable, Equatable {
  /// What was skipped or coerced.
  package var counts: [TrafficCount]
  /// Things a person should know before trusting the numbers, most important first; whole sentences.
  package var warnings: [String]
  /// A/B only: observed against planned shares.
  package var sampleRatio: SampleRatio?
  package var labelsArrived: Int
  package var labelsLost: Int
  /// Times without a zone were read in this one; nil when all had one.
  package var assumedZone: String?

  package struct SampleRatio: Sendable, Equatable {
    package var planned: [Double]
    /// Units a side.
    package var observed: [Int]
    package var p: Double

    package init(planned: [Double], observed: [Int], p: Double) {
      self.planned = planned
      self.observed = observed
      self.p = p
    }
  }

  package init() {
    counts = []
    warnings = []
    sampleRatio = nil
    labelsArrived = 0
    labelsLost = 0
    assumedZone = nil
  }
}

package struct GateFinding: Sendable, Equatable {
  package var rule: GateRule
  package var passed: Bool
  /// What the decision rests on: the difference from production, or the arm's own value.
  package var estimate: Finding

  package init(rule: GateRule, passed: Bool, estimate: Finding) {
    self.rule = rule
    self.passed = passed
    self.estimate = estimate
  }
}

/// The distribution over replications.
package struct ReplicationFindings: Sendable, Equatable {
  package var count: Int
  package var comparisons: [Row]

  package struct Row: Sendable, Equatable {
    package var metric: Metric
    package var arm: String
    /// Mean of the estimates over replications, with its interval.
    package var mean: Estimate
    /// Standard deviation of the estimates.
    package var standardDeviation: Double
    package var meanIntervalWidth: Double
    /// Share of replications with p <= 1 − level before Holm.
    package var rejections: Estimate
    /// The same for the independent version, where there is one.
    package var independentRejections: Estimate?
    /// Share of replications whose interval covers `truthEstimate`, where the truth is known.
    package var coverage: Estimate?
    /// The true difference, itself an estimate from many requests.
    package var truthEstimate: Estimate?
    /// Count of each verdict, in the order of `Verdict.allWords`.
    package var verdicts: [VerdictCount]

    package init(
      metric: Metric, arm: String, mean: Estimate, standardDeviation: Double,
      meanIntervalWidth: Double, rejections: Estimate
    ) {
      self.metric = metric
      self.arm = arm
      self.mean = mean
      self.standardDeviation = standardDeviation
      self.meanIntervalWidth = meanIntervalWidth
      self.rejections = rejections
      independentRejections = nil
      coverage = nil
      truthEstimate = nil
      verdicts = []
    }
  }

  package struct VerdictCount: Sendable, Equatable {
    package var word: String
    package var count: Int

    package init(word: String, count: Int) {
      self.word = word
      self.count = count
    }
  }

  package init(count: Int, comparisons: [Row]) {
    self.count = count
    self.comparisons = comparisons
  }
}

/// How a result was made: what the last section of the report shows, and `manifest.json` holds.
package struct Provenance: Sendable, Equatable {
  package var program: String
  package var version: String
  package var command: String
  package var run: RunArguments
  package var seed: UInt64
  package var files: [FileFingerprint]
  package var resolvedScenario: String

  /// What was asked of the program, for `verify` to ask it again.
  package struct RunArguments: Sendable, Equatable {
    /// The scenario's file name.
    package var scenario: String
    /// "path=value" changes, in order.
    package var settings: [String] = []
    /// Given on the command line instead of the scenario's.
    package var seed: UInt64?
    package var replications: Int?

    package init(scenario: String) { self.scenario = scenario }
  }

  package struct FileFingerprint: Sendable, Equatable {
    /// "traffic", "model of production".
    package var role: String
    /// Relative to the scenario.
    package var path: String
    package var sha256: String

    package init(role: String, path: String, sha256: String) {
      self.role = role
      self.path = path
      self.sha256 = sha256
    }
  }

  package init(
    program: String, version: String, command: String, seed: UInt64, files: [FileFingerprint],
    resolvedScenario: String, run: RunArguments = RunArguments(scenario: "")
  ) {
    self.program = program
    self.version = version
    self.command = command
    self.run = run
    self.seed = seed
    self.files = files
    self.resolvedScenario = resolvedScenario
  }
}

import Documents
import Simulation
import Traffic

/// `summary.json`: the answer for machines, schema 1. docs/summary-schema.md describes every key.
///
/// Keys stand in a fixed order. A number that does not exist is null with a key "absent" beside it
/// that says why; an end of an interval that is infinite is null. Instants are RFC 3339 in UTC,
/// lengths of time are written as scenarios write them; latencies are nanoseconds.
struct SummaryDocument {
  private(set) var value: JSONValue

  init(_ findings: StudyFindings) {
    let encoder = FindingsEncoder(findings: findings)
    value = .object([
      ("schema", .integer(1)),
      (
        "scenario",
        .object([
          ("title", .string(findings.title)), ("fingerprint", .string(findings.fingerprint)),
        ])
      ),
      // A seed may exceed what many readers hold as a number.
      (
        "seed",
        findings.seed <= 1 << 53 ? .integer(Int64(findings.seed)) : .string(String(findings.seed))
      ),
      ("requests", .count(findings.requests)),
      ("start", .time(findings.start)),
      ("virtualDuration", .duration(findings.duration)),
      ("task", encoder.task),
      ("deployment", encoder.deployment),
      ("options", encoder.options),
      ("verdict", .string(VerdictSentence(findings, style: .terminal).text)),
      ("arms", .object(findings.arms.map { ($0.name, encoder.arm($0)) })),
      ("comparisons", .array(findings.comparisons.map(encoder.comparison))),
      ("gate", encoder.gate),
      ("events", .array(findings.events.map(encoder.event))),
      ("shifts", .array(findings.shifts.map(encoder.shift))),
      ("timeline", encoder.timeline),
      ("segments", .array(findings.segments.map(encoder.segment))),
      ("disagreements", .array(findings.disagreements.map(encoder.disagreement))),
      ("mirrorCost", .array(findings.mirrorCost.map(encoder.comparison))),
      ("health", encoder.health),
      ("replications", encoder.replications),
    ])
  }
}

extension JSONValue {
  static func count(_ n: Int) -> JSONValue { .integer(Int64(n)) }
  static func time(_ time: SimulatedTime) -> JSONValue { .string(time.rfc3339) }
  static func duration(_ duration: SimulatedDuration) -> JSONValue {
    .string(duration.text)
  }
  static func optional(_ x: Double?) -> JSONValue { x.map { .number($0) } ?? .null }
  static func counts(_ counts: [Int]) -> JSONValue { .array(counts.map { .count($0) }) }
  static func numbers(_ numbers: [Double]) -> JSONValue { .array(numbers.map { .number($0) }) }
}

struct FindingsEncoder {
  let findings: StudyFindings

  var task: JSONValue {
    switch findings.task {
    case .binary(let names): taskObject("binary", names)
    case .classes(let names): taskObject("classes", names)
    case .regression: taskObject("regression", [])
    case .unlabelled: taskObject("unlabelled", [])
    }
  }

  private func taskObject(_ kind: String, _ classes: [String]) -> JSONValue {
    .object([("kind", .string(kind)), ("classes", .array(classes.map { .string($0) }))])
  }

  var deployment: JSONValue {
    switch findings.deployment {
    case .shadow(let mirror):
      .object([("kind", .string("shadow")), ("mirror", .number(mirror))])
    case .split(let shares, let salt, let by):
      .object([
        ("kind", .string("split")), ("shares", .numbers(shares)), ("salt", .string(salt)),
        ("by", .string(by.rawValue)),
      ])
    }
  }

  var options: JSONValue {
    .object([
      ("logLossClip", .number(findings.options.logLossClip)),
      ("threshold", .number(findings.options.threshold)),
      ("calibrationBins", .count(findings.options.calibrationBins)),
      ("auc", .string(findings.options.auc.rawValue)),
      ("currency", .string(findings.options.currency)),
    ])
  }

  // MARK: Arms

  func arm(_ arm: ArmFindings) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("role", .string(arm.isProduction ? "production" : "candidate")),
      ("model", .string(arm.model)),
      ("metrics", metrics(arm.metrics)),
      ("fates", fates(arm.fates)),
      ("latency", arm.latency.map(latency) ?? .null),
    ]
    if let serving = arm.serving, !serving.isEmpty {
      members.append(("serving", self.serving(serving)))
    }
    members += [
      ("calibration", .array(arm.calibration.map(calibrationBin))),
      ("roc", .array(arm.roc.map { .numbers([$0.x, $0.y]) })),
      ("residuals", histogram(arm.residuals)),
    ]
    return .object(members)
  }

  private func metrics(_ metrics: [MetricFinding]) -> JSONValue {
    .object(metrics.map { ($0.metric.name, finding($0.finding)) })
  }

  private func fates(_ fates: Fates) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("sent", .count(fates.sent)), ("answered", .count(fates.answered)),
      ("timedOut", .count(fates.timedOut)), ("failed", .count(fates.failed)),
      ("shed", .count(fates.shed)),
    ]
    if findings.someAbandon { members.append(("abandoned", .count(fates.abandoned))) }
    if findings.someAreInFlight { members.append(("inFlight", .count(fates.inFlight))) }
    return .object(members + [("labelled", .count(fates.labelled))])
  }

  private func latency(_ latency: LatencyFindings) -> JSONValue {
    .object([
      ("relativeError", .number(latency.relativeError)),
      ("meanWait", .number(latency.meanWait)), ("meanService", .number(latency.meanService)),
      ("utilisation", .number(latency.utilisation)),
      ("quantiles", quantiles(latency.quantiles)),
      ("histogram", histogram(latency.histogram)),
    ])
  }

  func quantiles(_ quantiles: [QuantileFinding]) -> JSONValue {
    .array(
      quantiles.map { .object([("p", .number($0.p))] + members(.estimate($0.estimate))) })
  }

  private func histogram(_ bins: [HistogramBin]) -> JSONValue {
    .array(bins.map { .array([.number($0.low), .number($0.high), .count($0.count)]) })
  }

  private func calibrationBin(_ bin: CalibrationBin) -> JSONValue {
    .object([
      ("low", .number(bin.low)), ("high", .number(bin.high)),
      ("meanPrediction", .number(bin.meanPrediction)),
      ("observed", finding(.estimate(bin.observed))),
    ])
  }

  // MARK: Estimates

  func finding(_ finding: Finding) -> JSONValue { .object(members(finding)) }

  private func members(_ finding: Finding) -> [(String, JSONValue)] {
    switch finding {
    case .estimate(let estimate):
      [
        ("value", .number(estimate.value)), ("interval", interval(estimate.interval)),
        ("level", .optional(estimate.interval?.level)), ("n", .count(estimate.n)),
      ]
    case .absent(let absence):
      [("value", .null), ("absent", .string(absence.key))] + details(absence)
    }
  }

  private func details(_ absence: Absence) -> [(String, JSONValue)] {
    guard case .tooFewOutcomes(let has, let needs) = absence else { return [] }
    return [("has", .count(has)), ("needs", .count(needs))]
  }

  private func interval(_ interval: Interval?) -> JSONValue {
    interval.map { .numbers([$0.low, $0.high]) } ?? .null
  }

  // MARK: Comparisons

  func comparison(_ comparison: ComparisonFinding) -> JSONValue {
    let estimate = comparison.main.estimate.estimate
    var members: [(String, JSONValue)] = [
      ("metric", .string(comparison.metric.name)),
      ("baseline", .string(comparison.baseline)),
      ("arm", .string(comparison.arm)),
      ("question", .string(comparison.question.key)),
      ("margin", .optional(comparison.question.margin)),
      ("estimand", .string(comparison.estimand)),
      ("unitOfAnalysis", .string(comparison.unitOfAnalysis)),
      ("baselineValue", .number(comparison.baselineValue)),
      ("armValue", .number(comparison.armValue)),
      ("estimate", .optional(estimate?.value)),
      ("interval", interval(estimate?.interval)),
      ("level", .optional(estimate?.interval?.level)),
      ("n", estimate.map { .count($0.n) } ?? .null),
    ]
    if case .absent(let absence) = comparison.main.estimate {
      members += [("absent", .string(absence.key))] + details(absence)
    }
    members += test(comparison.main)
    members += [
      ("adjustedP", .optional(comparison.adjustedP)),
      ("verdict", .string(comparison.verdict.word)),
      (
        "otherLevels",
        .array(
          comparison.otherLevels.map {
            .object([("level", .number($0.level)), ("interval", interval($0))])
          })
      ),
      ("effectiveSampleSize", .optional(comparison.effectiveSampleSize)),
      ("dataFactorToDecide", .optional(comparison.dataFactorToDecide)),
      ("independent", comparison.independent.map(independent) ?? .null),
      ("independentWarning", comparison.independentWarning.map { .string($0) } ?? .null),
    ]
    return .object(members)
  }

  private func test(_ test: TestFinding) -> [(String, JSONValue)] {
    [
      ("method", .string(test.method)),
      (
        "statistic",
        test.statistic.map {
          .object([("name", .string($0.name)), ("value", .number($0.value))])
        } ?? .null
      ),
      ("degreesOfFreedom", .optional(test.degreesOfFreedom)),
      ("p", .optional(test.p)),
      ("alternative", .string(test.alternative)),
      ("assumptions", .array(test.assumptions.map { .string($0) })),
    ]
  }

  private func independent(_ finding: TestFinding) -> JSONValue {
    .object(members(finding.estimate) + test(finding))
  }

  var gate: JSONValue {
    guard !findings.gates.isEmpty else { return .null }
    return .object([
      ("passed", .bool(findings.gates.allSatisfy(\.passed))),
      ("rules", .array(findings.gates.map(rule))),
    ])
  }

  private func rule(_ gate: GateFinding) -> JSONValue {
    let requirement: (String, Double?) =
      switch gate.rule.requirement {
      case .notWorse(let margin): ("notWorse", margin)
      case .better: ("better", nil)
      case .equivalent(let margin): ("equivalent", margin)
      case .atMost(let bound): ("atMost", bound)
      case .atLeast(let bound): ("atLeast", bound)
      }
    return .object([
      ("metric", .string(gate.rule.metric.name)), ("arm", .string(gate.rule.arm)),
      ("requirement", .string(requirement.0)), ("limit", .optional(requirement.1)),
      ("passed", .bool(gate.passed)),
      (
        "sentence", .string(GateText(gate, findings, style: .terminal).text)
      ),
    ])
  }

  // MARK: Time, segments, pairs

  func event(_ event: EventFinding) -> JSONValue {
    .object([
      ("at", .time(event.time)), ("kind", .string(event.kind)), ("monitor", .string(event.source)),
      ("detail", .string(event.detail)),
    ])
  }

  func shift(_ shift: ShiftTruth) -> JSONValue {
    .object([
      ("name", .string(shift.name)),
      ("spans", .array(shift.spans.map { .array([.time($0.start), .time($0.end)]) })),
      ("affected", .count(shift.affected)),
    ])
  }

  var timeline: JSONValue {
    .object([
      ("bucket", .string(findings.timeline.bucket)),
      ("starts", .array(findings.timeline.starts.map { .time($0) })),
      ("end", .time(findings.timeline.end)),
      ("series", .array(findings.timeline.series.map(series))),
    ])
  }

  private func series(_ series: TimelineFindings.Series) -> JSONValue {
    .object([
      ("arm", .string(series.arm)), ("metric", .string(series.metric.name)),
      ("points", .array(series.points.map(finding))),
    ])
  }

  func segment(_ segment: SegmentFindings) -> JSONValue {
    .object([
      ("column", .string(segment.column)), ("value", .string(segment.value)),
      ("requests", .count(segment.requests)),
      (
        "arms",
        .object(
          segment.arms.map { row in
            (
              row.arm,
              .object([
                ("metrics", metrics(row.metrics)),
                ("candidateMinusProduction", row.candidateMinusProduction.map(finding) ?? .null),
              ])
            )
          })
      ),
    ])
  }

  func disagreement(_ pair: DisagreementFindings) -> JSONValue {
    .object([
      ("arm", .string(pair.arm)), ("bothRight", .count(pair.bothRight)),
      ("onlyProductionRight", .count(pair.onlyProductionRight)),
      ("onlyCandidateRight", .count(pair.onlyCandidateRight)),
      ("bothWrong", .count(pair.bothWrong)), ("answers", .counts(pair.answers)),
      ("density", .counts(pair.density)), ("scoreRange", interval(pair.scoreRange)),
      ("rows", .array(pair.rows.map(row))),
    ])
  }

  private func row(_ row: DisagreementFindings.Row) -> JSONValue {
    .object([
      (
        "ordinal",
        row.ordinal <= 1 << 53 ? .integer(Int64(row.ordinal)) : .string(String(row.ordinal))
      ),
      ("time", .time(row.time)),
      ("features", .object(row.features.map { ($0.name, .string($0.text)) })),
      ("label", row.label.map { .string($0) } ?? .null),
      ("productionAnswer", .number(row.productionAnswer)),
      ("candidateAnswer", .number(row.candidateAnswer)),
    ])
  }

  // MARK: Health, replications

  var health: JSONValue {
    let health = findings.health
    return .object([
      ("warnings", .array(findings.warnings(.terminal).map { .string($0) })),
      ("counts", .array(health.counts.map(ManifestDocument.count))),
      ("labelsArrived", .count(health.labelsArrived)),
      ("labelsLost", .count(health.labelsLost)),
      ("assumedZone", health.assumedZone.map { .string($0) } ?? .null),
      (
        "sampleRatio",
        health.sampleRatio.map {
          .object([
            ("planned", .numbers($0.planned)), ("observed", .counts($0.observed)),
            ("p", .number($0.p)),
          ])
        } ?? .null
      ),
    ])
  }

  var replications: JSONValue {
    guard let replications = findings.replications else { return .null }
    return .object([
      ("count", .count(replications.count)),
      ("comparisons", .array(replications.comparisons.map(replication))),
    ])
  }

  private func replication(_ row: ReplicationFindings.Row) -> JSONValue {
    .object([
      ("metric", .string(row.metric.name)), ("arm", .string(row.arm)),
      ("mean", finding(.estimate(row.mean))),
      ("standardDeviation", .number(row.standardDeviation)),
      ("meanIntervalWidth", .number(row.meanIntervalWidth)),
      ("rejections", finding(.estimate(row.rejections))),
      ("independentRejections", row.independentRejections.map { finding(.estimate($0)) } ?? .null),
      ("coverage", row.coverage.map { finding(.estimate($0)) } ?? .null),
      ("truth", row.truthEstimate.map { finding(.estimate($0)) } ?? .null),
      ("verdicts", .object(row.verdicts.map { ($0.word, .count($0.count)) })),
    ])
  }
}

import Models
import Statistics
import Traffic

/// What a person should know before they trust the numbers.
struct HealthCheck {
  let ledger: Ledger
  let serving: [ServingFacts]
  let frame: FindingsBuilder.Frame
  let comparisons: [ComparisonFinding]

  func findings() -> HealthFindings {
    var health = HealthFindings()
    health.counts = frame.trafficCounts + servingCounts
    health.labelsArrived = ledger.labels.arrived
    health.labelsLost = ledger.labels.lost
    health.assumedZone = frame.assumedZone
    health.sampleRatio = sampleRatio
    health.warnings = warnings(health)
    return health
  }

  private var shown: ArraySlice<ArmPlan> { ledger.plan.arms[ledger.plan.shownArms] }

  private var servingCounts: [TrafficCount] {
    var counts: [TrafficCount] = []
    for (arm, facts) in zip(shown, serving) {
      func note(_ key: String, _ count: Int, _ what: String) {
        guard count > 0 else { return }
        counts.append(
          TrafficCount(
            key: "\(arm.name).\(key)", count: count, sentence: "\(count.grouped) \(what)"))
      }
      if case .sized? = arm.service?.time {
        note(
          "missingSize", facts.missingLatency,
          "requests lacked a column that their service time follows, and failed at \(arm.name)")
      } else {
        note(
          "missingLatency", facts.missingLatency,
          "requests had no logged latency and failed at \(arm.name)")
      }
      note(
        "negativeTimes", facts.negativeTimes,
        "service times of \(arm.name) were below zero and taken as zero")
      note(
        "cutTimes", facts.cutTimes, "service times of \(arm.name) were cut to 36.5 years")
    }
    for (arm, own) in zip(shown, ledger.arms)
    where own.withoutAnswer > 0 && arm.model != .noModel {
      counts.append(
        TrafficCount(
          key: "\(arm.name).withoutAnswer", count: own.withoutAnswer,
          sentence:
            "\(own.withoutAnswer.grouped) requests got no answer from the model of \(arm.name), "
            + "because an input was missing"))
    }
    for (arm, own) in zip(shown, ledger.arms) where own.residualsTooLarge > 0 {
      counts.append(
        TrafficCount(
          key: "\(arm.name).errorTooLarge", count: own.residualsTooLarge,
          sentence:
            "\(own.residualsTooLarge.grouped) answers of \(arm.name) lie 5 · 10¹¹ or more from "
            + "their label and are left out of its errors"))
    }
    return counts
  }

  private var sampleRatio: HealthFindings.SampleRatio? {
    guard case .split(let shares, _, _) = frame.deployment else { return nil }
    let observed = ledger.units.map(\.unitCount)
    guard let test = try? SampleRatio(observed: observed, planned: shares) else { return nil }
    return HealthFindings.SampleRatio(planned: shares, observed: observed, p: test.p.value)
  }

  private func subject(of metric: Metric) -> String {
    switch metric {
    case .latencyMean, .latencyQuantile, .firstTokenMean, .tokenGapMean: "Latencies"
    case .within, .timeoutShare, .errorShare, .shedShare, .abandonedShare: "Lost requests"
    default: "Errors"
    }
  }

  /// The arms whose own intervals cannot allow for dependence, because there is too little to see it in.
  private var takenForIndependent: [String] {
    let most = zip(shown, ledger.arms).map { arm, own in
      (arm.name, own.totals.reduce(0) { max($0, $1.count) })
    }
    guard ledger.plan.isSplit else {
      return most.filter { 1 < $0.1 && $0.1 < CosineVariance.fewestBlocks }.map { name, count in
        "\(name) has \(count) answers, fewer than the \(CosineVariance.fewestBlocks) that show "
          + "whether they depend on each other; its own intervals take them for independent."
      }
    }
    return zip(most, ledger.units).filter { $0.1 > 1 && $1.unitCount == 1 }.map { own, _ in
      "All requests of \(own.0) come from one unit, so nothing shows how units differ; "
        + "its own intervals take the requests for independent."
    }
  }

  private func warnings(_ health: HealthFindings) -> [String] {
    var warnings: [String] = []
    if let ratio = health.sampleRatio, ratio.p < 0.001 {
      warnings.append(
        "The arms did not get the units that were planned (sample-ratio mismatch), "
          + "so no comparison can be trusted.")
    }
    if let finding = comparisons.first(where: { $0.independentWarning != nil }),
      let effective = finding.effectiveSampleSize, let n = finding.main.estimate.estimate?.n,
      case .shadow = frame.deployment
    {
      let kinship =
        finding.unitOfAnalysis == "unit"
        ? "Requests of one unit are alike" : "\(subject(of: finding.metric)) are autocorrelated"
      warnings.append(
        "\(kinship): \(n.grouped) requests carry the information of "
          + "about \(Int(effective.rounded()).grouped).")
    }
    for (arm, own) in zip(shown, ledger.arms) where own.fates.sent > 0 {
      let lost = own.fates.lost
      if 100 * lost > own.fates.sent {
        warnings.append(
          "\(arm.name) left \(lost.grouped) of \(own.fates.sent.grouped) requests without an answer; "
            + "they do not count in its quality.")
      }
    }
    warnings += takenForIndependent
    if health.labelsLost > 0 {
      warnings.append(
        "\(health.labelsLost.grouped) labels never arrived; those requests have no quality.")
    }
    return warnings
  }
}

extension Int {
  /// In groups of three digits: "27,888".
  var grouped: String {
    var text = ""
    for (position, digit) in String(magnitude).reversed().enumerated() {
      if position > 0, position % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (self < 0 ? "−" : "") + String(text.reversed())
  }
}

import Documents
import Models
import Probability
import Simulation
import Traffic

extension Scenario {
  /// The scenario with every default filled in, as JSON5 that reads back as the same scenario.
  package var resolvedText: String { resolved.written(.json5) + "\n" }

  /// SHA-256 of `resolvedText`, in hexadecimal: equal for scenarios that mean the same.
  package var fingerprint: String { SHA256.hex(of: resolvedText) }

  private var resolved: JSONValue {
    .members(
      ("title", .string(title)),
      ("seed", .integer(Int64(seed))),
      ("traffic", traffic.resolved(labellers)),
      ("shifts", .array(shifts.map { $0.resolved(labellers) })),
      ("arms", .object(arms.map { ($0.name, $0.resolved) })),
      ("stations", resolvedStations),
      ("deployment", deployment.resolved(arms.map(\.name), sparing: mirrorSparing)),
      ("labels", labels.resolved),
      ("metrics", metrics.isEmpty ? "automatic" : .array(metrics.map { .string($0.name) })),
      ("metricOptions", metricOptions.resolved),
      ("timeline", buckets.resolved),
      ("compare", resolvedComparisons),
      ("monitors", .array(monitors.map(\.resolved))),
      ("gate", resolvedGates),
      ("replications", .integer(Int64(replications))),
      (
        "truth",
        truthRequests.map { .object([("requests", .integer(Int64($0)))]) }
      ),
      ("twinWithoutMirror", .bool(twinWithoutMirror)),
      ("ties", shufflesTies ? "shuffled" : nil)
    )
  }

  private var resolvedStations: JSONValue? {
    stations.isEmpty ? nil : .object(stations.map { ($0.name, $0.resolved) })
  }

  private var resolvedComparisons: JSONValue {
    if comparisons.isEmpty, metrics.isEmpty { return "automatic" }
    return .array(comparisons.map(\.resolved))
  }

  /// By metric, then by arm, in the order of the rules.
  private var resolvedGates: JSONValue {
    var byMetric: [(String, [(String, [JSONValue])])] = []
    for rule in gates {
      let name = rule.metric.name
      if byMetric.last?.0 != name { byMetric.append((name, [])) }
      let last = byMetric.count - 1
      if byMetric[last].1.last?.0 != rule.arm { byMetric[last].1.append((rule.arm, [])) }
      byMetric[last].1[byMetric[last].1.count - 1].1.append(.string(rule.words))
    }
    return .object(
      byMetric.map { metric, arms in
        (metric, .object(arms.map { ($0, $1.count == 1 ? $1[0] : .array($1)) }))
      })
  }
}

// MARK: Arms

extension ArmPlan {
  fileprivate var resolved: JSONValue {
    .members(
      ("model", model.resolved), ("service", service?.resolved),
      ("client", service?.client.resolved), ("route", service?.resolvedRoute),
      ("cost", costPerThousand.map { .number($0) }))
  }
}

extension ModelReference {
  var resolved: JSONValue {
    switch self {
    case .file(let path): .string(path)
    case .column(let name, let output):
      .members(
        ("column", .string(name)), ("output", output == .value ? "value" : "probability"))
    case .synthetic(let plan): .members(("synthetic", plan.resolved))
    case .noModel: "none"
    }
  }
}

extension SyntheticModelPlan {
  fileprivate var resolved: JSONValue {
    let quality: [(String, JSONValue?)] =
      switch kind {
      case .accuracy(let accuracy, let confidence):
        [("accuracy", .number(accuracy)), ("confidence", .number(confidence))]
      case .error(let bias, let deviation):
        [("error", .members(("bias", .number(bias)), ("sd", .number(deviation))))]
      }
    return .members(quality + [("latent", latent.map { .string($0) }), ("salt", .string(salt))])
  }
}

extension MirrorSparing {
  fileprivate var resolved: JSONValue {
    .members(
      ("queue", .integer(Int64(queue))), ("interval", .string(interval.text)),
      ("least", .number(least)), ("step", .number(step)))
  }
}

extension DeploymentPlan {
  fileprivate func resolved(_ arms: [String], sparing: MirrorSparing?) -> JSONValue {
    switch self {
    case .shadow(let mirror):
      .members(
        (
          "shadow",
          .members([("mirror", .number(mirror)), ("spare", sparing.map(\.resolved))])
        ))
    case .split(let shares, let salt, let unit):
      .members(
        (
          "ab",
          .members(
            ("shares", .object(zip(arms, shares).map { ($0, .number($1)) })),
            ("salt", .string(salt)), ("by", .string(unit.rawValue)))
        ))
    }
  }
}

extension LabelPlan {
  fileprivate var resolved: JSONValue {
    .members(("delay", delay.resolved(.duration)), ("lost", .number(lost)))
  }
}

// MARK: Analysis

extension MetricOptions {
  fileprivate var resolved: JSONValue {
    .members(
      ("logLossClip", .number(logLossClip)), ("threshold", .number(threshold)),
      ("calibrationBins", .integer(Int64(calibrationBins))), ("auc", .string(auc.rawValue)),
      ("currency", .string(currency)))
  }
}

extension TimeBuckets {
  fileprivate var resolved: JSONValue {
    switch self {
    case .automatic: "automatic"
    case .every(let duration): .duration(duration)
    case .day: "day"
    case .week: "week"
    case .month: "month"
    case .quarter: "quarter"
    }
  }
}

extension ComparisonPlan {
  fileprivate var resolved: JSONValue {
    let (word, margin): (JSONValue, Double?) =
      switch question {
      case .different: ("different", nil)
      case .notWorse(let margin): ("notWorse", margin)
      case .equivalent(let margin): ("equivalent", margin)
      }
    return .members(
      ("metric", .string(metric.name)), ("arm", arm.map { .string($0) }), ("question", word),
      ("margin", margin.map { resolved(margin: $0) }), ("level", .number(level)))
  }

  private func resolved(margin: Double) -> JSONValue {
    metric.unit == .nanoseconds ? .string(metric.amountText(margin)) : .number(margin)
  }
}

extension Metric {
  /// A value of the metric as scenarios write it.
  fileprivate func amountText(_ value: Double) -> String {
    guard unit == .nanoseconds else { return number(value) }
    return SimulatedDuration(nanoseconds: Int64(value)).text
  }
}

extension GateRule {
  /// As a scenario writes the requirement: "not worse by 0.01".
  fileprivate var words: String {
    switch requirement {
    case .better: "better"
    case .notWorse(let margin): "not worse by \(metric.amountText(margin))"
    case .equivalent(let margin): "equivalent within \(metric.amountText(margin))"
    case .atMost(let bound): "at most \(metric.amountText(bound))"
    case .atLeast(let bound): "at least \(metric.amountText(bound))"
    }
  }
}

extension MonitorPlan {
  fileprivate var resolved: JSONValue {
    let own: [(String, JSONValue?)] =
      switch detector {
      case .adwin(let delta): [("drift", "adwin"), ("delta", .number(delta))]
      case .pageHinkley(let delta, let threshold):
        [("drift", "pageHinkley"), ("delta", .number(delta)), ("threshold", .number(threshold))]
      }
    return .members(
      own + [("on", .string("\(arm).\(signal.rawValue)")), ("name", .string(name))])
  }
}

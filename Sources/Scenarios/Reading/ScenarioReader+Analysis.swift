import Documents
import Simulation
import Traffic

extension ScenarioReader {
  /// Metrics, comparisons, monitors, gates and how time is cut.
  func readAnalysis(_ object: ObjectReader, into scenario: inout Scenario) {
    scenario.metrics = metrics(object)
    scenario.metricOptions = metricOptions(object)
    scenario.buckets = buckets(object)
    scenario.comparisons = comparisons(object, metrics: scenario.metrics)
    scenario.monitors = monitors(object)
    scenario.gates = gates(object)
    scenario.addMetricsInUse()
  }

  // MARK: Metrics

  private func metrics(_ object: ObjectReader) -> [Metric] {
    guard let node = object.value("metrics"), node.string != "automatic",
      let elements = object.elements("metrics")
    else { return [] }
    var metrics: [Metric] = []
    for element in elements {
      guard let metric = metric("metrics", element) else { continue }
      if metrics.contains(metric) {
        complaints.add(.repeatedName(metric.name, in: "`metrics`"), at: element)
      } else {
        metrics.append(metric)
      }
    }
    return metrics
  }

  /// A metric by its name, with what it needs checked as far as the scenario tells.
  func metric(_ key: String, _ node: JSONNode) -> Metric? {
    guard let name = node.string else {
      let (found, expected) = (node.inWords, ValueType.metric.words)
      complaints.add(
        key == "metric"
          ? .wrongValue(
            key: key, found: found, expected: expected, example: "metric: \"accuracy\"")
          : .wrongElement(list: key, found: found, expected: expected, example: nil), at: node)
      return nil
    }
    return metric(named: name) { complaints.add($0, at: node) }
  }

  private func metric(named name: String, _ tell: (ScenarioMistake) -> Void) -> Metric? {
    guard let metric = Metric(name: name) else {
      tell(.unknownMetric(name))
      return nil
    }
    switch metric {
    case .latencyMean, .latencyQuantile, .within, .timeoutShare, .errorShare, .shedShare,
      .abandonedShare:
      if context.armsWithService.isEmpty { tell(.metricNeedsService(name)) }
    case .firstTokenMean, .tokenGapMean:
      if !context.hasLanguageModel { tell(.metricNeedsLanguageModel(name)) }
    case .costPerThousand:
      if context.armsWithCost.isEmpty { tell(.metricNeedsCost(name)) }
    case .disagreement: tellMissingModel(name, tell)
    default:
      tellMissingModel(name, tell)
      if !context.mayHaveLabels { tell(.metricNeedsLabels(name)) }
    }
    return metric
  }

  private func tellMissingModel(_ name: String, _ tell: (ScenarioMistake) -> Void) {
    if let arm = context.armsWithoutModel.first { tell(.metricNeedsModel(name, arm: arm)) }
  }

  private func metricOptions(_ object: ObjectReader) -> MetricOptions {
    var options = MetricOptions()
    guard let reader = object.object("metricOptions") else { return options }
    options.logLossClip = reader.number("logLossClip") ?? options.logLossClip
    if options.logLossClip >= 0.5, let node = reader.value("logLossClip") {
      complaints.add(.wideClip(found: node.literal), at: node)
    }
    options.threshold = reader.number("threshold") ?? options.threshold
    options.calibrationBins = reader.integer("calibrationBins") ?? options.calibrationBins
    options.auc = reader.word("auc").flatMap { .init(rawValue: $0) } ?? options.auc
    options.currency = reader.text("currency") ?? options.currency
    return options
  }

  private func buckets(_ object: ObjectReader) -> TimeBuckets {
    guard let node = object.value("timeline") else { return .automatic }
    switch node.string {
    case "automatic": return .automatic
    case "day": return .day
    case "week": return .week
    case "month": return .month
    case "quarter": return .quarter
    case let text? where text.first?.isNumber == true || text.hasPrefix("P"):
      return object.duration("timeline", node).map { .every($0) } ?? .automatic
    case .some:
      _ = object.word("timeline", node)
      return .automatic
    case nil:
      object.reject("timeline", node)
      return .automatic
    }
  }

  // MARK: Comparisons

  private func comparisons(_ object: ObjectReader, metrics: [Metric]) -> [ComparisonPlan] {
    guard let node = object.value("compare"), node.string != "automatic" else {
      return metrics.filter(\.isComparedByDefault).map { ComparisonPlan(metric: $0) }
    }
    guard let elements = object.elements("compare") else { return [] }
    if elements.isEmpty, metrics.isEmpty { complaints.add(.nothingToCompare, at: node) }
    var plans: [ComparisonPlan] = []
    for element in elements {
      guard let plan = comparison(element) else { continue }
      if plans.contains(plan) { complaints.add(.repeatedComparison, at: element) }
      plans.append(plan)
    }
    return plans
  }

  private func comparison(_ node: JSONNode) -> ComparisonPlan? {
    if node.string != nil {
      return comparable("compare", node).map { ComparisonPlan(metric: $0) }
    }
    guard node.members != nil else {
      complaints.add(
        .wrongElement(
          list: "compare", found: node.inWords, expected: "the name of a metric or a comparison",
          example: "compare: [{ metric: \"accuracy\" }]"), at: node)
      return nil
    }
    guard let object = ObjectReader(node, as: "comparison", behind: "compare", complaints) else {
      return nil
    }
    let metric = object.required("metric").flatMap { comparable("metric", $0) }
    let arm = candidate(object)
    let level = object.number("level") ?? 0.95
    guard let metric else { return nil }
    return ComparisonPlan(
      metric: metric, arm: arm, question: question(object, metric) ?? .different, level: level)
  }

  private func comparable(_ key: String, _ node: JSONNode) -> Metric? {
    guard let metric = metric(key, node) else { return nil }
    guard metric.isComparable else {
      complaints.add(.notComparable(metric.name), at: node)
      return nil
    }
    return metric
  }

  private func candidate(_ object: ObjectReader) -> String? {
    guard let name = object.text("arm"), let node = object.value("arm") else { return nil }
    checkCandidate(name) { complaints.add($0, at: node) }
    return name
  }

  private func checkCandidate(_ name: String, _ tell: (ScenarioMistake) -> Void) {
    guard !context.armNames.isEmpty, !context.candidates.contains(name) else { return }
    if name == context.production {
      tell(.notACandidate(name))
    } else {
      tell(.unknownName(name, kind: "candidate", known: Array(context.candidates)))
    }
  }

  private func question(
    _ object: ObjectReader, _ metric: Metric
  ) -> ComparisonPlan.Question? {
    let word = object.word("question") ?? (object.has("margin") ? "notWorse" : "different")
    guard word != "different" else {
      object.refuse(["margin"], beside: "question: \"different\"")
      return .different
    }
    guard let node = object.required("margin"), let margin = margin(object, node, metric) else {
      return nil
    }
    return word == "notWorse" ? .notWorse(margin: margin) : .equivalent(margin: margin)
  }

  /// In the metric's own unit: nanoseconds for a latency, which is written as a duration.
  private func margin(_ object: ObjectReader, _ node: JSONNode, _ metric: Metric) -> Double? {
    guard metric.unit == .nanoseconds else {
      if let number = node.number, ValueType.NumberRange.positive.contains(number) { return number }
      complaints.add(
        .wrongValue(
          key: "margin", found: node.inWords, expected: ValueType.NumberRange.positive.words,
          example: object.section.entry("margin").example), at: node)
      return nil
    }
    return object.duration("margin", node).map { Double($0.nanoseconds) }
  }

  // MARK: Monitors

  private func monitors(_ object: ObjectReader) -> [MonitorPlan] {
    var names: Set<String> = []
    return (object.elements("monitors") ?? []).compactMap { element in
      guard var monitor = monitor(element) else { return nil }
      if let given = element["name"] {
        if names.contains(monitor.name) {
          complaints.add(.repeatedName(monitor.name, in: "`monitors`"), at: given)
        }
      } else {
        monitor.name = Self.unused(monitor.name, names)
      }
      names.insert(monitor.name)
      return monitor
    }
  }

  private func monitor(_ node: JSONNode) -> MonitorPlan? {
    guard let object = ObjectReader(node, as: "monitor", behind: "monitors", complaints) else {
      return nil
    }
    let detector = object.required("drift").flatMap { object.word("drift", $0) }
      .flatMap { self.detector(object, $0) }
    let on = object.requiredText("on")
    let given = object.text("name")
    guard let on, let node = object.value("on"), let (arm, signal) = watched(on, node),
      let detector
    else { return nil }
    let name = given ?? "\(object.value("drift")?.string ?? "") on \(on)"
    return MonitorPlan(name: name, detector: detector, arm: arm, signal: signal)
  }

  private func detector(_ object: ObjectReader, _ word: String) -> MonitorPlan.Detector? {
    guard word == "adwin" else {
      return .pageHinkley(
        delta: object.number("delta") ?? 0.005, threshold: object.number("threshold") ?? 50)
    }
    object.refuse(["threshold"], beside: "drift: \"adwin\"")
    let delta = object.number("delta") ?? 0.002
    if delta >= 1, let node = object.value("delta") {
      complaints.add(
        .wrongValue(
          key: "delta", found: node.inWords, expected: ValueType.NumberRange.openShare.words,
          example: "delta: 0.002"), at: node)
    }
    return .adwin(delta: delta)
  }

  /// "candidate.error": the arm, which may hold points itself, and the signal after the last point.
  private func watched(
    _ text: String, _ node: JSONNode
  ) -> (arm: String, signal: MonitorPlan.Signal)? {
    let words = MonitorPlan.Signal.allCases.map(\.rawValue)
    guard let point = text.lastIndex(of: ".") else {
      complaints.add(.badSignal(text, arm: context.candidates.first ?? "production"), at: node)
      return nil
    }
    let arm = String(text[..<point])
    let word = String(text[text.index(after: point)...])
    guard let signal = MonitorPlan.Signal(rawValue: word) else {
      complaints.add(.unknownName(word, kind: "signal", known: words), at: node)
      return nil
    }
    guard context.armNames.isEmpty || context.armNames.contains(arm) else {
      complaints.add(.unknownName(arm, kind: "arm", known: context.armNames), at: node)
      return nil
    }
    if signal == .latency, !context.armsWithService.contains(arm) {
      complaints.add(.monitorNeedsService(arm), at: node)
    }
    if signal != .latency, context.armsWithoutModel.contains(arm) {
      complaints.add(.metricNeedsModel(word, arm: arm), at: node)
    }
    if signal == .error, !context.mayHaveLabels { complaints.add(.monitorNeedsLabels, at: node) }
    return (arm, signal)
  }

  // MARK: Gates

  private func gates(_ object: ObjectReader) -> [GateRule] {
    (object.named("gate") ?? []).flatMap { member -> [GateRule] in
      let metric = metric(named: member.key) { complaints.add($0, atKeyOf: member) }
      guard member.value.members != nil else {
        complaints.add(
          .wrongValue(
            key: member.key, found: member.value.inWords,
            expected: "an object from arms to what must hold",
            example: object.section.entry("gate").example),
          at: member.value)
        return []
      }
      complaints.addRepetitions(of: member.value)
      guard let metric else { return [] }
      return (member.value.members ?? []).flatMap { rules(metric, $0) }
    }
  }

  private func rules(_ metric: Metric, _ member: JSONMember) -> [GateRule] {
    let nodes = member.value.elements ?? [member.value]
    return nodes.compactMap { node in
      guard let text = node.string, let requirement = requirement(text, metric) else {
        complaints.add(.badRequirement(found: node.inWords, metric.unit == .nanoseconds), at: node)
        return nil
      }
      checkGate(metric, requirement, member, node)
      return GateRule(metric: metric, arm: member.key, requirement: requirement)
    }
  }

  private func checkGate(
    _ metric: Metric, _ requirement: GateRule.Requirement, _ member: JSONMember, _ node: JSONNode
  ) {
    switch requirement {
    case .atMost, .atLeast:
      guard !context.armNames.isEmpty, !context.armNames.contains(member.key) else { return }
      complaints.add(
        .unknownName(member.key, kind: "arm", known: context.armNames), atKeyOf: member)
    case .better, .notWorse, .equivalent:
      checkCandidate(member.key) { complaints.add($0, atKeyOf: member) }
      if !metric.isComparable { complaints.add(.notComparable(metric.name), at: node) }
    }
  }

  private func requirement(_ text: String, _ metric: Metric) -> GateRule.Requirement? {
    if text == "better" { return .better }
    let forms: [(prefix: String, make: (Double) -> GateRule.Requirement, isMargin: Bool)] = [
      ("not worse by ", { .notWorse(margin: $0) }, true),
      ("equivalent within ", { .equivalent(margin: $0) }, true),
      ("at most ", { .atMost($0) }, false), ("at least ", { .atLeast($0) }, false),
    ]
    guard let form = forms.first(where: { text.hasPrefix($0.prefix) }) else { return nil }
    let rest = String(text.dropFirst(form.prefix.count))
    let value =
      metric.unit == .nanoseconds
      ? DurationText.duration(rest).map { Double($0.nanoseconds) } : Double(rest)
    guard let value, value.isFinite, value > 0 || !form.isMargin else { return nil }
    return form.make(value)
  }
}

extension Metric {
  /// Whether it is compared where the scenario does not say what is: what has two values to compare,
  /// and is no fixed price.
  package var isComparedByDefault: Bool { isComparable && self != .costPerThousand }
}

extension Scenario {
  /// What is compared or gated is measured, too; an empty list stays the automatic one.
  mutating func addMetricsInUse() {
    guard !metrics.isEmpty else { return }
    for metric in comparisons.map(\.metric) + gates.map(\.metric) where !metrics.contains(metric) {
      metrics.append(metric)
    }
  }
}

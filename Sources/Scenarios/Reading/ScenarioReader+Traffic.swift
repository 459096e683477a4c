import Documents
import Traffic

extension ScenarioReader {
  mutating func traffic(_ node: JSONNode) -> TrafficPlan? {
    guard node.members != nil, node["replay"] != nil || node["synthetic"] != nil else {
      complaints.add(.noTraffic(found: node.inWords), at: node)
      return nil
    }
    if node["replay"] != nil, node["synthetic"] != nil {
      complaints.add(
        .severalChoices(in: "the traffic", found: ["replay", "synthetic"]), at: node)
      return nil
    }
    guard node["synthetic"] == nil else {
      let object = ObjectReader(node, as: "synthetic", behind: "traffic", complaints)
      return object?.object("synthetic").flatMap { synthesis($0) }.map { .synthetic($0) }
    }
    return ObjectReader(node, as: "replay", behind: "traffic", complaints)
      .flatMap { replay($0) }.map { .replay($0) }
  }

  private mutating func replay(_ object: ObjectReader) -> RecordingPlan? {
    guard let path = object.requiredText("replay") else { return nil }
    var plan = RecordingPlan(path: path)
    plan.format = object.word("format").flatMap { .init(rawValue: $0) } ?? plan.format
    if plan.isJSONLines { object.refuse(["delimiter"], beside: "JSON Lines") }
    plan.delimiter = delimiter(object) ?? plan.delimiter
    readTimes(object, into: &plan)
    readLabel(object, into: &plan)
    plan.unitColumn = object.text("unit")
    plan.latencyColumn = object.text("latency")
    plan.latencyUnitNanoseconds = latencyUnit(object) ?? plan.latencyUnitNanoseconds
    plan.unitsAreIdentities = object.word("unitKind") == "identity"
    if !object.has("unit") { object.refuse(["unitKind"], beside: "no unit") }
    readSegments(object, into: &plan)
    readServing(object, into: &plan)
    plan.missingTokens = object.texts("missing") ?? []
    plan.features = features(object, label: plan.labelColumn) ?? .all
    readSelection(object, into: &plan)
    plan.onBadValue = object.word("onBadValue").flatMap { .init(rawValue: $0) } ?? plan.onBadValue
    plan.onTimeReversal = timeReversal(object) ?? plan.onTimeReversal
    context.mayHaveLabels = plan.labelColumn != nil
    context.mayHaveLoggedLatency = plan.latencyColumn != nil
    return plan
  }

  private func delimiter(_ object: ObjectReader) -> UInt8? {
    guard let node = object.value("delimiter") else { return nil }
    let forbidden = Array("\"\r\n".utf8)
    guard let bytes = node.string.map({ Array($0.utf8) }), bytes.count == 1, bytes[0] < 0x80,
      !forbidden.contains(bytes[0])
    else {
      complaints.add(.badDelimiter(found: node.inWords), at: node)
      return nil
    }
    return bytes[0]
  }

  // MARK: Times

  private func readTimes(_ object: ObjectReader, into plan: inout RecordingPlan) {
    plan.timeColumn = object.text("time")
    plan.rate = object.number("rate")
    if object.has("time") {
      object.refuse(["rate"], beside: "time")
    } else {
      object.refuse(["timeFormat", "timeZone"], beside: "rate")
      if !object.has("rate") { complaints.add(.noTimes, at: object.node) }
    }
    plan.timeFormat = timeFormat(object) ?? plan.timeFormat
    plan.zoneOffset = zone(object) ?? plan.zoneOffset
  }

  private func timeFormat(_ object: ObjectReader) -> RecordingPlan.TimeFormat? {
    guard let node = object.value("timeFormat") else { return nil }
    if node.members != nil {
      return object.object("timeFormat", node)?.requiredDuration("epoch")
        .map { .epoch(nanosecondsPerUnit: $0.nanoseconds) }
    }
    if let pattern = node.string, pattern.contains("%") { return .pattern(pattern) }
    switch object.word("timeFormat", node) {
    case "automatic": return .automatic
    case "rfc3339": return .rfc3339
    case "epochSeconds": return .epoch(nanosecondsPerUnit: 1_000_000_000)
    case "epochMilliseconds": return .epoch(nanosecondsPerUnit: 1_000_000)
    case "epochMicroseconds": return .epoch(nanosecondsPerUnit: 1000)
    case "epochNanoseconds": return .epoch(nanosecondsPerUnit: 1)
    default: return nil
    }
  }

  private func zone(_ object: ObjectReader) -> SimulatedDuration? {
    guard let node = object.value("timeZone") else { return nil }
    if let zone = node.string.flatMap(InstantText.zone) { return zone }
    if let name = node.string, name.contains("/") || name.allSatisfy(\.isLetter) {
      complaints.add(.namedZone(name), at: node)
    } else {
      object.reject("timeZone", node)
    }
    return nil
  }

  private func timeReversal(_ object: ObjectReader) -> RecordingPlan.TimeReversalRule? {
    let word = object.word("onTimeReversal")
    if word != "reorder" {
      object.refuse(["reorderWindow"], beside: "onTimeReversal: \"\(word ?? "stop")\"")
    }
    switch word {
    case "stop": return .stop
    case "shift": return .shift
    case "reorder": return object.requiredDuration("reorderWindow").map { .reorder(window: $0) }
    default: return nil
    }
  }

  private func latencyUnit(_ object: ObjectReader) -> Int64? {
    guard let node = object.value("latencyUnit") else { return nil }
    if let unit = DurationText.units.first(where: { $0.name == node.string }) {
      return unit.nanoseconds
    }
    return object.duration("latencyUnit", node)?.nanoseconds
  }

  // MARK: Columns

  private func readLabel(_ object: ObjectReader, into plan: inout RecordingPlan) {
    plan.labelColumn = object.text("label")
    let classes = object.texts("classes")
    if !object.has("label") { object.refuse(["labelKind", "classes"], beside: "no label") }
    switch object.word("labelKind") {
    case "real":
      object.refuse(["classes"], beside: "labelKind: \"real\"")
      plan.labelKind = .real
    default:
      if let classes { plan.labelKind = .classes(names: classes) }
    }
    if let classes, classes.count < 2, let node = object.value("classes") {
      complaints.add(.tooFewClasses(classes.count), at: node)
    }
  }

  private func features(
    _ object: ObjectReader, label: String?
  ) -> RecordingPlan.FeatureSelection? {
    guard let node = object.value("features"), node.string != "*" else { return nil }
    let columns: [RecordingPlan.FeatureColumn]? =
      node.members == nil
      ? object.texts("features")?.map { .init(name: $0) } : featureColumns(object, node)
    guard let columns else { return nil }
    if node.count == 0 { complaints.add(.noFeatures, at: node) }
    if let label, columns.contains(where: { $0.name == label }) {
      complaints.add(.labelIsFeature(label), at: node)
    }
    return .named(columns)
  }

  private func readSegments(_ object: ObjectReader, into plan: inout RecordingPlan) {
    guard object.value("segments")?.members != nil else {
      plan.segmentColumns = object.texts("segments") ?? []
      return
    }
    for member in object.named("segments") ?? [] {
      let values = member.value.elements?.compactMap(\.string)
      guard let values, values.count == member.value.count else {
        object.reject("segments", member.value)
        continue
      }
      var seen: Set<String> = []
      for (value, element) in zip(values, member.value.elements ?? [])
      where !seen.insert(value).inserted {
        complaints.add(.repeatedName(value, in: "the values of \(member.key)"), at: element)
      }
      plan.segmentColumns.append(member.key)
      plan.segmentValues.append(values)
    }
    if plan.segmentValues.allSatisfy(\.isEmpty) { plan.segmentValues = [] }
  }

  private func featureColumns(
    _ object: ObjectReader, _ node: JSONNode
  ) -> [RecordingPlan.FeatureColumn]? {
    object.named("features", node)?.compactMap { member in
      switch member.value.string {
      case "numeric": return .init(name: member.key)
      case "categorical": return .init(name: member.key, categories: [])
      default:
        let categories = member.value.elements?.compactMap(\.string)
        guard let categories, !categories.isEmpty, categories.count == member.value.count else {
          complaints.add(
            .badFeatureColumn(member.key, found: member.value.inWords), at: member.value)
          return nil
        }
        var seen: Set<String> = []
        for (name, element) in zip(categories, member.value.elements ?? [])
        where !seen.insert(name).inserted {
          complaints.add(.repeatedName(name, in: "the categories of \(member.key)"), at: element)
        }
        return .init(name: member.key, categories: categories)
      }
    }
  }

  private func readServing(_ object: ObjectReader, into plan: inout RecordingPlan) {
    plan.inputTokenColumn = object.text("inputTokens")
    plan.outputTokenColumn = object.text("outputTokens")
    plan.priorityColumn = object.text("priority")
    plan.prefixColumn = object.text("prefixes")
    plan.prefixBlockTokens = object.integer("prefixBlock") ?? plan.prefixBlockTokens
    if !object.has("prefixes") { object.refuse(["prefixBlock"], beside: "no prefixes") }
  }

  // MARK: Which rows

  private func readSelection(_ object: ObjectReader, into plan: inout RecordingPlan) {
    plan.fromRow = object.integer("fromRow") ?? plan.fromRow
    plan.untilRow = object.integer("untilRow")
    if let until = plan.untilRow, until <= plan.fromRow, let node = object.value("untilRow") {
      complaints.add(
        .endsBeforeItStarts(from: "row \(plan.fromRow)", until: "row \(until)"), at: node)
    }
    plan.start = object.instant("start")
    plan.labellersBefore = object.integer("labellersBefore") ?? plan.labellersBefore
    plan.isFromUsers = object.flag("fromUsers") ?? plan.isFromUsers
    plan.from = object.timePoint("from")
    plan.until = object.timePoint("until")
    checkOrder(object, from: plan.from, until: plan.until)
    plan.speed = object.number("speed") ?? plan.speed
    plan.loops = object.integer("loop") ?? plan.loops
    plan.shareOfUnits = object.number("share") ?? plan.shareOfUnits
  }

  /// Instants compare with instants and offsets with offsets; a mixed pair is for the run to see.
  func checkOrder(_ object: ObjectReader, from: TimePoint?, until: TimePoint?) {
    let isReversed =
      switch (from, until) {
      case (.instant(let from), .instant(let until)): until <= from
      case (.offset(let from), .offset(let until)): until <= from
      case (nil, .offset(let until)): until <= .zero
      default: false
      }
    guard isReversed, let node = object.value("until") else { return }
    let start = object.value("from")?.string ?? "of the traffic"
    complaints.add(.endsBeforeItStarts(from: start, until: node.string ?? ""), at: node)
  }
}

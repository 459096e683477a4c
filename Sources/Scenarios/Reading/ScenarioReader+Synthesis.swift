import Documents
import Models
import Probability
import Traffic

extension ScenarioReader {
  mutating func synthesis(_ object: ObjectReader) -> SyntheticPlan? {
    let start = object.instant("start") ?? SimulatedTime(nanoseconds: 1_704_067_200_000_000_000)
    let requests = object.integer("requests")
    let duration = object.duration("duration")
    if !object.has("requests"), !object.has("duration") {
      complaints.add(.noEnd, at: object.node)
    }
    let arrivals = object.required("arrivals").flatMap { object.object("arrivals", $0) }
      .flatMap { self.arrivals($0) }
    let units = object.object("units").flatMap { units in
      units.required("count").flatMap { _ in units.integer("count") }
    }
    var plan = SyntheticPlan(
      start: start, arrivals: arrivals ?? .poisson(rate: 1),
      features: features(object), label: label(object) ?? .none)
    plan.requests = requests
    plan.duration = duration
    plan.units = units.map { .init(count: $0) }
    plan.segments = object.texts("segments") ?? []
    if let arrivals = object.value("arrivals"), arrivals.members != nil {
      plan.gaps = gaps(arrivals, beside: plan.arrivals)
      plan.groups = positive("groups", arrivals)
      if plan.isPaced, let groups = arrivals["groups"] {
        complaints.add(.pointlessKey("groups", beside: "users"), at: groups)
      }
    }
    plan.inputTokens = tokens(object, "inputTokens")
    plan.outputTokens = tokens(object, "outputTokens")
    plan.priority = priority(object)
    checkSegments(object, plan)
    checkUnits(object, plan)
    context.mayHaveLabels = object.has("label") && object.value("label")?.string != "none"
    context.mayHaveLoggedLatency = false
    return plan
  }

  private func arrivals(_ object: ObjectReader) -> SyntheticPlan.Arrivals? {
    let day = SimulatedDuration(nanoseconds: 86_400_000_000_000)
    let week = SimulatedDuration(nanoseconds: 7 * day.nanoseconds)
    let kinds = [
      "constant", "poisson", "daily", "weekly", "period", "wave", "states", "hawkes", "users",
    ]
    guard let (kind, _) = object.choice(among: kinds) else { return nil }
    if kind != "period" { object.refuse(["rates"], beside: kind) }
    if kind != "users" { object.refuse(["think"], beside: kind) }
    switch kind {
    case "constant": return object.number(kind).map { .constant(rate: $0) }
    case "poisson": return object.number(kind).map { .poisson(rate: $0) }
    case "daily": return object.rates(kind).map { .piecewise(period: day, rates: $0) }
    case "weekly": return object.rates(kind).map { .piecewise(period: week, rates: $0) }
    case "wave": return object.object(kind).flatMap { wave($0) }
    case "states": return states(object)
    case "users": return users(object)
    case "hawkes": return object.object(kind).flatMap { hawkes($0) }
    default:
      guard object.required("rates") != nil, let rates = object.rates("rates"),
        let period = object.duration(kind)
      else { return nil }
      return .piecewise(period: period, rates: rates)
    }
  }

  private func users(_ object: ObjectReader) -> SyntheticPlan.Arrivals? {
    let count = object.integer("users")
    let think = object.required("think").flatMap { distribution(object, "think", $0, .duration) }
    return both(count, think).map { .users(count: $0, think: $1) }
  }

  private func wave(_ object: ObjectReader) -> SyntheticPlan.Arrivals? {
    let day = SimulatedDuration(nanoseconds: 86_400_000_000_000)
    return both(object.requiredNumber("mean"), object.requiredNumber("amplitude")).map {
      .wave(
        .init(
          period: object.duration("period") ?? day, mean: $0, amplitude: $1,
          peak: object.duration("peak") ?? .zero))
    }
  }

  private func states(_ object: ObjectReader) -> SyntheticPlan.Arrivals? {
    guard let elements = object.elements("states") else { return nil }
    let states = elements.compactMap { element -> SyntheticPlan.State? in
      ObjectReader(element, as: "state", behind: "states", complaints).flatMap { state in
        both(state.requiredNumber("rate"), state.requiredDuration("stay"))
          .map { SyntheticPlan.State(rate: $0, stay: $1) }
      }
    }
    guard states.count == elements.count else { return nil }
    guard states.count > 1 else {
      complaints.add(.tooFewStates(states.count), at: object.node)
      return nil
    }
    guard states.contains(where: { $0.rate > 0 }) else {
      complaints.add(.nothingAboveZero(key: "states"), at: object.node)
      return nil
    }
    return .states(states)
  }

  private func hawkes(_ object: ObjectReader) -> SyntheticPlan.Arrivals? {
    guard
      let (rate, branching) = both(
        object.requiredNumber("rate"), object.requiredNumber("branching")),
      let decay = object.requiredDuration("decay")
    else { return nil }
    guard branching <= 0.999 else {
      complaints.add(.unstableBranching(branching), at: object.value("branching") ?? object.node)
      return nil
    }
    return .hawkes(rate: rate, branching: branching, decay: decay)
  }

  private func gaps(
    _ arrivals: JSONNode, beside kind: SyntheticPlan.Arrivals
  ) -> Distribution? {
    guard let gaps = positive("gaps", arrivals), let node = arrivals["gaps"] else { return nil }
    switch kind {
    case .constant: complaints.add(.pointlessKey("gaps", beside: "constant"), at: node)
    case .hawkes: complaints.add(.pointlessKey("gaps", beside: "hawkes"), at: node)
    case .users: complaints.add(.pointlessKey("gaps", beside: "users"), at: node)
    case .poisson, .piecewise, .wave, .states:
      if let mean = gaps.mean, mean > 0, mean.isFinite { return gaps }
      complaints.add(.gapsWithoutMean, at: node)
    }
    return nil
  }

  /// A distribution of numbers from 0 up.
  private func positive(_ key: String, _ object: JSONNode) -> Distribution? {
    guard let node = object[key], let distribution = distribution(key, node, .number) else {
      return nil
    }
    if let lowest = distribution.lowest, lowest >= 0 { return distribution }
    complaints.add(.drawsBelowZero(key: key), at: node)
    return nil
  }

  // MARK: Features

  private func features(_ object: ObjectReader) -> [SyntheticPlan.Feature] {
    (object.named("features") ?? []).compactMap { member in
      feature(member).map { SyntheticPlan.Feature(name: member.key, kind: $0) }
    }
  }

  private func feature(_ member: JSONMember) -> SyntheticPlan.Feature.Kind? {
    let kinds = ["categories", "autoregressive", "perUnit"]
    let isOwnKind = member.value.members?.contains { kinds.contains($0.key) } ?? false
    guard isOwnKind else {
      return distribution(member.key, member.value, .number).map { .drawn($0) }
    }
    guard
      let object = ObjectReader(member.value, as: "feature", behind: member.key, complaints),
      let (kind, node) = object.choice(among: kinds)
    else { return nil }
    switch kind {
    case "categories": return categories(object, node)
    case "autoregressive":
      guard let rho = object.number(kind) else { return nil }
      guard rho > -1, rho < 1 else {
        complaints.add(.badCorrelation(found: node.literal), at: node)
        return nil
      }
      return .autoregressive(rho: rho)
    default: return distribution(object, kind, node, .number).map { .perUnit($0) }
    }
  }

  private func categories(
    _ object: ObjectReader, _ node: JSONNode
  ) -> SyntheticPlan.Feature.Kind? {
    guard let members = object.named("categories", node) else { return nil }
    var weights: [Double] = []
    for member in members {
      guard let weight = member.value.number, weight >= 0, weight.isFinite else {
        complaints.add(
          .wrongValue(
            key: member.key, found: member.value.inWords,
            expected: ValueType.NumberRange.nonNegative.words,
            example: object.section.entry("categories").example), at: member.value)
        return nil
      }
      weights.append(weight)
    }
    guard weights.contains(where: { $0 > 0 }) else {
      complaints.add(.nothingAboveZero(key: "categories"), at: node)
      return nil
    }
    return .categorical(names: members.map(\.key), weights: weights)
  }

  private func checkSegments(_ object: ObjectReader, _ plan: SyntheticPlan) {
    let names = plan.features.compactMap { feature in
      if case .categorical = feature.kind { feature.name } else { nil }
    }
    let nodes = object.value("segments")?.elements ?? []
    for (segment, node) in zip(plan.segments, nodes) where !names.contains(segment) {
      complaints.add(
        .unknownName(segment, kind: "categorical feature", known: names), at: node)
    }
  }

  private func checkUnits(_ object: ObjectReader, _ plan: SyntheticPlan) {
    guard plan.units == nil, !object.has("units") else { return }
    for member in object.value("features")?.members ?? []
    where member.value["perUnit"] != nil {
      complaints.add(.perUnitWithoutUnits(member.key), at: member.value)
    }
  }

  // MARK: Serving

  private func tokens(_ object: ObjectReader, _ key: String) -> Distribution? {
    guard let node = object.value(key), let tokens = distribution(object, key, node, .number) else {
      return nil
    }
    guard let impossible = tokens.impossibleTokens else { return tokens }
    complaints.add(.impossibleTokens(key: key, value: impossible), at: node)
    return nil
  }

  private func priority(_ object: ObjectReader) -> Distribution? {
    guard let node = object.value("priority"),
      let priority = distribution(object, "priority", node, .number)
    else { return nil }
    if priority.givesPriorities { return priority }
    complaints.add(.badPriority, at: node)
    return nil
  }

  // MARK: Labels

  private mutating func label(_ object: ObjectReader) -> SyntheticPlan.Label? {
    guard let node = object.value("label"), node.string != "none" else { return nil }
    guard let label = object.object("label", node),
      let (kind, value) = label.choice(among: ["probability", "real", "model"])
    else { return nil }
    if kind != "model" { label.refuse(["kind", "classes"], beside: kind) }
    switch kind {
    case "probability": return label.number(kind).map { .bernoulli(probability: $0) }
    case "real": return distribution(label, kind, value, .number).map { .real($0) }
    default:
      guard let output = labellerOutput(label), let index = labeller(label, kind, value) else {
        return nil
      }
      return .labeller(index: index, output: output)
    }
  }

  private func labellerOutput(_ label: ObjectReader) -> SyntheticPlan.LabellerOutput? {
    let classes = label.texts("classes")
    if label.word("kind") == "real" {
      label.refuse(["classes"], beside: "kind: \"real\"")
      return .real
    }
    if let classes, classes.count < 2, let node = label.value("classes") {
      complaints.add(.tooFewClasses(classes.count), at: node)
      return nil
    }
    return .classes(names: classes ?? ["0", "1"])
  }

  /// Enters a model that labels follow; nil when it is none.
  mutating func labeller(_ object: ObjectReader, _ key: String, _ node: JSONNode) -> Int? {
    guard let reference = model(object, key, node, salt: "labels") else { return nil }
    if case .synthetic = reference {
      complaints.add(.labelsFollowSynthetic, at: node)
      return nil
    }
    labellers.append(reference)
    return labellers.count - 1
  }
}

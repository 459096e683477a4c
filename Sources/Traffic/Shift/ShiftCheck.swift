import Documents

/// Finds what is wrong with shifts before a run: all of it at once, in the scenario's order.
package struct ShiftCheck {
  private var schema: TrafficSchema
  private var shift: ShiftPlan
  /// Features of which more categories may come.
  private let open: [String]
  private var found: [Diagnostic] = []

  private init(_ shift: ShiftPlan, schema: TrafficSchema, open: [String]) {
    self.shift = shift
    self.schema = schema
    self.open = open
  }

  /// - Parameter open: features of which more categories may come; an unknown one is no mistake there.
  package static func mistakes(
    in shifts: [ShiftPlan], of schema: TrafficSchema, open: [String] = [], labellerCount: Int
  ) -> [Diagnostic] {
    var found: [Diagnostic] = []
    if shifts.count > ShiftPipeline.mostShifts {
      found.append(
        Diagnostic(
          .error,
          "there are \(shifts.count) shifts, and one run can tell \(ShiftPipeline.mostShifts) apart",
          help: "put shifts of one feature together, or make two scenarios"))
    }
    var known = schema
    for shift in shifts {
      var check = ShiftCheck(shift, schema: known, open: open)
      check.checkKind(labellerCount: labellerCount)
      check.checkSchedule()
      check.checkConditions(shift.segment)
      found += check.found
      known = Self.schema(known, after: [shift])
    }
    return found
  }

  /// The schema with the categories that swaps bring.
  static func schema(_ schema: TrafficSchema, after shifts: [ShiftPlan]) -> TrafficSchema {
    var schema = schema
    for shift in shifts {
      guard case .swapCategory(let feature, _, let to, _) = shift.kind,
        let index = schema.featureIndex(feature),
        case .categorical(let categories) = schema.features[index].kind, !categories.contains(to)
      else { continue }
      schema.features[index].kind = .categorical(categories: categories + [to])
    }
    return schema
  }

  private mutating func checkKind(labellerCount: Int) {
    switch shift.kind {
    case .scale(let feature, let factor):
      checkNumeric(feature)
      checkFinite(factor, "factor")
    case .offset(let feature, let amount):
      checkNumeric(feature)
      checkFinite(amount, "amount")
    case .noise(let feature, let deviation):
      checkNumeric(feature)
      if !(deviation >= 0 && deviation.isFinite) {
        fail("a standard deviation of \(deviation) is not a number from 0 up")
      }
    case .missing(let feature, let rate):
      _ = kind(of: feature)
      checkShare(rate, "rate")
    case .swapCategory(let feature, let from, _, let rate):
      checkSwap(feature, from: from)
      checkShare(rate, "rate")
    case .resample(let conditions, let share):
      if conditions.isEmpty { fail("it names no condition to resample toward") }
      checkConditions(conditions)
      checkShare(share, "share")
    case .flipLabel(let rate):
      checkClasses()
      checkShare(rate, "rate")
    case .concept(let labeller):
      if schema.label == .none { fail("the traffic has no label that could follow another model") }
      precondition(labeller >= 0 && labeller < labellerCount, "labeller \(labeller)")
    }
  }

  private mutating func checkSchedule() {
    if let ramp = shift.schedule.ramp, ramp.duration < .zero {
      fail("its ramp lasts \(ramp.duration.seconds) s, which is below 0")
    }
    guard let recurrence = shift.schedule.recurrence else { return }
    if recurrence.every <= .zero {
      fail("it recurs every \(recurrence.every.seconds) s, which is not above 0")
    }
    if recurrence.activeFor < .zero {
      fail("it is active for \(recurrence.activeFor.seconds) s, which is below 0")
    }
  }

  private mutating func checkConditions(_ conditions: [Condition]) {
    for condition in conditions {
      guard let kind = kind(of: condition.feature) else { continue }
      switch (condition.test, kind) {
      case (.missing, _): break
      case (.category(let name), .categorical(let categories)):
        checkCategory(name, of: condition.feature, categories)
      case (.isOneOfCategories(let names), .categorical(let categories)):
        for name in names { checkCategory(name, of: condition.feature, categories) }
      case (.category, .numeric), (.isOneOfCategories, .numeric):
        fail(
          "\"\(condition.words)\" asks for a category, and \(inQuotes(condition.feature)) is numeric",
          help: "compare it with a number, such as { above: 10 }")
      case (_, .categorical):
        fail(
          "\"\(condition.words)\" asks for a number, and \(inQuotes(condition.feature)) is categorical",
          help: "name one of its categories")
      case (_, .numeric): break
      }
    }
  }

  private mutating func checkSwap(_ feature: String, from: String) {
    switch kind(of: feature) {
    case .categorical(let categories): checkCategory(from, of: feature, categories)
    case .numeric:
      fail(
        "\(inQuotes(feature)) is numeric, and only categories can be swapped",
        help: "scale it, offset it or add noise")
    case nil: break
    }
  }

  private mutating func checkNumeric(_ feature: String) {
    guard case .categorical = kind(of: feature) else { return }
    fail(
      "\(inQuotes(feature)) is categorical, and \(shift.kind.word) needs a numeric feature",
      help: "swap one of its categories for another")
  }

  private mutating func checkClasses() {
    switch schema.label {
    case .none: fail("the traffic has no label to flip")
    case .real:
      fail(
        "the labels are real numbers, and only classes can be flipped",
        help: "let them follow another model")
    case .classes(let names):
      if names.count == 1 { fail("the label has only the class \(inQuotes(names[0]))") }
    }
  }

  private mutating func checkCategory(
    _ name: String, of feature: String, _ categories: [String]
  ) {
    guard !open.contains(feature), !categories.contains(name) else { return }
    fail(
      "\(inQuotes(feature)) has no category \(inQuotes(name))",
      help: Self.help(for: name, among: categories, called: "its categories are"))
  }

  private mutating func checkShare(_ share: Double, _ what: String) {
    if !(share >= 0 && share <= 1) { fail("a \(what) of \(share) is not between 0 and 1") }
  }

  private mutating func checkFinite(_ number: Double, _ what: String) {
    if !number.isFinite {
      fail("\(what == "amount" ? "an" : "a") \(what) of \(number) is not finite")
    }
  }

  /// The kind of a feature; nil, after saying so, where there is none of the name.
  private mutating func kind(of feature: String) -> TrafficSchema.Feature.Kind? {
    if let index = schema.featureIndex(feature) { return schema.features[index].kind }
    let names = schema.features.map(\.name)
    fail(
      "the traffic has no feature \(inQuotes(feature))",
      help: Self.help(for: feature, among: names, called: "its features are"))
    return nil
  }

  private mutating func fail(_ message: String, help: String? = nil) {
    found.append(Diagnostic(.error, "shift \(inQuotes(shift.name)): \(message)", help: help))
  }

  private static func help(for word: String, among names: [String], called: String) -> String? {
    if let near = NearestName.of(word, among: names) { return "did you mean \(inQuotes(near))?" }
    guard !names.isEmpty else { return nil }
    let shown = names.prefix(8).joined(separator: ", ")
    return "\(called) \(shown)\(names.count > 8 ? " and \(names.count - 8) more" : "")"
  }
}

private func inQuotes(_ name: String) -> String { "\"\(name)\"" }

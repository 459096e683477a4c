import Documents
import Traffic

extension ScenarioReader {
  static let mostShifts = 64

  mutating func shifts(_ object: ObjectReader) -> [ShiftPlan] {
    guard let elements = object.elements("shifts") else { return [] }
    if elements.count > Self.mostShifts, let node = object.value("shifts") {
      complaints.add(.tooManyShifts(elements.count), at: node)
    }
    var shifts: [ShiftPlan] = []
    var names: Set<String> = []
    for element in elements {
      guard var shift = shift(element) else { continue }
      if let given = element["name"] {
        if names.contains(shift.name) {
          complaints.add(.repeatedName(shift.name, in: "`shifts`"), at: given)
        }
      } else {
        shift.name = Self.unused(shift.name, names)
      }
      names.insert(shift.name)
      shifts.append(shift)
    }
    return shifts
  }

  /// The name, or the name with the first number that makes it new.
  static func unused(_ name: String, _ used: Set<String>) -> String {
    var number = 1
    var candidate = name
    while used.contains(candidate) {
      number += 1
      candidate = "\(name) (\(number))"
    }
    return candidate
  }

  private mutating func shift(_ node: JSONNode) -> ShiftPlan? {
    guard let members = node.members else {
      complaints.add(
        .wrongValue(
          key: "shifts", found: node.inWords, expected: "a list of shifts",
          example: KeyTable.section("scenario").entry("shifts").example), at: node)
      return nil
    }
    guard let kind = members.map(\.key).first(where: KeyTable.shiftKinds.contains) else {
      complaints.add(.noShiftKind(found: members.map(\.key)), at: node)
      return nil
    }
    let kinds = members.map(\.key).filter(KeyTable.shiftKinds.contains)
    if Set(kinds).count > 1 {
      complaints.add(.severalChoices(in: "the shift", found: kinds), at: node)
      return nil
    }
    let own = KeyTable.section("shift.\(kind)")
    let section = KeySection(
      own.id, own.title, at: own.path, own.about, own.keys + KeyTable.everyShift)
    guard let object = ObjectReader(node, section: section, behind: "shifts", complaints) else {
      return nil
    }
    let plan = shiftKind(object, kind)
    let name = object.text("name")
    let schedule = schedule(object)
    let segment = object.value("where").flatMap { conditions(object, "where", $0) } ?? []
    guard let plan else { return nil }
    return ShiftPlan(
      name: name ?? plan.words(labellers), kind: plan, schedule: schedule, segment: segment)
  }

  private mutating func shiftKind(_ object: ObjectReader, _ kind: String) -> ShiftPlan.Kind? {
    switch kind {
    case "scale":
      return both(object.text(kind), object.requiredNumber("by"))
        .map { .scale(feature: $0, factor: $1) }
    case "offset":
      return both(object.text(kind), object.requiredNumber("by"))
        .map { .offset(feature: $0, amount: $1) }
    case "noise":
      return both(object.text(kind), object.requiredNumber("sd"))
        .map { .noise(feature: $0, standardDeviation: $1) }
    case "missing":
      return both(object.text(kind), object.number("rate") ?? 1)
        .map { .missing(feature: $0, rate: $1) }
    case "swap":
      let categories = both(object.requiredText("replace"), object.requiredText("with"))
      let rate = object.number("rate") ?? 1
      return both(object.text(kind), categories)
        .map { .swapCategory(feature: $0, from: $1.0, to: $1.1, rate: rate) }
    case "resample":
      let toward = object.value(kind).flatMap { conditions(object, kind, $0) }
      return both(toward, object.requiredNumber("share"))
        .map { .resample(toward: $0, share: $1) }
    case "flipLabels":
      needLabels(object, kind)
      return object.number(kind).map { .flipLabel(rate: $0) }
    default:
      needLabels(object, kind)
      guard let node = object.value(kind) else { return nil }
      return labeller(object, kind, node).map { .concept(labeller: $0) }
    }
  }

  private func needLabels(_ object: ObjectReader, _ kind: String) {
    guard !context.mayHaveLabels, let node = object.value(kind) else { return }
    complaints.add(.shiftNeedsLabels(kind), at: node)
  }

  // MARK: When

  private func schedule(_ object: ObjectReader) -> ShiftPlan.Schedule {
    var schedule = ShiftPlan.Schedule()
    schedule.from = object.timePoint("from")
    schedule.until = object.timePoint("until")
    checkOrder(object, from: schedule.from, until: schedule.until)
    schedule.ramp = ramp(object)
    schedule.recurrence = recurrence(object)
    return schedule
  }

  private func ramp(_ object: ObjectReader) -> ShiftPlan.Schedule.Ramp? {
    guard let node = object.value("ramp") else { return nil }
    guard node.members != nil else {
      return object.duration("ramp", node).map { .init(duration: $0, shape: .linear) }
    }
    guard let ramp = object.object("ramp", node) else { return nil }
    let shape = ramp.word("shape").flatMap { ShiftPlan.Schedule.Ramp.Shape(rawValue: $0) }
    return ramp.requiredDuration("over").map { .init(duration: $0, shape: shape ?? .linear) }
  }

  private func recurrence(_ object: ObjectReader) -> ShiftPlan.Schedule.Recurrence? {
    guard object.has("every") else {
      object.refuse(["for"], beside: "no `every`")
      return nil
    }
    guard let every = object.duration("every"), let active = object.requiredDuration("for") else {
      return nil
    }
    if active > every, let node = object.value("for") {
      complaints.add(.longerThanPeriod, at: node)
    }
    return .init(every: every, activeFor: active)
  }

  // MARK: On whom

  func conditions(_ object: ObjectReader, _ key: String, _ node: JSONNode) -> [Condition]? {
    guard let members = object.named(key, node) else { return nil }
    if members.isEmpty { complaints.add(.empty(key: key), at: node) }
    return members.flatMap { conditions(on: $0) }
  }

  private func conditions(on member: JSONMember) -> [Condition] {
    let node = member.value
    if let number = node.number, number.isFinite {
      return [.init(feature: member.key, test: .equals(number))]
    }
    if let name = node.string { return [.init(feature: member.key, test: .category(name))] }
    if let elements = node.elements, !elements.isEmpty {
      if let numbers = node.numbers, numbers.allSatisfy(\.isFinite) {
        return [.init(feature: member.key, test: .isOneOf(numbers))]
      }
      let names = elements.compactMap(\.string)
      if names.count == elements.count {
        return [.init(feature: member.key, test: .isOneOfCategories(names))]
      }
    }
    guard node.members?.isEmpty == false else {
      complaints.add(.badCondition(member.key, found: node.inWords), at: node)
      return []
    }
    guard let object = ObjectReader(node, as: "condition", behind: member.key, complaints) else {
      return []
    }
    return (node.members ?? []).compactMap { test(object, $0.key) }
      .map { Condition(feature: member.key, test: $0) }
  }

  private func test(_ object: ObjectReader, _ key: String) -> Condition.Test? {
    switch key {
    case "above": return object.number(key).map { .above($0) }
    case "atLeast": return object.number(key).map { .atLeast($0) }
    case "below": return object.number(key).map { .below($0) }
    case "atMost": return object.number(key).map { .atMost($0) }
    case "missing":
      guard let flag = object.flag(key) else { return nil }
      if !flag, let node = object.value(key) { complaints.add(.missingFalse, at: node) }
      return .missing
    default: return nil
    }
  }
}

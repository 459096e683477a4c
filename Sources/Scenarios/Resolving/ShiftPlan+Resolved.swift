import Documents
import Models
import Traffic

extension ShiftPlan {
  func resolved(_ labellers: [ModelReference]) -> JSONValue {
    .members(
      kind.resolved(labellers) + [("name", .string(name))] + schedule.resolved
        + [("where", segment.isEmpty ? nil : segment.resolved)])
  }
}

extension ShiftPlan.Kind {
  fileprivate func resolved(_ labellers: [ModelReference]) -> [(String, JSONValue?)] {
    switch self {
    case .scale(let feature, let factor): [("scale", .string(feature)), ("by", .number(factor))]
    case .offset(let feature, let amount): [("offset", .string(feature)), ("by", .number(amount))]
    case .noise(let feature, let deviation):
      [("noise", .string(feature)), ("sd", .number(deviation))]
    case .missing(let feature, let rate): [("missing", .string(feature)), ("rate", .number(rate))]
    case .swapCategory(let feature, let from, let to, let rate):
      [
        ("swap", .string(feature)), ("replace", .string(from)), ("with", .string(to)),
        ("rate", .number(rate)),
      ]
    case .resample(let toward, let share):
      [("resample", toward.resolved), ("share", .number(share))]
    case .flipLabel(let rate): [("flipLabels", .number(rate))]
    case .concept(let index): [("concept", labellers[index].resolved)]
    }
  }
}

extension ShiftPlan.Schedule {
  fileprivate var resolved: [(String, JSONValue?)] {
    [
      ("from", from?.resolved), ("until", until?.resolved),
      (
        "ramp",
        ramp.map {
          .members(("over", .duration($0.duration)), ("shape", .string($0.shape.rawValue)))
        }
      ),
      ("every", recurrence.map { .duration($0.every) }),
      ("for", recurrence.map { .duration($0.activeFor) }),
    ]
  }
}

extension [Condition] {
  /// Bounds of one feature stand together, as they were read.
  fileprivate var resolved: JSONValue {
    var members: [(String, JSONValue)] = []
    for condition in self {
      if case .object(let tests) = condition.test.resolved, let last = members.last,
        last.0 == condition.feature, case .object(let before) = last.1
      {
        members[members.count - 1].1 = .object(before + tests)
      } else {
        members.append((condition.feature, condition.test.resolved))
      }
    }
    return .object(members)
  }
}

extension Condition.Test {
  fileprivate var resolved: JSONValue {
    switch self {
    case .above(let bound): .members(("above", .number(bound)))
    case .atLeast(let bound): .members(("atLeast", .number(bound)))
    case .below(let bound): .members(("below", .number(bound)))
    case .atMost(let bound): .members(("atMost", .number(bound)))
    case .equals(let value): .number(value)
    case .isOneOf(let values): .array(values.map { .number($0) })
    case .category(let name): .string(name)
    case .isOneOfCategories(let names): .texts(names)
    case .missing: .members(("missing", .bool(true)))
    }
  }
}

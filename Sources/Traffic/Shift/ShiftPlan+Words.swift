extension ShiftPlan.Kind {
  /// The kind in one word.
  var word: String {
    switch self {
    case .scale: "scale"
    case .offset: "offset"
    case .noise: "noise"
    case .missing: "missing"
    case .swapCategory: "swap"
    case .resample: "resample"
    case .flipLabel: "flip"
    case .concept: "concept"
    }
  }

  /// What it acts on, without how much, when or toward what.
  var target: String {
    switch self {
    case .scale(let feature, _), .offset(let feature, _), .noise(let feature, _),
      .missing(let feature, _):
      feature
    case .swapCategory(let feature, let from, _, _): "\(feature)/\(from)"
    case .resample(let conditions, _): conditions.map(\.feature).joined(separator: "/")
    case .flipLabel, .concept: "label"
    }
  }
}

extension Condition {
  /// "temperature > 20", "sector is retail".
  var words: String {
    switch test {
    case .above(let bound): "\(feature) > \(text(bound))"
    case .atLeast(let bound): "\(feature) >= \(text(bound))"
    case .below(let bound): "\(feature) < \(text(bound))"
    case .atMost(let bound): "\(feature) <= \(text(bound))"
    case .equals(let value): "\(feature) = \(text(value))"
    case .isOneOf(let values): "\(feature) in \(values.map(text).joined(separator: ", "))"
    case .category(let name): "\(feature) is \(name)"
    case .isOneOfCategories(let names): "\(feature) is \(names.joined(separator: " or "))"
    case .missing: "\(feature) is missing"
    }
  }
}

/// The shortest text that reads back as the number, a whole one without ".0".
private func text(_ number: Double) -> String {
  let text = "\(number)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

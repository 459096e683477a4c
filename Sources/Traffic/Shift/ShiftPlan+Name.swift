extension ShiftPlan.Kind {
  /// What a shift is called when its author gave no name: "scale nswdemand by 1.3".
  package var defaultName: String {
    switch self {
    case .scale(let feature, let factor): "scale \(feature) by \(text(factor))"
    case .offset(let feature, let amount): "offset \(feature) by \(text(amount))"
    case .noise(let feature, let deviation): "noise on \(feature) of \(text(deviation))"
    case .missing(let feature, let rate): "missing \(feature) at \(text(rate))"
    case .swapCategory(let feature, let from, let to, let rate):
      "swap \(feature) from \(from) to \(to) at \(text(rate))"
    case .resample(let conditions, let share):
      "resample toward \(conditions.map(\.words).joined(separator: " and ")) at \(text(share))"
    case .flipLabel(let rate): "flip labels at \(text(rate))"
    case .concept: "labels follow another model"
    }
  }

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

  /// What it acts on, without how much: the kind and target are a draw's address where the author
  /// gave no name, so that a change of the amount keeps the luck.
  var target: String {
    switch self {
    case .scale(let feature, _), .offset(let feature, _), .noise(let feature, _),
      .missing(let feature, _):
      feature
    case .swapCategory(let feature, let from, let to, _): "\(feature)/\(from)/\(to)"
    case .resample(let conditions, _): conditions.map(\.words).joined(separator: " and ")
    case .flipLabel: "label"
    case .concept(let labeller): "labeller \(labeller)"
    }
  }
}

extension Condition {
  /// "temperature > 20", "sector is retail".
  package var words: String {
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

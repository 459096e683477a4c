import Documents
import Models
import Traffic

extension ShiftPlan.Kind {
  /// How a shift is called that was given no name.
  func words(_ labellers: [ModelReference]) -> String {
    switch self {
    case .scale(let feature, let factor): "scale \(feature) by \(number(factor))"
    case .offset(let feature, let amount): "offset \(feature) by \(number(amount))"
    case .noise(let feature, let deviation): "noise on \(feature) with sd \(number(deviation))"
    case .missing(let feature, let rate): "\(feature) missing at rate \(number(rate))"
    case .swapCategory(let feature, let from, let to, let rate):
      "\(feature) \(from) becomes \(to) at rate \(number(rate))"
    case .resample(let toward, let share):
      "\(number(share)) resampled toward \(toward.map(\.words).joined(separator: " and "))"
    case .flipLabel(let rate): "labels flipped at rate \(number(rate))"
    case .concept(let index): "labels follow \(Self.name(of: labellers[index]))"
    }
  }

  private static func name(of reference: ModelReference) -> String {
    switch reference {
    case .file(let path): path
    case .column(let name, _): "the column \(name)"
    case .synthetic: "a synthetic model"
    case .noModel: "no model"
    }
  }
}

extension Condition {
  fileprivate var words: String {
    switch test {
    case .above(let bound): "\(feature) above \(number(bound))"
    case .atLeast(let bound): "\(feature) at least \(number(bound))"
    case .below(let bound): "\(feature) below \(number(bound))"
    case .atMost(let bound): "\(feature) at most \(number(bound))"
    case .equals(let value): "\(feature) \(number(value))"
    case .isOneOf(let values): "\(feature) one of \(values.map(number).joined(separator: ", "))"
    case .category(let name): "\(feature) \(name)"
    case .isOneOfCategories(let names): "\(feature) one of \(names.joined(separator: ", "))"
    case .missing: "\(feature) missing"
    }
  }
}

/// The shortest text of a number, as JSON has it.
func number(_ value: Double) -> String { JSONValue.text(of: value) }

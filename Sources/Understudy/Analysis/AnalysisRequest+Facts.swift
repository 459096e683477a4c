import Simulation
import Statistics

extension AnalysisRequest {
  /// What the flags alone say of the data.
  func designFacts(_ expression: MetricExpression) -> DataFacts {
    var facts = DataFacts(
      layout: dataLayout, asked: asked(expression), smallerCount: 0, count: 0)
    facts.hasDenominators = facts.asked == .ratio
    facts.hasTimes = facts.asked == .time
    facts.hasRewardModel = !rewardModel.isEmpty
    facts.hasCovariates = !covariates.isEmpty
    facts.hasStrata = stratum != nil
    facts.hasLabels = facts.asked == .areaUnderCurve
    facts.hasPlaces = time != nil
    facts.smallerUnitCount = unit == nil ? nil : 0
    return facts
  }

  func asked(_ expression: MetricExpression) -> DataFacts.Asked {
    if isWeighted { return .ratio }
    switch expression.form {
    case .ratio, .ratioOfPairs: return .ratio
    case .quantile: return .quantile
    case .quality(.auc, _): return .areaUnderCurve
    case .time: return .time
    case .classes: return .classes
    case .mean, .share, .quality, .flips: return .mean
    }
  }

  var dataLayout: DataFacts.Layout {
    switch layout {
    case .arms: .arms
    case .pairs: .pairs
    case .policies: .log
    }
  }

  /// The names of some methods that such data fit, the default first.
  ///
  /// - Parameter valuesKnown: else methods that ask something of the values are left out.
  static func fitting(_ facts: DataFacts, valuesKnown: Bool) -> String? {
    var names = Catalogue.all.filter { method in
      method.answers(facts.asked) && method.misfit(layout: facts.layout) == nil
        && method.misfit(design: facts) == nil
        && (valuesKnown
          ? method.misfit(values: facts) == nil
          : method.needs.isDisjoint(with: [.binary, .counts, .positive, .range, .smallSample]))
    }.map(\.name)
    guard !names.isEmpty else { return nil }
    if let first = Chooser.choice(for: facts)?.method.name, names.contains(first) {
      names.removeAll { $0 == first }
      names.insert(first, at: 0)
    }
    return "these fit: \(names.prefix(mostNames).joined(separator: ", "))"
      + (names.count > mostNames ? ", … (analyze --list-methods shows all)" : "")
  }

  private static let mostNames = 8

  func direction(of expression: MetricExpression) -> Metric.Direction {
    if let higherIsBetter { return higherIsBetter ? .higherIsBetter : .lowerIsBetter }
    switch expression.form {
    case .quality(let quality, _): return quality.direction
    case .flips: return .higherIsBetter
    default: return isOfPolicies ? .higherIsBetter : .neither
    }
  }
}

/// The chooser as if it were a method: given only the data and their design, it picks, and what it picks answers.
///
/// Pairs and arms with places are looked at in the order of time first, as `analyze` does.
package enum ChosenMethods {
  package static let all: [Method] = [
    arms("chosen", .mean, .meanDifference),
    arms("chosen-ratio", .ratio, .ratioDifference, needs: [.denominators]),
    arms("chosen-quantile", .quantile, .quantileDifference),
    pairs("chosen-paired", .mean, .meanDifference),
    pairs("chosen-paired-quantile", .quantile, .quantileDifference),
    pairs("chosen-paired-auc", .areaUnderCurve, .aucDifference, needs: [.labels]),
  ]

  private static func arms(
    _ name: String, _ asked: DataFacts.Asked, _ estimand: Estimand, needs: Set<Method.Need> = []
  ) -> Method {
    method(
      name, estimand, needs,
      .arms { arms, question throws(Unavailable) in
        var facts = DataFacts(arms, asked: asked)
        facts.isDependent = arms.standardizedInTime.map(isDependent) ?? false
        guard case .arms(let body)? = Chooser.choice(for: facts)?.method.body else {
          preconditionFailure("\(name) has no choice")
        }
        return try body(arms, question)
      })
  }

  private static func pairs(
    _ name: String, _ asked: DataFacts.Asked, _ estimand: Estimand, needs: Set<Method.Need> = []
  ) -> Method {
    method(
      name, estimand, needs,
      .pairs { pairs, question throws(Unavailable) in
        var facts = DataFacts(pairs, asked: asked)
        facts.hasPlaces = true
        let differences = try pairs.differences()
        facts.isDependent = asked != .areaUnderCurve && isDependent(differences)
        guard case .pairs(let body)? = Chooser.choice(for: facts)?.method.body else {
          preconditionFailure("\(name) has no choice")
        }
        return try body(pairs, question)
      })
  }

  private static func method(
    _ name: String, _ estimand: Estimand, _ needs: Set<Method.Need>, _ body: Method.Body
  ) -> Method {
    Method(
      name: name, title: "what the chooser picks", estimand: estimand, needs: needs,
      assumptions: ["the design was said"], failsWhen: "the design was not said",
      source: "the table of `Chooser`", guarantee: .conservative, isDual: false,
      widensWithLevel: false, body: body)
  }

  private static func isDependent(_ series: [Double]) -> Bool {
    guard let inference = try? SeriesAccumulator.inference(of: series) else { return false }
    return SeriesInference.mayDepend(effective: inference.effectiveSampleSize, of: inference.n)
  }
}

extension TwoArms {
  /// Both arms' values in the order of their places, each from its arm's mean in standard deviations; nil without
  /// places, or where an arm does not vary.
  fileprivate var standardizedInTime: [Double]? {
    guard let first = candidate.places, let second = production.places,
      let moments = try? (Moments(of: candidate.values), Moments(of: production.values)),
      moments.0.standardDeviation > 0, moments.1.standardDeviation > 0
    else { return nil }
    var series = Array(repeating: 0.0, count: first.count + second.count)
    for (place, value) in zip(first, candidate.values) {
      series[place] = (value - moments.0.mean) / moments.0.standardDeviation
    }
    for (place, value) in zip(second, production.values) {
      series[place] = (value - moments.1.mean) / moments.1.standardDeviation
    }
    return series
  }
}

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
        facts.isDependent = SerialDependence.mayMatter(arms)
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
        facts.isDependent = asked != .areaUnderCurve && SerialDependence.mayMatter(differences)
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
}

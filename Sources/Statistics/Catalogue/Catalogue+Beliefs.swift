import Probability

/// What is believed of an arm's value after its data, by name.
extension Catalogue {
  static let beliefs: [Method] = [
    belief(
      "beta-binomial", "posteriors of two shares (beta prior, uniform unless --prior says another)",
      estimand: .shareDifference, needs: [.binary], fails: "rows of one unit depend on each other",
      source: "conjugate beta law (Gelman et al. 2013, section 2.4)"),
    belief(
      "gamma-poisson",
      "posteriors of two rates (gamma prior, Jeffreys's unless --prior says another)",
      estimand: .meanDifference, needs: [.counts],
      fails: "counts vary more than their mean: then the posteriors are too narrow",
      source: "conjugate gamma law (Gelman et al. 2013, section 2.6)"),
    belief(
      "normal-posterior", "posteriors of two means (flat prior, or the normal one of --prior)",
      estimand: .meanDifference,
      fails: "arms are small or heavy-tailed, so that their means are not near normal",
      source: "conjugate normal law (Gelman et al. 2013, section 2.5)"),
  ]

  private static func belief(
    _ name: String, _ title: String, estimand: Estimand, needs: Set<Method.Need> = [],
    fails: String, source: String
  ) -> Method {
    Method(
      name: name, title: title, estimand: estimand, needs: needs,
      assumptions: ["rows are independent", "the prior was fixed before the data"],
      failsWhen: fails, source: source, isDual: false, body: .ownCall)
  }
}

extension Posterior {
  /// What a method of that name believes of an arm.
  ///
  /// - Parameters:
  ///   - arm: whose units, where it has them, are what is independent ("normal-posterior" alone knows of them).
  ///   - prior: nil is the method's own.
  /// - Throws: `notPositive` for a prior that is none.
  package init(named name: String, _ arm: ArmSample, prior: Question.Prior?) throws(Unavailable) {
    let n = arm.values.count
    guard n > 0 else { throw .tooFew(has: 0, needs: 1) }
    let usesPositive = name != "normal-posterior"
    if let prior {
      guard prior.second > 0, prior.first > 0 || !usesPositive else { throw .notPositive }
    }
    switch name {
    case "beta-binomial":
      let ones = arm.values.count { $0 == 1 }
      guard ones + arm.values.count(where: { $0 == 0 }) == n else { throw .notBinary }
      self = .share(
        successes: ones, trials: n, prior: prior.map { Beta($0.first, $0.second) } ?? Beta(1, 1))
    case "gamma-poisson":
      guard arm.values.allSatisfy({ $0 >= 0 && $0 == $0.rounded() }) else { throw .notCounts }
      let events = ExactSum.total(arm.values)
      guard events < 0x1p53 else { throw .undefined }
      self = .rate(
        events: Int(events), exposure: Double(n),
        prior: prior.map { ($0.first, $0.second) } ?? (0.5, 0))
    case "normal-posterior":
      let own = try arm.center()
      let effect = try NormalEffect(
        estimate: own.value, standardError: own.standardError,
        prior: prior.map { .init(mean: $0.first, standardDeviation: $0.second) })
      self = effect.posterior
    default: throw .undefined
    }
  }

  /// In words, for readers: "Beta(1, 1)".
  package static func priorText(named name: String, _ prior: Question.Prior?) -> String {
    func number(_ x: Double) -> String {
      x == x.rounded() && abs(x) < 1e15 ? "\(Int64(x))" : "\(x)"
    }
    guard let prior else {
      return switch name {
      case "beta-binomial": "Beta(1, 1), the uniform one"
      case "gamma-poisson": "Gamma(0.5, 0), Jeffreys's"
      default: "flat"
      }
    }
    let law =
      switch name {
      case "beta-binomial": "Beta"
      case "gamma-poisson": "Gamma"
      default: "Normal"
      }
    return "\(law)(\(number(prior.first)), \(number(prior.second)))"
  }
}

/// Picks the method that fits a design, by a table that is read from the top.
///
/// Only the design and facts that do not say which arm is ahead decide, so that the choice costs no error
/// rate. Names that the catalogue does not hold are passed over.
package enum Chooser {
  package struct Choice: Sendable {
    package var method: Method
    /// Why this one, as a clause: "rows of one unit are alike, …".
    package var reason: String

    package init(method: Method, reason: String) {
      self.method = method
      self.reason = reason
    }
  }

  /// A line of the table.
  struct Rule: Sendable {
    var layout: DataFacts.Layout
    var asked: DataFacts.Asked
    /// The first of these that the catalogue holds and that the data fit.
    var methods: [String]
    var reason: String
    var holds: @Sendable (DataFacts) -> Bool = { _ in true }
  }

  /// nil where no method of the catalogue answers what is asked.
  package static func choice(
    for facts: DataFacts, among methods: [Method] = Catalogue.all
  ) -> Choice? {
    for rule in table
    where rule.layout == facts.layout && rule.asked == facts.asked && rule.holds(facts) {
      for name in rule.methods {
        if let method = methods.first(where: { $0.name == name }), method.misfit(facts) == nil {
          return Choice(method: method, reason: rule.reason)
        }
      }
    }
    return nil
  }

  /// Below this expected count the normal approximations of shares are not trusted (Cochran 1954).
  static let fewestExpected = 5.0
  /// A mean of n values is near normal from n = 25 · skewness² on (Cochran 1977, section 2.15).
  static func isFarFromNormal(_ facts: DataFacts) -> Bool {
    Double(facts.smallerCount) < 25 * facts.skewness * facts.skewness
      && facts.smallerCount >= 8 && facts.count <= 20_000
  }

  static let table: [Rule] = arms + pairs + others

  private static let arms: [Rule] = [
    Rule(
      layout: .arms, asked: .ratio, methods: ["ratio-delta"],
      reason: "numerator and denominator vary together, unit by unit"),
    Rule(
      layout: .arms, asked: .quantile, methods: ["quantile-difference"],
      reason: "order statistics need no shape of the distribution"),
    Rule(
      layout: .arms, asked: .mean, methods: ["cuped-clustered"],
      reason: "covariates explain a part of the variance, and rows of one unit are alike",
      holds: { $0.hasCovariates && $0.hasRepeatedUnits }),
    Rule(
      layout: .arms, asked: .mean, methods: ["cuped"],
      reason: "covariates explain a part of the variance, which leaves a shorter interval",
      holds: { $0.hasCovariates && !$0.hasRepeatedUnits }),
    Rule(
      layout: .arms, asked: .mean, methods: ["clustered"],
      reason: "rows of one unit are alike, so units are what is independent",
      holds: { $0.hasRepeatedUnits }),
    Rule(
      layout: .arms, asked: .mean, methods: ["post-stratified"],
      reason: "strata explain a part of the variance",
      holds: { $0.hasStrata }),
    Rule(
      layout: .arms, asked: .mean, methods: ["series-difference"],
      reason: "each arm is a series of its own, whose neighbours are alike",
      holds: { $0.isParallel && $0.isDependent }),
    Rule(
      layout: .arms, asked: .mean, methods: ["series-interleaved"],
      reason: "rows that are near in time are alike",
      holds: { $0.hasPlaces && $0.isDependent }),
    Rule(
      layout: .arms, asked: .mean, methods: ["boschloo"],
      reason: "values are 0 or 1 and too few for an approximation, so the exact test",
      holds: { isRare($0) && $0.count <= mostRowsOfExactShares }),
    Rule(
      layout: .arms, asked: .mean, methods: ["miettinen-nurminen"],
      reason: "values are 0 or 1, so the score interval of two shares",
      holds: { $0.isBinary }),
    Rule(
      layout: .arms, asked: .mean, methods: ["permutation"],
      reason: "the values are too skewed for a normal mean at this size, so they are permuted",
      holds: isFarFromNormal),
    Rule(
      layout: .arms, asked: .mean, methods: [fallbackOfArms],
      reason: "two means of independent rows, whose variances may differ"),
  ]

  private static let others: [Rule] = [
    Rule(
      layout: .arms, asked: .areaUnderCurve, methods: ["delong-unpaired"],
      reason: "each arm's scores rank rows of its own"),
    Rule(
      layout: .arms, asked: .time, methods: ["log-rank-stratified"],
      reason: "rows are compared with those of their stratum while they are followed",
      holds: { $0.hasStrata }),
    Rule(
      layout: .arms, asked: .time, methods: ["log-rank"],
      reason: "a row counts for as long as it was followed"),
    Rule(
      layout: .pairs, asked: .ratio, methods: ["paired-ratio"],
      reason: "numerators and denominators of both answers vary together, pair by pair"),
    Rule(
      layout: .pairs, asked: .classes, methods: ["bowker"],
      reason: "a class that is exchanged for another should come back as often"),
    Rule(
      layout: .log, asked: .mean, methods: ["doubly-robust"],
      reason: "a model's expectations, corrected by what was seen",
      holds: { $0.hasRewardModel }),
    Rule(
      layout: .log, asked: .mean, methods: ["self-normalized"],
      reason: "rewards weighted by how much likelier the policy takes each decision"),
  ]

  private static let pairs: [Rule] = [
    Rule(
      layout: .pairs, asked: .areaUnderCurve, methods: ["delong"],
      reason: "both answers rank the same requests"),
    Rule(
      layout: .pairs, asked: .quantile, methods: ["paired-quantile-difference"],
      reason: "both answers are to the same requests"),
    Rule(
      layout: .pairs, asked: .mean, methods: ["paired-clustered"],
      reason: "pairs of one unit are alike, so units are what is independent",
      holds: { $0.hasRepeatedUnits }),
    Rule(
      layout: .pairs, asked: .mean, methods: ["series-paired"],
      reason: "pairs that are near in time are alike",
      holds: { $0.hasPlaces && $0.isDependent }),
    Rule(
      layout: .pairs, asked: .mean, methods: ["tango"],
      reason: "values are 0 or 1, so the score interval of paired shares",
      holds: { $0.isBinary }),
    Rule(
      layout: .pairs, asked: .mean, methods: ["sign-flip"],
      reason: "the differences are too skewed for a normal mean at this size, so signs are changed",
      holds: isFarFromNormal),
    Rule(
      layout: .pairs, asked: .mean, methods: [fallbackOfPairs],
      reason: "both answers are to one request, so their differences are what is independent"),
  ]

  /// An exact test of shares looks at every table of both arms' sizes.
  static let mostRowsOfExactShares = 400

  private static func isRare(_ facts: DataFacts) -> Bool {
    facts.isBinary && (facts.smallestExpectedCount ?? .infinity) < fewestExpected
  }

  /// What stands at the end of the table, and must be in the catalogue.
  static let fallbackOfArms = "welch"
  static let fallbackOfPairs = "paired-t"
}

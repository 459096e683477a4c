/// A statistical method as a user meets it: its name, what it estimates, what it assumes, and how to run it.
///
/// `Catalogue.all` holds every method; the list of `analyze --list-methods`, the methods guide and the
/// calibration are made from it.
package struct Method: Sendable {
  /// As the command line writes it: "mann-whitney".
  package var name: String
  /// As prose writes it: "Mann-Whitney U test".
  package var title: String
  package var estimand: Estimand
  package var needs: Set<Need>
  /// What has to hold for the answer to hold, a clause each.
  package var assumptions: [String]
  /// When it goes wrong, in one sentence.
  package var failsWhen: String
  /// Where the formula comes from.
  package var source: String
  package var guarantee: Guarantee
  /// Whether the interval holds exactly the nulls that the test does not reject at 1 − level.
  package var isDual: Bool
  /// Whether an interval at a higher level always holds the one at a lower level.
  package var widensWithLevel: Bool
  /// Whether rows without a value are given to it as NaN; else they are left out.
  package var readsMissing: Bool
  package var body: Body

  /// What the data must have beside values.
  package enum Need: Sendable, Hashable, CaseIterable {
    /// Values are 0 or 1.
    case binary
    /// Values are whole numbers >= 0.
    case counts
    case positive
    /// The question says in which range every value lies.
    case range
    case denominators, units, covariates, strata, labels
    /// Both arms' rows stand on one clock.
    case places
    /// Values are times until an event, and it is known whether it came.
    case times
    /// A model's expectations of what another policy's decisions would have brought.
    case rewardModel
    /// At most a few hundred or thousand rows: time or memory grow faster than n log n.
    case smallSample
  }

  package enum Guarantee: Sendable {
    /// Never more than the nominal error at any sample size, under the assumptions.
    case exact
    /// Close to the nominal error, from either side, in moderate samples.
    case approximate
    /// Aims at no more than the nominal error and may stay well below.
    case conservative
    /// At most the nominal error over all looks together.
    case anytime
  }

  package enum Body: Sendable {
    case arms(@Sendable (TwoArms, Question) throws(Unavailable) -> Answer)
    case pairs(@Sendable (PairSample, Question) throws(Unavailable) -> Answer)
    /// Asks for other data than two columns; it has a call of its own.
    case ownCall
  }

  /// - Parameter readsMissing: whether rows without a value, which are NaN, are part of what it is about; others
  ///   say `notFinite` where a column has one.
  package init(
    name: String, title: String, estimand: Estimand, needs: Set<Need> = [], assumptions: [String],
    failsWhen: String, source: String, guarantee: Guarantee = .approximate, isDual: Bool = true,
    widensWithLevel: Bool = true, readsMissing: Bool = false, body: Body
  ) {
    self.name = name
    self.title = title
    self.estimand = estimand
    self.needs = needs
    self.assumptions = assumptions
    self.failsWhen = failsWhen
    self.source = source
    self.guarantee = guarantee
    self.isDual = isDual
    self.widensWithLevel = widensWithLevel
    self.readsMissing = readsMissing
    self.body = body.checked(readsMissing: readsMissing)
  }
}

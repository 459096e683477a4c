/// Do the arms lose outcomes alike? If not, what is compared is no longer what was assigned.
package struct MissingOutcomes: Sendable, Equatable {
  /// How many rows of each arm have no outcome.
  package let shares: TwoProportions
  /// Candidate − production, with Newcombe's interval.
  package let difference: Double
  package let interval: ClosedRange<Double>
  /// By Fisher's exact test up to `mostExactRows` rows, by the score test beyond.
  package let p: PValue
  package let isExact: Bool

  package static let mostExactRows = 1_000_000

  package init(
    candidate: TwoProportions.Share, production: TwoProportions.Share, level: Double = 0.95
  ) {
    shares = TwoProportions(candidate: candidate, production: production)
    difference = shares.candidateMinusProduction
    interval = shares.newcombeInterval(level: level)
    isExact = candidate.trials + production.trials <= MissingOutcomes.mostExactRows
    p =
      isExact
      ? shares.conditional.p(.different)
      : NormalInference.p(shares.scoreZ(null: 0, corrected: false), .different)
  }
}

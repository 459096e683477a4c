/// Fisher's exact test of two shares, given how many successes there are in all; its odds ratio is candidate over
/// production.
extension TwoProportions {
  /// The successes of the candidate, given both arms' sizes and the successes together.
  package var conditional: ConditionalTest {
    let law = ConditionalLaw.hypergeometric(
      first: candidate.trials, second: production.trials,
      drawn: candidate.successes + production.successes)
    return ConditionalTest(law: law, count: candidate.successes)
  }
}

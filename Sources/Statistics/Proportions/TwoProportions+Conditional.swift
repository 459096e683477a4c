/// Fisher's exact test: two shares, given how many successes there are in all.
extension TwoProportions {
  /// The candidate's successes, given both arms' sizes; its odds are the odds ratio, candidate over production.
  ///
  /// - Source: Fisher (1935).
  package var conditional: ConditionalTest {
    let law = ConditionalLaw.hypergeometric(
      first: candidate.trials, second: production.trials,
      drawn: candidate.successes + production.successes)
    return ConditionalTest(law: law, count: candidate.successes)
  }
}

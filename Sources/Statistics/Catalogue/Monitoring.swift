/// What is fixed before the data where an answer is read while rows still come.
///
/// None of it may be chosen by looking at the values: that is what the guarantee rests on.
package struct Monitoring: Sendable, Equatable {
  /// Around how many rows (of both arms together, or pairs) the interval is to be tightest; > 0.
  package var expectedRows: Int
  /// How many evenly spread looks; nil is a look after every row. Fewer looks are always allowed.
  package var looks: Int?
  /// The rows an arm (or the pairs) must have before the first look; nil is the method's own number.
  package var burnIn: Int?
  /// The standard deviation of the effects that a mixture expects, in the unit of the estimand; nil takes it from
  /// the first rows, so that the interval is tightest around `expectedRows`.
  package var effectScale: Double?
  /// Whose critical value the mixture test takes.
  package var dialect: Dialect

  package enum Dialect: Sendable, Equatable {
    /// Rejects where the likelihood ratio reaches 1/alpha (Johari et al.).
    case johari
    /// Rejects where it reaches 2/alpha, as Statsig documents it.
    case statsig
  }

  package init(
    expectedRows: Int = 5_000, looks: Int? = nil, burnIn: Int? = nil, effectScale: Double? = nil,
    dialect: Dialect = .johari
  ) {
    precondition(expectedRows > 0, "\(expectedRows) expected rows")
    precondition(looks.map { $0 > 0 } ?? true, "\(looks ?? 0) looks")
    precondition(effectScale.map { $0 > 0 && $0.isFinite } ?? true, "a scale of effects of 0")
    self.expectedRows = expectedRows
    self.looks = looks
    self.burnIn = burnIn
    self.effectScale = effectScale
    self.dialect = dialect
  }
}

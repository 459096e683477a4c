/// Agreement of two answers beyond what their shares of the classes would give by chance.
///
/// - Source: Cohen (1960); Fleiss, Cohen and Everitt (1969) for both standard errors.
package struct CohenKappa: Sendable, Equatable {
  /// 1 where they always agree, 0 as by chance.
  package let value: Double
  package let agreement: Double
  package let expectedAgreement: Double
  /// For intervals.
  package let standardError: Double
  /// For the test that agreement is by chance alone.
  package let standardErrorByChance: Double

  /// Throws where both always answer one class, so that chance alone would agree always.
  package init(_ table: ClassTable) throws(Unavailable) {
    let n = Double(table.total)
    guard n > 1 else { throw .tooFew(has: table.total, needs: 2) }
    let rows = table.candidateTotals.map { Double($0) / n }
    let columns = table.productionTotals.map { Double($0) / n }
    let chance = rows.indices.reduce(0) { $0 + rows[$1] * columns[$1] }
    let agreement = Double(table.agreeing) / n
    let room = rows.indices.reduce(0) { $0 + rows[$1] * (1 - columns[$1]) }
    guard room > 0 else { throw .oneClassOnly }
    let kappa = (agreement - chance) / room
    var (diagonal, apart, byChance) = (0.0, 0.0, 0.0)
    for i in rows.indices {
      let share = Double(table[i, i]) / n
      let pull = 1 - (rows[i] + columns[i]) * (1 - kappa)
      diagonal += share * pull * pull
      byChance += rows[i] * columns[i] * (rows[i] + columns[i])
      for j in rows.indices where j != i {
        let sum = columns[i] + rows[j]
        apart += Double(table[i, j]) / n * sum * sum
      }
    }
    let offset = kappa - chance * (1 - kappa)
    let variance = diagonal + (1 - kappa) * (1 - kappa) * apart - offset * offset
    value = kappa
    self.agreement = agreement
    expectedAgreement = chance
    standardError = max(0, variance).squareRoot() / room / n.squareRoot()
    standardErrorByChance =
      max(0, chance + chance * chance - byChance).squareRoot() / room / n.squareRoot()
  }

  package var estimate: TEstimate {
    TEstimate(value: value, standardError: standardError, degreesOfFreedom: .infinity)
  }
}
